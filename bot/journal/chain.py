"""The hash chain over the log: a removed, altered or reordered row does not fit.

Each row's hash covers the hash of the row before it and all its public fields, and of the
private ones a salted digest alone. Forgetting a person removes the words and the salt: the digest
stays, says nothing about them, and the chain still fits.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

GENESIS = "0" * 64
"""What the first row names as the hash before it."""


_SPELL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: Any) -> str:
    """One spelling for one value: sorted keys, no blanks, no escapes but JSON's own.

    Half a surrogate pair, which no database stores, becomes a question mark. Raises TypeError or
    ValueError for what is not JSON.
    """
    text = _SPELL(value)
    return text if text.isascii() else encodable(text)


def encodable(text: str) -> str:
    """The text as a database can hold it: without half surrogate pairs and NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", "\ufffd") if "\0" in text else text


def sha256_of(text: str) -> str:
    """Of a text as it is stored, in UTF-8; 64 hexadecimal digits."""
    return hashlib.sha256(encodable(text).encode()).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(16)


def digest_private(salt: str, user_id: str | None, private: str) -> str:
    """SHA-256 over salt, person and words, a line each: neither has a line end in it (canonical
    JSON escapes them). Without the salt nobody can try words until one fits."""
    return hashlib.sha256(f"{salt}\n{user_id or ''}\n{private}".encode()).hexdigest()


def link_hash(
    *,
    seq: int,
    key: str,
    type: str,  # noqa: A002 - the record's own field
    created_at: str,
    guild_id: str | None,
    channel_id: str | None,
    public: str,
    private_digest: str,
    previous: str,
) -> str:
    """The hash of a row: over everything that stays for good, and the row before it."""
    covered = [
        seq, key, type, created_at, guild_id, channel_id, public, private_digest, previous,
    ]  # fmt: skip
    return hashlib.sha256(_SPELL(covered).encode()).hexdigest()
