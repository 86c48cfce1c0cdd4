"""Weighs what speaks for each entry of a snapshot, for one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.collecting import uncollected
from bot.knowledge.kinds import Entry
from bot.knowledge.search import fields, storing
from bot.knowledge.search.index import LexicalIndex
from bot.knowledge.search.intents import IntentReader
from bot.knowledge.search.language import plausible
from bot.knowledge.search.normalise import words
from bot.knowledge.search.phrases import PhraseIndex
from bot.knowledge.search.query import ReadQuery, read
from bot.knowledge.search.relations import Relations
from bot.knowledge.search.semantic import SemanticIndex
from bot.knowledge.search.signals import EVIDENCE, MEANINGS, SIGNALS, Asked, Floats
from bot.knowledge.search.statements import claims
from bot.knowledge.search.taught import Teacher
from bot.knowledge.search.wording import Wording

WORDS, LIKENESS = SIGNALS.index("words"), SIGNALS.index("likeness")
MEANING = slice(SIGNALS.index(MEANINGS[0]), SIGNALS.index(MEANINGS[-1]) + 1)
TAUGHT = SIGNALS.index("taught")
ASKED, HINTED = SIGNALS.index("asked"), SIGNALS.index("hinted")
STATEMENT = SIGNALS.index("statement")
GLOSSARY, TEMPLATE = SIGNALS.index("glossary"), SIGNALS.index("template")

NEXT = 10
"""Entries after the best whose mean meaning the best is compared with."""


@dataclass(frozen=True, slots=True)
class Match:
    """A query matched against all entries: `signals` has a column for each entry."""

    asked: Asked
    signals: Floats
    likeness: Floats
    learnt: Mapping[str, float] = field(default_factory=dict[str, float])
    """Evidence from what calibration learnt about meaning."""


class Matcher:
    """Indexes of all entries of a snapshot; immutable once built."""

    def __init__(
        self,
        entries: Sequence[Entry],
        intents: IntentReader,
        stored: Path | None = None,
    ) -> None:
        """`stored`: the file that keeps the indexes of just these entries, if there is one."""
        self.entries = entries
        self.intents = intents
        with uncollected():
            kept = storing.load(stored, entries) if stored else None
            if kept is None:
                self.index = LexicalIndex.build(fields.texts(entry) for entry in entries)
                self.phrases = PhraseIndex.build(entries, self.index)
                if stored:
                    storing.save(stored, self.index, self.phrases)
            else:
                self.index, self.phrases = kept
            self.relations = Relations(entries)
        self.teacher: Teacher | None = None
        self.wording: Wording | None = None
        self._kinds = {
            kind: np.array([entry.kind == kind for entry in entries], np.float32)
            for kind in {entry.kind for entry in entries}
        }
        self._unknown = float(np.log1p(len(entries)))

    def understand(
        self, text: str, language: str | None = None, semantic: SemanticIndex | None = None
    ) -> Asked:
        """Read a query: words, intent, and its meaning where there is a semantic index."""
        query = read(text, self.index.lexicon, language)
        said = words(text[:2000])
        languages = (language,) if language else plausible(text[:2000], said)
        intent = self.intents.read(said, languages)
        ceiling, known = self._mass(query)
        vector = semantic.query(text) if semantic is not None and text.strip() else None
        strange = 0.0
        if semantic is not None and vector is not None and self.teacher is None:
            # A lesson has examples of other topics by the thousand.
            strange = semantic.strangeness(vector)
        claim = claims(text, intent.kinds.get("template", 0) >= 1)
        worded = self.wording.of(text) if self.wording is not None else 0.0
        return Asked(text, query, intent, claim, ceiling, known, vector, strange, worded)

    def match(
        self,
        asked: Asked,
        semantic: SemanticIndex | None = None,
        *,
        statement: bool | None = None,
    ) -> Match:
        """All signals of all entries but `near`, which `settle` works out.

        `statement`: whether the text is to be met as a claim; None leaves it to the text.
        """
        terms, weights = asked.read.terms
        signals = np.zeros((len(SIGNALS), len(self.entries)), np.float32)
        likeness = np.zeros(len(self.phrases.mass), np.float32)
        learnt: dict[str, float] = {}
        if terms:
            signals[WORDS] = self.index.postings.score(terms, weights) / asked.ceiling
            likeness = self.phrases.likeness(terms, weights, asked.ceiling)
            signals[LIKENESS] = self.phrases.best(likeness)
        if semantic is not None and asked.vector is not None:
            signals[MEANING] = semantic.similarity(asked.vector)
            if self.teacher is not None:
                opinion = self.teacher.judge(asked.vector, signals[MEANING].mean(axis=0))
                signals[TAUGHT] = opinion.entries
                learnt = opinion.evidence
        for kind, strength in asked.intent.kinds.items():
            if kind in self._kinds:
                signals[ASKED if strength >= 1 else HINTED] += self._kinds[kind]
        if "narrative" in self._kinds:
            claimed = asked.statement if statement is None else float(statement)
            signals[STATEMENT] = claimed * self._kinds["narrative"]
        if "glossary" in self._kinds:
            signals[GLOSSARY] = self._kinds["glossary"]
        if "template" in self._kinds and "template" not in asked.intent.kinds:
            signals[TEMPLATE] = self._kinds["template"]
        return Match(asked, signals, likeness, learnt)

    def settle(self, match: Match, ranking: Floats, allowed: NDArray[np.bool_]) -> Floats:
        """Weighted sum of the signals by entry; entries not allowed get minus infinity.

        Works out `near` on the way: what is related to likely entries becomes likelier.
        """
        total = ranking[:-1] @ match.signals[:-1]
        total = np.where(allowed, total, -np.inf)
        match.signals[-1] = self.relations.spread(likelihood(total))
        return total + ranking[-1] * match.signals[-1]

    def evidence(self, match: Match, total: Floats) -> dict[str, float]:
        """What speaks for answering at all; `total` is minus infinity where an entry may not."""
        usable = np.isfinite(total)
        meaning = np.sort(match.signals[MEANING, usable].mean(axis=0))[::-1]
        rest = meaning[1 : NEXT + 1]
        asked = match.asked
        values = {
            "words": float(match.signals[WORDS, usable].max(initial=0)),
            "likeness": float(match.signals[LIKENESS, usable].max(initial=0)),
            "meaning": float(meaning[0]) if len(meaning) else 0.0,
            "lead": float(meaning[0] - rest.mean()) if len(rest) else 0.0,
            "known": asked.known,
            "asked": float(asked.intent.kind is not None),
            "harmful": float(asked.intent.harmful),
            "elsewhere": float(asked.intent.elsewhere),
            "strange": asked.strange,
            "wording": asked.worded,
            **match.learnt,
        }
        return {name: values.get(name, 0.0) for name in EVIDENCE}

    def _mass(self, query: ReadQuery) -> tuple[float, float]:
        """All that the query's words could score, and the share of it that is known words."""
        idf = self.index.postings.idf
        total = known = 0.0
        for word in query.words:
            best = max((float(idf[term]) for term in word.terms), default=0.0)
            known += best * word.weight * word.share
            total += (best if word.terms else self._unknown) * word.weight
        return (total or 1.0), (known / total if total else 0.0)


def likelihood(total: Floats) -> Floats:
    """By entry: its chance to be the one, were one of them the answer."""
    usable = np.isfinite(total)
    if not usable.any():
        return np.zeros_like(total)
    raised = np.exp(total - total[usable].max(), where=usable, out=np.zeros_like(total))
    return raised / raised.sum()
