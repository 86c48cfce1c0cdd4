"""`/stats` and `/kb gaps`: numbers that nobody can be told from, and what to write next."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from chat_world import ANALYSIS, SECRET, World, buttons, click, components, select, shown
from PIL import Image

from bot.chat.cards.stats import FEW, over_time
from bot.journal import InteractionRecord
from bot.knowledge.reading import load


async def ask(world: World, actor: Any, *questions: str, channel: Any = None) -> None:
    for question in questions:
        await actor.slash(channel or world.channel, "ask", question=question)


async def record(world: World, number: int, user: int, **changes: Any) -> None:
    values: dict[str, Any] = {
        "interaction_id": str(10_000 + number),
        "command": "ask",
        "outcome": "answered",
        "knowledge_revision": "r",
        "latency_ms": 100 + number,
        "guild_id": str(world.guild.id),
        "channel_id": str(world.channel.id),
        "user_id": str(user),
        "options": {"question": "why now"},
        "entries": (ANALYSIS,),
        "language": "en",
    }
    await world.services.journal.record_interaction(InteractionRecord(**{**values, **changes}))


async def many(world: World) -> None:
    """Forty questions of four people; one of them asks in Lithuanian, alone."""
    for number in range(40):
        await record(world, number, 1000 + number % 4)
    for number in range(40, 45):
        await record(world, number, 1003, language="lt", entries=("law-only-one",))
    await record(world, 45, 1000, outcome="nothing-on-file", entries=())
    await world.services.journal.record_feedback(
        interaction_id="10001",
        helpful=True,
        guild_id=str(world.guild.id),
        channel_id=str(world.channel.id),
        user_id="1001",
        entry_id=ANALYSIS,
    )


async def test_numbers_of_this_server_over_the_period(world: World) -> None:
    await many(world)
    await record(world, 90, 2000, guild_id="1", entries=("law-elsewhere",))
    result = await world.officer.slash(world.channel, "stats")
    text = shown(result)
    assert "The last 30 days" in text
    assert "46 questions and commands, 0 clicks on buttons, by 4 people" in text
    assert "Nothing on file: 2% of 46" in text
    assert "Helpful: 100% (1 yes, 0 no)" in text
    assert "Why the demand comes now: 40" in text
    assert "law-elsewhere" not in text


async def test_what_few_people_had_to_do_with_is_told_only_together(world: World) -> None:
    await many(world)
    await record(world, 80, 1000, command="settings retention", entries=())
    result = await world.officer.slash(world.channel, "stats")
    everything = shown(result) + str(components(result))
    assert "Lietuvi" not in everything
    assert "law-only-one" not in everything
    assert "Others: 5" in everything
    assert "settings retention" not in everything
    assert not any(str(user) in everything for user in range(1000, 1004))


async def test_with_fewer_than_three_people_nothing_more_is_told(world: World) -> None:
    for number in range(9):
        await record(world, number, 1000 + number % (FEW - 1))
    result = await world.maintainer.slash(world.channel, "stats")
    text = shown(result)
    assert "by fewer than 3 people" in text
    assert "English" not in text
    assert "Why the demand" not in text
    assert not any(part.get("type") == 12 for part in components(result))


async def test_pictures_stand_beside_the_numbers_with_their_words(world: World) -> None:
    await many(world)
    result = await world.officer.slash(world.channel, "stats", period="all")
    galleries = [part for part in components(result) if part.get("type") == 12]
    assert len(galleries) == 3
    told = " ".join(gallery["items"][0]["description"] for gallery in galleries)
    assert "Why the demand comes now: 40" in told
    assert "Nothing on file: 1 (2%)" in told
    attachments = result.response.attachments
    assert len(attachments) == 3
    for attachment in attachments:
        picture = Image.open(io.BytesIO(await attachment.read()))
        assert picture.width == 2000
        assert picture.format == "PNG"


async def test_entries_above_the_viewers_marking_have_no_name(world: World) -> None:
    for number in range(6):
        await record(world, number, 1000 + number % 3, entries=(SECRET,))
    for_admin = await world.admin.slash(world.channel, "stats")
    assert "Inside assessment" not in shown(for_admin) + str(components(for_admin))
    assert "Entries above your marking: 6" in shown(for_admin)
    for_officer = await world.officer.slash(world.channel, "stats")
    assert "Inside assessment of the garrison: 6" in shown(for_officer)


async def test_a_period_counts_from_its_beginning(world: World) -> None:
    await many(world)
    old = dt.datetime.now(dt.UTC) - dt.timedelta(days=40)
    from dataclasses import replace

    journal = world.services.journal
    early = InteractionRecord(
        interaction_id="77",
        command="ask",
        outcome="answered",
        knowledge_revision="r",
        latency_ms=1,
        guild_id=str(world.guild.id),
        user_id="1000",
    ).as_new()
    await journal.append(replace(early, created_at=old.isoformat(timespec="microseconds")))
    month = await world.officer.slash(world.channel, "stats", period="month")
    assert "46 questions" in shown(month)
    quarter = await world.officer.slash(world.channel, "stats", period="quarter")
    # The call above is on record by now.
    assert "48 questions" in shown(quarter)


async def test_only_officers_maintainers_and_administrators_see_them(world: World) -> None:
    refused = await world.team.slash(world.channel, "stats")
    assert "Comms Officer, Maintainer" in shown(refused)
    assert [record["outcome"] for record in await world.records()] == ["refused"]
    for actor in (world.officer, world.maintainer, world.admin):
        assert "Statistics of this server" in shown(await actor.slash(world.channel, "stats"))


async def test_a_server_where_nobody_asked_has_statistics(world: World) -> None:
    result = await world.officer.slash(world.channel, "stats")
    assert "Nothing was asked" in shown(result)


async def test_gaps_are_listed_for_maintainers_with_how_it_was_asked(world: World) -> None:
    await ask(
        world,
        world.team,
        "zebra lasagne recipe please",
        "lasagne of the zebra",
        "xylophone repair shop",
    )
    result = await world.maintainer.slash(world.channel, "kb gaps")
    text = shown(result)
    assert "What to write next (2)" in text
    assert "2 × " in text
    assert "zebra lasagne recipe please" in text
    assert "2 with nothing on file" in text
    refused = await world.officer.slash(world.channel, "kb gaps")
    assert "Maintainer" in shown(refused)
    assert "zebra" not in shown(refused)


async def test_without_gaps_it_says_so(world: World) -> None:
    assert "No gaps" in shown(await world.maintainer.slash(world.channel, "kb gaps"))


async def test_words_from_a_channel_that_the_viewer_cannot_read_stay_there(world: World) -> None:
    import discord

    everyone = world.guild.default_role
    closed = world.guild.create_text_channel(
        "closed",
        overwrites={
            everyone: discord.PermissionOverwrite(view_channel=False),
            world.officer: discord.PermissionOverwrite(view_channel=True),
        },
    )
    await world.env.settle()
    await ask(world, world.officer, "kangaroo submarine protocol", channel=closed)
    await ask(world, world.team, "zebra lasagne xylophone")
    result = await world.maintainer.slash(world.channel, "kb gaps")
    assert "What to write next (1)" in shown(result)
    assert "kangaroo" not in shown(result)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_gap_begins_an_entry_that_passes_but_for_its_blanks(
    world: World, tmp_path: Path, restarted: bool
) -> None:
    await ask(
        world,
        world.team,
        "zebra lasagne recipe for @everyone <@123456789012345678>",
        "zebra lasagne: how?",
        "как готовить лазанью из зебры",
    )
    listed = await world.maintainer.slash(world.channel, "kb gaps")
    if restarted:
        await world.restart()
    begun = await click(world.maintainer, listed, "gap")
    assert "redline kb new analysis analysis-" in shown(begun)
    attachment = begun.response.attachments[0]
    text = (await attachment.read()).decode()
    assert "zebra lasagne: how?" in text
    assert "123456789012345678" not in text
    assert "status: draft" in text
    folder = Path(shutil.copytree(world.services.store.directory, tmp_path / "more"))
    (folder / "analyses" / attachment.filename).write_text(text, encoding="utf-8")
    own = [one for one in load(folder).findings if attachment.filename in one.file]
    assert {one.code for one in own} == {"KB102"}
    lines = text.split("\n")
    assert all(lines[one.line - 1].rstrip().endswith(('""', ":")) for one in own)
    law = await select(world.maintainer, begun, "gap", "law")
    assert "redline kb new law law-" in shown(law)
    assert law.response.attachments[0].filename.startswith("law-")
    again = await click(world.maintainer, law, "gaps")
    assert "What to write next" in shown(again)


async def test_an_erased_question_is_no_gap_any_more(world: World) -> None:
    await ask(world, world.team, "zebra lasagne xylophone")
    listed = await world.maintainer.slash(world.channel, "kb gaps")
    await world.services.journal.eraser.forget(str(world.team.id))
    begun = await click(world.maintainer, listed, "gap")
    assert "no longer there" in shown(begun)


async def test_the_list_of_gaps_is_paged_and_turns(world: World) -> None:
    names = [
        "zebra",
        "lasagne",
        "xylophone",
        "kangaroo",
        "submarine",
        "pancake",
        "volcano",
        "trombone",
    ]
    await ask(world, world.team, *(f"{name} {name}ology" for name in names))
    listed = await world.maintainer.slash(world.channel, "kb gaps")
    assert f"What to write next ({len(names)})" in shown(listed)
    following = [
        part
        for part in components(listed)
        if part.get("type") == 2 and "Next" in part.get("label", "")
    ]
    first = shown(listed)
    turned = await world.maintainer.click(listed.response, custom_id=following[0]["custom_id"])
    both = first + shown(turned)
    assert all(name in both for name in names)
    assert buttons(turned)["gap"]


def test_days_weeks_and_months_keep_every_question() -> None:
    start = dt.date(2026, 1, 1)
    for length, expected in ((1, "days"), (62, "days"), (63, "weeks"), (400, "weeks")):
        days = {(start + dt.timedelta(days=n)).isoformat(): n + 1 for n in range(0, length, 3)}
        days[(start + dt.timedelta(days=length - 1)).isoformat()] = 7
        key, columns = over_time(days)
        assert key == expected
        assert sum(count for _, count in columns) == sum(days.values())
        assert len({name for name, _ in columns}) == len(columns) <= 62
    key, columns = over_time({"2020-01-01": 2, "2026-01-01": 3})
    assert (key, len(columns)) == ("months", 73)
    assert over_time({}) == ("days", ())
