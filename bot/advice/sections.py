"""The parts of an answer that an entry's own kind adds, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.advice.answer import Section
from bot.knowledge.kinds import (
    Analysis,
    Countermeasure,
    Entry,
    Escalation,
    Glossary,
    Law,
    Narrative,
    Perspective,
    Precedent,
    Redline,
    Source,
    Template,
)
from bot.knowledge.kinds.redline import WordingRule
from bot.knowledge.snapshot import Snapshot

ORIGINAL = "en"
"""The language that entries are written in."""

LIKELIHOOD_RANGES = {
    "almost-no-chance": "1-5%",
    "very-unlikely": "5-20%",
    "unlikely": "20-45%",
    "roughly-even": "45-55%",
    "likely": "55-80%",
    "very-likely": "80-95%",
    "almost-certain": "95-99%",
}
"""Per cent by likelihood term: ICD 203."""


def sections_of(
    entry: Entry, snapshot: Snapshot, body: str, language: str = ORIGINAL
) -> tuple[Section, ...]:
    """All parts of the entry beyond its bottom line and key points; empty parts are left out.

    `body` is the entry's body in the language of the answer; a template's text is given in
    `language` where there is one, which is said to await review where it does.
    """
    own = tuple(_own(entry, snapshot, language))
    lead = [section for section in own if section.id in LEADING]
    rest = [section for section in own if section.id not in LEADING]
    everything = [*lead, Section("body", "In full", body), *rest, *_quotes(entry)]
    return tuple(section for section in everything if section.text or section.points)


LEADING = frozenset(
    {
        "line",
        "claim",
        "rebuttal",
        "must-say",
        "never-say",
        "text",
        "text-awaiting",
        "profile",
        "instrument",
    }
)
"""Parts that are the answer itself and stand before the body."""


def words(identifier: str) -> str:
    """An identifier as people read it: `very-likely` as `very likely`."""
    return identifier.replace("-", " ")


def _points(identifier: str, title: str, points: Sequence[str]) -> Section:
    return Section(identifier, title, points=tuple(points))


def _analysis(entry: Analysis) -> Iterable[Section]:
    yield _points(
        "judgements",
        "Judgements",
        [
            f"{item.text} ({words(item.likelihood)}, {LIKELIHOOD_RANGES[item.likelihood]}: "
            f"{item.basis})"
            for item in entry.judgements
        ],
    )
    yield _points("assumptions", "Assumptions", entry.assumptions)
    yield _points("gaps", "What we do not know", entry.gaps)
    yield _points("change", "What would change our mind", entry.would_change_our_mind)


def _rules(identifier: str, title: str, rules: Sequence[WordingRule], lead: str) -> Section:
    return _points(
        identifier, title, [f"{rule.reason} {lead}: {rule.say_instead}" for rule in rules]
    )


def _redline(entry: Redline) -> Iterable[Section]:
    yield Section("line", "The line", entry.line)
    yield _rules("must-say", "Must be said", entry.must_say, "Say")
    yield _rules("never-say", "Must never be said", entry.never_say, "Instead")
    yield _points("crossed", "What crosses it", entry.crossed_when)
    yield _points("not-crossed", "What does not cross it", entry.not_crossed_when)
    yield _rules("ambiguity", "Ambiguity to avoid", entry.ambiguity, "Instead")


def _template(entry: Template, snapshot: Snapshot, language: str) -> Iterable[Section]:
    variants = {str(code): variant for code, variant in entry.variants.items()}
    variant = (
        variants.get(language) or variants.get(ORIGINAL) or next(iter(entry.variants.values()))
    )
    channel = snapshot.vocabulary.channels.get(entry.channel)
    audiences = [snapshot.vocabulary.audiences.get(word, word) for word in entry.audiences]
    if variant.review == "awaiting-native-review":
        yield Section("text-awaiting", "Text, awaiting review by a native speaker", variant.text)
    else:
        yield Section("text", "Text", variant.text)
    yield _points(
        "profile",
        "Profile",
        [
            f"Channel: {channel.title if channel else entry.channel}",
            f"Audience: {', '.join(audiences)}",
            f"Tone: {snapshot.vocabulary.tones.get(entry.tone, entry.tone)}",
            f"Languages: {', '.join(sorted(entry.variants))}",
        ],
    )
    yield _points(
        "slots",
        "To fill in",
        [
            f"{slot.label}: {slot.help} (for instance {slot.example})"
            for slot in entry.slots.values()
        ],
    )
    yield _points("do-not", "Do not", entry.do_not)


def _countermeasure(entry: Countermeasure, snapshot: Snapshot) -> Iterable[Section]:
    vocabulary = snapshot.vocabulary
    effects = ", ".join(vocabulary.effects.get(effect, effect) for effect in entry.effects)
    yield _points(
        "profile",
        "Profile",
        [
            f"Domain: {vocabulary.domains.get(entry.domain, entry.domain)}; effect: {effects}",
            f"Cost: {entry.cost}; escalation risk: {entry.escalation_risk}; "
            f"reversibility: {entry.reversibility}",
            f"Time to effect: {lead_time(entry.lead_time.min_hours, entry.lead_time.max_hours)}",
            f"Decides: {entry.decides}",
            f"Acts: {', '.join(entry.actors)}",
            f"Legal footing: {words(entry.legal.footing)}. {entry.legal.note}",
        ],
    )
    yield Section("in-force", "Already in force", entry.in_force or "")
    yield _points("steps", "Steps", entry.steps)
    yield _points("prerequisites", "First", entry.prerequisites)
    yield _points("risks", "Risks", entry.risks)
    yield _points("stop", "Stop when", entry.stop_when)
    yield Section("measure", "How to tell that it works", entry.measure)
    if entry.disarm:
        ids = [*entry.disarm.counters, *([entry.disarm.response] if entry.disarm.response else [])]
        yield Section("disarm", "DISARM", ", ".join(ids))


def lead_time(min_hours: int, max_hours: int) -> str:
    """Hours as people say them: `12 to 48 hours`, `3 to 10 days`, `2 to 6 months`."""
    low, high, unit = time_span(min_hours, max_hours)
    return f"{low} to {high} {unit}" if low != high else f"{high} {unit}"


def time_span(min_hours: int, max_hours: int) -> tuple[int, int, str]:
    """Hours in the unit in which one speaks of them: `hours`, `days`, `weeks` or `months`."""
    for unit, size in (("hours", 1), ("days", 24), ("weeks", 24 * 7), ("months", 24 * 30)):
        if max_hours <= size * {"hours": 72, "days": 21, "weeks": 12, "months": 10**6}[unit]:
            return round(min_hours / size), round(max_hours / size), unit
    raise AssertionError("the last unit takes any length")


def _escalation(entry: Escalation) -> Iterable[Section]:
    yield _points(
        "indicators",
        "Indicators",
        [f"{item.observe} (weight {item.weight}; {item.where})" for item in entry.indicators],
    )
    yield _points("innocent", "Rule out first", entry.false_positives)
    yield _points("leave", "The phase is over when", entry.leave_when)


def _precedent(entry: Precedent) -> Iterable[Section]:
    end = f" to {entry.ended.isoformat()}" if entry.ended else ""
    yield _points(
        "course",
        "Course",
        [
            f"{entry.began.isoformat()}{end}",
            f"Demanded: {entry.demanded}",
            f"Answered: {entry.answered}",
            f"Outcome: {entry.outcome}",
        ],
    )
    yield _points("alike", "Alike", entry.alike)
    yield _points("unlike", "Unlike", entry.unlike)
    yield Section("lesson", "Lesson", entry.lesson)


def _law(entry: Law) -> Iterable[Section]:
    yield Section("instrument", "Instrument", f"{entry.instrument} ({words(entry.binding)})")
    yield _points("provisions", "Provisions", entry.provisions)
    yield Section("applies", "How it applies", entry.applies)
    yield _points("limits", "Limits", entry.limits)
    yield Section("adversary", "How Moscow reads it", entry.adversary_reading or "")


def _perspective(entry: Perspective) -> Iterable[Section]:
    yield Section("voice", "Voice", f"{entry.actor} ({words(entry.voice)})")
    yield _points("interests", "Interests", entry.interests)
    yield _points("concerns", "Concerns", entry.concerns)
    yield _points("contributions", "Contributions", entry.contributions)
    yield _points("reads-us", "How they are likely to read us", entry.reads_us_as)
    yield _points("speak-to", "When speaking with them", entry.speak_to)


def _narrative(entry: Narrative) -> Iterable[Section]:
    rebuttal = entry.rebuttal
    yield _points(
        "rebuttal",
        "Rebuttal",
        [rebuttal.fact, rebuttal.warning, rebuttal.fallacy, rebuttal.fact_again],
    )
    yield Section("claim", "The claim", entry.claim)
    yield Section(
        "respond", "Answer it?", f"{words(entry.respond).capitalize()}: {entry.respond_note}"
    )
    yield Section("kernel", "Kernel of truth", entry.kernel_of_truth or "")
    yield Section("disarm", "DISARM", ", ".join(entry.disarm))


def _glossary(entry: Glossary, snapshot: Snapshot) -> Iterable[Section]:
    names = snapshot.vocabulary.languages
    yield _points(
        "terms",
        "In other languages",
        [f"{names[language]}: {term}" for language, term in entry.term.items()],
    )
    yield _points("avoid", "Avoid", entry.avoid)


def _source(entry: Source) -> Iterable[Section]:
    published = f", {entry.published.isoformat()}" if entry.published else ""
    yield _points(
        "record",
        "Record",
        [
            f"{entry.publisher}{published} ({words(entry.type)})",
            f"Reliability {entry.reliability} (Admiralty scale); {words(entry.verified)}",
            *([entry.url] if entry.url else []),
        ],
    )


def _quotes(entry: Entry) -> Iterable[Section]:
    yield _points(
        "quotes",
        "In their words",
        [
            f"“{quote.text}” ({quote.speaker}, {quote.role}, {quote.date.isoformat()})"
            for quote in entry.quotes
        ],
    )


def _own(entry: Entry, snapshot: Snapshot, language: str) -> Iterable[Section]:
    match entry:
        case Analysis():
            return _analysis(entry)
        case Redline():
            return _redline(entry)
        case Template():
            return _template(entry, snapshot, language)
        case Countermeasure():
            return _countermeasure(entry, snapshot)
        case Escalation():
            return _escalation(entry)
        case Precedent():
            return _precedent(entry)
        case Law():
            return _law(entry)
        case Perspective():
            return _perspective(entry)
        case Narrative():
            return _narrative(entry)
        case Glossary():
            return _glossary(entry, snapshot)
        case Source():
            return _source(entry)
        case _:
            return ()
