"""The hash chain over the log: a removed, altered or reordered row does not fit.

Each row's hash covers the hash of the row before it and all its public fields, and of the
private ones a salted digest alone. Forgetting a person removes the words and the salt: the digest
stays, says nothing about them, and the chain still fits.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
"""What the first row names as the hash before it."""


def canonical(value: Any) -> str:
    """One spelling for one value: sorted keys, no blanks, no escapes but JSON's own."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def new_salt() -> str:
    return secrets.token_hex(16)


def digest_private(salt: str, user_id: str | None, private: str) -> str:
    """SHA-256 over salt, person and words; without the salt it can't be guessed back."""
    return hashlib.sha256(canonical([salt, user_id, private]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """The fields of a row that the chain covers."""

    seq: int
    key: str
    type: str
    created_at: str
    guild_id: str | None
    channel_id: str | None
    public: str
    private_digest: str
    previous: str

    def hash(self) -> str:
        covered = [
            self.seq,
            self.key,
            self.type,
            self.created_at,
            self.guild_id,
            self.channel_id,
            self.public,
            self.private_digest,
            self.previous,
        ]
        return hashlib.sha256(canonical(covered).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not fit, and why."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A stored row, for verification."""

    link: Link
    hash: str
    user_id: str | None
    private: str | None
    salt: str | None


class Verifier:
    """Walks the rows in order and stops at the first that does not fit."""

    def __init__(self) -> None:
        self.checked = 0
        self._expected = 1
        self._previous = GENESIS

    @property
    def end(self) -> tuple[int, str]:
        """Number and hash of the last row that fitted."""
        return self._expected - 1, self._previous

    def feed(self, rows: Iterable[Row]) -> Broken | None:
        """Check these rows. None when all fit."""
        for row in rows:
            link = row.link
            if link.seq != self._expected:
                return Broken(self._expected, f"record {self._expected} is missing")
            if link.previous != self._previous:
                return Broken(link.seq, "does not follow from the record before it")
            if link.hash() != row.hash:
                return Broken(link.seq, "has been altered")
            if row.salt is None:
                if row.private is not None or row.user_id is not None:
                    return Broken(link.seq, "holds words that the chain does not cover")
            elif digest_private(row.salt, row.user_id, row.private or "") != link.private_digest:
                return Broken(link.seq, "has been altered (person or words)")
            self._expected += 1
            self._previous = row.hash
            self.checked += 1
        return None
