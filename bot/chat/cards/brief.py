"""The card that goes with a briefing document."""

from __future__ import annotations

from bot.advice.brief_data import Brief
from bot.advice.clearance import label
from bot.chat.cards.answer import Setting
from bot.chat.cards.layout import Card
from bot.chat.text import Markdown, prose, safe_line, t


def brief_card(brief: Brief, setting: Setting, *, instead: bool = False) -> Card:
    """Bottom line, what the document holds, its marking; `instead` where it is Markdown because
    the format that was asked for isn't installed."""
    language = setting.language
    card = Card(language=language, accent=brief.tlp)
    title = brief.main.title if brief.main else ""
    card.header = Markdown(
        f"## {t('brief.title', language, title=title)}\n-# {label(brief.tlp)} · "
        f"{safe_line(brief.answer.entry_id or '')}"
    )
    if instead:
        card.blocks.append(Markdown(f"> {t('brief.markdown-instead', language)}"))
    if brief.answer.language_note == "untranslated":
        card.blocks.append(Markdown(f"> {t('brief.untranslated', language, name=brief.language)}"))
    card.blocks.append(Markdown(f"**{prose(brief.answer.bottom_line)}**"))
    card.blocks.append(
        t(
            "brief.holds",
            language,
            redlines=len(brief.redlines),
            options=len(brief.options),
            messages=len(brief.messages),
            sources=len(brief.sources),
        )
    )
    card.blocks.append(t("brief.attached", language, marking=label(brief.tlp)))
    if brief.raised_by:
        card.blocks.append(t("brief.raised", language, titles="; ".join(brief.raised_by)))
    card.footer = Markdown(f"-# {safe_line(brief.answer.revision)}")
    return card
