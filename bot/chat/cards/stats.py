"""Statistics: numbers in a card, and the same numbers as pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from bot.chat.cards.answer import Setting
from bot.chat.cards.layout import Card, bullets, titled
from bot.chat.text import Markdown, has, plain, safe_line, t
from bot.documents.pictures import (
    Bar,
    ColumnPanel,
    Picture,
    Words,
    bars_picture,
    columns_picture,
)
from bot.journal import CLICK, OTHERS, Stats

FEW = 3
"""With fewer people than this a number may tell who it was."""

MOST_TOPICS = 8
MOST_DAYS = 62
MOST_WEEKS = 60
"""Columns of a picture: longer times are counted by week, then by month."""

OUTCOMES = ("answered", "nothing-on-file", "refused", "error")


def stats_card(
    found: Stats,
    setting: Setting,
    period: str,
    titles: Mapping[str, str],
    languages: Mapping[str, str],
    pictures: Iterable[Picture] | None,
) -> Card:
    """The numbers of one server over a period. `titles` are those of entries that the viewer may
    see; `pictures` is None where the extra that draws is missing."""
    language = setting.language
    card = Card(language=language, accent="clear")
    card.header = Markdown(f"## {t('stats.title', language)}\n-# {t(f'period.{period}', language)}")
    if not found.interactions:
        card.blocks = [t("stats.empty", language)]
        return card
    card.blocks = [bullets(_totals(found, language))]
    if found.people < FEW:
        card.blocks.append(t("stats.few", language, few=FEW))
        return card
    for key, counts in (
        ("stats.topics", named(found.entries, titles, language)),
        ("stats.not-helpful", named(found.entries_not_helpful, titles, language)),
        ("stats.languages", named(found.languages, languages, language)),
        ("stats.commands", _commands(found, language)),
    ):
        if counts:
            lines = [f"{safe_line(name)}: {count}" for name, count in counts[:MOST_TOPICS]]
            card.blocks.append(titled(t(key, language), bullets(lines)))
    if pictures is None:
        card.blocks.append(Markdown("-# " + t("stats.picture", language)))
    else:
        card.pictures = list(pictures)
    card.footer = Markdown("-# " + t("stats.privacy", language, few=FEW))
    return card


def stats_pictures(found: Stats, language: str, titles: Mapping[str, str]) -> tuple[Picture, ...]:
    """What is asked, when, and how it is answered. None are drawn where nothing was asked.

    Raises MissingExtra. Slow: call it in a thread.
    """
    if not found.interactions:
        return ()
    questions = plain(
        "stats.totals",
        language,
        questions=found.interactions - found.clicks,
        clicks=found.clicks,
        people=found.people,
    )
    drawn: list[Picture] = []
    if topics := named(found.entries, titles, language)[:MOST_TOPICS]:
        words = Words(plain("stats.topics", language), questions)
        bars = [Bar(name, count, str(count)) for name, count in topics]
        drawn.append(bars_picture(words, bars, name="redline-topics.png"))
    hours = tuple((f"{hour:02}", found.hours.get(hour, 0)) for hour in range(24))
    key, days = over_time(found.days)
    drawn.append(
        columns_picture(
            Words(plain("stats.when", language), questions),
            [
                ColumnPanel(plain("stats.hours", language), hours),
                ColumnPanel(plain(f"stats.{key}", language), days),
            ],
            name="redline-times.png",
        )
    )
    if bars := _answers(found, language):
        words = Words(plain("stats.outcomes", language), _times(found, language))
        drawn.append(bars_picture(words, bars, name="redline-answers.png", whole=1))
    return tuple(drawn)


def named(
    counts: Mapping[str, int], names: Mapping[str, str], language: str
) -> list[tuple[str, int]]:
    """Counts with names for people; what has none, and what few had to do with, comes last."""
    told = [(names[key], count) for key, count in counts.items() if key in names]
    closed = sum(count for key, count in counts.items() if key not in names and key != OTHERS)
    rest = [("stats.closed", closed), ("stats.others", counts.get(OTHERS, 0))]
    return told + [(plain(key, language), count) for key, count in rest if count]


def over_time(days: Mapping[str, int]) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Every day (or week, or month) from the first to the last, those without questions too;
    and which of the three it is: `days`, `weeks` or `months`."""
    if not days:
        return "days", ()
    first, last = dt.date.fromisoformat(min(days)), dt.date.fromisoformat(max(days))
    every = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    key, name = "days", dt.date.isoformat
    if len(every) > MOST_WEEKS * 7:
        key, name = "months", _month
    elif len(every) > MOST_DAYS:
        key, name = "weeks", _monday
    counts: dict[str, int] = {}
    for day in every:
        counts[name(day)] = counts.get(name(day), 0) + days.get(day.isoformat(), 0)
    return key, tuple(counts.items())


def _month(day: dt.date) -> str:
    return day.isoformat()[:7]


def _monday(day: dt.date) -> str:
    return (day - dt.timedelta(days=day.weekday())).isoformat()


def _totals(found: Stats, language: str) -> Iterable[str]:
    values: dict[str, int] = {
        "questions": found.interactions - found.clicks,
        "clicks": found.clicks,
    }
    if found.people < FEW:
        yield t("stats.totals-few", language, few=FEW, **values)
    else:
        yield t("stats.totals", language, people=found.people, **values)
    if found.answer_ms:
        yield safe_line(_times(found, language))
    if found.nothing_rate is not None:
        asked = sum(found.question_outcomes.values())
        yield t("stats.nothing", language, rate=f"{found.nothing_rate:.0%}", count=asked)
    if found.helpful_rate is None:
        yield t("stats.helpful-none", language)
    else:
        yield t(
            "stats.helpful",
            language,
            rate=f"{found.helpful_rate:.0%}",
            yes=found.helpful,
            no=found.not_helpful,
        )
    yield t("stats.shares", language, count=found.shares)


def _times(found: Stats, language: str) -> str:
    times = found.answer_ms
    return plain("stats.times", language, half=times[50], most=times[95]) if times else ""


def _commands(found: Stats, language: str) -> list[tuple[str, int]]:
    """Commands without clicks on buttons, those of few people together."""
    counts = {name: count for name, count in found.commands.items() if not name.startswith(CLICK)}
    return named(counts, {name: name for name in counts if name != OTHERS}, language)


def _answers(found: Stats, language: str) -> list[Bar]:
    """Outcomes of questions; then, hatched, what people said of the answers."""
    asked = sum(found.question_outcomes.values())
    told = found.helpful + found.not_helpful
    rows = [
        (plain(f"outcome.{name}", language), found.question_outcomes.get(name, 0), asked, False)
        for name in OUTCOMES
        if has(f"outcome.{name}") and asked
    ]
    if told:
        rows += [
            (plain("card.helpful", language), found.helpful, told, True),
            (plain("card.not-helpful", language), found.not_helpful, told, True),
        ]
    return [
        Bar(
            name,
            count / whole,
            plain("stats.share-of", language, count=count, rate=f"{count / whole:.0%}"),
            second=second,
        )
        for name, count, whole, second in rows
    ]
