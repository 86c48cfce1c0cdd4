"""A briefing before it is laid out: plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.advice.answer import Answer, SourceLine
from bot.advice.options import OptionRow

Note = Literal["", "untranslated", "awaiting-native-review"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the vocabulary: its identifier and its English title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Worded:
    """An entry's title and bottom line in the language of the briefing, else in English."""

    id: str
    title: str
    summary: str
    note: Note
    sources: tuple[str, ...]
    """Ids of its sources, for citations."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One rule on wording: why, and the words to use."""

    reason: str
    say: str


@dataclass(frozen=True, slots=True)
class BriefRedline:
    """A red line as a speaker needs it; all but the title and bottom line is in English."""

    about: Worded
    line: str
    must_say: tuple[Saying, ...]
    never_say: tuple[Saying, ...]
    crossed_when: tuple[str, ...]
    not_crossed_when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BriefOption:
    """A countermeasure as a row of the table, with the ids of its sources."""

    row: OptionRow
    effects: tuple[Term, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BriefMessage:
    """A template that applies, its text with slots as `[Label]`."""

    id: str
    title: str
    channel: Term
    audiences: tuple[Term, ...]
    text: str
    language: str
    review: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BriefPoint:
    """A law or an actor: what it comes to, and the one caution that goes with it."""

    about: Worded
    caution: str


@dataclass(frozen=True, slots=True)
class Contested:
    """What is said and is wrong or doubtful, what is right, and the ids of the sources."""

    claim: str
    correction: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A briefing before it is laid out.

    Where `answer.outcome` is not `answered` everything else is empty. `sources` are numbered by
    their place, from 1, in the order in which they are first cited; `tlp` is the highest marking
    of what is in it. `left_out` counts, by kind, what is on file beyond what is shown.
    """

    answer: Answer
    main: Worded | None
    redlines: tuple[BriefRedline, ...]
    options: tuple[BriefOption, ...]
    """Ranked: lower escalation risk, then easier to undo, then quicker."""
    messages: tuple[BriefMessage, ...]
    perspectives: tuple[BriefPoint, ...]
    laws: tuple[BriefPoint, ...]
    contested: tuple[Contested, ...]
    sources: tuple[SourceLine, ...]
    left_out: tuple[tuple[str, int], ...]
    entries: tuple[str, ...]
    tlp: str
    language: str
    """The language asked for; `answer.language` is the one that the entry is in."""
    raised_by: tuple[str, ...]
    """Titles of what is marked as high as the briefing where the entry itself is marked lower."""
    body_translated: bool
    """Whether the entry's body is in the language asked for."""

    def numbers(self, source_ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers under which these sources are listed; a withheld one has none."""
        places = {source.id: place for place, source in enumerate(self.sources, 1)}
        return tuple(sorted(places[key] for key in source_ids if key in places))
