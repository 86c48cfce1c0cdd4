"""Which phase of the escalation ladder observed indicators point to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.kinds import Escalation
from bot.knowledge.snapshot import Snapshot

ENOUGH = 2
"""One weak indicator (weight 1) proves no phase; a strong or two weak ones do."""


@dataclass(frozen=True, slots=True)
class PhaseScore:
    """One phase: the weight seen of all the weight that its indicators carry."""

    id: str
    title: str
    level: int
    seen: int
    total: int
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """`phase` is the highest phase with enough weight, or None: too little to say.

    `would_raise` are indicators of the next phase up that are not yet seen.
    """

    phase: str | None
    scores: tuple[PhaseScore, ...]
    observed: tuple[str, ...]
    unknown: tuple[str, ...]
    would_raise: tuple[str, ...]
    would_lower: tuple[str, ...]
    say: tuple[str, ...]
    do: tuple[str, ...]
    redlines: tuple[str, ...]
    rule_out: tuple[str, ...]
    revision: str


def phases_of(snapshot: Snapshot) -> tuple[Escalation, ...]:
    """The phases from the lowest rung up, without the ladder as a whole."""
    phases = [
        entry
        for entry in snapshot.of_kind("escalation")
        if isinstance(entry, Escalation) and entry.level > 0 and entry.status != "retired"
    ]
    return tuple(sorted(phases, key=lambda phase: phase.level))


def assess(snapshot: Snapshot, indicator_ids: tuple[str, ...]) -> Assessment:
    """Weigh the observed indicators. Unknown ids are reported, never guessed."""
    phases = phases_of(snapshot)
    observed = set(indicator_ids)
    known = {item.id for phase in phases for item in phase.indicators}
    scores = tuple(
        PhaseScore(
            id=phase.id,
            title=phase.title,
            level=phase.level,
            seen=sum(item.weight for item in phase.indicators if item.id in observed),
            total=sum(item.weight for item in phase.indicators),
            indicators=tuple(item.observe for item in phase.indicators if item.id in observed),
        )
        for phase in phases
    )
    reached = [score.level for score in scores if score.seen >= ENOUGH]
    level = max(reached, default=None)
    here = next((phase for phase in phases if phase.level == level), None)
    above = next((phase for phase in phases if phase.level > (level or 0)), None)
    return Assessment(
        phase=here.id if here else None,
        scores=scores,
        observed=tuple(key for key in indicator_ids if key in known),
        unknown=tuple(key for key in indicator_ids if key not in known),
        would_raise=tuple(
            item.observe for item in (above.indicators if above else ()) if item.id not in observed
        ),
        would_lower=here.leave_when if here else (),
        say=here.say if here else (),
        do=here.do if here else (),
        redlines=here.redlines if here else (),
        rule_out=here.false_positives if here else (),
        revision=snapshot.revision,
    )
