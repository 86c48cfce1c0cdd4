"""What a search returns: plain data, the same for every face of the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.knowledge.kinds import Entry

MatchedBy = Literal["title", "alias", "question", "term", "typo", "translation", "meaning", "id"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why an entry matched: `by` says how, `text` what (a term, an alias, a phrase)."""

    by: MatchedBy
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked entry. `score` is between 0 and 1 and falls from hit to hit."""

    entry: Entry
    score: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked hits; empty means "nothing on file", and `suggestions` are then topics to browse.

    `confidence` is the calibrated probability (0 to 1) that the first hit answers the query.
    """

    query: str
    hits: tuple[Hit, ...]
    suggestions: tuple[Entry, ...]
    confidence: float
    language: str
    intent: str | None
    mode: Literal["lexical", "hybrid"]


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """One sentence of a long statement and what it matched; `start` and `end` are characters."""

    sentence: str
    start: int
    end: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class StatementMatch:
    """A statement matched against the narratives first: overall, and sentence by sentence."""

    result: SearchResult
    sentences: tuple[SentenceMatch, ...]
