"""The search engine over one snapshot of the knowledge base."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.kinds import Entry
from bot.knowledge.search import calibration as calibrated
from bot.knowledge.search import learnt as lessons
from bot.knowledge.search import semantic as meaning
from bot.knowledge.search import storing
from bot.knowledge.search.calibration import Calibration, ModeCalibration, Rule
from bot.knowledge.search.complete import Completer
from bot.knowledge.search.intents import IntentReader, Intents
from bot.knowledge.search.learnt import Learnt
from bot.knowledge.search.matching import Match, Matcher
from bot.knowledge.search.reasons import explain
from bot.knowledge.search.result import Hit, SearchResult, SentenceMatch, StatementMatch
from bot.knowledge.search.semantic import SemanticIndex
from bot.knowledge.search.signals import SIGNALS, Floats
from bot.knowledge.search.statements import MAX_SENTENCES, is_long, sentences
from bot.knowledge.search.taught import Teacher
from bot.knowledge.snapshot import Snapshot

NOT_SEARCHED = frozenset({"source"})
"""Kinds that only answer when they are asked for."""

SUGGESTIONS = 3
"""Topics to browse that are named where nothing is on file."""

SPREAD = 4.0
"""By how much of a difference in weighted signals an entry's score falls to about a third."""


class SearchEngine:
    """Searches one snapshot. Thread-safe: nothing changes once it is built.

    Where the extra `semantic` is installed, building computes the vectors of texts that neither
    this process nor `cache_dir` has yet, about ten milliseconds each.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        cache_dir: Path | None = None,
        semantic: bool | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        """`semantic`: None uses search by meaning if it is installed, False never.

        `calibration`: None takes the snapshot's own. Raises RuntimeError if `semantic` is True and
        the extra is not installed.
        """
        self.snapshot = snapshot
        self.calibration = calibration or snapshot.calibration or calibrated.DEFAULT
        entries = tuple(snapshot.entries.values())
        stored = storing.place(cache_dir, snapshot) if cache_dir else None
        intents = IntentReader(snapshot.intents or Intents())
        self._matcher = Matcher(entries, intents, stored)
        topics = snapshot.intents.other_topics if snapshot.intents else ()
        self._semantic = _semantic(entries, cache_dir, semantic, topics)
        self._tune()
        searched = {entry.id for entry in entries if entry.kind not in NOT_SEARCHED}
        model = self._semantic.model if self._semantic else None
        learnt = lessons.read(snapshot, searched, model) if self._taught_numbers else None
        if learnt is not None:
            self.learn(learnt)
        self._kind = np.array([entry.kind for entry in entries])
        self._tlp = np.array([entry.tlp for entry in entries])
        self._current = np.array([entry.status != "retired" for entry in entries], np.bool_)
        self._usual = self._current & ~np.isin(self._kind, list(NOT_SEARCHED))

    @cached_property
    def _completer(self) -> Completer:
        # Answers do not need it: a cold start must not wait for it.
        return Completer(self._matcher.entries)

    @property
    def mode(self) -> Literal["lexical", "hybrid"]:
        """Whether words alone are searched, or meaning too."""
        return "lexical" if self._semantic is None else "hybrid"

    @property
    def matcher(self) -> Matcher:
        """The indexes, for calibration and for measuring."""
        return self._matcher

    @property
    def semantic(self) -> SemanticIndex | None:
        """The index by meaning; None in lexical mode."""
        return self._semantic

    @property
    def rule(self) -> Rule:
        """Whose numbers hold: those of the mode, or those with what calibration learnt."""
        if self._matcher.wording is None:
            return self.mode
        return "lexical_taught" if self._semantic is None else "hybrid_taught"

    @property
    def tuned(self) -> ModeCalibration:
        """The numbers in use."""
        return self.calibration.of(self.rule)

    def learn(self, learnt: Learnt) -> None:
        """Use what calibration learnt for this mode; only before the first search."""
        self._matcher.wording = learnt.wording
        if learnt.meaning is not None:
            ids = [entry.id for entry in self._matcher.entries]
            self._matcher.teacher = Teacher(learnt.meaning, ids)
        self._tune()

    @property
    def _taught_numbers(self) -> ModeCalibration | None:
        tuned = self.calibration
        return tuned.lexical_taught if self._semantic is None else tuned.hybrid_taught

    def _tune(self) -> None:
        weights = self.tuned.ranking
        self._ranking = np.array([weights.get(name, 0.0) for name in SIGNALS], np.float32)

    @property
    def usual(self) -> NDArray[np.bool_]:
        """By entry: whether it is searched where no kind is asked for."""
        return self._usual

    def search(
        self,
        query: str,
        *,
        limit: int = 5,
        kinds: Collection[str] | None = None,
        language: str | None = None,
        tlp: Collection[str] | None = None,
    ) -> SearchResult:
        """The entries that answer the query, best first; none if nothing on file answers it.

        `kinds` limits the search to these kinds, `tlp` to entries with these markings; `language`
        is the query's, where it is known. A long text is searched sentence by sentence too.
        """
        if is_long(query):
            return self.match_statement(
                query, limit=limit, kinds=kinds, language=language, tlp=tlp
            ).result
        match, total = self._weigh(query, self._allowed(kinds, tlp), language)
        return self._result(match, total, limit)

    def complete(
        self,
        text: str,
        *,
        kinds: Collection[str] | None = None,
        tlp: Collection[str] | None = None,
        language: str | None = None,
        limit: int = 25,
    ) -> tuple[Entry, ...]:
        """Entries whose title, alias or id goes on from the text, for autocomplete."""
        return self._completer.complete(text, kinds=kinds, tlp=tlp, language=language, limit=limit)

    def match_statement(
        self,
        text: str,
        *,
        limit: int = 5,
        kinds: Collection[str] | None = None,
        tlp: Collection[str] | None = None,
        language: str | None = None,
    ) -> StatementMatch:
        """The narratives that a statement repeats, overall and sentence by sentence.

        Narratives that a sentence repeats come first in the overall result, unless the text asks
        for something; a sentence that matches nothing is left out of `sentences`.
        """
        allowed = self._allowed(kinds, tlp)
        whole, total = self._weigh(text, allowed, language, statement=True)
        result = self._result(whole, total, limit)
        found: list[SentenceMatch] = []
        best: dict[str, Hit] = {hit.entry.id: hit for hit in result.hits}
        confidence = result.confidence
        parts = sentences(text)[:MAX_SENTENCES]
        for part in parts if len(parts) > 1 else ():
            match, weights = self._weigh(
                part.text, allowed, language or whole.asked.read.language, statement=True
            )
            of_part = self._result(match, weights, limit)
            confidence = max(confidence, of_part.confidence if of_part.hits else 0.0)
            for hit in of_part.hits:
                if hit.entry.id not in best or best[hit.entry.id].score < hit.score:
                    best[hit.entry.id] = hit
            if of_part.hits:
                found.append(SentenceMatch(part.text, part.start, part.end, of_part.hits[0]))
        if len(parts) == 1 and result.hits:
            found.append(SentenceMatch(parts[0].text, parts[0].start, parts[0].end, result.hits[0]))
        repeated = {match.hit.entry.id for match in found if match.hit.entry.kind == "narrative"}
        if whole.asked.intent.kind is not None:
            # Whoever asks for something gets that first, however much is quoted.
            repeated.clear()
        ranked = sorted(best.values(), key=lambda hit: (hit.entry.id not in repeated, -hit.score))[
            :limit
        ]
        return StatementMatch(
            SearchResult(
                text,
                tuple(ranked),
                () if ranked else result.suggestions,
                confidence,
                result.language,
                result.intent,
                self.mode,
            ),
            tuple(found),
        )

    def _weigh(
        self,
        text: str,
        allowed: NDArray[np.bool_],
        language: str | None,
        *,
        statement: bool = False,
    ) -> tuple[Match, Floats]:
        asked = self._matcher.understand(text, language, self._semantic)
        match = self._matcher.match(asked, self._semantic, statement=statement or None)
        return match, self._matcher.settle(match, self._ranking, allowed)

    def _result(self, match: Match, total: Floats, limit: int) -> SearchResult:
        asked = match.asked
        usable = int(np.isfinite(total).sum())
        order: list[int] = np.argsort(-total, kind="stable")[: min(limit, usable)].tolist()
        tuned = self.tuned
        empty = not asked.read.words or not order
        chance = (
            0.0 if empty else calibrated.confidence(self._matcher.evidence(match, total), tuned)
        )
        entries = self._matcher.entries
        hits: tuple[Hit, ...] = ()
        suggestions: tuple[Entry, ...] = ()
        if chance >= tuned.threshold:
            best = float(total[order[0]])
            hits = tuple(
                Hit(
                    entries[place],
                    chance * float(np.exp((float(total[place]) - best) / SPREAD)),
                    explain(match, place, self._matcher, self._semantic),
                )
                for place in order
            )
        elif not empty:
            suggestions = tuple(entries[place] for place in order[:SUGGESTIONS])
        return SearchResult(
            asked.text,
            hits,
            suggestions,
            chance,
            asked.read.language,
            asked.intent.kind,
            self.mode,
        )

    def _allowed(
        self, kinds: Collection[str] | None, tlp: Collection[str] | None
    ) -> NDArray[np.bool_]:
        allowed = self._usual if kinds is None else self._current_of(kinds)
        return allowed if tlp is None else allowed & np.isin(self._tlp, list(tlp))

    def _current_of(self, kinds: Collection[str]) -> NDArray[np.bool_]:
        return self._current & np.isin(self._kind, list(kinds))


def _semantic(
    entries: Sequence[Entry],
    cache_dir: Path | None,
    wanted: bool | None,
    other_topics: Sequence[str],
) -> SemanticIndex | None:
    if wanted is False or not entries:
        return None
    encoder = meaning.encoder()
    if encoder is None:
        if wanted:
            raise RuntimeError(
                "search by meaning needs the extra `semantic`: pip install 'redline-bot[semantic]'"
            )
        return None
    return SemanticIndex(encoder, entries, cache_dir, other_topics)
