"""Search: by words in any form and script, by filters, and never more than one may see."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from desk import ANNA, BORIS, CAROL, CHANNEL, GUILD, THREAD, asked, everything
from sqlalchemy import text

from bot.journal import DraftChange, Journal, NewDiscussion, NewEvent, Query, Viewer
from bot.journal.chain import sha256_of


async def texts(journal: Journal, query: Query) -> list[str]:
    return [found.snippet.text for found in await journal.history.search(query)]


async def noted(journal: Journal, *words: str) -> None:
    await journal.discussions.start(
        NewDiscussion("d1", "Opening title", ANNA, GUILD, THREAD, CHANNEL)
    )
    for word in words:
        await journal.discussions.add(NewEvent("d1", "note", word, ANNA))


SAME = [
    ("withdrawal", "They demand withdrawals from us"),
    ("WITHDRAW", "the withdrawal demand"),
    ("Литва", "что будет с Литвой дальше"),
    ("угрозы", "это угроза, не предложение"),
    ("pozostaną", "Wojska pozostana na miejscu"),
    ("zolnierze", "Żołnierze sojuszu"),
    ("vācu", "Vacu bataljons"),
    ("läbirääkimised", "labiraakimiste koht"),
    ("große", "GROSSE Worte"),
    ("Києва", "у Києві кажуть"),
    ("Lietuvos", "Lietuva neprašo leidimo"),
    ("deployment troops", "troops: their forward deployments"),
]


@pytest.mark.parametrize(("query", "said"), SAME)
async def test_words_are_found_in_any_form(journal: Journal, query: str, said: str) -> None:
    await noted(journal, "Something else entirely", said, "unrelated")
    assert await texts(journal, Query(query)) == [said]


async def test_all_kinds_of_words_are_found(journal: Journal) -> None:
    await noted(journal, "a note on corridors")
    await journal.record_interaction(asked("a question on corridors"))
    await journal.record_interaction(
        asked("x", command="match", options={"text": ["a statement on corridors"]})
    )
    await journal.drafts.save(
        DraftChange("x", 0, "drafted", "draft", 1, sha256_of("c"), "c", reason="on corridors")
    )
    found = await journal.history.search(Query("corridor"))
    assert [hit.record.type for hit in found] == [
        "draft-step", "interaction", "interaction", "discussion-event",
    ]  # fmt: skip
    assert await texts(journal, Query("opening", types=["discussion-start"])) == ["Opening title"]
    only = Query("corridor", types=["interaction"])
    assert {hit.record.type for hit in await journal.history.search(only)} == {"interaction"}


async def test_the_better_match_comes_first(journal: Journal) -> None:
    await noted(
        journal,
        "the red line on nuclear sharing",
        "red herrings and a long line of many other words that stand in between",
        "a line",
        "lines, some red",
    )
    found = await journal.history.search(Query("red line"))
    assert [hit.snippet.text[:12] for hit in found] == [
        "the red line", "red herrings", "lines, some ", "a line",
    ]  # fmt: skip
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)


async def test_filters_narrow(journal: Journal) -> None:
    await journal.record_interaction(asked("about borders", entries=("one", "two")))
    await journal.record_interaction(asked("about borders", user_id=BORIS, channel_id="5"))
    await journal.record_interaction(asked("about borders", guild_id="8", entries=()))
    await noted(journal, "about borders")

    async def seqs(**filters: str) -> list[int]:
        found = await journal.history.search(Query("borders", **filters))  # type: ignore[arg-type]
        return sorted(hit.record.seq for hit in found)

    assert await seqs() == [1, 2, 3, 5]
    assert await seqs(person=BORIS) == [2]
    assert await seqs(channel="5") == [2]
    assert await seqs(channel=CHANNEL) == [1, 3, 5]  # the thread is under it
    assert await seqs(entry="two") == [1]
    assert await seqs(guild="8") == [3]
    assert await seqs(discussion="d1") == [5]
    latest = await journal.history.search(Query(person=ANNA, limit=2))
    assert [hit.record.seq for hit in latest] == [5, 4]


async def test_times_are_exact(journal: Journal) -> None:
    times = ["2023-11-30T23:59:59", "2023-12-31T12:00:00", "2024-01-01T00:00:00",
             "2024-02-29T10:00:00", "2025-03-01T00:00:01"]  # fmt: skip
    for at in times:
        record = asked("clock").as_new()
        await journal.append(replace(record, created_at=f"{at}.000000+00:00"))

    async def found(since: str | None, until: str | None) -> list[int]:
        query = Query("clock", since=since, until=until)
        return sorted(hit.record.seq for hit in await journal.history.search(query))

    assert await found("2023-12-01T00:00:00Z", None) == [2, 3, 4, 5]
    assert await found(None, "2024-01-01T00:00:00Z") == [1, 2]
    assert await found("2024-01-01T00:00:00Z", "2024-02-29T10:00:00Z") == [3]
    assert await found("2024-01-01T02:00:00+02:00", "2024-02-29T12:00:01+02:00") == [3, 4]
    assert await found("2023-01-01T00:00:00Z", "2026-01-01T00:00:00Z") == [1, 2, 3, 4, 5]
    assert await found("2025-01-01T00:00:00Z", "2024-01-01T00:00:00Z") == []
    with pytest.raises(ValueError, match="zone"):
        await found("2024-01-01T00:00:00", None)


async def test_the_latest_outside_the_filters_do_not_hide_the_rest(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of the same day than one page of candidates, all after the hour asked for."""
    monkeypatch.setattr("bot.journal.history.CANDIDATES", 5)
    for minute in range(40):
        record = asked("clock").as_new()
        at = f"2024-01-01T10:{minute:02d}:00.000000+00:00"
        await journal.append(replace(record, created_at=at))
    query = Query("clock", until="2024-01-01T10:03:00Z", limit=3)
    assert [hit.record.seq for hit in await journal.history.search(query)] == [3, 2, 1]


async def test_people_see_what_they_may_see(journal: Journal) -> None:
    await journal.record_interaction(asked("mine secret", tlp="RED"))  # 1
    await journal.record_interaction(asked("yours secret", user_id=BORIS))  # 2
    await journal.record_interaction(asked("other server secret", guild_id="8"))  # 3
    await journal.record_interaction(asked("direct secret", guild_id=None, channel_id="9"))  # 4
    for number, (thread, parent, tlp) in enumerate(
        [(THREAD, CHANNEL, "GREEN"), ("73", "74", "CLEAR"), (THREAD, CHANNEL, "AMBER")]
    ):
        name = f"d{number}"
        await journal.discussions.start(
            NewDiscussion(name, "title", CAROL, GUILD, thread, parent, tlp=tlp)
        )
        await journal.discussions.add(NewEvent(name, "note", "secret", CAROL))  # 6, 8, 10

    async def seen(viewer: Viewer | None) -> list[int]:
        found = await journal.history.search(Query("secret", viewer=viewer))
        return sorted(hit.record.seq for hit in found)

    here = frozenset({CHANNEL})
    assert await seen(None) == [1, 2, 3, 4, 6, 8, 10]
    assert await seen(Viewer(ANNA, GUILD, here)) == [1, 6]
    assert await seen(Viewer(ANNA, GUILD, frozenset({THREAD}), tlp="AMBER")) == [1, 6, 10]
    assert await seen(Viewer(ANNA, GUILD, None)) == [1, 6, 8]
    assert await seen(Viewer(ANNA, GUILD, frozenset())) == [1]
    assert await seen(Viewer(BORIS, GUILD, here, tlp="CLEAR")) == [2]
    assert await seen(Viewer(ANNA, None, None)) == [4]
    assert await seen(Viewer(BORIS, None, None)) == []
    assert await seen(Viewer(BORIS, GUILD, here, tlp="RED", all_questions=True)) == [1, 2, 6, 10]
    many = frozenset({CHANNEL, *map(str, range(1000, 1200))})
    assert await seen(Viewer(ANNA, GUILD, many)) == [1, 6]


async def test_drafts_are_for_those_who_write_and_approve_messages(journal: Journal) -> None:
    text = "secret wording"
    await journal.drafts.save(
        DraftChange(
            "dr-1", 0, "drafted", "draft", 1, sha256_of(text), text,
            user_id=ANNA, guild_id=GUILD, channel_id=CHANNEL,
        )
    )  # fmt: skip

    async def seen(viewer: Viewer | None) -> int:
        return len(await journal.history.search(Query("secret", viewer=viewer)))

    here = frozenset({CHANNEL})
    assert await seen(Viewer(BORIS, GUILD, here)) == 0
    assert await seen(Viewer(BORIS, GUILD, here, tlp="RED", all_questions=True)) == 0
    assert await seen(Viewer(BORIS, GUILD, here, drafts=True)) == 1
    assert await seen(Viewer(BORIS, GUILD, frozenset(), drafts=True)) == 0
    assert await seen(Viewer(ANNA, GUILD, here)) == 1, "one's own"


async def test_no_text_poses_as_a_filter(journal: Journal) -> None:
    pose = f"g{GUILD} c{CHANNEL} u{ANNA} open tlp0 kinteraction :open secret"
    await journal.record_interaction(asked(pose, guild_id="8", user_id=BORIS, channel_id="9"))
    viewer = Viewer(ANNA, GUILD, frozenset({CHANNEL}))
    assert await texts(journal, Query("secret", viewer=viewer)) == []
    assert await texts(journal, Query("secret", person=ANNA)) == []


@pytest.mark.parametrize(
    "query",
    ['"', "a AND", "NOT x", "x:*", "words : y", "(((", "'; DROP TABLE search", "*", "^z", "a-b",
     "NEAR(a b)", "& | !", "\\", "\x00", "👍", "ω" * 5000, "a " * 3000],
)  # fmt: skip
async def test_any_text_is_a_query(journal: Journal, query: str) -> None:
    await journal.record_interaction(asked("nothing of it"))
    await journal.history.search(Query(query))
    assert len(await journal.history.search(Query("nothing"))) == 1


async def test_an_index_is_filled_for_what_was_there_before(
    database: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an upgrade, and after a change of how words are cut."""
    monkeypatch.setattr("bot.journal.maintenance.BATCH", 4)
    journal = await Journal.open(database, data_dir)
    for number in range(10):
        await journal.record_interaction(asked(f"number {number} withdrawal"))
    async with journal.engine.begin() as connection:
        await connection.execute(text("DELETE FROM search"))
    monkeypatch.setattr("bot.journal.terms.VERSION", 99)
    await journal.close()

    again = await Journal.open(database, data_dir)
    await again.record_interaction(asked("one more withdrawal"))
    await again.maintenance.fill_index()
    found = await again.history.search(Query("withdrawal", limit=50))
    assert sorted(hit.record.seq for hit in found) == list(range(1, 12))
    assert await again.maintenance.fill_index() == 0
    await again.close()


async def test_searching_goes_on_while_records_come_in(journal: Journal) -> None:
    writes = asyncio.gather(
        *(journal.record_interaction(asked(f"steady {number}")) for number in range(200))
    )
    for _ in range(5):
        await journal.history.search(Query("steady"))
    await writes
    assert len(await journal.history.search(Query("steady", limit=500))) == 200
    assert len(await everything(journal)) == 200
