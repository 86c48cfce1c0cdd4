"""The one place that answers errors, whatever raised them: command, button, select or form.

A user's mistake gets a sentence and the way out. A fault gets an apology with a reference code
that stands in the log and in the journal, so that whoever runs the bot finds the cause.
"""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.chat.cards.layout import CardView, notice
from bot.chat.mistakes import UserError
from bot.chat.respond import send
from bot.chat.text import Markdown, t

if TYPE_CHECKING:
    from bot.chat.request import Request

log = logging.getLogger(__name__)

REFERENCE_BYTES = 4
"""Eight hexadecimal digits: short enough to read out over the phone."""


EXPECTED: dict[type[app_commands.AppCommandError], str] = {
    app_commands.CommandNotFound: "error.command-changed",
    app_commands.CommandSignatureMismatch: "error.command-changed",
    app_commands.NoPrivateMessage: "error.only-in-servers",
    app_commands.MissingPermissions: "error.not-permitted",
    app_commands.BotMissingPermissions: "error.bot-not-permitted",
    app_commands.CommandOnCooldown: "error.too-fast",
    app_commands.TransformerError: "error.bad-option",
    app_commands.CheckFailure: "error.not-permitted",
}
"""Errors of discord.py that are no faults of ours, with what to tell the user."""


def mistake(error: BaseException) -> UserError | None:
    """The user error that this error is, or None where it is a fault."""
    if isinstance(error, UserError):
        return error
    original = getattr(error, "original", None)
    if isinstance(original, UserError):
        return original
    for kind, key in EXPECTED.items():
        if isinstance(error, kind):
            return UserError(key)
    return None


async def answer_error(
    interaction: discord.Interaction, error: BaseException, request: Request | None, language: str
) -> None:
    """Answer an error, privately, and put it on record. Never raises."""
    known = mistake(error)
    if known is not None:
        if request is not None:
            request.options = {**request.options, "error": known.key}
        await _close(request, "refused", None)
        view = notice(known.text(language), language=language)
    else:
        reference = secrets.token_hex(REFERENCE_BYTES).upper()
        log.error(
            "fault %s in %s",
            reference,
            request.command if request else "an interaction",
            exc_info=(type(error), error, error.__traceback__),
            extra={"reference": reference, "interaction_id": str(interaction.id)},
        )
        await _close(request, "error", reference)
        view = fault_notice(reference, language)
    try:
        await send(interaction, view, private=True)
    except discord.HTTPException:
        log.exception("the error could not be told to the user")


def fault_notice(reference: str, language: str) -> CardView:
    """The apology for a fault."""
    return notice(
        t("error.fault", language, reference=Markdown(f"`{reference}`")),
        language=language,
        title=t("error.fault-title", language),
        accent="fault",
    )


async def _close(request: Request | None, outcome: str, detail: str | None) -> None:
    if request is None:
        return
    try:
        await request.record(outcome, detail=detail)
    except Exception:
        log.exception("the journal did not take the record of an error")
