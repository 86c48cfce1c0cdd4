"""`/draft`: messages on their way from a filled template to their release, under four eyes."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.advice.drafts import FINAL, State
from bot.chat import completion
from bot.chat.access import access_of, has_desk
from bot.chat.cards.draft_lists import history_card, list_card, title_of
from bot.chat.client import RedlineBot
from bot.chat.drafting import releasing, steps
from bot.chat.drafting.desk import journalled, load, look, permitted, require_desk
from bot.chat.drafting.forms import EditForm
from bot.chat.drafting.names import name
from bot.chat.drafting.showing import show
from bot.chat.mistakes import UserError
from bot.chat.request import Request, bot_of, request
from bot.chat.text import localised, plain

STATES: tuple[State, ...] = (
    "draft", "submitted", "approved", "rejected", "released", "withdrawn", "expired",
)  # fmt: skip
LIVE: tuple[State, ...] = tuple(state for state in STATES if state not in FINAL)
LISTED = 100
"""Latest drafts that a list pages through."""

LONGEST_REASON = 500
LONGEST_NAME = 100

Name = app_commands.Range[str, 1, LONGEST_NAME]
Reason = app_commands.Range[str, 1, LONGEST_REASON]


class Drafts(
    commands.GroupCog,
    group_name=localised("command.draft.name"),
    group_description=localised("command.draft.description"),
):
    """Drafts."""

    @app_commands.command(
        name=localised("command.draft-list.name"),
        description=localised("command.draft-list.description"),
    )
    @app_commands.rename(state=localised("command.draft-list.state.name"))
    @app_commands.describe(state=localised("command.draft-list.state.description"))
    @app_commands.choices(
        state=[
            app_commands.Choice(name=localised(f"state.{state}"), value=state) for state in STATES
        ]
    )
    async def list_drafts(
        self, interaction: discord.Interaction[RedlineBot], state: str | None = None
    ) -> None:
        async with request(interaction, "draft list", {"state": state}) as asked:
            await show_list(asked, state or "")

    @app_commands.command(
        name=localised("command.draft-show.name"),
        description=localised("command.draft-show.description"),
    )
    @app_commands.rename(draft=localised("command.draft-show.draft.name"))
    @app_commands.describe(draft=localised("command.draft-show.draft.description"))
    async def show(self, interaction: discord.Interaction[RedlineBot], draft: Name) -> None:
        async with request(interaction, "draft show", {"draft": draft}) as asked:
            await show(asked, await look(asked, await load(asked, draft)))

    @app_commands.command(
        name=localised("command.draft-history.name"),
        description=localised("command.draft-history.description"),
    )
    @app_commands.rename(draft=localised("command.draft-show.draft.name"))
    @app_commands.describe(draft=localised("command.draft-show.draft.description"))
    async def history(self, interaction: discord.Interaction[RedlineBot], draft: Name) -> None:
        async with request(interaction, "draft history", {"draft": draft}) as asked:
            await show_history(asked, draft)

    @app_commands.command(
        name=localised("command.draft-edit.name"),
        description=localised("command.draft-edit.description"),
    )
    @app_commands.rename(draft=localised("command.draft-show.draft.name"))
    @app_commands.describe(draft=localised("command.draft-show.draft.description"))
    async def edit(self, interaction: discord.Interaction[RedlineBot], draft: Name) -> None:
        async with request(interaction, "draft edit", {"draft": draft}) as asked:
            await asked.show_form(EditForm.of(asked, await permitted(asked, draft, "edit")))

    @app_commands.command(
        name=localised("command.draft-submit.name"),
        description=localised("command.draft-submit.description"),
    )
    @app_commands.rename(draft=localised("command.draft-show.draft.name"))
    @app_commands.describe(draft=localised("command.draft-show.draft.description"))
    async def submit(self, interaction: discord.Interaction[RedlineBot], draft: Name) -> None:
        async with request(interaction, "draft submit", {"draft": draft}) as asked:
            await steps.submit(asked, draft)

    @app_commands.command(
        name=localised("command.draft-override.name"),
        description=localised("command.draft-override.description"),
    )
    @app_commands.rename(
        draft=localised("command.draft-show.draft.name"),
        reason=localised("command.draft-override.reason.name"),
    )
    @app_commands.describe(
        draft=localised("command.draft-show.draft.description"),
        reason=localised("command.draft-override.reason.description"),
    )
    async def override(
        self, interaction: discord.Interaction[RedlineBot], draft: Name, reason: Reason
    ) -> None:
        options = {"draft": draft, "reason": reason}
        async with request(interaction, "draft override", options) as asked:
            await steps.override(asked, draft, reason)

    @app_commands.command(
        name=localised("command.draft-approve.name"),
        description=localised("command.draft-approve.description"),
    )
    @app_commands.rename(draft=localised("command.draft-show.draft.name"))
    @app_commands.describe(draft=localised("command.draft-show.draft.description"))
    async def approve(self, interaction: discord.Interaction[RedlineBot], draft: Name) -> None:
        async with request(interaction, "draft approve", {"draft": draft}) as asked:
            await steps.approve(asked, draft)

    @app_commands.command(
        name=localised("command.draft-reject.name"),
        description=localised("command.draft-reject.description"),
    )
    @app_commands.rename(
        draft=localised("command.draft-show.draft.name"),
        reason=localised("command.draft-reject.reason.name"),
    )
    @app_commands.describe(
        draft=localised("command.draft-show.draft.description"),
        reason=localised("command.draft-reject.reason.description"),
    )
    async def reject(
        self, interaction: discord.Interaction[RedlineBot], draft: Name, reason: Reason
    ) -> None:
        options = {"draft": draft, "reason": reason}
        async with request(interaction, "draft reject", options) as asked:
            await steps.reject(asked, draft, reason)

    @app_commands.command(
        name=localised("command.draft-release.name"),
        description=localised("command.draft-release.description"),
    )
    @app_commands.rename(
        draft=localised("command.draft-show.draft.name"),
        channel=localised("command.draft-release.channel.name"),
    )
    @app_commands.describe(
        draft=localised("command.draft-show.draft.description"),
        channel=localised("command.draft-release.channel.description"),
    )
    async def release(
        self,
        interaction: discord.Interaction[RedlineBot],
        draft: Name,
        channel: discord.TextChannel | None = None,
    ) -> None:
        options = {"draft": draft, "channel": str(channel.id) if channel else None}
        async with request(interaction, "draft release", options) as asked:
            await releasing.release(asked, draft, channel)

    @app_commands.command(
        name=localised("command.draft-withdraw.name"),
        description=localised("command.draft-withdraw.description"),
    )
    @app_commands.rename(
        draft=localised("command.draft-show.draft.name"),
        reason=localised("command.draft-withdraw.reason.name"),
    )
    @app_commands.describe(
        draft=localised("command.draft-show.draft.description"),
        reason=localised("command.draft-withdraw.reason.description"),
    )
    async def withdraw(
        self,
        interaction: discord.Interaction[RedlineBot],
        draft: Name,
        reason: Reason | None = None,
    ) -> None:
        options = {"draft": draft, "reason": reason}
        async with request(interaction, "draft withdraw", options) as asked:
            await steps.withdraw(asked, draft, reason or "")

    @show.autocomplete("draft")
    @history.autocomplete("draft")
    @completion.never_failing
    async def _any(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, current, STATES)

    @edit.autocomplete("draft")
    @withdraw.autocomplete("draft")
    @completion.never_failing
    async def _live(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, current, LIVE)

    @submit.autocomplete("draft")
    @override.autocomplete("draft")
    @completion.never_failing
    async def _unsubmitted(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, current, ("draft",))

    @approve.autocomplete("draft")
    @reject.autocomplete("draft")
    @completion.never_failing
    async def _submitted(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, current, ("submitted",))

    @release.autocomplete("draft")
    @completion.never_failing
    async def _approved(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, current, ("approved",))


async def show_list(asked: Request, state: str, page: int = 0) -> None:
    """The drafts of the server: those under way, or those in one state."""
    require_desk(asked)
    if asked.interaction.guild_id is None:
        raise UserError("error.only-in-servers")
    with journalled():
        found = await asked.services.journal.drafts.find(
            str(asked.interaction.guild_id), states=(state,) if state else LIVE, limit=LISTED
        )
    admitted = [draft for draft in found if asked.clearance.admits(draft.tlp.lower())]
    card = list_card(admitted, asked.adviser.snapshot, asked.language, state=state, page=page)
    await asked.show(card.view(), private=True)


async def show_history(asked: Request, name: str, page: int = 0) -> None:
    """Every version and every step of a draft."""
    seen = await look(asked, await load(asked, name))
    card = history_card(seen, asked.language)
    await asked.show(card.view(page), entries=seen.entries, private=True)


async def _offered(
    interaction: discord.Interaction[Any], current: str, states: tuple[State, ...]
) -> completion.Choices:
    """Drafts in these states, by the text that is shown: what is chosen is this text."""
    services = bot_of(interaction).services
    guild = await services.guilds.get(interaction.guild_id)
    access = access_of(interaction.user, guild.roles)
    if interaction.guild_id is None or not has_desk(access):
        return []
    snapshot = services.advisers.current.snapshot
    language = completion.language_of(interaction, guild.language)
    found = await services.journal.drafts.find(
        str(interaction.guild_id), states=states, limit=LISTED
    )
    names: dict[str, str] = {}
    for draft in found:
        if not access.clearance.admits(draft.tlp.lower()):
            continue
        parts = (
            title_of(draft, snapshot, language),
            str(draft.first.get("language") or ""),
            plain("draft.version", language, number=draft.version),
            plain(f"state.{draft.state}", language),
            draft.draft_id,
        )
        names[name(draft.draft_id, draft.sha256)] = " · ".join(parts)
    return completion.words(names, current)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Drafts())
