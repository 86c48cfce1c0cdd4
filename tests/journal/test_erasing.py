"""A forgotten person is nowhere any more, and the chain still fits."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from desk import ANNA, BORIS, CAROL, CHANNEL, GUILD, THREAD, asked, change, everything
from sqlalchemy import MetaData, text

from bot.journal import DraftChange, Journal, NewDiscussion, NewEvent, NewRecord, Query
from bot.journal.chain import sha256_of
from bot.journal.exports import Selection

SECRET = "xylophonist"


async def worked(journal: Journal) -> None:
    """Anna asks, notes, drafts and owns; Boris names her."""
    await journal.record_interaction(asked(f"is the {SECRET} real?", answer="As given."))
    await journal.record_interaction(asked("Boris asks", user_id=BORIS))
    await journal.record_interaction(
        asked("x", user_id=BORIS, options={"owner": ANNA, "n": int(ANNA), "text": f"<@{ANNA}>!"})
    )
    await journal.record_interaction(asked("near", user_id=BORIS, options={"text": f"1{ANNA}"}))
    await journal.discussions.start(
        NewDiscussion("d1", f"About the {SECRET}", ANNA, guild_id=GUILD, thread_id=THREAD)
    )
    for author, said in ((ANNA, f"{SECRET}s everywhere"), (BORIS, f"as <@{ANNA}> says")):
        await journal.discussions.add(NewEvent("d1", "note", said, author))
    await journal.discussions.add(NewEvent("d1", "message", "mine", BORIS, recorded_by=ANNA))
    await journal.discussions.add_action(
        NewEvent("d1", "action", "Call them", BORIS), action_id="a1", owner_id=ANNA
    )
    text_ = f"The {SECRET} speaks."
    await journal.drafts.save(
        DraftChange(
            "draft-1", 0, "drafted", "draft", 1, sha256_of(text_), text_,
            user_id=ANNA, user_name="Anna A.", guild_id=GUILD,
        )
    )  # fmt: skip


async def all_text(journal: Journal) -> str:
    """Every cell of every table, whatever tables there are."""
    found: list[str] = []
    async with journal.engine.connect() as connection:
        metadata = MetaData()
        await connection.run_sync(metadata.reflect)
        for table in metadata.sorted_tables:
            rows = (await connection.execute(text(f'SELECT * FROM "{table.name}"'))).all()
            found += [str(value) for row in rows for value in row]
    assert len(found) > 50
    return "\n".join(found)


async def test_a_forgotten_person_is_in_no_table(journal: Journal) -> None:
    await worked(journal)
    assert SECRET in await all_text(journal)

    erased = await journal.eraser.forget(ANNA)

    left = await all_text(journal)
    assert SECRET not in left
    assert "Anna A." not in left
    assert ANNA not in left.replace(f"1{ANNA}", "")
    assert f"1{ANNA}" in left, "another number that only contains the id is left alone"
    assert (erased.records, erased.mentions) == (4, 4)
    assert "Boris asks" in left
    assert "As given." in left


async def test_the_chain_fits_after_forgetting_and_shows_what_comes_later(
    journal: Journal,
) -> None:
    await worked(journal)
    await journal.eraser.forget(ANNA)
    await journal.eraser.forget(BORIS)
    await journal.eraser.forget(BORIS)
    assert (await journal.verify()).ok

    await change(
        journal, "UPDATE record SET private = '{}', user_id = :who WHERE seq = 1", who=CAROL
    )
    verdict = await journal.verify()
    assert (verdict.ok, verdict.broken_seq) == (False, 1)


async def test_words_struck_out_can_not_be_changed_further(journal: Journal) -> None:
    await worked(journal)
    await journal.eraser.forget(ANNA)
    assert (await journal.verify()).ok
    await change(
        journal, "UPDATE record SET private = REPLACE(private, '<@0>!', 'x') WHERE seq = 3"
    )

    assert (await journal.verify()).broken_seq == 3


async def test_an_erasure_can_not_be_made_to_cover_more(journal: Journal) -> None:
    await worked(journal)
    await journal.eraser.forget(ANNA)
    await change(
        journal, "UPDATE record SET private = NULL, user_id = NULL, salt = NULL WHERE seq = 2"
    )
    await change(
        journal,
        "INSERT INTO erasure (seq, erased_seq) "
        "SELECT seq, 2 FROM record WHERE type = 'erasure' ORDER BY seq LIMIT 1",
    )

    verdict = await journal.verify()
    assert not verdict.ok
    assert "list" in str(verdict.reason)


async def test_search_finds_nothing_of_a_forgotten_person(journal: Journal) -> None:
    await worked(journal)
    assert len(await journal.history.search(Query(SECRET))) == 4
    named = await journal.history.search(Query("says"))

    await journal.eraser.forget(ANNA)

    assert await journal.history.search(Query(SECRET)) == ()
    assert await journal.history.search(Query(person=ANNA)) == ()
    (found,) = await journal.history.search(Query("says"))
    assert found.record.seq == named[0].record.seq
    assert found.snippet.text == "as <@0> says"


async def test_exports_tell_nothing_of_a_forgotten_person(journal: Journal) -> None:
    await worked(journal)
    await journal.eraser.forget(ANNA)

    for form in ("jsonl", "csv", "md"):
        whole = "".join([line async for line in journal.exports.lines(form)])
        assert SECRET not in whole
        assert ANNA not in whole.replace(f"1{ANNA}", "")
    discussion = await journal.discussions.get("d1")
    assert discussion is not None
    assert discussion.title is None
    assert discussion.actions[0].owner_id is None
    lines = [line async for line in journal.exports.lines("jsonl")]
    first = json.loads(lines[0])
    assert (first["user_id"], first["options"], first["erased"]) == (None, None, True)
    assert first["entries"] == ["analysis-timing-of-the-demand"]


async def test_forgetting_reaches_the_files_of_the_database(
    sqlite_url: str, data_dir: Path, tmp_path: Path
) -> None:
    """Not a byte of the words is left in the database file, its log or the index."""
    journal = await Journal.open(sqlite_url, data_dir)
    for number in range(300):
        await journal.record_interaction(asked(f"padding {number} " * 20, user_id=BORIS))
        if number % 30 == 0:
            await journal.record_interaction(asked(f"where is the {SECRET} {number}?" * 30))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(SECRET.encode() in path.read_bytes() for path in files)

    await journal.eraser.forget(ANNA)

    for path in files:
        if path.exists():
            held = path.read_bytes()
            assert SECRET.encode() not in held, path
            assert ANNA.encode() not in held, path
    await journal.close()


async def test_forgetting_reaches_what_waits_in_the_spool(journal: Journal) -> None:
    journal.spool.add([asked(f"the {SECRET}").as_new(), asked("kept", user_id=BORIS).as_new()])
    journal.spool.add([asked("x", user_id=BORIS, options={"who": ANNA}).as_new()])
    size = journal.spool.path.stat().st_size
    journal.rejects.add(asked("refused").as_new(), "too odd")

    erased = await journal.eraser.forget(ANNA)

    assert erased.spooled == 2
    assert SECRET not in journal.spool.path.read_text()
    assert ANNA not in journal.spool.path.read_text()
    assert ANNA not in journal.rejects.path.read_text()
    assert journal.spool.path.stat().st_size == size
    await journal.writer.replay()
    assert [record.user_id for record in await everything(journal)] == [None, BORIS, BORIS]
    assert (await journal.verify()).ok


@pytest.mark.parametrize("user_id", ["", "0", "anna", "1 OR 1=1", "-5", "1" * 21])
async def test_only_ids_are_forgotten(journal: Journal, user_id: str) -> None:
    with pytest.raises(ValueError, match="user id"):
        await journal.eraser.forget(user_id)


async def test_a_person_sees_and_takes_away_what_is_held(journal: Journal) -> None:
    await worked(journal)

    about = await journal.about(ANNA)
    lines = [line async for line in journal.exports.lines("jsonl", Selection(user_id=ANNA))]

    assert about.records == {
        "discussion-event": 1,
        "discussion-start": 1,
        "draft-step": 1,
        "interaction": 1,
    }
    assert (about.mentions, about.actions) == (4, 1)
    assert [json.loads(line)["user_id"] for line in lines] == [ANNA] * 4
    await journal.eraser.forget(ANNA)
    assert (await journal.about(ANNA)).total == 0


OLD = "2025-01-01T00:00:00.000000+00:00"
NOW = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)


async def old_record(journal: Journal, guild: str | None) -> None:
    new = asked(f"{SECRET} of {guild}", guild_id=guild).as_new()
    await journal.append(
        NewRecord(new.type, new.public, new.private, guild, CHANNEL, ANNA, created_at=OLD)
    )


async def test_records_are_kept_as_long_as_their_server_wants(journal: Journal) -> None:
    await journal.save_guild_settings(GUILD, {"retention_days": 30})
    await journal.save_guild_settings("8", {"retention_days": 90})
    await journal.save_guild_settings("9", {"retention_days": None})
    for guild in (GUILD, "8", "9", None):
        await old_record(journal, guild)
    await journal.record_interaction(asked("fresh"))

    purged = await journal.eraser.purge(NOW)

    assert purged.records == 1
    erased = [record for record in await everything(journal) if record.erased]
    assert [record.guild_id for record in erased] == [GUILD]
    assert (await journal.verify()).ok
    assert (await journal.eraser.purge(NOW)).records == 0
    left = await journal.history.search(Query(SECRET))
    assert {found.record.guild_id for found in left} == {"8", "9", None}


async def test_work_in_progress_outlives_its_time(journal: Journal) -> None:
    await journal.save_guild_settings(GUILD, {"retention_days": 30})
    discussions = journal.discussions
    for name in ("open", "closed"):
        await discussions.start(NewDiscussion(name, name, ANNA, GUILD, f"7{name}", at=OLD))
    await discussions.add(NewEvent("open", "note", "go on", ANNA))
    await discussions.add(NewEvent("closed", "note", "done", ANNA))
    await discussions.close("closed", user_id=ANNA)
    await change(journal, "UPDATE discussion SET closed_at = :old WHERE state = 'closed'", old=OLD)
    sha = sha256_of("text")
    await journal.drafts.save(
        DraftChange("live", 0, "drafted", "draft", 1, sha, "text", guild_id=GUILD, at=OLD)
    )
    await journal.drafts.save(
        DraftChange("dead", 0, "drafted", "draft", 1, sha, "text", guild_id=GUILD, at=OLD)
    )
    await journal.drafts.save(
        DraftChange("dead", 1, "withdrew", "withdrawn", 1, sha, guild_id=GUILD, at=OLD)
    )

    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=60)
    await journal.eraser.purge(later)

    kept = await discussions.get("open")
    gone = await discussions.get("closed")
    assert kept is not None and gone is not None
    assert (kept.title, kept.timeline[0].text) == ("open", "go on")
    assert (gone.title, gone.timeline[0].text) == (None, None)
    live, dead = await journal.drafts.get("live"), await journal.drafts.get("dead")
    assert live is not None and dead is not None
    assert not any(step.erased for step in live.steps)
    assert all(step.erased for step in dead.steps)
    assert (await journal.verify()).ok


async def test_many_records_are_erased_in_batches(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.journal.erasing.BATCH", 7)
    for number in range(25):
        await journal.record_interaction(asked(f"number {number}"))
    assert (await journal.eraser.forget(ANNA)).records == 25
    assert len(await everything(journal, type="erasure")) == 4
    assert (await journal.verify()).ok


async def test_other_tables_name_nobody(journal: Journal) -> None:
    """A new column for a person must be known to forgetting: this list is complete."""
    async with journal.engine.connect() as connection:
        metadata = MetaData()
        await connection.run_sync(metadata.reflect)
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if any(part in column.name for part in ("user", "owner", "author", "person", "member"))
    }
    assert columns == {"record.user_id", "actionitem.owner_id"}
