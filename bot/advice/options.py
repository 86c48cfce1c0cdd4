"""Countermeasure options: filtered, ranked and laid side by side."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.clearance import Clearance
from bot.knowledge.kinds import Countermeasure
from bot.knowledge.snapshot import Snapshot

LEVELS = ("none", "low", "medium", "high")
"""Cost and escalation risk, from least to most."""

REVERSIBILITY = ("easy", "hard", "none")


@dataclass(frozen=True, slots=True)
class OptionFilter:
    """What is wanted; None leaves a criterion open. `max_risk` is one of `LEVELS`."""

    domain: str | None = None
    phase: str | None = None
    max_risk: str | None = None
    effect: str | None = None


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option for a table of comparison; lead times in hours."""

    id: str
    title: str
    summary: str
    domain: str
    effects: tuple[str, ...]
    phases: tuple[str, ...]
    cost: str
    escalation_risk: str
    reversibility: str
    min_hours: int
    max_hours: int
    legal_footing: str
    in_force: str | None
    tlp: str


def select_options(
    snapshot: Snapshot, wanted: OptionFilter, *, language: str, clearance: Clearance
) -> tuple[OptionRow, ...]:
    """Options that fit, ranked: lower escalation risk, then easier to undo, then quicker."""
    fitting = [option for option in visible_options(snapshot, clearance) if _fits(option, wanted)]
    return tuple(option_row(option, language) for option in sorted(fitting, key=rank))


def visible_options(snapshot: Snapshot, clearance: Clearance) -> list[Countermeasure]:
    return [
        entry
        for entry in snapshot.of_kind("countermeasure")
        if isinstance(entry, Countermeasure)
        and entry.status != "retired"
        and clearance.admits(entry.tlp)
    ]


def rank(option: Countermeasure) -> tuple[int, int, int, int, str]:
    return (
        LEVELS.index(option.escalation_risk),
        REVERSIBILITY.index(option.reversibility),
        option.lead_time.max_hours,
        LEVELS.index(option.cost),
        option.id,
    )


def option_row(option: Countermeasure, language: str) -> OptionRow:
    translation = option.translations.get(language)  # type: ignore[call-overload]
    return OptionRow(
        id=option.id,
        title=translation.title if translation else option.title,
        summary=translation.summary if translation else option.summary,
        domain=option.domain,
        effects=option.effects,
        phases=option.phases,
        cost=option.cost,
        escalation_risk=option.escalation_risk,
        reversibility=option.reversibility,
        min_hours=option.lead_time.min_hours,
        max_hours=option.lead_time.max_hours,
        legal_footing=option.legal.footing,
        in_force=option.in_force,
        tlp=option.tlp,
    )


def _fits(option: Countermeasure, wanted: OptionFilter) -> bool:
    return (
        (wanted.domain is None or option.domain == wanted.domain)
        and (wanted.phase is None or wanted.phase in option.phases)
        and (wanted.effect is None or wanted.effect in option.effects)
        and (
            wanted.max_risk is None
            or LEVELS.index(option.escalation_risk) <= LEVELS.index(wanted.max_risk)
        )
    )
