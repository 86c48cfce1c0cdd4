"""Logs as JSON Lines on stderr, in which no secret ever stands."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import TextIO
from urllib.parse import urlsplit

from bot.settings import Settings

HIDDEN = "[hidden]"
TOKEN_SHAPE = re.compile(r"[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}")
"""How Discord's bot tokens look: also one that is not ours is hidden."""

EXTRA_FIELDS = ("reference", "interaction_id")


class Redaction:
    """Takes secrets out of text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # Longest first: one secret may be part of another.
        self._secrets = sorted({secret for secret in secrets if secret}, key=len, reverse=True)

    @classmethod
    def of(cls, settings: Settings) -> Redaction:
        """Everything in the settings that is secret: the token, the database's password."""
        token = settings.discord_token.get_secret_value() if settings.discord_token else ""
        password = urlsplit(settings.database_url).password or ""
        return cls([token, password])

    def __call__(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return TOKEN_SHAPE.sub(HIDDEN, text)


class JsonFormatter(logging.Formatter):
    """One record, one line of JSON; tracebacks are in it and redacted like the rest."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__()
        self.redact = redact

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": self.redact(record.getMessage()),
        }
        for name in EXTRA_FIELDS:
            if (value := getattr(record, name, None)) is not None:
                line[name] = self.redact(str(value))
        if record.exc_info:
            line["traceback"] = self.redact(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = self.redact(record.stack_info)
        return json.dumps(line, ensure_ascii=False)


class PlainFormatter(logging.Formatter):
    """For a person at a terminal; redacted as well."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self.redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self.redact(super().format(record))


def set_up(
    settings: Settings,
    *,
    plain: bool = False,
    least: str | None = None,
    stream: TextIO | None = None,
) -> None:
    """Send all logs to stderr, and make an uncaught error end there, redacted, as well.

    `least` raises the level where the settings ask for more.
    """
    redact = Redaction.of(settings)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(PlainFormatter(redact) if plain else JsonFormatter(redact))
    levels = logging.getLevelNamesMapping()
    level = max(levels[settings.log_level], levels[least or "NOTSET"])
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Every heartbeat and request at DEBUG would bury our own; in the preview there is no Discord.
    logging.getLogger("discord").setLevel(logging.ERROR if plain else max(logging.INFO, level))

    def uncaught(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        logging.getLogger("redline").critical(
            "stopped by a fault", exc_info=(kind, error, traceback)
        )

    sys.excepthook = uncaught
