"""The escalation ladder: its phases from the lowest up, and the indicators of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from bot.knowledge.kinds import Entry, Escalation
from bot.knowledge.kinds.common import Translation
from bot.knowledge.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Sign:
    """One indicator of the ladder, and whether it was observed."""

    id: str
    text: str
    where: str
    weight: int
    """From 1 (weak) to 3 (strong)."""
    seen: bool
    alone: bool = False
    """Whether it would be enough by itself: to lift the phase where it is not seen, and to let it
    fall, if it proved false, where it is."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One phase with its indicators; level 0 is the ladder as a whole, whose indicators point to
    no phase. `seen` and `total` are sums of weights."""

    id: str
    title: str
    level: int
    signs: tuple[Sign, ...]

    @property
    def observed(self) -> tuple[Sign, ...]:
        return tuple(sign for sign in self.signs if sign.seen)

    @property
    def seen(self) -> int:
        return sum(sign.weight for sign in self.observed)

    @property
    def total(self) -> int:
        return sum(sign.weight for sign in self.signs)

    @property
    def places(self) -> int:
        """In how many different places the observed indicators were seen."""
        return len({sign.where.casefold() for sign in self.observed})


def phases_of(snapshot: Snapshot, situation: str | None = None) -> tuple[Escalation, ...]:
    """The phases from the lowest rung up, without the ladder as a whole."""
    return tuple(entry for entry in escalations(snapshot, situation) if entry.level > 0)


def situations_with_ladder(snapshot: Snapshot) -> tuple[str, ...]:
    """Situations that have phases to assess, in the order of the vocabulary."""
    found = {phase.situation for phase in phases_of(snapshot)}
    return tuple(name for name in snapshot.vocabulary.situations if name in found)


def escalations(snapshot: Snapshot, situation: str | None) -> tuple[Escalation, ...]:
    """The ladder as a whole and its phases, from the lowest level up."""
    found = [
        entry
        for entry in snapshot.of_kind("escalation")
        if isinstance(entry, Escalation)
        and entry.status != "retired"
        and situation in (None, entry.situation)
    ]
    return tuple(sorted(found, key=lambda entry: (entry.level, entry.id)))


def situation_of(snapshot: Snapshot, indicator_ids: tuple[str, ...]) -> str:
    """That of the first indicator known, else the first that has a ladder."""
    owners = {
        item.id: entry.situation
        for entry in escalations(snapshot, None)
        for item in entry.indicators
    }
    named = next((owners[key] for key in indicator_ids if key in owners), None)
    return named or next(iter(situations_with_ladder(snapshot)), "")


def rungs_of(entries: list[Escalation], observed: set[str], language: str) -> tuple[Rung, ...]:
    """The ladder as it is shown, with what was observed."""
    return tuple(
        Rung(
            id=entry.id,
            title=title_of(entry, language),
            level=entry.level,
            signs=tuple(
                Sign(item.id, item.observe, item.where, item.weight, item.id in observed)
                for item in entry.indicators
            ),
        )
        for entry in entries
    )


def translation_of(entry: Entry, language: str) -> Translation | None:
    """The entry in another language; None where it is not translated."""
    return cast("dict[str, Translation]", entry.translations).get(language)


def title_of(entry: Entry, language: str) -> str:
    """The title in this language, else in English."""
    translation = translation_of(entry, language)
    return translation.title if translation else entry.title
