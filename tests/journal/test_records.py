"""What is written is there, on disk, as it was written."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from desk import ANNA, BORIS, CHANNEL, GUILD, asked, everything
from sqlalchemy import select, text

from bot.journal import Journal, NewRecord
from bot.journal.database import PRAGMAS, make_engine
from bot.journal.desk_tables import GIVEN, INTERACTION_ENTRY
from bot.journal.tables import FEEDBACK, INTERACTION, SHARE


async def test_an_interaction_is_kept_as_it_was(journal: Journal) -> None:
    record = asked("Warum jetzt? “Ķēķis” 🦉", entries=("one", "two"), tlp="AMBER")
    await journal.record_interaction(record)

    found = await journal.interaction(record.interaction_id)

    assert found is not None
    assert found.private == {"options": {"question": "Warum jetzt? “Ķēķis” 🦉"}}
    assert found.public["entries"] == ["one", "two"]
    assert found.public["tlp"] == "AMBER"
    assert (found.guild_id, found.channel_id, found.user_id) == (GUILD, CHANNEL, ANNA)
    assert found.seq == 1
    assert await journal.interaction("1") is None


async def test_records_are_numbered_without_holes_in_the_order_of_arrival(
    journal: Journal,
) -> None:
    records = [asked(f"question {number}") for number in range(60)]
    await asyncio.gather(*(journal.record_interaction(record) for record in records))

    stored = await everything(journal)

    assert [record.seq for record in stored] == list(range(1, 61))
    assert [record.public["interaction_id"] for record in stored] == [
        record.interaction_id for record in records
    ]


async def test_the_same_record_twice_counts_once(journal: Journal) -> None:
    once = asked().as_new()
    other = asked().as_new()
    await journal.append(once)
    await asyncio.gather(journal.append(once), journal.append(other), journal.append(other))

    assert [record.key for record in await everything(journal)] == [once.key, other.key]


async def test_views_tell_what_the_log_tells(journal: Journal) -> None:
    record = asked(entries=("one", "two"), outcome="nothing-on-file", language=None)
    await journal.record_interaction(record)
    where = {"guild_id": GUILD, "channel_id": CHANNEL, "user_id": BORIS}
    origin = record.interaction_id
    await journal.record_feedback(interaction_id=origin, helpful=False, entry_id="one", **where)
    await journal.record_share(
        interaction_id=origin, message_id="5", entries=("one",), tlp="GREEN", **where
    )

    async with journal.engine.connect() as connection:
        interaction = (await connection.execute(select(INTERACTION))).one()
        entries = (await connection.execute(select(INTERACTION_ENTRY))).all()
        feedback = (await connection.execute(select(FEEDBACK))).one()
        share = (await connection.execute(select(SHARE))).one()

    assert tuple(interaction) == (1, origin, "ask", "nothing-on-file", "rev-1", None, 12, None)
    assert [tuple(row) for row in entries] == [(1, 0, "one"), (1, 1, "two")]
    assert tuple(feedback) == (2, origin, False, "one")
    assert tuple(share) == (3, origin, "5", "GREEN")


async def test_an_answer_as_given_is_kept_once(journal: Journal) -> None:
    for _ in range(3):
        await journal.record_interaction(asked(answer="# Threat, not offer"))
    await journal.record_interaction(asked(answer="# Something else"))

    async with journal.engine.connect() as connection:
        texts = set((await connection.execute(select(GIVEN.c.text))).scalars())
    first, *_, last = await everything(journal)

    assert texts == {"# Threat, not offer", "# Something else"}
    assert first.public["answer_sha256"] != last.public["answer_sha256"]
    assert "given" not in json.dumps(dict(first.public))


@pytest.mark.parametrize("text", ["half \ud800 pair", "nul \x00 inside", "\u202eright to left"])
async def test_no_text_keeps_others_from_being_written(journal: Journal, text: str) -> None:
    odd, plain = asked(text, answer=text), asked("plain")
    await asyncio.gather(journal.record_interaction(odd), journal.record_interaction(plain))

    assert [record.seq for record in await everything(journal)] == [1, 2]
    assert (await journal.verify()).ok
    assert (await journal.health())["ok"]


async def test_what_is_no_record_is_refused_to_its_writer_alone(journal: Journal) -> None:
    with pytest.raises(TypeError):
        await journal.append(NewRecord(type="note", public={"what": object()}))
    with pytest.raises(ValueError, match="user_id"):
        await journal.append(NewRecord(type="note", public={"user_id": "1"}))
    with pytest.raises(ValueError, match="JSON"):
        await journal.append(NewRecord(type="note", public={"what": float("nan")}))

    await journal.record_interaction(asked())
    assert len(await everything(journal)) == 1


async def test_settings_of_a_server_are_replaced_and_logged(journal: Journal) -> None:
    assert await journal.guild_settings(GUILD) == {}
    await journal.save_guild_settings(GUILD, {"retention_days": 30}, user_id=ANNA)
    await journal.save_guild_settings(GUILD, {"language": "et"}, user_id=ANNA)

    assert await journal.guild_settings(GUILD) == {"language": "et"}
    logged = await everything(journal, type="setting")
    assert [record.public["value"] for record in logged] == [
        {"retention_days": 30},
        {"language": "et"},
    ]


async def test_a_cancelled_asker_does_not_unwrite_the_record(journal: Journal) -> None:
    task = asyncio.create_task(journal.record_interaction(asked()))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await journal.record_interaction(asked())

    assert len(await everything(journal)) == 2


async def test_closing_writes_what_is_queued(database: str, data_dir: Path) -> None:
    journal = await Journal.open(database, data_dir)
    tasks = [asyncio.create_task(journal.record_interaction(asked())) for _ in range(20)]
    await asyncio.sleep(0)
    await journal.close()
    await asyncio.gather(*tasks)

    again = await Journal.open(database, data_dir)
    assert len(await everything(again)) == 20
    await again.close()


async def test_sqlite_holds_to_its_settings(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    expected = {**PRAGMAS, "synchronous": "2", "foreign_keys": "1"}
    async with engine.connect() as connection:
        for name, value in expected.items():
            found = (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            assert str(found) == value, name
    await engine.dispose()


async def test_fifty_writers_in_as_many_connections_get_along(
    database: str, data_dir: Path, tmp_path: Path
) -> None:
    journals = [await Journal.open(database, tmp_path / f"data-{n}") for n in range(10)]
    await asyncio.gather(
        *(journal.record_interaction(asked()) for journal in journals for _ in range(5))
    )

    for journal in journals:  # whoever had to wait too long has spooled
        await journal.writer.replay()
    assert len(await everything(journals[0])) == 50
    assert (await journals[0].verify()).ok
    for journal in journals:
        await journal.close()
