"""All rules of all red lines, made ready once for a snapshot."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args

from bot.advice.wording.matching import Match, Text, stems_of
from bot.advice.wording.notation import Choice, Gap, PatternError, parse
from bot.advice.wording.report import RuleKind
from bot.knowledge.kinds import Redline
from bot.knowledge.kinds.common import Language
from bot.knowledge.kinds.redline import WordingRule
from bot.knowledge.snapshot import Snapshot

LANGUAGES: tuple[str, ...] = get_args(Language)
KINDS: tuple[tuple[str, RuleKind], ...] = (
    ("must_say", "must-say"),
    ("never_say", "never-say"),
    ("ambiguity", "ambiguity"),
)
_MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in its place: number `position` of the red line's list for its kind."""

    redline: Redline
    kind: RuleKind
    position: int
    rule: WordingRule


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """One order in which a pattern's parts may stand, and the rule that it belongs to."""

    rule: int
    parts: tuple[Choice | Gap, ...]
    guarded: bool
    exception: bool
    """Whether it comes from the rule's `unless`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A pattern that can't be read."""

    redline: str
    path: tuple[str | int, ...]
    """Keys and list positions from the top of the entry to the pattern."""
    message: str


@dataclass(slots=True)
class _Index:
    """Orders by the word that they begin with, of one language."""

    words: dict[str, list[Order]] = field(default_factory=dict[str, list[Order]])
    stems: dict[str, list[Order]] = field(default_factory=dict[str, list[Order]])
    prefixes: dict[str, list[Order]] = field(default_factory=dict[str, list[Order]])
    shortest_prefix: int = 99


class Rulebook:
    """The rules of a snapshot. Patterns that can't be read are left out and told in `faults`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.rules: list[Rule] = []
        self.faults: list[Fault] = []
        self._indexes = {language: _Index() for language in LANGUAGES}
        for entry in snapshot.of_kind("redline"):
            if isinstance(entry, Redline) and entry.status != "retired":
                for name, kind in KINDS:
                    for position, rule in enumerate(getattr(entry, name)):
                        self._add(Rule(entry, kind, position, rule), name)

    def matches(
        self, text: Text, language: str, rules: frozenset[int]
    ) -> Iterator[tuple[Order, Match]]:
        """Where patterns of these rules (by number) match, exceptions among them."""
        starts: dict[Order, set[int]] = {}
        for order, start in self._candidates(text, language):
            if order.rule in rules:
                starts.setdefault(order, set()).add(start)
        for order, places in starts.items():
            if text.may_match(order.parts, language):
                for start in places:
                    if match := text.match_at(order.parts, start, language):
                        yield order, match

    def _candidates(self, text: Text, language: str) -> Iterator[tuple[Order, int]]:
        index = self._indexes[language]
        for form, places in text.forms(language).items():
            orders = list(index.words.get(form, ()))
            for length in range(index.shortest_prefix, len(form) + 1):
                orders += index.prefixes.get(form[:length], ())
            for order in orders:
                for place in places:
                    yield order, place
        for root, places in text.stems(language).items():
            for order in index.stems.get(root, ()):
                for place in places:
                    yield order, place

    def _add(self, rule: Rule, name: str) -> None:
        number = len(self.rules)
        self.rules.append(rule)
        for key, by_language in (("patterns", rule.rule.patterns), ("unless", rule.rule.unless)):
            for language, patterns in by_language.items():
                for position, source in enumerate(patterns):
                    try:
                        pattern = parse(source)
                    except PatternError as error:
                        path = (name, rule.position, key, language, position)
                        self.faults.append(Fault(rule.redline.id, path, str(error)))
                        continue
                    for parts in pattern.orders:
                        order = Order(number, parts, pattern.guarded, key == "unless")
                        self._enter(order, language)

    def _enter(self, order: Order, language: str) -> None:
        index = self._indexes[language]
        first = order.parts[0]
        assert isinstance(first, Choice)
        for word in {run[0] for run in first.runs}:
            if word.prefix:
                index.prefixes.setdefault(word.folded, []).append(order)
                index.shortest_prefix = min(index.shortest_prefix, len(word.folded))
                continue
            index.words.setdefault(word.folded, []).append(order)
            if not word.exact:
                for root in stems_of(word.text, language):
                    index.stems.setdefault(root, []).append(order)


_kept: dict[int, Rulebook] = {}
_lock = threading.Lock()


def rulebook(snapshot: Snapshot) -> Rulebook:
    """The snapshot's rulebook, made at the first call and kept for the latest snapshots."""
    # By identity, not by revision: a snapshot made by hand may carry any revision.
    with _lock:
        book = _kept.get(id(snapshot))
        if book is None or book.snapshot is not snapshot:
            book = Rulebook(snapshot)
            _kept[id(snapshot)] = book
            while len(_kept) > _MOST_KEPT:
                del _kept[next(iter(_kept))]
        return book
