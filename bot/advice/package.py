"""Several options taken together: is the package proportionate, lawful and coherent?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.advice.clearance import Clearance, highest
from bot.advice.options import LEVELS, OptionRow, option_row, visible_options
from bot.knowledge.kinds import Countermeasure
from bot.knowledge.snapshot import Snapshot

HIGH_RISKS_AT_MOST = 1
"""Two options of high escalation risk at once are no longer a measured answer."""

MANY_DOMAINS = 3
"""From this many domains on, pressure comes from all sides at once: say so."""


@dataclass(frozen=True, slots=True)
class PackageFinding:
    """One remark on the package; `code` is stable for translation, `options` are ids."""

    code: Literal[
        "unknown",
        "conflict",
        "high-risk",
        "wrong-phase",
        "irreversible",
        "needs-new-act",
        "no-words",
        "already-in-force",
        "many-domains",
    ]
    severity: Literal["block", "warn", "advise"]
    message: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """The options chosen and what was found; `proportionate` is false on any blocker."""

    options: tuple[OptionRow, ...]
    findings: tuple[PackageFinding, ...]
    proportionate: bool
    highest_risk: str
    hours_to_first_effect: int
    tlp: str
    revision: str


def review_package(
    snapshot: Snapshot,
    entry_ids: tuple[str, ...],
    *,
    phase: str | None,
    language: str,
    clearance: Clearance,
) -> Package:
    """Check a combination of options, for one phase of the ladder where it is given."""
    visible = {option.id: option for option in visible_options(snapshot, clearance)}
    wanted = tuple(dict.fromkeys(entry_ids))
    options = [visible[key] for key in wanted if key in visible]
    unknown = tuple(key for key in wanted if key not in visible)
    findings = tuple(_findings(options, unknown, phase))
    return Package(
        options=tuple(option_row(option, language) for option in options),
        findings=findings,
        proportionate=not any(finding.severity == "block" for finding in findings),
        highest_risk=max((o.escalation_risk for o in options), key=LEVELS.index, default="none"),
        hours_to_first_effect=min((o.lead_time.min_hours for o in options), default=0),
        tlp=highest([option.tlp for option in options]),
        revision=snapshot.revision,
    )


def _findings(
    options: list[Countermeasure], unknown: tuple[str, ...], phase: str | None
) -> Iterable[PackageFinding]:
    if unknown:
        yield PackageFinding("unknown", "block", "Not an option on file.", unknown)
    chosen = {option.id for option in options}
    for option in options:
        for other in sorted(chosen & set(option.conflicts_with)):
            if option.id < other or option.id not in _conflicts(other, options):
                yield PackageFinding(
                    "conflict", "block", "These two exclude one another.", (option.id, other)
                )
    risky = tuple(o.id for o in options if o.escalation_risk == "high")
    if len(risky) > HIGH_RISKS_AT_MOST:
        yield PackageFinding(
            "high-risk",
            "block",
            "More than one option of high escalation risk at once: choose one, hold the rest.",
            risky,
        )
    elif risky:
        yield PackageFinding(
            "high-risk",
            "warn",
            "High escalation risk: announce purpose and limits before acting.",
            risky,
        )
    if phase is not None and (early := tuple(o.id for o in options if phase not in o.phases)):
        yield PackageFinding("wrong-phase", "warn", "Not meant for this phase.", early)
    if lasting := tuple(o.id for o in options if o.reversibility == "none"):
        yield PackageFinding(
            "irreversible", "warn", "Can't be taken back: decide it last.", lasting
        )
    if unfounded := tuple(o.id for o in options if o.legal.footing == "needs-new-act"):
        yield PackageFinding(
            "needs-new-act", "warn", "Needs a new legal act before it can start.", unfounded
        )
    if done := tuple(o.id for o in options if o.in_force):
        yield PackageFinding(
            "already-in-force", "advise", "Already in force in part: say what is new.", done
        )
    domains = {option.domain for option in options}
    if options and domains.isdisjoint({"information", "diplomatic"}):
        yield PackageFinding(
            "no-words",
            "advise",
            "Deeds without words are read as one likes: add a public explanation.",
            tuple(option.id for option in options),
        )
    if len(domains) > MANY_DOMAINS:
        yield PackageFinding(
            "many-domains",
            "advise",
            "Pressure from many sides at once: stagger it, keep a way down.",
            tuple(option.id for option in options),
        )


def _conflicts(option_id: str, options: list[Countermeasure]) -> tuple[str, ...]:
    return next((o.conflicts_with for o in options if o.id == option_id), ())
