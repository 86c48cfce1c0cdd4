"""The card of a server's settings."""

from __future__ import annotations

from bot.chat.access import ROLE_NAMES
from bot.chat.cards.answer import Setting
from bot.chat.cards.layout import Card, bullets, titled
from bot.chat.guilds import GuildSettings
from bot.chat.text import SOURCE, Markdown, safe_line, t
from bot.knowledge.vocabulary import Vocabulary

PURPOSES = ("approvals", "warnings")


def transcript_state(settings: GuildSettings, *, allowed: bool) -> str:
    """The key of the text that tells whether discussions are logged in full."""
    if not settings.transcript:
        return "settings.transcript-off"
    return "settings.transcript-on" if allowed else "settings.transcript-not-allowed"


def settings_card(
    settings: GuildSettings, vocabulary: Vocabulary, setting: Setting, *, transcripts: bool
) -> Card:
    """Roles, channels, language, situation, retention and transcript as they are now.

    `transcripts` tells whether the operator allows them at all.
    """
    language = setting.language
    card = Card(language=language, accent="clear")
    card.header = Markdown(f"## {t('settings.title', language)}")
    roles = [
        f"{t(f'settings.{office}', language)}: "
        + (f"<@&{settings.roles[office]}>" if office in settings.roles else safe_line(name))
        for office, name in ROLE_NAMES.items()
    ]
    channels = [
        f"{t(f'settings.{purpose}', language)}: "
        + (
            f"<#{settings.channels[purpose]}>"
            if purpose in settings.channels
            else t("settings.none", language)
        )
        for purpose in PURPOSES
    ]
    languages = {str(code): title for code, title in vocabulary.languages.items()}
    chosen = settings.language or SOURCE
    situation = (
        vocabulary.situations.get(settings.situation, settings.situation)
        if settings.situation
        else None
    )
    days = settings.retention_days
    card.blocks = [
        titled(t("settings.roles", language), bullets(roles)),
        titled(t("settings.channels", language), bullets(channels)),
        bullets(
            [
                t("settings.language", language, name=languages.get(chosen, chosen)),
                t("settings.situation", language, name=situation)
                if situation
                else t("settings.all-situations", language),
                t("settings.days", language, days=days)
                if days
                else t("settings.forever", language),
                t(transcript_state(settings, allowed=transcripts), language),
            ]
        ),
    ]
    return card
