"""Whatever is changed behind the journal's back shows, and nothing else does."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from desk import ANNA, BORIS, CHANNEL, GUILD, asked, change, everything

from bot.journal import Journal

RECORDS = 12


async def filled(journal: Journal) -> None:
    for number in range(RECORDS - 2):
        await journal.record_interaction(asked(f"question {number}", answer=f"answer {number}"))
    origin = str((await everything(journal))[0].public["interaction_id"])
    where = {"guild_id": GUILD, "channel_id": CHANNEL, "user_id": BORIS}
    await journal.record_feedback(interaction_id=origin, helpful=True, **where)
    await journal.record_share(
        interaction_id=origin, message_id=None, entries=(), tlp="CLEAR", **where
    )


async def test_an_untouched_journal_fits(journal: Journal) -> None:
    assert (await journal.verify()).ok  # empty
    await filled(journal)

    told: list[tuple[int, int]] = []
    verdict = await journal.verify(progress=lambda done, total: told.append((done, total)))

    assert verdict.ok
    assert verdict.checked == RECORDS
    assert verdict.end[0] == RECORDS
    assert told[-1] == (RECORDS, RECORDS)


ALTERED = {
    "public": "UPDATE record SET public = REPLACE(public, 'answered', 'refused') WHERE seq = 5",
    "question": "UPDATE record SET private = REPLACE(private, 'question 4', 'x') WHERE seq = 5",
    "person": "UPDATE record SET user_id = '9' WHERE seq = 5",
    "time": "UPDATE record SET created_at = '2020' || SUBSTR(created_at, 5) WHERE seq = 5",
    "place": "UPDATE record SET channel_id = NULL WHERE seq = 5",
    "type": "UPDATE record SET type = 'note' WHERE seq = 5",
    "hash": "UPDATE record SET hash = previous WHERE seq = 5",
    "salt": "UPDATE record SET salt = '00' WHERE seq = 5",
    "words wiped": "UPDATE record SET private = NULL, user_id = NULL, salt = NULL WHERE seq = 5",
    "salt wiped": "UPDATE record SET salt = NULL WHERE seq = 5",
    "view": "UPDATE interaction SET outcome = 'refused' WHERE seq = 5",
    "entry": "UPDATE interactionentry SET entry_id = 'other' WHERE seq = 5",
    "answer": "UPDATE given SET text = 'other' WHERE text = 'answer 4'",
    "answer gone": "DELETE FROM given WHERE text = 'answer 4'",
}


@pytest.mark.parametrize("what", ALTERED)
async def test_an_altered_record_is_the_first_that_does_not_fit(
    journal: Journal, what: str
) -> None:
    await filled(journal)
    await change(journal, ALTERED[what])

    verdict = await journal.verify()

    assert not verdict.ok
    assert verdict.broken_seq == 5
    assert verdict.reason


async def _remove(journal: Journal, condition: str) -> None:
    for table in ("interaction", "interactionentry", "feedback", "share", "record"):
        await change(journal, f"DELETE FROM {table} WHERE {condition}")


async def test_a_record_removed_from_the_middle_shows(journal: Journal) -> None:
    await filled(journal)
    await _remove(journal, "seq = 5")

    verdict = await journal.verify()

    assert (verdict.broken_seq, verdict.reason) == (5, "is missing")


async def test_records_closed_up_after_a_removal_show(journal: Journal) -> None:
    await filled(journal)
    await _remove(journal, "seq = 12")
    await change(journal, "UPDATE head SET seq = 11")

    assert not (await journal.verify()).ok


async def test_two_records_in_exchanged_places_show(journal: Journal) -> None:
    await filled(journal)
    for table in ("interaction", "interactionentry"):
        await change(journal, f"DELETE FROM {table} WHERE seq IN (5, 6)")
    await change(journal, "UPDATE record SET seq = 99 WHERE seq = 5")
    await change(journal, "UPDATE record SET seq = 5 WHERE seq = 6")
    await change(journal, "UPDATE record SET seq = 6 WHERE seq = 99")

    assert (await journal.verify()).broken_seq == 5


async def test_records_cut_off_at_the_end_show_by_the_head(journal: Journal) -> None:
    await filled(journal)
    journal.anchor.path.unlink()
    await _remove(journal, "seq > 8")

    verdict = await journal.verify()

    assert verdict.broken_seq == 9
    assert "missing" in str(verdict.reason)


async def _cut_off(journal: Journal, last: int) -> None:
    """Cut the end off and have the database's own head agree."""
    await _remove(journal, f"seq > {last}")
    await change(
        journal,
        "UPDATE head SET seq = :last, hash = (SELECT hash FROM record WHERE seq = :last)",
        last=last,
    )


async def test_records_cut_off_with_the_head_show_by_the_note_beside_the_database(
    journal: Journal,
) -> None:
    await filled(journal)
    await _cut_off(journal, 8)

    verdict = await journal.verify()

    assert verdict.broken_seq == 9
    assert "9 to 12" in str(verdict.reason)


async def test_an_end_noted_elsewhere_shows_what_was_rewritten_since(journal: Journal) -> None:
    await filled(journal)
    noted = (await journal.verify()).end
    await _cut_off(journal, 8)
    journal.anchor.path.unlink()
    assert (await journal.verify()).ok  # nobody here knows better
    for _ in range(8):
        await journal.record_interaction(asked())

    verdict = await journal.verify([("the note", noted)])

    assert verdict.broken_seq == 12
    assert "the note" in str(verdict.reason)


async def test_what_was_cut_off_before_a_start_stays_on_record(
    database: str, data_dir: Path
) -> None:
    journal = await Journal.open(database, data_dir)
    await filled(journal)
    await _cut_off(journal, 8)
    await journal.close()

    again = await Journal.open(database, data_dir)
    for _ in range(10):
        await again.record_interaction(asked())
    broken = await again.verify()
    assert (broken.ok, broken.broken_seq) == (False, 9)
    assert "redline journal accept" in str(broken.reason)

    with pytest.raises(ValueError, match="why"):
        await again.accept(" ")
    await again.accept("the backup of yesterday was put back")
    assert (await again.verify()).ok
    assert [r.public["reason"] for r in await everything(again, type="accepted")] == [
        "the backup of yesterday was put back"
    ]
    await again.close()


async def test_verifying_and_writing_do_not_disturb_each_other(journal: Journal) -> None:
    await filled(journal)
    writes = [asyncio.create_task(journal.record_interaction(asked())) for _ in range(300)]
    verdicts = await asyncio.gather(*(journal.verify() for _ in range(4)))
    await asyncio.gather(*writes)

    assert all(verdict.ok for verdict in verdicts)
    assert (await journal.verify()).checked == RECORDS + 300


async def test_a_kill_while_the_end_is_noted_is_no_alarm(journal: Journal) -> None:
    """The note is written after the commit: it may be behind, or cut short on a first write."""
    await filled(journal)
    behind = journal.anchor.read()
    await journal.record_interaction(asked(user_id=ANNA))
    assert behind is not None
    journal.anchor.write(behind)
    assert (await journal.verify()).ok

    journal.anchor.path.write_text("000000")
    assert (await journal.verify()).ok
