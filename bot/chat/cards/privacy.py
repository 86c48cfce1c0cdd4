"""What is on record about somebody, for themselves: counts, how long, who reads it, ways out."""

from __future__ import annotations

import discord

from bot.chat.access import role_name
from bot.chat.cards.discuss import when
from bot.chat.cards.layout import Card, CardButton, bullets, titled
from bot.chat.custom_ids import Ref
from bot.chat.request import Request
from bot.chat.text import Markdown, has, plain, safe_line, t
from bot.journal import AboutPerson, Erased


def about_card(found: AboutPerson, asked: Request) -> Card:
    """Counts by kind, the time that records are kept here, who may read them, and what to do."""
    language = asked.language
    card = Card(language=language, accent="notice")
    card.header = f"## {t('privacy.title', language)}"
    if found.total and found.first_at and found.last_at:
        card.blocks.append(
            t(
                "privacy.total",
                language,
                count=found.total,
                first=when(found.first_at, "D"),
                last=when(found.last_at, "D"),
            )
        )
        card.blocks.append(
            bullets(f"{_kind(kind, language)}: {count}" for kind, count in found.records.items())
        )
    else:
        card.blocks.append(t("privacy.nothing", language))
    more = [
        t(key, language, count=count)
        for key, count in (("privacy.mentions", found.mentions), ("privacy.actions", found.actions))
        if count
    ]
    if more:
        card.blocks.append(bullets(more))
    card.blocks.append(titled(t("privacy.kept", language), _kept(asked, language)))
    card.blocks.append(titled(t("privacy.readers", language), _readers(asked, language)))
    card.footer = "-# " + t("privacy.ways", language)
    return card


def confirm_card(found: AboutPerson, asked: Request) -> Card:
    """What would be erased, what stays, and the button that does it."""
    language = asked.language
    card = Card(language=language, accent="fault")
    card.header = f"## {t('privacy.confirm-title', language)}"
    counted = t(
        "privacy.confirm-count",
        language,
        count=found.total,
        mentions=found.mentions,
        actions=found.actions,
    )
    card.blocks = [counted, t("privacy.confirm-what", language), t("privacy.stays", language)]
    card.footer = "-# " + t("privacy.export-first", language)
    button = CardButton(
        plain("privacy.confirm", language),
        Ref("p-forget", asked.origin, language),
        style=discord.ButtonStyle.danger,
    )
    card.rows = [[button]]
    return card


def _kind(kind: str, language: str) -> Markdown:
    key = f"privacy.kind-{kind}"
    return t(key, language) if has(key) else safe_line(kind)


def _kept(asked: Request, language: str) -> Markdown:
    if asked.interaction.guild is None:
        return t("privacy.kept-elsewhere", language)
    days = asked.guild.retention_days
    if days is None:
        return t("privacy.kept-for-good", language)
    return t("privacy.kept-days", language, days=days)


def _readers(asked: Request, language: str) -> Markdown:
    guild, roles = asked.interaction.guild, asked.guild.roles
    return t(
        "privacy.readers-text",
        language,
        officer=role_name(guild, "officer", roles),
        maintainer=role_name(guild, "maintainer", roles),
    )


def forgotten_card(erased: Erased, language: str) -> Card:
    """What was erased."""
    card = Card(language=language, accent="notice")
    card.header = f"## {t('privacy.forgotten', language)}"
    card.blocks = [
        t(
            "privacy.forgotten-count",
            language,
            count=erased.records + erased.spooled,
            mentions=erased.mentions,
        ),
        t("privacy.stays", language),
    ]
    return card
