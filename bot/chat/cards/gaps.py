"""What to write next: gaps as a list, and an entry that begins from one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.cards.answer import Setting
from bot.chat.cards.layout import Card, CardButton, CardSelect, Choice, Item
from bot.chat.cards.lists import paged
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, code_block, plain, safe_line, shortened, t
from bot.journal import Gap
from bot.knowledge.kinds import FOLDERS, MODELS
from bot.knowledge.seed import slug

KIND = "analysis"
"""The kind of entry that most questions want; another can be chosen."""

LONGEST_EXAMPLE = 140


def gaps_card(gaps: Sequence[Gap], setting: Setting, page: int) -> Card:
    """The gaps, the most wanted first, each with a button that begins an entry."""
    language = setting.language
    card = Card(language=language, accent="clear")
    card.header = Markdown(f"## {t('gaps.title', language, count=len(gaps))}")
    card.footer = Markdown("-# " + t("gaps.scope", language))
    if not gaps:
        card.blocks = [t("gaps.none", language)]
        return card
    items = [
        Item(
            _line(gap, language),
            CardButton(
                plain("gaps.begin", language),
                Ref("gap", setting.origin, language, 0, str(gap.number)),
            ),
        )
        for gap in gaps
    ]
    return paged(card, items, Ref("gaps", setting.origin, language), page)


def begun_card(gap: Gap, kind: str, setting: Setting) -> Card:
    """How to go on with an entry that begins from a gap; its file is sent along."""
    language = setting.language
    entry_id = slug(gap.topic, kind)
    card = Card(language=language, accent="clear")
    topic = _topic(gap, language)
    card.header = Markdown(f"## {t('gaps.begun', language, topic=topic)}")
    path = f"knowledge/{FOLDERS[kind]}/{entry_id}.yaml"
    card.blocks = [
        t("gaps.save", language, path=path),
        code_block(command_for(gap, kind)),
    ]
    own = Ref("gap", setting.origin, language, 0, str(gap.number))
    card.selects = [
        CardSelect(
            plain("gaps.kind", language),
            own,
            [Choice(plain(f"kind.{name}", language), name, chosen=name == kind) for name in MODELS],
        )
    ]
    card.rows = [[CardButton(plain("card.back", language), own.to("gaps", entry=""))]]
    return card


def command_for(gap: Gap, kind: str) -> str:
    """The command line that begins an entry from this gap."""
    return f"redline kb new {kind} {slug(gap.topic, kind)} --from-gap {gap.number}"


def _topic(gap: Gap, language: str) -> str:
    return shortened(" ".join(gap.topic), 80) or plain("gaps.no-words", language)


def _line(gap: Gap, language: str) -> Markdown:
    lines = [
        f"**{gap.count} × {safe_line(_topic(gap, language))}**",
        *(f"> {safe_line(shortened(text, LONGEST_EXAMPLE))}" for text in gap.examples[:2]),
        "-# "
        + t(
            "gaps.reasons",
            language,
            nothing=gap.nothing_on_file,
            not_helpful=gap.not_helpful,
            date=gap.last_at[:10],
        ),
    ]
    if gap.entries:
        lines.append("-# " + t("gaps.given", language, entries=", ".join(gap.entries)))
    return Markdown("\n".join(lines))
