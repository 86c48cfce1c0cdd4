"""Whether a sentence takes back, rejects or merely reports what a pattern found in it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.advice.wording.cues import NAMES, cues
from bot.advice.wording.matching import Match, Text
from bot.advice.wording.notation import Choice, Pattern

REACH_BEFORE = 9
"""Words that a negation may stand before the phrase and still belong to it."""
REACH_AFTER = 7
"""The same after the phrase."""
REACH_SPEECH = 8
"""Words after the phrase in which `says Moscow` is looked for."""
REACH_VERDICT = 7
"""Words at the beginning of the next sentence in which a verdict is looked for."""


class Negation:
    """The cues of one language in one text."""

    def __init__(self, text: Text, language: str) -> None:
        self._tokens = text.tokens
        self._at: dict[str, frozenset[int]] = {}
        found = cues(language)
        for name in NAMES:
            places: set[int] = set()
            for pattern in getattr(found, name):
                places.update(_words(text, pattern, language))
            self._at[name] = frozenset(places)
        self._neutral = [
            frozenset(range(match.start, match.end))
            for pattern in found.neutral
            for match in text.find(pattern, language)
        ]
        self._heed(frozenset())

    def _heed(self, words: frozenset[int]) -> None:
        """Take neutral phrases out of what denies, but for those that the match is part of.

        `not only` denies nothing, unless `only` is what the rule objects to.
        """
        neutral = frozenset[int]().union(
            *(phrase for phrase in self._neutral if not phrase & words)
        )
        self._denying = self._at["negators"] - neutral
        self._rejecting = self._at["rejectors"] - neutral
        self._against = self._denying | self._rejecting
        self._verdicts = self._at["verdicts"] - neutral
        self._answers = self._at["answers"] - neutral

    def voids(self, match: Match) -> bool:
        """Whether what the match names is denied, rejected, or said to be another's words."""
        self._heed(match.words)
        first, last = self._clause(match)
        before = [at for at in range(first, match.end) if at not in match.words]
        return (
            any(at in self._denying and at >= match.start - REACH_BEFORE for at in before)
            or any(at in self._rejecting for at in before)
            or self._demanded(before)
            or self._reported(match, first)
            or self._denied_after(match, last)
            or self._quoted_against(match)
            or self._answered(match)
        )

    # The clause

    def _clause(self, match: Match) -> tuple[int, int]:
        """First word of the clause in which the match begins, last + 1 of that where it ends."""
        first = match.start
        while first and not self._divides(first):
            first -= 1
        last = match.end
        while last < len(self._tokens) and not self._divides(last):
            last += 1
        return first, last

    def _divides(self, at: int) -> bool:
        """Whether a new clause begins at this word."""
        token, before = self._tokens[at], self._tokens[at - 1]
        if token.sentence != before.sentence or token.mark in {";", "-", "(", "."}:
            return True
        if at in self._at["contrast"]:
            return True
        if token.mark == ":":
            return not ({at - 1, at - 2} & (self._at["demands"] | self._at["speech"]))
        if token.mark == "," and self._subordinate(at - 1):
            return True
        if at in self._at["conjunctions"]:
            return bool(self._at["subjects"] & {at + 1, at + 2})
        return token.mark == "," and at in self._at["subjects"]

    def _subordinate(self, at: int) -> bool:
        """Whether the clause up to this word begins with an `if` or its like."""
        sentence, last = self._tokens[at].sentence, at
        while at and self._tokens[at].mark == "" and self._tokens[at - 1].sentence == sentence:
            at -= 1
        return last > at + 1 and bool(self._at["subordinators"] & {at, at + 1})

    # What voids

    def _demanded(self, before: Iterable[int]) -> bool:
        """Whether the clause calls it a demand, a claim or a lie, and does not take it up."""
        for at in before:
            if at in self._at["accepts"]:
                return False
            if at in self._at["demands"]:
                return True
        return False

    def _reported(self, match: Match, first: int) -> bool:
        """Whether another speaker says it: `Moscow claims that …`, `…, the Kremlin says`."""
        ahead = [at for at in range(first, match.end) if at not in match.words]
        behind = self._rest_of_sentence(match.end)[:REACH_SPEECH]
        return self._speaks(ahead) or self._speaks(behind) or self._spoken_by(behind)

    def _speaks(self, places: list[int]) -> bool:
        """Whether among these words another speaker is named and then what it says."""
        speaking = False
        for place, at in enumerate(places):
            if speaking and at in self._at["speech"]:
                return True
            if at in self._at["speakers"]:
                # `if Russia asks` reports nothing.
                speaking = not self._at["subordinators"] & {at - 1, at - 2}
            elif at in self._at["subjects"] or (place and abs(at - places[place - 1]) > 1):
                speaking = False
        return False

    def _spoken_by(self, places: list[int]) -> bool:
        """Whether among these words stands a verb and then its speaker: `…, says Moscow`."""
        return any(
            at in self._at["speech"]
            and at - 1 not in self._at["subjects"]
            and bool(self._at["speakers"] & {at + 1, at + 2})
            for at in places
        )

    def _rest_of_sentence(self, at: int) -> list[int]:
        rest: list[int] = []
        while at < len(self._tokens) and self._tokens[at].sentence == self._tokens[at - 1].sentence:
            rest.append(at)
            at += 1
        return rest

    def _denied_after(self, match: Match, last: int) -> bool:
        """Whether what follows rejects it: `… is not on the table`, `…, which we reject`."""
        end = min(last, match.end + REACH_AFTER)
        for at in range(match.end, end):
            token = self._tokens[at]
            if at in self._rejecting:
                return True
            if token.mark == "," or at in self._at["conjunctions"] | self._at["subordinators"]:
                return any(place in self._rejecting for place in range(at, end))
            if at in self._denying:
                return True
        return False

    def _quoted_against(self, match: Match) -> bool:
        """Whether it stands in a quotation that the text ascribes to another or rejects."""
        tokens = self._tokens
        quote = tokens[match.start].quote
        inside = quote and all(tokens[at].quote == quote for at in range(match.start, match.end))
        first, last = match.start, match.end
        if inside:
            while first and tokens[first - 1].quote == quote:
                first -= 1
            while last < len(tokens) and tokens[last].quote == quote:
                last += 1
            beside = [
                *self._start_of_sentence(first),
                *(self._rest_of_sentence(last) if last else ()),
            ]
            if (
                self._speaks(beside)
                or self._spoken_by(beside)
                or self._demanded(beside)
                or any(at in self._against for at in (*beside, *self._next_sentence(last - 1)))
            ):
                return True
        return self._judged(self._next_sentence(last - 1))

    def _start_of_sentence(self, at: int) -> list[int]:
        """The words before this one in its sentence."""
        start: list[int] = []
        sentence = self._tokens[at].sentence
        while at and self._tokens[at - 1].sentence == sentence:
            at -= 1
            start.append(at)
        return start[::-1]

    def _next_sentence(self, at: int) -> list[int]:
        sentence = self._tokens[at].sentence
        while at < len(self._tokens) and self._tokens[at].sentence == sentence:
            at += 1
        start = at
        while at < len(self._tokens) and self._tokens[at].sentence == self._tokens[start].sentence:
            at += 1
        return list(range(start, min(at, start + REACH_VERDICT)))

    def _judged(self, following: list[int]) -> bool:
        """Whether the next sentence says `That is false` or its like."""
        return (
            bool(following)
            and following[0] in self._at["pointers"]
            and any(at in self._verdicts for at in following)
        )

    def _answered(self, match: Match) -> bool:
        """Whether it is a question and the answer is no."""
        if not self._tokens[match.end - 1].asked:
            return False
        return any(at in self._answers for at in self._next_sentence(match.end - 1))


def _words(text: Text, pattern: Pattern, language: str) -> Iterable[int]:
    for order in pattern.orders:
        first = order[0]
        if len(order) == 1 and isinstance(first, Choice) and _single(first):
            for run in first.runs:
                yield from text.places(run[0], language)
        else:
            for match in text.find_order(order, language):
                yield from range(match.start, match.end)


def _single(choice: Choice) -> bool:
    return all(len(run) == 1 for run in choice.runs)
