"""`/settings`: for the administrators of a server: who is what here, and where things go."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import completion
from bot.chat.access import require_administrator
from bot.chat.cards.settings import settings_card
from bot.chat.client import RedlineBot
from bot.chat.commands.ask import known_language
from bot.chat.guilds import GuildSettings
from bot.chat.mistakes import UserError
from bot.chat.request import Request, request
from bot.chat.text import SOURCE, localised
from bot.chat.transcript import announce

LONGEST_RETENTION = 3650
UNSET = "unset"


@app_commands.default_permissions(administrator=True)
class Settings(
    commands.GroupCog,
    group_name=localised("command.settings.name"),
    group_description=localised("command.settings.description"),
):
    """What a server sets."""

    @app_commands.command(
        name=localised("command.settings-show.name"),
        description=localised("command.settings-show.description"),
    )
    async def show(self, interaction: discord.Interaction[RedlineBot]) -> None:
        async with request(interaction, "settings show") as asked:
            await _show(asked, asked.guild)

    @app_commands.command(
        name=localised("command.settings-roles.name"),
        description=localised("command.settings-roles.description"),
    )
    @app_commands.rename(
        officer=localised("command.settings-roles.officer.name"),
        approver=localised("command.settings-roles.approver.name"),
        maintainer=localised("command.settings-roles.maintainer.name"),
    )
    @app_commands.describe(
        officer=localised("command.settings-roles.officer.description"),
        approver=localised("command.settings-roles.approver.description"),
        maintainer=localised("command.settings-roles.maintainer.description"),
    )
    async def roles(
        self,
        interaction: discord.Interaction[RedlineBot],
        officer: discord.Role | None = None,
        approver: discord.Role | None = None,
        maintainer: discord.Role | None = None,
    ) -> None:
        given = {"officer": officer, "approver": approver, "maintainer": maintainer}
        options = {name: str(role.id) for name, role in given.items() if role}
        async with request(interaction, "settings roles", options) as asked:
            settings = asked.guild
            for office, role in given.items():
                if role is not None:
                    # The role that everyone has would make everyone an officer.
                    if role.is_default():
                        raise UserError("error.everyone-role")
                    settings = settings.with_role(office, role.id)
            await _keep(asked, settings)

    @app_commands.command(
        name=localised("command.settings-channels.name"),
        description=localised("command.settings-channels.description"),
    )
    @app_commands.rename(
        approvals=localised("command.settings-channels.approvals.name"),
        warnings=localised("command.settings-channels.warnings.name"),
    )
    @app_commands.describe(
        approvals=localised("command.settings-channels.approvals.description"),
        warnings=localised("command.settings-channels.warnings.description"),
    )
    async def channels(
        self,
        interaction: discord.Interaction[RedlineBot],
        approvals: discord.TextChannel | None = None,
        warnings: discord.TextChannel | None = None,
    ) -> None:
        given = {"approvals": approvals, "warnings": warnings}
        options = {name: str(channel.id) for name, channel in given.items() if channel}
        async with request(interaction, "settings channels", options) as asked:
            settings = asked.guild
            for purpose, channel in given.items():
                if channel is not None:
                    if not channel.permissions_for(channel.guild.me).send_messages:
                        raise UserError("error.bot-cannot-post-there", channel=channel.name)
                    settings = settings.with_channel(purpose, channel.id)
            await _keep(asked, settings)

    @app_commands.command(
        name=localised("command.settings-language.name"),
        description=localised("command.settings-language.description"),
    )
    @app_commands.rename(language=localised("command.settings-language.language.name"))
    @app_commands.describe(language=localised("command.settings-language.language.description"))
    async def language(self, interaction: discord.Interaction[RedlineBot], language: str) -> None:
        async with request(interaction, "settings language", {"language": language}) as asked:
            known_language(asked, language)
            await _keep(asked, asked.guild.with_language(None if language == SOURCE else language))

    @app_commands.command(
        name=localised("command.settings-situation.name"),
        description=localised("command.settings-situation.description"),
    )
    @app_commands.rename(situation=localised("command.settings-situation.situation.name"))
    @app_commands.describe(situation=localised("command.settings-situation.situation.description"))
    async def situation(self, interaction: discord.Interaction[RedlineBot], situation: str) -> None:
        async with request(interaction, "settings situation", {"situation": situation}) as asked:
            known = asked.adviser.snapshot.vocabulary.situations
            if situation != UNSET and situation not in known:
                raise UserError(
                    "error.unknown-choice",
                    given=situation,
                    option="situation",
                    known=", ".join([*known, UNSET]),
                )
            chosen = None if situation == UNSET else situation
            await _keep(asked, asked.guild.with_situation(chosen))

    @app_commands.command(
        name=localised("command.settings-retention.name"),
        description=localised("command.settings-retention.description"),
    )
    @app_commands.rename(days=localised("command.settings-retention.days.name"))
    @app_commands.describe(days=localised("command.settings-retention.days.description"))
    async def retention(
        self,
        interaction: discord.Interaction[RedlineBot],
        days: app_commands.Range[int, 0, LONGEST_RETENTION],
    ) -> None:
        async with request(interaction, "settings retention", {"days": days}) as asked:
            await _keep(asked, asked.guild.with_retention(days or None))

    @app_commands.command(
        name=localised("command.settings-transcript.name"),
        description=localised("command.settings-transcript.description"),
    )
    @app_commands.rename(state=localised("command.settings-transcript.state.name"))
    @app_commands.describe(state=localised("command.settings-transcript.state.description"))
    @app_commands.choices(
        state=[
            app_commands.Choice(
                name=localised("command.settings-transcript.enable.name"), value="on"
            ),
            app_commands.Choice(
                name=localised("command.settings-transcript.disable.name"), value="off"
            ),
        ]
    )
    async def transcript(self, interaction: discord.Interaction[RedlineBot], state: str) -> None:
        async with request(interaction, "settings transcript", {"state": state}) as asked:
            require_administrator(asked.access)
            on = state == "on"
            if on and not asked.services.settings.transcripts:
                raise UserError("error.transcripts-not-allowed")
            changed = asked.guild.transcript != on
            await _keep(asked, asked.guild.with_transcript(on))
            if changed:
                await announce(asked, on=on)

    @language.autocomplete("language")
    @completion.never_failing
    async def _languages(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return completion.languages(interaction, current)

    @situation.autocomplete("situation")
    @completion.never_failing
    async def _situations(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        vocabulary = interaction.client.services.advisers.current.snapshot.vocabulary
        return completion.words({**vocabulary.situations, UNSET: UNSET}, current)


async def _keep(asked: Request, settings: GuildSettings) -> None:
    require_administrator(asked.access)
    guild_id = asked.interaction.guild_id
    if guild_id is None:
        raise UserError("error.only-in-servers")
    await asked.services.guilds.put(guild_id, settings, user_id=asked.interaction.user.id)
    asked.guild = settings
    await _show(asked, settings)


async def _show(asked: Request, settings: GuildSettings) -> None:
    require_administrator(asked.access)
    vocabulary = asked.adviser.snapshot.vocabulary
    allowed = asked.services.settings.transcripts
    card = settings_card(settings, vocabulary, asked.setting(), transcripts=allowed)
    await asked.show(card.view())


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Settings())
