"""The search engine over one snapshot of the knowledge base."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

import numpy as np

from bot.knowledge.kinds import Entry
from bot.knowledge.search import complete, fields
from bot.knowledge.search.index import LexicalIndex
from bot.knowledge.search.query import ReadQuery, read
from bot.knowledge.search.reasons import explain
from bot.knowledge.search.result import Hit, SearchResult, SentenceMatch, StatementMatch
from bot.knowledge.snapshot import Snapshot

NOT_SEARCHED = frozenset({"source"})
"""Kinds that only answer when they are asked for."""

SUGGESTIONS = 3


class SearchEngine:
    """Searches one snapshot. Thread-safe: nothing changes once it is built."""

    def __init__(
        self, snapshot: Snapshot, *, cache_dir: Path | None = None, semantic: bool | None = None
    ) -> None:
        self.snapshot = snapshot
        self._entries = tuple(snapshot.entries.values())
        self._index = LexicalIndex.build(fields.texts(entry) for entry in self._entries)
        self._completer = complete.Completer(self._entries)

    @property
    def mode(self) -> Literal["lexical", "hybrid"]:
        return "lexical"

    def search(
        self,
        query: str,
        *,
        limit: int = 5,
        kinds: Collection[str] | None = None,
        language: str | None = None,
        tlp: Collection[str] | None = None,
    ) -> SearchResult:
        """The entries that answer the query, best first."""
        asked = read(query, self._index.lexicon)
        terms, weights = asked.terms
        total = self._index.postings.score(terms, weights)
        allowed = self._allowed(kinds, tlp)
        total = np.where(allowed, total, 0)
        ceiling = self._ceiling(asked)
        places: list[int] = np.argsort(-total, kind="stable")[:limit].tolist()
        hits = tuple(
            Hit(
                self._entries[place],
                min(1.0, float(total[place]) / ceiling),
                explain(self._entries[place], place, asked, self._index),
            )
            for place in places
            if total[place] > 0
        )
        confidence = hits[0].score if hits else 0.0
        if confidence < 0.15:
            suggestions = tuple(hit.entry for hit in hits[:SUGGESTIONS])
            hits = ()
        else:
            suggestions = ()
        return SearchResult(
            query, hits, suggestions, confidence, language or asked.language, None, self.mode
        )

    def complete(
        self,
        text: str,
        *,
        kinds: Collection[str] | None = None,
        tlp: Collection[str] | None = None,
        language: str | None = None,
        limit: int = 25,
    ) -> tuple[Entry, ...]:
        """Entries whose title, alias or id begins like the text, for autocomplete."""
        return self._completer.complete(text, kinds=kinds, tlp=tlp, language=language, limit=limit)

    def match_statement(
        self,
        text: str,
        *,
        limit: int = 5,
        tlp: Collection[str] | None = None,
        language: str | None = None,
    ) -> StatementMatch:
        """Narratives that the statement repeats, overall and sentence by sentence."""
        result = self.search(text, limit=limit, tlp=tlp, language=language)
        matches = (
            (SentenceMatch(text.strip(), 0, len(text), result.hits[0]),) if result.hits else ()
        )
        return StatementMatch(result, matches)

    def _allowed(
        self, kinds: Collection[str] | None, tlp: Collection[str] | None
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.fromiter(
            (
                (entry.kind in kinds if kinds is not None else _searched(entry))
                and (tlp is None or entry.tlp in tlp)
                for entry in self._entries
            ),
            np.bool_,
            len(self._entries),
        )

    def _ceiling(self, asked: ReadQuery) -> float:
        """The score of a document that had every word of the query many times."""
        idf = self._index.postings.idf
        unknown = float(np.log1p(len(self._entries)))
        total = 0.0
        for word in asked.words:
            best = max((float(idf[term]) for term in word.terms), default=unknown)
            total += best * word.weight
        return total or 1.0


def _searched(entry: Entry) -> bool:
    return entry.kind not in NOT_SEARCHED and entry.status != "retired"
