"""Exports: the agreed fields, oldest first, and nothing in them runs."""

from __future__ import annotations

import asyncio
import csv
import io
import json

from desk import ANNA, BORIS, CHANNEL, GUILD, asked

from bot.journal import Journal, NewRecord
from bot.journal.exports import COLUMNS, Format, Selection


async def whole(journal: Journal, form: Format, selection: Selection | None = None) -> str:
    return "".join([piece async for piece in journal.exports.lines(form, selection)])


async def test_json_lines_hold_the_agreed_fields(journal: Journal) -> None:
    first = asked("why?", command="discuss start", entries=("a", "b"))
    await journal.record_interaction(first)
    await journal.record_interaction(asked(guild_id=None, channel_id=None, outcome="error"))
    await journal.record_feedback(
        interaction_id=first.interaction_id, helpful=True, guild_id=GUILD, channel_id=CHANNEL,
        user_id=BORIS,
    )  # fmt: skip

    rows = [json.loads(line) for line in (await whole(journal, "jsonl")).splitlines()]

    assert [row["seq"] for row in rows] == [1, 2, 3]
    assert [row["type"] for row in rows] == ["interaction", "interaction", "feedback"]
    told = rows[0]
    assert told.items() >= {
        "guild_id": GUILD, "channel_id": CHANNEL, "user_id": ANNA, "command": "discuss start",
        "interaction_id": first.interaction_id, "options": {"question": "why?"},
        "entries": ["a", "b"], "knowledge_revision": "rev-1", "outcome": "answered",
    }.items()  # fmt: skip
    assert told["created_at"].endswith("+00:00")
    assert rows[1]["guild_id"] is None
    assert rows[2]["helpful"] is True


async def test_csv_is_whole_and_harmless(journal: Journal) -> None:
    nasty = '=HYPERLINK("http://x","y")\n, "quoted"'
    await journal.record_interaction(asked(nasty))
    rows = list(csv.DictReader(io.StringIO(await whole(journal, "csv"), newline="")))

    assert list(rows[0]) == [*COLUMNS, "details"]
    assert rows[0]["text"] == f"'{nasty}"
    assert json.loads(rows[0]["options"]) == {"question": nasty}
    assert rows[0]["user_id"] == ANNA


async def test_markdown_is_read_not_run(journal: Journal) -> None:
    await journal.record_interaction(asked("# big\n@everyone [x](http://evil) <script>"))
    page = await whole(journal, "md")

    assert page.startswith("# Journal\n")
    assert "@everyone" not in page
    assert "](http" not in page
    assert "<script" not in page.replace("\\<", "")
    assert page.count("\n## ") == 1


async def test_a_selection_is_exact(journal: Journal) -> None:
    for day in (1, 2, 3):
        new = asked(f"day {day}").as_new()
        at = f"2024-01-0{day}T00:00:00.000000+00:00"
        await journal.append(
            NewRecord(new.type, new.public, new.private, GUILD, CHANNEL, ANNA, created_at=at)
        )

    async def found(**selection: str) -> list[int]:
        lines = (await whole(journal, "jsonl", Selection(**selection))).splitlines()
        return [json.loads(line)["seq"] for line in lines]

    assert await found(since="2024-01-02T00:00:00Z") == [2, 3]
    assert await found(until="2024-01-02T00:00:00Z") == [1]
    assert await found(guild_id="8") == []
    assert await found(type="interaction", user_id=ANNA) == [1, 2, 3]


async def test_a_long_export_leaves_the_loop_to_others(journal: Journal) -> None:
    await asyncio.gather(*(journal.record_interaction(asked()) for _ in range(2100)))
    told: list[tuple[int, int]] = []
    turns = 0
    exporting = True

    async def other_work() -> None:
        nonlocal turns
        while exporting:
            turns += 1
            await asyncio.sleep(0)

    work = asyncio.create_task(other_work())
    pieces = journal.exports.lines("jsonl", progress=lambda done, total: told.append((done, total)))
    count = 0
    async for _ in pieces:
        count += 1
        if count == 3:  # what comes after its start does not prolong it
            await journal.record_interaction(asked())
    exporting = False
    await work

    assert count == 2100
    assert told == [(500, 2100), (1000, 2100), (1500, 2100), (2000, 2100), (2100, 2100)]
    assert turns > 10
