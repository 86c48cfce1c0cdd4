"""What the checks of the whole knowledge base found, kept as JSON by the hash of all its files.

JSON and not a pickle: reading it runs nothing. What does not fit is checked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.knowledge.findings import Finding
from bot.knowledge.reading.cache import engine_fingerprint, replace

NAME = "checks.cache"

_FINDINGS = TypeAdapter(tuple[Finding, ...])


def get(directory: Path | None, key: str) -> tuple[Finding, ...] | None:
    """The findings under this key; None if the file has another, or is damaged."""
    if directory is None:
        return None
    try:
        header, _, body = (directory / NAME).read_bytes().partition(b"\n")
        if header != _header(key):
            return None
        return _FINDINGS.validate_json(body, strict=True)
    except (OSError, ValidationError):
        return None


def put(directory: Path | None, key: str, findings: Iterable[Finding]) -> None:
    """Keep the findings in place of those of an earlier state."""
    if directory is not None:
        body = _FINDINGS.dump_json(tuple(sorted(findings, key=lambda finding: finding.order)))
        replace(directory / NAME, _header(key) + b"\n" + body)


def _header(key: str) -> bytes:
    return f"{engine_fingerprint()} {key}".encode()
