"""Options side by side: the list that fits a filter, the comparison, and the package check."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.options import OptionFilter, OptionRow
from bot.advice.package import Package
from bot.chat.cards.answer import Setting
from bot.chat.cards.layout import Card, CardButton, CardSelect, Choice, Item, bullets, titled
from bot.chat.cards.lists import PER_PAGE, paged
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, code_block, plain, safe_line, shortened, t
from bot.knowledge.vocabulary import Vocabulary

SEVERITY_MARKS = {"block": "⛔", "warn": "⚠️", "advise": "💡"}
RISK_MARKS = {"none": "⚪", "low": "🟢", "medium": "🟡", "high": "🔴"}
MOST_COMPARED = 10
MOST_OFFERED = 75
"""Three selects of 25: more would not fit beside a page of options."""

UNITS = (("hours", 1, 72), ("days", 24, 21), ("weeks", 24 * 7, 12), ("months", 24 * 30, 10**6))
"""Name, hours in one, and up to how many of it people still count in it."""


def options_card(
    rows: Sequence[OptionRow],
    wanted: OptionFilter,
    setting: Setting,
    vocabulary: Vocabulary,
    phases: dict[str, str],
    revision: str,
    page: int,
) -> Card:
    """One page of the options that fit, gentlest first, with a select to compare several."""
    language = setting.language
    card = Card(language=language, accent=_accent(rows))
    card.header = Markdown(
        f"## {t('options.title', language, count=len(rows))}\n"
        f"-# {_filter_line(wanted, language, vocabulary, phases)}"
    )
    card.footer = Markdown("-# " + t("card.revision", language, revision=revision))
    if not rows:
        card.blocks = [t("options.none", language)]
        return card
    if len(rows) > 1:
        card.selects = [
            CardSelect(
                plain("options.compare", language),
                Ref("cmp", setting.origin, setting.language),
                [_choice(row, language, vocabulary) for row in _offered(rows, page)],
                most=MOST_COMPARED,
            )
        ]
    items = [
        Item(
            Markdown(
                f"**{safe_line(shortened(row.title, 120))}**\n{_profile(row, language, vocabulary)}"
            ),
            CardButton(
                plain("card.open", language), Ref("open", setting.origin, language, 0, row.id)
            ),
        )
        for row in rows
    ]
    return paged(card, items, Ref("opts", setting.origin, language), page)


def comparison_card(
    package: Package,
    others: Sequence[OptionRow],
    setting: Setting,
    list_origin: int,
    vocabulary: Vocabulary,
) -> Card:
    """The chosen options side by side, and what speaks against taking them together."""
    language = setting.language
    card = Card(language=language, accent=package.tlp)
    card.header = Markdown(f"## {t('compare.title', language, count=len(package.options))}")
    card.blocks = [_table(package.options, language)]
    for number, row in enumerate(package.options, 1):
        lines = [
            f"**{number}. {safe_line(row.title)}**",
            safe_line(row.summary),
            _profile(row, language, vocabulary),
            t(
                "compare.legal",
                language,
                footing=Markdown(t(f"footing.{row.legal_footing}", language)),
            ),
        ]
        if row.in_force:
            lines.append(t("compare.in-force", language, what=row.in_force))
        card.blocks.append(Markdown("\n".join(lines)))
    card.blocks.append(_together(package, language))
    chosen = [Choice(row.title, row.id) for row in package.options]
    own = Ref("", setting.origin, language)
    card.selects = [CardSelect(plain("compare.open", language), own.to("pick"), chosen)]
    room = MOST_COMPARED - len(package.options)
    if others and room > 0:
        card.selects.append(
            CardSelect(
                plain("compare.add", language),
                own.to("add"),
                [_choice(row, language, vocabulary) for row in _offered(others, 0)],
                most=room,
            )
        )
    if list_origin:
        card.rows = [[CardButton(plain("card.back", language), Ref("back", list_origin, language))]]
    card.turn = own.to("cmps")
    card.footer = Markdown("-# " + t("card.revision", language, revision=package.revision))
    return card


def lead_time(low: int, high: int, language: str) -> str:
    """Hours until the first effect as people say them."""
    for name, size, most in UNITS:
        if high <= size * most:
            first, last = round(low / size), round(high / size)
            span = f"{first}-{last}" if first != last else f"{last}"
            return plain(f"time.{name}", language, span=span)
    raise AssertionError("the last unit takes any length")


def _offered(rows: Sequence[OptionRow], page: int) -> Sequence[OptionRow]:
    """What can be chosen: all, or from this page on where that would be too many selects."""
    if len(rows) <= MOST_OFFERED:
        return rows
    start = min(page * PER_PAGE, len(rows) - MOST_OFFERED)
    return rows[start : start + MOST_OFFERED]


def _profile(row: OptionRow, language: str, vocabulary: Vocabulary) -> Markdown:
    domain = vocabulary.domains.get(row.domain, row.domain)
    effects = ", ".join(vocabulary.effects.get(effect, effect) for effect in row.effects)
    return Markdown(
        f"-# {RISK_MARKS.get(row.escalation_risk, '')} "
        + t(
            "options.profile",
            language,
            risk=plain(f"level.{row.escalation_risk}", language),
            cost=plain(f"level.{row.cost}", language),
            undo=plain(f"undo.{row.reversibility}", language),
            time=lead_time(row.min_hours, row.max_hours, language),
            domain=domain,
            effects=effects,
        )
    )


def _choice(row: OptionRow, language: str, vocabulary: Vocabulary) -> Choice:
    domain = vocabulary.domains.get(row.domain, row.domain)
    risk = plain("options.risk", language, risk=plain(f"level.{row.escalation_risk}", language))
    return Choice(row.title, row.id, f"{domain} · {risk}")


def _table(rows: Sequence[OptionRow], language: str) -> Markdown:
    head = ["", *(plain(f"compare.{key}", language) for key in ("risk", "cost", "undo", "time"))]
    lines = [head] + [
        [
            str(number),
            plain(f"level.{row.escalation_risk}", language),
            plain(f"level.{row.cost}", language),
            plain(f"undo.{row.reversibility}", language),
            lead_time(row.min_hours, row.max_hours, language),
        ]
        for number, row in enumerate(rows, 1)
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return code_block(
        "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )
    )


def _together(package: Package, language: str) -> Markdown:
    numbers = {row.id: str(place) for place, row in enumerate(package.options, 1)}
    verdict = "compare.proportionate" if package.proportionate else "compare.disproportionate"
    points: list[str] = []
    for finding in package.findings:
        which = ", ".join(numbers.get(option, option) for option in finding.options)
        text = t(f"package.{finding.code}", language)
        points.append(f"{SEVERITY_MARKS[finding.severity]} {text} ({safe_line(which)})")
    body = bullets(points) if points else t("compare.no-findings", language)
    return titled(t(verdict, language), body)


def _filter_line(
    wanted: OptionFilter, language: str, vocabulary: Vocabulary, phases: dict[str, str]
) -> Markdown:
    parts: list[str] = []
    if wanted.domain:
        parts.append(safe_line(vocabulary.domains.get(wanted.domain, wanted.domain)))
    if wanted.phase:
        parts.append(safe_line(phases.get(wanted.phase, wanted.phase)))
    if wanted.effect:
        parts.append(safe_line(vocabulary.effects.get(wanted.effect, wanted.effect)))
    if wanted.max_risk:
        risk = plain(f"level.{wanted.max_risk}", language)
        parts.append(t("options.at-most", language, risk=risk))
    parts.append(t("options.order", language))
    return Markdown(" · ".join(parts))


def _accent(rows: Sequence[OptionRow]) -> str:
    return "clear" if all(row.tlp == "clear" for row in rows) else "green"
