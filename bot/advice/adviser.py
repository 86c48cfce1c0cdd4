"""What to answer: one adviser a snapshot, so a request sees one revision from start to end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.advice.answer import Answer, Link
from bot.advice.assessment import Assessment, assess
from bot.advice.clearance import OFFICER, Clearance
from bot.advice.composition import compose
from bot.advice.links import suggestions
from bot.advice.options import OptionFilter, OptionRow, select_options
from bot.advice.package import Package, review_package
from bot.knowledge.search.result import Hit, Reason, SearchResult, SentenceMatch
from bot.knowledge.snapshot import Snapshot

if TYPE_CHECKING:
    from bot.knowledge.search.engine import SearchEngine


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """A statement matched: the answer for it as a whole, and what each sentence matched."""

    answer: Answer
    sentences: tuple[SentenceMatch, ...]


ELSEWHERE = 0.75
"""What a match in another situation than the preferred one is worth beside one in it."""


def preferring(result: SearchResult, situation: str | None) -> SearchResult:
    """The hits with those of a situation first, unless others match clearly better.

    Glossary terms and sources serve every situation.
    """
    if situation is None or all(hit.entry.situation == situation for hit in result.hits):
        return result

    def worth(hit: Hit) -> float:
        at_home = hit.entry.situation == situation or hit.entry.kind in EVERYWHERE
        return hit.score if at_home else hit.score * ELSEWHERE

    return replace(result, hits=tuple(sorted(result.hits, key=worth, reverse=True)))


EVERYWHERE = frozenset({"glossary", "source"})


@dataclass(frozen=True)
class Adviser:
    """Advice from one snapshot. All methods are plain functions of their arguments."""

    snapshot: Snapshot
    engine: SearchEngine

    def search(self, query: str, *, limit: int = 5, clearance: Clearance = OFFICER) -> SearchResult:
        """Ranked entries that the asker may see."""
        return self.engine.search(query, limit=limit, tlp=clearance.markings)

    def ask(
        self,
        question: str,
        *,
        language: str | None = None,
        clearance: Clearance,
        situation: str | None = None,
    ) -> Answer:
        """The best entry for a question, or an honest "nothing on file" with topics to browse.

        `language` is that of the answer; None answers in the language of the question. Entries of
        `situation` come before those of others that match about as well.
        """
        result = preferring(self.search(question, clearance=clearance), situation)
        return self._best(result, "ask", question, language or result.language, clearance)

    def topic(
        self,
        entry_id: str,
        *,
        language: str = "en",
        clearance: Clearance,
        command: str = "topic",
    ) -> Answer:
        """One entry by id; refused where its marking excludes the asker."""
        entry = self.snapshot.get(entry_id)
        if entry is None or entry.status == "retired":
            near = self.engine.complete(entry_id, tlp=clearance.markings, limit=5)
            links = suggestions(near)
            return self._without_entry("nothing-on-file", command, entry_id, language, links)
        if not clearance.admits(entry.tlp):
            return self._without_entry("refused", command, entry_id, language, tlp=entry.tlp)
        return compose(
            entry, self.snapshot, command=command, language=language, clearance=clearance
        )

    def match(
        self, statement: str, *, language: str | None = None, clearance: Clearance
    ) -> StatementAnswer:
        """Which narrative a statement is, with its rebuttal and what to say and do."""
        found = self.engine.match_statement(statement, tlp=clearance.markings)
        result = found.result
        answer = self._best(result, "match", statement, language or result.language, clearance)
        return StatementAnswer(answer, found.sentences if result.hits else ())

    def options(
        self, wanted: OptionFilter, *, language: str = "en", clearance: Clearance
    ) -> tuple[OptionRow, ...]:
        """Countermeasures that fit the filter, the gentlest and quickest first."""
        return select_options(self.snapshot, wanted, language=language, clearance=clearance)

    def package(
        self,
        entry_ids: tuple[str, ...],
        *,
        phase: str | None = None,
        language: str = "en",
        clearance: Clearance,
    ) -> Package:
        """Several options together, with what speaks against the combination."""
        return review_package(
            self.snapshot, entry_ids, phase=phase, language=language, clearance=clearance
        )

    def assess(
        self,
        indicator_ids: tuple[str, ...],
        *,
        language: str = "en",
        clearance: Clearance,
        situation: str | None = None,
    ) -> Assessment:
        """The phase of the ladder that the observed indicators point to, and why."""
        return assess(
            self.snapshot,
            indicator_ids,
            language=language,
            clearance=clearance,
            situation=situation,
        )

    def _best(
        self,
        result: SearchResult,
        command: str,
        query: str,
        language: str,
        clearance: Clearance,
    ) -> Answer:
        best: Hit | None = result.hits[0] if result.hits else None
        if best is None:
            return self._without_entry(
                "nothing-on-file", command, query, language, suggestions(result.suggestions)
            )
        why: tuple[Reason, ...] = best.why
        return compose(
            best.entry,
            self.snapshot,
            command=command,
            language=language,
            clearance=clearance,
            query=query,
            result=result,
            why=why,
        )

    def _without_entry(
        self,
        outcome: Literal["nothing-on-file", "refused"],
        command: str,
        query: str,
        language: str,
        links: tuple[Link, ...] = (),
        tlp: str = "clear",
    ) -> Answer:
        return Answer(
            outcome=outcome,
            command=command,
            query=query,
            entry_id=None,
            kind=None,
            title="",
            bottom_line="",
            key_points=(),
            sections=(),
            caveats=(),
            confidence=None,
            tlp=tlp,
            status=None,
            reviewed=None,
            review_overdue=False,
            sources=(),
            passages=(),
            links=links,
            why=(),
            entries=(),
            language=language,
            language_note="",
            revision=self.snapshot.revision,
        )
