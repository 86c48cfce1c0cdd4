"""The closed word lists that entries may use: `knowledge/vocabulary.yaml`."""

from __future__ import annotations

from typing import Literal

from bot.knowledge.kinds.common import EntryId, Language, Model, ShortText


class Channel(Model):
    """A channel's limit: `length` counted by `count` (SMS: number of message segments)."""

    title: ShortText
    length: int
    count: Literal["characters", "x-weighted", "sms-segments"]


class Vocabulary(Model):
    """Word by word: the identifier that entries use, and its title for people."""

    situations: dict[EntryId, ShortText]
    languages: dict[Language, ShortText]
    domains: dict[EntryId, ShortText]
    effects: dict[EntryId, ShortText]
    audiences: dict[EntryId, ShortText]
    tones: dict[EntryId, ShortText]
    channels: dict[str, Channel]
    risks: dict[EntryId, ShortText]
