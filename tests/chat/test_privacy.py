"""`/privacy`: to see, to take along and to have erased what is on record about oneself."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chat_world import ANALYSIS, World, buttons, click, shown

from bot.chat.commands.privacy import confirmed
from bot.chat.custom_ids import Ref, parse
from bot.chat.mistakes import UserError
from bot.journal import NewDiscussion, NewEvent
from bot.settings import Settings

WORDS = "quixotic marzipan lighthouse"


async def files(result: Any) -> dict[str, str]:
    """The texts in the archive that was handed out."""
    (attachment,) = (result.followups[-1] if result.followups else result.response).attachments
    with zipfile.ZipFile(io.BytesIO(await attachment.read())) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def note(world: World, author: Any, text: str) -> None:
    discussions = world.services.journal.discussions
    await discussions.start(
        NewDiscussion(
            "d-privacy",
            "What to answer",
            str(world.officer.id),
            guild_id=str(world.guild.id),
            thread_id=str(world.channel.id),
            parent_id=str(world.channel.id),
        )
    )
    await discussions.add(NewEvent("d-privacy", "note", text, str(author.id), key="n1"))


def held(data: Path) -> bytes:
    """Every byte of every file that the bot keeps."""
    return b"".join(path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file())


async def test_show_counts_what_is_on_record_and_says_who_reads_it(world: World) -> None:
    await world.admin.slash(world.channel, "settings retention", days=90)
    await world.team.slash(world.channel, "ask", question=WORDS)
    await note(world, world.officer, f"as <@{world.team.id}> said")
    result = await world.team.slash(world.channel, "privacy show")
    text = shown(result)
    assert "1 records in all servers together" in text
    assert "Commands and clicks: 1" in text
    assert "Records of others that name you: 1" in text
    assert "erases records after 90 days" in text
    assert "Comms Officer" in text
    assert result.response.flags.ephemeral


async def test_who_was_never_here_has_nothing_on_record(world: World) -> None:
    assert "Nothing was on record" in shown(await world.team.slash(world.channel, "privacy show"))


async def test_the_export_holds_ones_own_records_and_nobody_elses(world: World) -> None:
    await world.team.slash(world.channel, "ask", question=WORDS)
    await world.officer.slash(world.channel, "ask", question="somebody else's question")
    result = await world.team.slash(world.channel, "privacy export")
    found = await files(result)
    lines = [json.loads(line) for line in found["records.jsonl"].splitlines()]
    assert [line["user_id"] for line in lines] == [str(world.team.id)]
    assert lines[0]["options"]["question"] == WORDS
    assert WORDS in found["records.md"]
    assert "somebody else" not in "".join(found.values())
    message = result.followups[-1] if result.followups else result.response
    assert message.flags.ephemeral


async def test_an_administrator_gets_their_own_export_only(world: World) -> None:
    await world.team.slash(world.channel, "ask", question=WORDS)
    found = await files(await world.admin.slash(world.channel, "privacy export"))
    assert WORDS not in "".join(found.values())
    assert str(world.team.id) not in "".join(found.values())
    tree = {command.name: command for command in world.env.bot.tree.get_commands()}
    assert all(not command.parameters for command in tree["privacy"].commands)  # type: ignore[union-attr]


async def test_forgetting_leaves_no_trace_in_any_file_and_the_chain_holds(
    world: World, settings: Settings
) -> None:
    await world.team.slash(world.channel, "ask", question=WORDS)
    await note(world, world.team, f"{WORDS} noted")
    asked = await world.team.slash(world.channel, "privacy forget")
    assert "cannot be undone" in shown(asked)
    assert WORDS.encode() in held(settings.data_dir)
    done = await click(world.team, asked, "p-forget")
    assert "Erased" in shown(done)
    assert "Records that lost your identity and words: 4" in shown(done)
    kept = held(settings.data_dir)
    assert str(world.team.id).encode() not in kept
    for word in WORDS.split():
        assert word.encode() not in kept
    assert (await world.services.journal.verify()).ok
    assert (await world.services.journal.about(str(world.team.id))).total == 0


async def test_what_one_had_asked_is_gone_from_memory_too(world: World) -> None:
    answer = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    listed = await click(world.team, answer, "o-red")
    asked = await world.team.slash(world.channel, "privacy forget")
    await click(world.team, asked, "p-forget")
    again = await click(world.team, listed, "back")
    assert "no longer on record" in shown(again)


async def test_the_confirmation_outlives_a_restart_and_works_once(world: World) -> None:
    await world.team.slash(world.channel, "ask", question=WORDS)
    first = await world.team.slash(world.channel, "privacy forget")
    second = await world.team.slash(world.channel, "privacy forget")
    world.services.ledger.forget(world.team.id)
    await world.restart()
    assert "Erased" in shown(await click(world.team, first, "p-forget"))
    assert "no longer on record" in shown(await click(world.team, second, "p-forget"))


async def test_the_button_is_bound_to_who_asked_and_to_that_question(world: World) -> None:
    """Custom ids come from the client: one that names another's question erases nobody."""
    await world.officer.slash(world.channel, "ask", question="keep me")
    asked = await world.team.slash(world.channel, "privacy forget")
    reference = parse(buttons(asked)["p-forget"]["custom_id"])
    assert reference is not None
    erased: list[str] = []
    world.services.journal.eraser.forget = erased.append  # type: ignore[method-assign, assignment]
    for origin, person in (
        (reference.origin, world.officer.id),
        (int((await world.records())[0]["interaction_id"]), world.officer.id),
        (1, world.team.id),
    ):
        stranger = SimpleNamespace(
            interaction=SimpleNamespace(user=SimpleNamespace(id=person)),
            services=world.services,
        )
        with pytest.raises(UserError, match="answer-gone"):
            await confirmed(stranger, Ref("p-forget", origin), ())  # type: ignore[arg-type]
    assert not erased


async def test_it_works_in_direct_messages_where_no_server_is(world: World) -> None:
    await world.team.slash(world.channel, "ask", question=WORDS)
    user = world.env.create_user("former")
    assert "Each server sets" in shown(await user.slash("privacy show"))
    found = await files(await user.slash("privacy export"))
    assert str(user.id) in found["records.jsonl"]
    assert WORDS not in found["records.jsonl"]
    assert {"privacy show", "privacy export", "privacy forget"} == set(user.available_commands())


@pytest.mark.faulty
async def test_a_database_that_is_away_forgets_nobody_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await world.team.slash(world.channel, "privacy forget")

    async def away(_user: str) -> None:
        raise OSError("away")

    monkeypatch.setattr(world.services.journal.eraser, "forget", away)
    result = await click(world.team, asked, "p-forget")
    assert "database is away" in shown(result)
    monkeypatch.undo()
    again = await world.team.slash(world.channel, "privacy forget")
    assert "Erased" in shown(await click(world.team, again, "p-forget"))
