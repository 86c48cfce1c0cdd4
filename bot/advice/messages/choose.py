"""Which template fits: by red line, audience, channel, language and what is known so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.advice.clearance import OFFICER, Clearance
from bot.knowledge.kinds.template import Template
from bot.knowledge.snapshot import Snapshot
from bot.knowledge.vocabulary import Vocabulary

WEIGHTS = {
    "redline": 100,
    "redline-also": 70,
    "channel": 40,
    "audience": 30,
    "attribution": 30,
    "language": 24,
    "phase": 12,
    "tone": 8,
    "purpose": 8,
}
"""What counts how much. The red line comes first; a text for another audience can be adapted, one
for another channel hardly; one that names a culprit too early must not come first."""

ATTRIBUTIONS = {
    "any": "at any time",
    "before": "before attribution",
    "after": "after attribution",
    "false-alarm": "after a false alarm",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted; None leaves it open. `attribution` is one of `ATTRIBUTIONS` but `any`."""

    redline: str | None = None
    audience: str | None = None
    channel: str | None = None
    language: str | None = None
    attribution: str | None = None
    phase: str | None = None
    tone: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """One point in which a template meets the wish or misses it; `code` is a key of Wish."""

    code: str
    met: bool
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A template that may do, with the reasons for its place."""

    template: Template
    score: int
    fits: tuple[Fit, ...]

    @property
    def exact(self) -> bool:
        """Whether it meets every point of the wish."""
        return all(fit.met for fit in self.fits)

    @property
    def reason(self) -> str:
        """The points met, then those missed, in one line."""
        met = [fit.text for fit in self.fits if fit.met]
        missed = [fit.text for fit in self.fits if not fit.met]
        return "; ".join([*met, *missed])


def choose(
    snapshot: Snapshot,
    redline: str | None = None,
    audience: str | None = None,
    channel: str | None = None,
    language: str | None = None,
    *,
    wish: Wish | None = None,
    clearance: Clearance = OFFICER,
    limit: int = 25,
) -> tuple[Candidate, ...]:
    """Templates for this red line, best fit first; all red lines where none is named.

    `wish` says everything at once and replaces the four. A template of another red line is never
    offered; one for another channel, audience or language is, after the others, and says so.
    """
    wanted = wish or Wish(redline, audience, channel, language)
    found = [
        _candidate(template, wanted, snapshot)
        for template in _open(snapshot, clearance)
        if wanted.redline in (None, *template.redlines)
    ]
    found.sort(key=lambda each: (-each.score, each.template.id))
    return tuple(found[:limit])


def _open(snapshot: Snapshot, clearance: Clearance) -> Iterable[Template]:
    for entry in snapshot.of_kind("template"):
        if (
            isinstance(entry, Template)
            and entry.status == "reviewed"
            and clearance.admits(entry.tlp)
        ):
            yield entry


def _candidate(template: Template, wish: Wish, snapshot: Snapshot) -> Candidate:
    fits = tuple(_fits(template, wish, snapshot))
    score = sum(WEIGHTS[_weight_of(fit, template, wish)] for fit in fits if fit.met)
    if any(fit.code == "language" and fit.met for fit in fits):
        # Between two that speak the language, the one that a native speaker has read.
        reviews = {str(key): each.review for key, each in template.variants.items()}
        score -= reviews.get(wish.language or "") == "awaiting-native-review"
    return Candidate(template, score, fits)


def _weight_of(fit: Fit, template: Template, wish: Wish) -> str:
    if fit.code == "redline" and template.redlines[0] != wish.redline:
        return "redline-also"
    return fit.code


def _fits(template: Template, wish: Wish, snapshot: Snapshot) -> Iterable[Fit]:
    words = snapshot.vocabulary
    if wish.redline:
        entry = snapshot.get(wish.redline)
        name = entry.title if entry else wish.redline
        yield Fit("redline", met=True, text=f"carries the red line '{name}'")
    if wish.channel:
        own = words.channels.get(template.channel)
        met = template.channel == wish.channel
        title = own.title if own else template.channel
        yield Fit("channel", met, title if met else f"a different channel: {title}")
    if wish.audience:
        met = wish.audience in template.audiences
        names = ", ".join(words.audiences.get(each, each) for each in template.audiences)
        yield Fit("audience", met, f"for {names}" if met else f"written for {names}")
    if wish.language:
        yield _language(template, wish.language, snapshot.vocabulary)
    if wish.attribution:
        met = template.attribution in ("any", wish.attribution)
        yield Fit("attribution", met, f"for use {ATTRIBUTIONS[template.attribution]}")
    if wish.phase:
        met = wish.phase in template.phases or not template.phases
        yield Fit("phase", met, "fits the phase" if met else "written for another phase")
    if wish.tone:
        met = template.tone == wish.tone
        yield Fit("tone", met, f"tone: {words.tones.get(template.tone, template.tone).lower()}")
    if wish.purpose:
        met = template.purpose == wish.purpose
        yield Fit("purpose", met, f"purpose: {template.purpose.replace('-', ' ')}")


def _language(template: Template, language: str, vocabulary: Vocabulary) -> Fit:
    names: dict[str, str] = {**vocabulary.languages}
    variant = next((each for key, each in template.variants.items() if key == language), None)
    name = names.get(language, language)
    if variant is None:
        others = ", ".join(names.get(key, key) for key in template.variants)
        return Fit("language", met=False, text=f"not in {name}, only in {others}")
    waiting = variant.review == "awaiting-native-review"
    return Fit(
        "language", met=True, text=f"in {name}" + (", awaiting native review" if waiting else "")
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """One value that can still be chosen, and how many templates it leads to."""

    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Offers:
    """What is left to choose in each place, the other places being as they are."""

    redlines: tuple[Offer, ...]
    audiences: tuple[Offer, ...]
    channels: tuple[Offer, ...]
    languages: tuple[Offer, ...]


def offers(snapshot: Snapshot, wish: Wish, *, clearance: Clearance = OFFICER) -> Offers:
    """The values that exist for each choice, given the others: for options that depend on each
    other. The order is that of the vocabulary; red lines by title."""
    words = snapshot.vocabulary
    templates = tuple(_open(snapshot, clearance))
    redlines = {entry.id: entry.title for entry in snapshot.of_kind("redline")}
    redlines = dict(sorted(redlines.items(), key=lambda pair: pair[1].casefold()))
    channels = {key: channel.title for key, channel in words.channels.items()}
    return Offers(
        redlines=_offered(redlines, "redline", templates, wish),
        audiences=_offered(words.audiences, "audience", templates, wish),
        channels=_offered(channels, "channel", templates, wish),
        languages=_offered({**words.languages}, "language", templates, wish),
    )


def _offered(
    titles: Mapping[str, str],
    place: str,
    templates: tuple[Template, ...],
    wish: Wish,
) -> tuple[Offer, ...]:
    counts: dict[str, int] = {}
    for template in templates:
        has = _has(template)
        others = (
            key
            for key in ("redline", "audience", "channel", "language")
            if key != place and getattr(wish, key)
        )
        if all(getattr(wish, key) in has[key] for key in others):
            for value in has[place]:
                counts[value] = counts.get(value, 0) + 1
    return tuple(Offer(key, title, counts[key]) for key, title in titles.items() if key in counts)


def _has(template: Template) -> dict[str, tuple[str, ...]]:
    return {
        "redline": template.redlines,
        "audience": template.audiences,
        "channel": (template.channel,),
        "language": tuple(template.variants),
    }
