"""The card of an assessment: the phase, how sure, what would move it, what follows, the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.advice.answer import Link
from bot.advice.assessment import Assessment
from bot.advice.clearance import SHAREABLE, label
from bot.advice.ladder import Rung, Sign
from bot.chat.cards.answer import Setting
from bot.chat.cards.layout import (
    MOST_CHOICES,
    Card,
    CardButton,
    CardSelect,
    Choice,
    bullets,
    titled,
)
from bot.chat.cards.pieces import source_text
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, plain, safe_line, shortened, t
from bot.documents.extras import MissingExtra
from bot.documents.pictures import LadderRung, LadderSign, Picture, Words, ladder_picture

MOST_SELECTS = 5
"""Selects for indicators on one card; more phases are reached by a button."""

MOST_RULES = 4
MOST_UNFIT = 6
WHOLE = "∑"
FILE = "redline-ladder.png"


def assess_card(
    found: Assessment, setting: Setting, picture: Picture | None, window: int = 0
) -> Card:
    """The assessment with a select for each phase to tick what was observed."""
    language = setting.language
    card = Card(language=language, accent=found.tlp)
    card.header = _header(found, language)
    card.blocks = [block for block in _blocks(found, language) if block]
    card.footer = Markdown("-# " + t("card.revision", language, revision=found.revision))
    if picture is not None:
        card.pictures = [picture]
    elif found.rungs:
        card.blocks.insert(0, Markdown("-# " + t("assess.picture", language)))
    if setting.public:
        card.blocks.append(Markdown("-# " + t("assess.shared-note", language)))
        return card
    own = Ref("", setting.origin, setting.language)
    pickers = _pickers(found, own, language)
    windows = max(1, -(-len(pickers) // MOST_SELECTS))
    window %= windows
    card.selects = pickers[window * MOST_SELECTS : (window + 1) * MOST_SELECTS]
    links = [*found.redlines, *found.say, *found.do]
    if found.phase and links:
        card.selects.append(_open(links, own, language))
    card.rows = [_buttons(found, own, language, window, windows)]
    card.turn = own.to("as-page")
    return card


def window_of(found: Assessment, rung_id: str, part: int) -> int:
    """Which window of selects a select stands in."""
    places = [(rung.id, number) for rung in found.rungs for number, _ in _parts(rung)]
    place = places.index((rung_id, part)) if (rung_id, part) in places else 0
    return place // MOST_SELECTS


def part_of(rung: Rung, part: int) -> tuple[str, ...]:
    """Ids of the indicators that one select of a phase offers."""
    return tuple(sign.id for number, signs in _parts(rung) if number == part for sign in signs)


def draw(found: Assessment, language: str) -> Picture | None:
    """The ladder as a picture; None where the extra that draws is not installed. Slow: call it in
    a thread."""
    if not found.rungs:
        return None
    rungs = tuple(
        LadderRung(
            badge=str(rung.level) if rung.level else WHOLE,
            title=_name(rung, language),
            count=_count(rung, language),
            signs=tuple(LadderSign(sign.text, sign.weight, sign.seen) for sign in rung.signs),
            here=rung.id == found.phase,
        )
        for rung in found.rungs
    )
    parts = [plain("assess.observed-count", language, count=len(found.observed))]
    if found.confidence:
        parts.insert(0, plain(f"confidence.{found.confidence}", language))
    words = Words(
        title=found.phase_title or plain("assess.none", language),
        subtitle=" · ".join(parts),
        footnote=plain("card.revision", language, revision=found.revision),
    )
    try:
        return ladder_picture(
            words,
            rungs,
            tlp=found.tlp,
            here=plain("assess.here", language),
            more=plain("assess.more", language, count="{count}"),
            name=FILE,
        )
    except MissingExtra:
        return None


def _header(found: Assessment, language: str) -> Markdown:
    facts = [t("assess.title", language), f"**{label(found.tlp)}**"]
    if found.confidence:
        facts.append(t(f"confidence.{found.confidence}", language))
    title = safe_line(found.phase_title) if found.phase else t("assess.none", language)
    lines = [f"-# {' · '.join(facts)}", f"## {title}"]
    if found.phase:
        lines.append(f"**{safe_line(found.summary)}**")
    elif not found.rungs:
        lines.append(t("assess.empty", language))
    else:
        lines.append(t("assess.too-little" if found.observed else "assess.start", language))
    return Markdown("\n".join(lines))


def _blocks(found: Assessment, language: str) -> Iterable[Markdown]:
    yield _notes(found, language)
    if not found.observed:
        return
    yield titled(t("assess.observed", language), _observed(found, language))
    if found.phase:
        yield titled(t("assess.sure", language), _sureness(found, language))
    if found.rule_out:
        yield titled(t("section.innocent", language), bullets(map(safe_line, found.rule_out)))
    if found.phase:
        yield from _consequences(found, language)
    if found.would_raise:
        above = next(rung for rung in found.rungs if rung.level > found.level)
        lead = t("assess.up-any", language, phase=above.title)
        signs = bullets(_raising(sign, language) for sign in found.would_raise)
        yield titled(t("assess.up", language), f"{lead}\n{signs}")
    down = [
        *(t("assess.linchpin", language, text=sign.text) for sign in found.linchpins),
        *(safe_line(text) for text in found.would_lower),
    ]
    if down:
        yield titled(t("assess.down", language), bullets(down))
    if found.sources:
        lines = (source_text(source, language) for source in found.sources)
        yield titled(t("card.sources", language), bullets(lines))


def _notes(found: Assessment, language: str) -> Markdown:
    lines: list[Markdown] = []
    if found.language_note:
        lines.append(t(f"card.{found.language_note}", language))
    if language != "en" and found.rungs:
        lines.append(t("assess.english", language))
    if found.withheld:
        lines.append(t("assess.withheld", language, count=found.withheld))
    if found.unknown:
        ids = ", ".join(shortened(key, 60) for key in found.unknown[:5])
        lines.append(t("assess.unknown", language, ids=ids))
    return Markdown("\n".join(f"> ⚠️ {line}" for line in lines))


def _observed(found: Assessment, language: str) -> Markdown:
    parts: list[str] = []
    for rung in reversed(found.rungs):
        if rung.observed:
            mark = "▸ " if rung.id == found.phase else ""
            head = f"{mark}**{safe_line(_name(rung, language))}** · {_count(rung, language)}"
            signs = bullets(
                t("assess.sign", language, text=sign.text, weight=sign.weight)
                for sign in rung.observed
            )
            parts.append(f"{head}\n{signs}")
    return Markdown("\n".join(parts))


def _sureness(found: Assessment, language: str) -> Markdown:
    confidence = t(f"confidence.{found.evidence}", language)
    lines = [t(f"assess.sure-{found.evidence}", language, confidence=confidence)]
    if found.confidence != found.evidence:
        lines.append(t("assess.capped", language))
    return Markdown(" ".join(lines))


def _raising(sign: Sign, language: str) -> str:
    text = t("assess.sign", language, text=sign.text, weight=sign.weight)
    return f"{text} · **{t('assess.enough', language)}**" if sign.alone else text


def _consequences(found: Assessment, language: str) -> Iterable[Markdown]:
    for key, count_key, links in (
        ("assess.say", "list.red", found.redlines),
        ("assess.say", "list.tpl", found.say),
        ("assess.do", "list.opt", found.do),
    ):
        if links:
            counted = t(count_key, language, count=len(links))
            yield titled(f"{t(key, language)} · {counted}", _titles(links))
        if count_key == "list.tpl" and found.never_say:
            rules = (
                t("assess.never-rule", language, reason=rule.reason, instead=rule.instead)
                for rule in found.never_say[:MOST_RULES]
            )
            yield titled(t("assess.never-say", language), bullets(rules))
    if found.not_do:
        shown = [safe_line(link.title) for link in found.not_do[:MOST_UNFIT]]
        if len(found.not_do) > MOST_UNFIT:
            shown.append(t("assess.more", language, count=len(found.not_do) - MOST_UNFIT))
        yield titled(t("assess.not-do", language), bullets(shown))


def _titles(links: Sequence[Link]) -> Markdown:
    return bullets(safe_line(link.title) for link in links)


def _name(rung: Rung, language: str) -> str:
    return rung.title if rung.level else plain("assess.whole", language)


def _count(rung: Rung, language: str) -> str:
    return plain(
        "assess.count",
        language,
        seen=len(rung.observed),
        count=len(rung.signs),
        weight=rung.seen,
        total=rung.total,
    )


def _parts(rung: Rung) -> list[tuple[int, tuple[Sign, ...]]]:
    """A phase's indicators, as many as a select takes at a time, with the number of the select."""
    return [
        (number, rung.signs[start : start + MOST_CHOICES])
        for number, start in enumerate(range(0, len(rung.signs), MOST_CHOICES))
    ]


def _pickers(found: Assessment, own: Ref, language: str) -> list[CardSelect]:
    pickers: list[CardSelect] = []
    for rung in found.rungs:
        parts = _parts(rung)
        for number, signs in parts:
            seen = sum(sign.seen for sign in signs)
            key = "assess.pick-part" if len(parts) > 1 else "assess.pick"
            values = {"part": number + 1} if len(parts) > 1 else {}
            title = shortened(_name(rung, language), 90)
            pickers.append(
                CardSelect(
                    plain(key, language, title=title, seen=seen, count=len(signs), **values),
                    own.to("as-set", entry=rung.id, page=number),
                    [Choice(sign.text, sign.id, sign.where, chosen=sign.seen) for sign in signs],
                    most=len(signs),
                    least=0,
                )
            )
    return pickers


def _open(links: Sequence[Link], own: Ref, language: str) -> CardSelect:
    unique = {link.id: link for link in links}
    return CardSelect(
        plain("assess.open", language),
        own.to("pick"),
        [
            Choice(link.title, link.id, plain(f"kind.{link.kind}", language))
            for link in list(unique.values())[:MOST_CHOICES]
        ],
    )


def _buttons(
    found: Assessment, own: Ref, language: str, window: int, windows: int
) -> list[CardButton]:
    buttons: list[CardButton] = []
    if windows > 1:
        buttons.append(
            CardButton(
                plain("assess.other", language), own.to("as-more", page=(window + 1) % windows)
            )
        )
    if not found.observed:
        return buttons
    buttons.append(CardButton(plain("assess.clear", language), own.to("as-clear")))
    if found.phase and found.tlp in SHAREABLE:
        buttons.append(CardButton(plain("card.share", language), own.to("as-share")))
    if found.phase:
        voted = own.to("yes", entry=found.phase)
        buttons.append(CardButton(plain("card.helpful", language), voted, emoji="👍"))
        buttons.append(
            CardButton(
                plain("card.not-helpful", language), own.to("no", entry=found.phase), emoji="👎"
            )
        )
    return buttons
