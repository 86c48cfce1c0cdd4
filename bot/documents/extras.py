"""What the extra `documents` brings, and what to say where it is absent."""

from __future__ import annotations


class MissingExtra(ImportError):  # noqa: N818 - it says what is missing
    """A library that only an extra installs is not there; `extra` names the extra."""

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'redline-bot[{extra}]'")
        self.extra = extra
