"""Which phase of the escalation ladder observed indicators point to, how surely, and what then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.advice.answer import Link, SourceLine
from bot.advice.clearance import OFFICER, Clearance, highest
from bot.advice.composition import source_line
from bot.advice.ladder import (
    Rung,
    Sign,
    escalations,
    rungs_of,
    situation_of,
    title_of,
    translation_of,
)
from bot.advice.options import LEVELS
from bot.advice.sections import ORIGINAL
from bot.knowledge.kinds import Countermeasure, Escalation, Redline, Source
from bot.knowledge.snapshot import Snapshot

Confidence = Literal["low", "moderate", "high"]

SURENESS: tuple[Confidence, ...] = ("low", "moderate", "high")

ENOUGH = 2
"""One weak indicator (weight 1) proves no phase; a strong or two weak ones point to it."""

HIGH_INDICATORS = 3
HIGH_WEIGHT = 7
HIGH_PLACES = 3
"""High evidence: this many indicators of the phase, of this weight, from this many places."""


RISKY = ("medium", "high")
"""Escalation risks from which an option out of its phase is warned of."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not be said in this phase, by which red line, and what to say instead."""

    redline: str
    reason: str
    instead: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """`phase` is the highest phase with enough weight, or None: too little to say.

    `evidence` is how much was observed; `confidence` is that, and never more than the confidence
    of the ladder's own entries. Without a phase both are None.
    """

    ladder: str
    title: str
    situation: str
    phase: str | None
    level: int
    phase_title: str
    summary: str
    evidence: Confidence | None
    confidence: Confidence | None
    rungs: tuple[Rung, ...]
    """From the ladder as a whole (level 0), then from the lowest phase up."""
    observed: tuple[str, ...]
    unknown: tuple[str, ...]
    withheld: int
    """Phases that the asker's clearance does not admit."""
    would_raise: tuple[Sign, ...]
    """Indicators of the next phase up that are not yet seen, the strongest first."""
    linchpins: tuple[Sign, ...]
    """Observed indicators that the phase rests on: were one false, the phase would fall."""
    would_lower: tuple[str, ...]
    rule_out: tuple[str, ...]
    redlines: tuple[Link, ...]
    say: tuple[Link, ...]
    do: tuple[Link, ...]
    never_say: tuple[Rule, ...]
    not_do: tuple[Link, ...]
    """Options that are not meant for this phase and carry a risk, the riskiest first."""
    sources: tuple[SourceLine, ...]
    tlp: str
    language: str
    """Language of titles and summary; indicators are kept in English."""
    language_note: Literal["", "untranslated", "awaiting-native-review"]
    revision: str

    @property
    def entries(self) -> tuple[str, ...]:
        """What the journal records as answered: the phase (or the ladder), then the ways on."""
        ids = (link.id for link in (*self.redlines, *self.say, *self.do))
        return tuple(dict.fromkeys((self.phase or self.ladder, *ids)))

    def rung(self, entry_id: str) -> Rung | None:
        return next((rung for rung in self.rungs if rung.id == entry_id), None)


def assess(
    snapshot: Snapshot,
    indicator_ids: Iterable[str],
    *,
    language: str = ORIGINAL,
    clearance: Clearance = OFFICER,
    situation: str | None = None,
) -> Assessment:
    """Weigh the observed indicators on one situation's ladder.

    Without a situation it is that of the first indicator known, else the first that has a ladder.
    Unknown ids are reported, never guessed; phases that the asker may not see take no part.
    """
    given = tuple(dict.fromkeys(indicator_ids))
    situation = situation or situation_of(snapshot, given)
    every = escalations(snapshot, situation)
    shown = [entry for entry in every if clearance.admits(entry.tlp)]
    rungs = rungs_of(shown, set(given), language)
    known = {sign.id for rung in rungs for sign in rung.signs}
    here = max(
        (rung for rung in rungs if rung.level and rung.seen >= ENOUGH),
        key=lambda rung: (rung.level, rung.seen),
        default=None,
    )
    level = here.level if here else 0
    above = next((rung for rung in rungs if rung.level > level), None)
    phase = next((entry for entry in shown if here and entry.id == here.id), None)
    whole = next((entry for entry in shown if entry.level == 0), None)
    lead = phase or whole
    evidence = _evidence(here) if here else None
    basis = [entry for entry in (phase, whole) if entry is not None]
    title, summary, note = _worded(lead, language)
    return Assessment(
        ladder=whole.id if whole else "",
        title=title_of(whole, language) if whole else "",
        situation=situation,
        phase=phase.id if phase else None,
        level=level,
        phase_title=title if phase else "",
        summary=summary,
        evidence=evidence,
        confidence=_least([evidence, *(entry.confidence for entry in basis)]) if evidence else None,
        rungs=rungs,
        observed=tuple(key for key in given if key in known),
        unknown=tuple(key for key in given if key not in known),
        withheld=sum(entry.level > 0 for entry in every) - sum(entry.level > 0 for entry in shown),
        would_raise=_would_raise(above),
        linchpins=_linchpins(here),
        would_lower=phase.leave_when if phase else (),
        rule_out=lead.false_positives if lead else (),
        redlines=_links(snapshot, lead.redlines if lead else (), language, clearance),
        say=_links(snapshot, lead.say if lead else (), language, clearance),
        do=_links(snapshot, lead.do if lead else (), language, clearance),
        never_say=_never_say(snapshot, lead.redlines if lead else (), clearance),
        not_do=_not_do(snapshot, phase, language, clearance),
        sources=_sources(snapshot, basis),
        tlp=highest([entry.tlp for entry in shown]),
        language=language if not note or note == "awaiting-native-review" else ORIGINAL,
        language_note=note,
        revision=snapshot.revision,
    )


def _evidence(rung: Rung) -> Confidence:
    if len(rung.observed) < 2 or rung.places < 2:
        return "low"
    enough = (
        len(rung.observed) >= HIGH_INDICATORS
        and rung.seen >= HIGH_WEIGHT
        and rung.places >= HIGH_PLACES
    )
    return "high" if enough else "moderate"


def _least(levels: Iterable[Confidence]) -> Confidence:
    return min(levels, key=SURENESS.index)


def _would_raise(above: Rung | None) -> tuple[Sign, ...]:
    if above is None:
        return ()
    missing = [
        Sign(
            sign.id,
            sign.text,
            sign.where,
            sign.weight,
            seen=False,
            alone=above.seen + sign.weight >= ENOUGH,
        )
        for sign in above.signs
        if not sign.seen
    ]
    return tuple(sorted(missing, key=lambda sign: -sign.weight))


def _linchpins(here: Rung | None) -> tuple[Sign, ...]:
    return tuple(
        Sign(sign.id, sign.text, sign.where, sign.weight, seen=True, alone=True)
        for sign in (here.observed if here else ())
        if here is not None and here.seen - sign.weight < ENOUGH
    )


def _links(
    snapshot: Snapshot, ids: Iterable[str], language: str, clearance: Clearance
) -> tuple[Link, ...]:
    entries = [entry for key in ids if (entry := snapshot.get(key)) is not None]
    return tuple(
        Link(entry.id, entry.kind, title_of(entry, language), "names")
        for entry in entries
        if entry.status != "retired" and clearance.admits(entry.tlp)
    )


def _never_say(snapshot: Snapshot, ids: Iterable[str], clearance: Clearance) -> tuple[Rule, ...]:
    """The first thing that each red line of the phase forbids: it stands first for its weight."""
    lines = [entry for key in ids if isinstance(entry := snapshot.get(key), Redline)]
    return tuple(
        Rule(line.id, line.never_say[0].reason, line.never_say[0].say_instead)
        for line in lines
        if line.never_say and line.status != "retired" and clearance.admits(line.tlp)
    )


def _not_do(
    snapshot: Snapshot, phase: Escalation | None, language: str, clearance: Clearance
) -> tuple[Link, ...]:
    if phase is None:
        return ()
    unfit = [
        entry
        for entry in snapshot.of_kind("countermeasure")
        if isinstance(entry, Countermeasure)
        and entry.situation == phase.situation
        and entry.escalation_risk in RISKY
        and phase.id not in entry.phases
        and entry.id not in phase.do
    ]
    unfit.sort(key=lambda entry: (-LEVELS.index(entry.escalation_risk), entry.id))
    return _links(snapshot, (entry.id for entry in unfit), language, clearance)


def _sources(snapshot: Snapshot, basis: Iterable[Escalation]) -> tuple[SourceLine, ...]:
    ids = dict.fromkeys(key for entry in basis for key in entry.sources)
    return tuple(
        source_line(found) for key in ids if isinstance(found := snapshot.get(key), Source)
    )


def _worded(
    entry: Escalation | None, language: str
) -> tuple[str, str, Literal["", "untranslated", "awaiting-native-review"]]:
    """Title, bottom line, and what to note about the language."""
    if entry is None:
        return "", "", ""
    translation = translation_of(entry, language)
    if translation is None:
        return entry.title, entry.summary, "" if language == ORIGINAL else "untranslated"
    reviewed = translation.review == "native-reviewed"
    return translation.title, translation.summary, "" if reviewed else "awaiting-native-review"
