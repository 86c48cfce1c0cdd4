"""`/history`: search over what was asked and said, by what one may see at that moment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import discord
import pytest
from chat_world import ANALYSIS, SECRET, World, buttons, click, components, select, shown

from bot.chat.history_times import read_time
from bot.chat.mistakes import UserError
from bot.journal import DraftChange, NewDiscussion, NewEvent
from bot.journal.chain import sha256_of

HOSTILE = "@everyone <@&1> [click](https://evil.example) **bold** ```` `fence ||hidden|| marzipan"
AT = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


async def discussion(world: World, channel: Any, *, tlp: str = "CLEAR", name: str = "d-1") -> None:
    await world.services.journal.discussions.start(
        NewDiscussion(
            name, "Answer to the ultimatum", str(world.officer.id),
            guild_id=str(world.guild.id), thread_id=str(channel.id), parent_id=str(channel.id),
            entries=(ANALYSIS,), tlp=tlp,
        )
    )  # fmt: skip


async def note(world: World, text: str, *, name: str = "d-1", at: str | None = None) -> None:
    more = {"occurred_at": at} if at else {}
    await world.services.journal.discussions.add(
        NewEvent(name, "note", text, str(world.officer.id), key=f"k-{text[:60]}", **more)
    )


async def search(actor: Any, world: World, **options: Any) -> Any:
    return await actor.slash(world.channel, "history", **options)


async def test_questions_notes_titles_and_drafts_are_found_with_snippets(world: World) -> None:
    await world.officer.slash(world.channel, "ask", question="the ultimatum of Monday")
    await discussion(world, world.channel)
    await note(world, "we reject the ultimatum")
    text = "No ultimatum moves us"
    await world.services.journal.drafts.save(
        DraftChange(
            "x1", 0, "drafted", "draft", 1, sha256_of(text), text, user_id=str(world.officer.id),
            user_name="oskar", guild_id=str(world.guild.id), channel_id=str(world.channel.id),
        )
    )  # fmt: skip
    result = await search(world.officer, world, text="ultimatum")
    seen = shown(result)
    assert "4 found" in seen
    for kind in ("Question", "Note", "Discussion", "Draft"):
        assert f"**{kind}**" in seen
    assert "we reject the **ultimatum**" in seen
    assert "Why the demand comes now" in seen
    assert result.response.flags.ephemeral


async def test_a_search_finds_neither_itself_nor_clicks(world: World) -> None:
    await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    first = await search(world.team, world, text="zanzibar")
    assert "Nothing that you may see" in shown(first)
    assert "Nothing that you may see" in shown(await search(world.team, world, text="zanzibar"))


async def test_questions_of_others_are_for_officers_and_maintainers(world: World) -> None:
    await world.team.slash(world.channel, "ask", question="marzipan for the garrison")
    other = world.guild.add_member(world.env.create_user("teet"))
    assert "1 found" in shown(await search(world.team, world, text="marzipan"))
    assert "Nothing" in shown(await search(other, world, text="marzipan"))
    assert "Nothing" in shown(await search(world.admin, world, text="marzipan"))
    assert "1 found" in shown(await search(world.officer, world, text="marzipan"))
    assert "1 found" in shown(await search(world.maintainer, world, text="marzipan"))


async def test_what_stands_in_a_channel_that_one_cannot_read_is_not_found(world: World) -> None:
    closed = world.guild.create_text_channel(
        "closed",
        overwrites={world.guild.default_role: discord.PermissionOverwrite(view_channel=False)},
    )
    await discussion(world, closed)
    await note(world, "marzipan behind doors")
    assert "Nothing" in shown(await search(world.team, world, text="marzipan"))
    assert "1 found" in shown(await search(world.admin, world, text="marzipan"))


async def test_what_is_marked_above_ones_role_is_not_found(world: World) -> None:
    await discussion(world, world.channel, tlp="AMBER")
    await note(world, "marzipan is amber")
    assert "Nothing" in shown(await search(world.team, world, text="marzipan"))
    assert "1 found" in shown(await search(world.maintainer, world, text="marzipan"))


async def test_other_servers_are_other_records(world: World) -> None:
    await discussion(world, world.channel)
    await note(world, "marzipan here")
    elsewhere = world.env.create_guild("Elsewhere")
    there = elsewhere.create_text_channel("there")
    officer = elsewhere.create_role("Comms Officer")
    stranger = elsewhere.add_member(world.env.create_user("stranger"), roles=[officer])
    result = await stranger.slash(there, "history", text="marzipan")
    assert "Nothing that you may see" in shown(result)


async def test_filters_narrow_it(world: World) -> None:
    other = world.guild.create_text_channel("other")
    await discussion(world, world.channel)
    await discussion(world, other, name="d-2")
    await note(world, "marzipan at the desk")
    await note(world, "marzipan elsewhere", name="d-2", at="2020-01-01T00:00:00+00:00")
    everything = shown(await search(world.team, world, text="marzipan"))
    assert "2 found" in everything
    here = shown(await search(world.team, world, text="marzipan", channel=world.channel))
    assert "1 found" in here
    assert f"<#{world.channel.id}>" in here
    by_officer = await search(world.team, world, text="marzipan", person=world.officer)
    assert "2 found" in shown(by_officer)
    by_admin = await search(world.team, world, text="marzipan", person=world.admin)
    assert "Nothing" in shown(by_admin)
    about = shown(await search(world.team, world, entry=ANALYSIS))
    assert "2 found" in about
    assert "Why the demand comes now" in about
    assert "Nothing" in shown(await search(world.team, world, text="marzipan", until="2d"))
    assert "2 found" in shown(await search(world.team, world, text="marzipan", since="yesterday"))


async def test_times_that_are_none_or_swapped_are_told(world: World) -> None:
    result = shown(await search(world.team, world, since="the day before"))
    assert "is no time for since" in result
    assert "yesterday" in result
    swapped = shown(await search(world.team, world, since="2026-02-01", until="2026-01-01"))
    assert "The end lies before the beginning" in swapped


@pytest.mark.parametrize(
    ("typed", "bound", "meant"),
    [
        ("today", "since", "2026-11-23T00:00:00+00:00"),
        ("Yesterday", "until", "2026-11-23T00:00:00+00:00"),
        ("2026-11-03", "since", "2026-11-03T00:00:00+00:00"),
        ("2026-11-03", "until", "2026-11-04T00:00:00+00:00"),
        ("2026-11-03 14:00", "since", "2026-11-03T14:00:00+00:00"),
        ("2026-11-03 14:00 EET", "since", "2026-11-03T12:00:00+00:00"),
        ("12h", "since", "2026-11-23T00:00:00+00:00"),
        ("7d", "since", "2026-11-16T12:00:00+00:00"),
        ("2 weeks ago", "since", "2026-11-09T12:00:00+00:00"),
        ("1y", "until", "2025-11-23T12:00:00+00:00"),
    ],
)
def test_times_as_people_type_them(typed: str, bound: Any, meant: str) -> None:
    assert read_time(typed, bound, AT) == meant


@pytest.mark.parametrize("typed", ["", "soon", "2026-02-30", "9999y", "7", "9999-12-31", "-3d"])
def test_what_is_no_time_is_told_as_none(typed: str) -> None:
    with pytest.raises(UserError, match="unreadable-time"):
        read_time(typed, "until", AT)


async def test_hostile_words_neither_ping_nor_format(world: World) -> None:
    await discussion(world, world.channel)
    await note(world, HOSTILE)
    result = await search(world.team, world, text="marzipan")
    text = shown(result)
    assert "@everyone" not in text
    assert "<@&1>" not in text
    assert "[click](" not in text
    assert "**bold**" not in text
    assert "||hidden||" not in text
    assert "**marzipan**" in text
    opened = shown(await read(world.team, result))
    assert "@everyone" not in opened
    assert "**bold**" not in opened
    header = shown(await search(world.team, world, text=HOSTILE))
    assert "@everyone" not in header
    assert "[click](" not in header


async def read(actor: Any, result: Any, place: int = 0) -> Any:
    """Choose one of the records in the select."""
    option = buttons(result)["h-read"]["options"][place]["value"]
    return await select(actor, result, "h-read", option)


async def test_a_record_opens_in_full_with_the_answer_as_given_and_its_revision(
    world: World,
) -> None:
    await world.team.slash(world.channel, "ask", question="why does the demand come now?")
    found = await search(world.team, world, text="demand")
    opened = await read(world.team, found)
    text = shown(opened)
    assert "> why does the demand come now?" in text
    assert "Answer as given" in text
    assert "The demand tests the alliance" in text
    assert world.services.advisers.current.snapshot.revision[:12] in text
    back = await click(world.team, opened, "h-page")
    assert "1 found" in shown(back)


async def nobody_holds_an_office(world: World) -> None:
    settings = await world.services.guilds.get(world.guild.id)
    elsewhere = world.guild.create_role("Another office")
    for office in ("officer", "approver", "maintainer"):
        settings = settings.with_role(office, elsewhere.id)
    await world.services.guilds.put(world.guild.id, settings, user_id=world.admin.id)


async def test_rights_are_those_of_the_moment_of_the_click(world: World) -> None:
    await world.team.slash(world.channel, "ask", question="marzipan for the garrison")
    found = await search(world.officer, world, text="marzipan")
    await nobody_holds_an_office(world)
    assert "you may no longer see it" in shown(await read(world.officer, found))


async def test_an_answer_above_ones_role_now_is_withheld_even_from_its_asker(world: World) -> None:
    await world.officer.slash(world.channel, "topic", entry=SECRET)
    found = await search(world.officer, world, text="inside assessment")
    assert "1 found" in shown(found)
    opened = await read(world.officer, found)
    assert "The garrison holds for nine days" in shown(opened)
    found = await search(world.officer, world, text="inside assessment")
    await nobody_holds_an_office(world)
    opened = shown(await read(world.officer, found))
    assert "holds for nine days" not in opened
    assert "marked above what your role may see" in opened


async def test_pages_turn_after_a_restart(world: World) -> None:
    await discussion(world, world.channel)
    for number in range(24):
        await note(world, f"number {number} marzipan")
    first = await search(world.team, world, text="marzipan")
    assert "24 found" in shown(first)
    world.services.ledger.forget(world.team.id)
    await world.restart()
    second = await click(world.team, first, "h-page#1")
    assert "24 found" in shown(second)
    assert "**10.**" in shown(second)
    assert "**1.**" not in shown(second)


async def test_the_latest_without_words_and_a_hint_where_there_is_more(world: World) -> None:
    await discussion(world, world.channel)
    for number in range(30):
        await note(world, f"number {number} marzipan")
    result = await search(world.team, world)
    assert "25 found" in shown(result)
    assert "not all" in shown(result)
    assert "number 29" in shown(result)


async def test_choices_while_one_types(world: World) -> None:
    offered = await world.team.autocomplete(world.channel, "history", "since", "7")
    assert [choice["value"] for choice in offered] == ["7d"]
    entries = await world.team.autocomplete(world.channel, "history", "entry", "why")
    assert ANALYSIS in [choice["value"] for choice in entries]
    secret = await world.team.autocomplete(world.channel, "history", "entry", "inside")
    assert SECRET not in [choice["value"] for choice in secret]


@pytest.mark.faulty
async def test_a_journal_that_cannot_be_read_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_query: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(world.services.journal.history, "search", away)
    result = await search(world.team, world, text="marzipan")
    assert "cannot be read just now" in shown(result)
    assert components(result)
