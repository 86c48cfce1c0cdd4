"""`/settings`: administrators say who is what here; it holds from the next request on."""

from __future__ import annotations

import pytest
from chat_world import ANALYSIS, SECRET, World, shown

from bot.chat.guilds import GuildSettings
from bot.chat.text import t


async def test_discord_itself_hides_settings_from_others(world: World) -> None:
    assert "settings show" not in world.team.available_commands(world.channel)
    assert "settings show" in world.admin.available_commands(world.channel)


async def test_an_exception_made_in_discord_does_not_get_past_the_bot(world: World) -> None:
    commands = world.env.backend.commands[None].values()
    number = next(int(command["id"]) for command in commands if command["name"] == "settings")
    world.guild.set_command_permissions(number, {world.team: True})
    result = await world.team.slash(world.channel, "settings show")
    assert "administrators" in shown(result)
    assert [record["outcome"] for record in await world.records()] == ["refused"]


async def test_another_role_can_hold_an_office(world: World) -> None:
    press = world.guild.create_role("Pressestelle")
    writer = world.guild.add_member(world.env.create_user("pia"), roles=[press])
    before = await writer.slash(world.channel, "topic", entry=SECRET)
    assert "nine days" not in shown(before)
    done = await world.admin.slash(world.channel, "settings roles", officer=press)
    assert f"<@&{press.id}>" in shown(done)
    after = await writer.slash(world.channel, "topic", entry=SECRET)
    assert "nine days" in shown(after)
    former = await world.officer.slash(world.channel, "topic", entry=SECRET)
    assert "nine days" not in shown(former), "the role by name no longer holds the office"


async def test_the_role_that_everybody_has_is_refused(world: World) -> None:
    result = await world.admin.slash(
        world.channel, "settings roles", officer=world.guild.default_role
    )
    assert "everybody" in shown(result)


async def test_language_situation_and_retention_are_kept_over_a_restart(world: World) -> None:
    await world.admin.slash(world.channel, "settings language", language="lv")
    await world.admin.slash(
        world.channel, "settings situation", situation="baltic-withdrawal-demand"
    )
    await world.admin.slash(world.channel, "settings retention", days=90)
    await world.restart()
    world.services.guilds._known.clear()
    result = await world.admin.slash(world.channel, "settings show")
    text = shown(result)
    assert "Latviešu" in text
    assert t("settings.days", "lv", days=90) in text
    assert "withdraw" in text or "leave the Baltic" in text
    answer = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    assert t("card.untranslated", "lv") in shown(answer)


async def test_what_is_no_language_or_situation_is_refused(world: World) -> None:
    language = await world.admin.slash(world.channel, "settings language", language="xx")
    assert "none of the languages" in shown(language)
    situation = await world.admin.slash(world.channel, "settings situation", situation="mars")
    assert "no choice" in shown(situation)
    await world.admin.slash(world.channel, "settings situation", situation="unset")


async def test_a_channel_that_the_bot_cannot_post_in_is_refused(world: World) -> None:
    import discord

    quiet = world.guild.create_text_channel(
        "quiet",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(send_messages=False),
            world.admin: discord.PermissionOverwrite(send_messages=True),
        },
    )
    result = await world.admin.slash(world.channel, "settings channels", approvals=quiet)
    assert "may not post in quiet" in shown(result)


async def test_settings_changes_are_journalled_with_who_made_them(world: World) -> None:
    await world.admin.slash(world.channel, "settings retention", days=0)
    assert len(await world.log("setting")) == 1


@pytest.mark.parametrize(
    "stored",
    [{}, {"roles": "x"}, {"roles": {"officer": "1"}}, {"language": 5, "retention_days": -1}],
)
def test_malformed_stored_settings_give_the_defaults(stored: dict[str, object]) -> None:
    assert GuildSettings.from_json(stored) == GuildSettings()
