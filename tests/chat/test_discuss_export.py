"""A discussion as a file, and everything about it as an after-action pack."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import zipfile
from typing import Any

import discord
import pytest
from chat_world import REDLINE, SECRET, World, buttons, shown

from bot.chat import discuss_files
from bot.documents import MissingExtra
from bot.journal import DraftChange
from bot.journal.chain import sha256_of

HOSTILE = "=HYPERLINK(1) @everyone [a](https://evil.example)"


@pytest.fixture
async def thread(world: World) -> Any:
    asked = await world.team.slash(world.channel, "ask", question="why does the demand come now?")
    form = await world.team.click(asked.response, custom_id=buttons(asked)["discuss"]["custom_id"])
    await world.team.submit_modal(form, {"title": "Café at noon"})
    thread = world.channel.threads[-1]
    await world.team.slash(thread, "discuss note", text=HOSTILE, entry=REDLINE)
    await world.officer.slash(thread, "discuss decide", text="We answer today")
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer, due="+3d")
    return thread


async def exported(world: World, thread: Any, form: str, **options: Any) -> tuple[str, bytes]:
    """Name and content of the file that the export hands out."""
    person = options.pop("by", world.team)
    result = await person.slash(thread, "discuss export", format=form, **options)
    assert result.response.ephemeral
    (attached,) = result.response.attachments
    return attached.filename, world.env.backend.cdn.get(attached.url)


async def test_markdown_names_people_and_times_in_the_zone_asked_for(
    world: World, thread: Any
) -> None:
    name, content = await exported(world, thread, "md", zone="Europe/Tallinn")
    text = content.decode()
    assert name.endswith("-caf-at-noon.md")
    assert "Café at noon" in text
    assert "oskar" in text, "names, not numbers"
    assert "Europe\\/Tallinn" in text
    assert "We answer today" in text
    assert "@everyone" not in text
    assert "](https://evil" not in text


async def test_csv_is_safe_to_open_in_a_spreadsheet(world: World, thread: Any) -> None:
    _, content = await exported(world, thread, "csv")
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert [row["event"] for row in rows] == ["note", "decision", "action"]
    assert rows[0]["text"].startswith("'=")
    assert rows[0]["by"] == "tiina"


async def test_json_lines_hold_all_of_it(world: World, thread: Any) -> None:
    _, content = await exported(world, thread, "jsonl")
    rows = [json.loads(line) for line in content.decode().splitlines()]
    assert [row["record"] for row in rows] == ["discussion", *["event"] * 3, "action"]
    assert rows[1]["text"] == HOSTILE


async def test_docx_shows_the_discussion_under_its_marking(world: World, thread: Any) -> None:
    docx = pytest.importorskip("docx")
    name, content = await exported(world, thread, "docx")
    assert name.endswith(".docx")
    document = docx.Document(io.BytesIO(content))
    words = "\n".join(
        [paragraph.text for paragraph in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        + [part.text for section in document.sections for part in section.header.paragraphs]
    )
    assert "Café at noon" in words
    assert "We answer today" in words
    assert "oskar" in words
    assert HOSTILE in words, "word for word: nothing runs or pings in a document"
    assert "TLP:CLEAR" in words


async def test_without_the_extra_docx_is_told_and_the_pack_goes_without(
    world: World, thread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> bytes:
        raise MissingExtra("documents", "DOCX")

    monkeypatch.setattr(discuss_files, "render", missing)
    told = await world.team.slash(thread, "discuss export", format="docx")
    assert "extra documents" in shown(told)
    _, content = await exported(world, thread, "pack")
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert "report.docx" not in pack.namelist()
        assert "report.md" in pack.namelist()


async def with_draft(world: World, tlp: str, draft_id: str) -> None:
    (found,) = await world.services.journal.discussions.find(str(world.guild.id))
    text = f"Draft marked {tlp}"
    await world.services.journal.drafts.save(
        DraftChange(
            draft_id, 0, "drafted", "draft", 1, sha256_of(text), text,
            user_id=str(world.officer.id), user_name="oskar", guild_id=str(world.guild.id),
            discussion_id=found.discussion_id, knowledge_revision="rev-8", tlp=tlp,
        )
    )  # fmt: skip


async def test_the_pack_holds_report_timeline_answers_drafts_and_revision(
    world: World, thread: Any
) -> None:
    pytest.importorskip("docx")
    await with_draft(world, "GREEN", "x1")
    name, content = await exported(world, thread, "pack")
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert pack.testzip() is None
        names = set(pack.namelist())
        answers = [json.loads(line) for line in pack.read("answers.jsonl").splitlines()]
        manifest = json.loads(pack.read("manifest.json"))
        draft = pack.read("drafts/01.md").decode()
    assert names == {
        "report.md", "report.docx", "timeline.csv", "discussion.jsonl", "answers.jsonl",
        "drafts/01.md", "manifest.json",
    }  # fmt: skip
    assert "Why the demand comes now" in answers[0]["answer"]
    assert answers[0]["options"]["question"] == "why does the demand come now?"
    assert world.services.store.snapshot.revision in manifest["knowledge_revisions"]
    assert set(manifest["files"]) == names - {"manifest.json"}
    assert "Draft marked GREEN" in draft


async def test_a_pack_holds_nothing_above_what_its_reader_may_see(
    world: World, thread: Any
) -> None:
    await with_draft(world, "AMBER", "x2")
    await world.officer.slash(thread, "topic", entry=SECRET)
    _, content = await exported(world, thread, "pack")
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        whole = b"".join(pack.read(name) for name in pack.namelist()).decode(errors="replace")
        manifest = json.loads(pack.read("manifest.json"))
        assert not [name for name in pack.namelist() if name.startswith("drafts/")]
    assert "nine days" not in whole
    assert "Draft marked AMBER" not in whole
    assert manifest["withheld"] == 2
    _, content = await exported(world, thread, "pack", by=world.officer)
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert b"nine days" in pack.read("answers.jsonl")
        assert b"Draft marked AMBER" in pack.read("drafts/01.md")


async def test_the_summary_has_a_button_for_the_pack_that_outlives_a_restart(
    world: World, thread: Any
) -> None:
    closed = await world.team.slash(thread, "discuss close")
    card = closed.response.message
    await world.restart()
    result = await world.officer.click(card, custom_id=buttons(closed)["d-pack"]["custom_id"])
    assert result.response.ephemeral
    assert result.response.attachments[0].filename.endswith(".zip")


async def test_a_zone_that_is_none_is_told(world: World, thread: Any) -> None:
    told = await world.team.slash(thread, "discuss export", format="md", zone="Mars/Base")
    assert "no time zone" in shown(told)
    offered = await world.team.autocomplete(thread, "discuss export", "zone", "tallinn")
    assert [choice["value"] for choice in offered] == ["Europe/Tallinn"]


async def test_a_file_that_discord_would_not_take_is_told(
    world: World, thread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        discord.Interaction, "filesize_limit", property(lambda _: 10, lambda *_: None),
        raising=False,
    )  # fmt: skip
    told = await world.team.slash(thread, "discuss export", format="md")
    assert "Discord takes" in shown(told)


async def test_a_long_export_says_how_far_it_is_and_lets_others_be_answered(
    world: World, thread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discuss_files, "PATIENCE", 0.0)
    result = await world.team.slash(thread, "discuss export", format="md")
    told = [
        json.dumps(sent.json, ensure_ascii=False)
        for sent in world.env.http_requests
        if sent.method == "PATCH" and sent.path.endswith("/messages/@original") and sent.json
    ]
    assert any("Reading the discussion" in each for each in told)
    assert any("Finding out names" in each and "▰" in each for each in told)
    assert any("Writing the file" in each for each in told)
    assert result.response.attachments, "the file stands where the progress stood"


async def test_the_loop_goes_on_while_a_large_discussion_is_written(
    world: World, thread: Any
) -> None:
    """Five thousand events: nothing else waits for as long as a second."""
    from bot.journal import NewEvent

    (found,) = await world.services.journal.discussions.find(str(world.guild.id))
    add = world.services.journal.discussions.add
    for start in range(0, 5000, 500):
        await asyncio.gather(
            *(
                add(NewEvent(found.discussion_id, "note", f"note {number} " * 5, "1"))
                for number in range(start, start + 500)
            )
        )
    gaps: list[float] = []

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            await asyncio.sleep(0.005)
            gaps.append(loop.time() - last)
            last = loop.time()

    watcher = asyncio.create_task(watch())
    _, content = await exported(world, thread, "md")
    watcher.cancel()
    assert content.decode().count("note 4999") == 5
    assert max(gaps) < 1.0
