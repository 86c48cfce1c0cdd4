"""Discussions: what was said when, what came of it, and files that tell it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desk import ANNA, BORIS, CAROL, CHANNEL, GUILD, THREAD, asked, everything

from bot.journal import (
    DiscussionState,
    DraftChange,
    Journal,
    NewDiscussion,
    NewEvent,
    minutes,
)
from bot.journal.chain import sha256_of

NAMES = {ANNA: "Anna", BORIS: "Boris [boss](https://evil.example)"}


async def opened(journal: Journal) -> None:
    await journal.discussions.start(
        NewDiscussion(
            "d1", "Who answers?", ANNA, GUILD, THREAD, CHANNEL,
            entries=("analysis-a",), tlp="AMBER", knowledge_revision="rev-7", interaction_id="55",
        )
    )  # fmt: skip


async def test_a_discussion_is_read_back_as_it_went(journal: Journal) -> None:
    await opened(journal)
    add = journal.discussions.add
    await add(NewEvent("d1", "note", "=first", ANNA))
    await add(
        NewEvent(
            "d1", "claim", "they said it", BORIS, recorded_by=ANNA, message_id="66",
            message_link="https://discord.com/channels/1/2/66", entries=("narrative-b",),
            occurred_at="2024-05-01T10:00:00+02:00",
        )
    )  # fmt: skip
    await add(NewEvent("d1", "decision", "We answer today.", CAROL))
    found = await journal.discussions.get("d1")

    assert found is not None
    assert (found.title, found.state, found.tlp) == ("Who answers?", "open", "AMBER")
    assert [event.event for event in found.timeline] == ["claim", "note", "decision"]
    assert found.timeline[0].occurred_at == "2024-05-01T08:00:00.000000+00:00"
    assert found.timeline[0].recorded_at > found.timeline[0].occurred_at
    assert found.people == (ANNA, BORIS, CAROL)
    assert [event.text for event in found.decisions] == ["We answer today."]
    assert found.consulted == ("analysis-a", "narrative-b")
    assert await journal.discussions.in_thread(THREAD) == "d1"
    assert await journal.discussions.get("d2") is None


async def test_edits_and_deletions_leave_what_was_said(journal: Journal) -> None:
    await opened(journal)
    add = journal.discussions.add
    await add(NewEvent("d1", "message", "first wording", ANNA, message_id="1"))
    await add(NewEvent("d1", "edit", "second wording", ANNA, refers_to="1"))
    await add(NewEvent("d1", "message", "gone soon", BORIS, message_id="2"))
    await add(NewEvent("d1", "delete", "", BORIS, refers_to="2"))
    found = await journal.discussions.get("d1")

    assert found is not None
    first, edit, second, _ = found.timeline
    assert (first.text, first.now_text, edit.text) == (
        "first wording", "second wording", "second wording",
    )  # fmt: skip
    assert (second.text, bool(second.deleted_at)) == ("gone soon", True)


async def test_a_message_delivered_twice_is_there_once(journal: Journal) -> None:
    await opened(journal)
    for _ in range(3):
        await journal.discussions.add(
            NewEvent("d1", "message", "hello", ANNA, message_id="1", key="message-1")
        )
    found = await journal.discussions.get("d1")
    assert found is not None
    assert len(found.timeline) == 1


async def test_a_discussion_is_closed_once_and_takes_nothing_after(journal: Journal) -> None:
    await opened(journal)
    results = await asyncio.gather(
        *(journal.discussions.close("d1", user_id=ANNA, summary="Done.") for _ in range(4)),
        return_exceptions=True,
    )
    assert results.count(None) == 1
    assert sum(isinstance(result, DiscussionState) for result in results) == 3
    with pytest.raises(DiscussionState, match="closed"):
        await journal.discussions.add(NewEvent("d1", "note", "late", ANNA))
    with pytest.raises(DiscussionState, match="no discussion"):
        await journal.discussions.add(NewEvent("d9", "note", "lost", ANNA))
    with pytest.raises(DiscussionState, match="already"):
        await opened(journal)
    with pytest.raises(ValueError, match="close"):
        await journal.discussions.add(NewEvent("d1", "close", "sly", ANNA))
    found = await journal.discussions.get("d1")
    assert found is not None
    assert (found.state, found.timeline[-1].text) == ("closed", "Done.")
    assert found.lasted.total_seconds() >= 0
    assert await journal.discussions.in_thread(THREAD) is None


async def test_actions_are_owned_reminded_of_and_done_once(journal: Journal) -> None:
    await opened(journal)
    add = journal.discussions.add_action
    await add(
        NewEvent("d1", "action", "Call Tallinn", ANNA),
        action_id="a1", owner_id=BORIS, due_at="2024-06-02T00:00:00Z",
        remind_at="2024-06-01T12:00:00+03:00",
    )  # fmt: skip
    await add(NewEvent("d1", "action", "Some day", ANNA), action_id="a2")
    assert [a.text for a in await journal.discussions.open_actions(GUILD)] == [
        "Call Tallinn", "Some day",
    ]  # fmt: skip
    assert [a.action_id for a in await journal.discussions.open_actions(GUILD, owner_id=BORIS)] == [
        "a1"
    ]

    assert await journal.discussions.due_reminders("2024-06-01T08:59:59Z") == ()
    (due,) = await journal.discussions.due_reminders("2024-06-01T09:00:00Z")
    assert due.action_id == "a1"
    claims = await asyncio.gather(*(journal.discussions.claim_reminder("a1") for _ in range(3)))
    assert sorted(claims) == [False, False, True]
    assert await journal.discussions.due_reminders("2024-06-01T09:00:00Z") == ()

    await journal.discussions.close("d1", user_id=ANNA)
    await journal.discussions.finish_action("a1", user_id=BORIS, note="They agree.")
    with pytest.raises(DiscussionState, match="done already"):
        await journal.discussions.finish_action("a1", user_id=BORIS)
    with pytest.raises(DiscussionState, match="no action"):
        await journal.discussions.finish_action("a9", user_id=BORIS)
    await journal.discussions.finish_action("a1", user_id=BORIS, done=False)
    assert len(await journal.discussions.open_actions(GUILD)) == 2
    with pytest.raises(ValueError, match="zone"):
        await add(NewEvent("d1", "action", "x", ANNA), action_id="a3", due_at="2024-06-02T00:00:00")
    assert (await journal.verify()).ok


async def test_a_server_sees_its_own_discussions(journal: Journal) -> None:
    await opened(journal)
    await journal.discussions.start(NewDiscussion("d2", "Elsewhere", ANNA, "8", "9"))
    assert [d.discussion_id for d in await journal.discussions.find(GUILD)] == ["d1"]
    assert await journal.discussions.find(GUILD, state="closed") == ()


async def test_files_tell_a_discussion(journal: Journal) -> None:
    await opened(journal)
    await journal.discussions.add(NewEvent("d1", "note", "=1+1\n# not a heading @everyone", BORIS))
    await journal.discussions.add_action(
        NewEvent("d1", "action", "Call", ANNA), action_id="a1", owner_id=BORIS
    )
    await journal.discussions.close("d1", user_id=ANNA)
    found = await journal.discussions.get("d1")
    assert found is not None

    report = minutes.as_markdown(found, NAMES, ZoneInfo("Europe/Tallinn"))
    rows = list(csv.DictReader(io.StringIO(minutes.as_csv(found, NAMES), newline="")))
    lines = [json.loads(line) for line in minutes.as_jsonl(found).splitlines()]

    assert report.startswith("# Who answers?\n")
    assert "TLP:AMBER" in report
    assert "Europe\\/Tallinn" in report
    assert "\n# not" not in report
    assert "@everyone" not in report
    assert "](https" not in report
    assert "- [ ] Call" in report
    assert rows[0]["text"] == "'=1+1\n# not a heading @everyone"
    assert [line["record"] for line in lines] == [
        "discussion", "event", "event", "event", "action",
    ]  # fmt: skip
    assert lines[1]["text"] == "=1+1\n# not a heading @everyone"


async def test_the_pack_holds_all_of_it_and_no_stranger_s_question(
    journal: Journal, tmp_path: Path
) -> None:
    await opened(journal)
    origin = asked("what they asked", interaction_id="55", answer="**Answer one**")
    private = asked("nobody's business", user_id=CAROL, channel_id=THREAD, answer="Two")
    shared = asked("for all", channel_id=THREAD, knowledge_revision="rev-9")
    for record in (origin, private, shared):
        await journal.record_interaction(record)
    await journal.record_share(
        interaction_id=shared.interaction_id, message_id="1", entries=(), tlp="GREEN",
        guild_id=GUILD, channel_id=THREAD, user_id=ANNA,
    )  # fmt: skip
    await journal.drafts.save(
        DraftChange(
            "x", 0, "drafted", "draft", 1, sha256_of("text"), "text", user_id=ANNA,
            user_name="Anna", guild_id=GUILD, discussion_id="d1", knowledge_revision="rev-8",
        )
    )  # fmt: skip
    path = tmp_path / "pack.zip"

    contents = await journal.packs.write("d1", path, names=NAMES)

    assert contents is not None
    with zipfile.ZipFile(path) as pack:
        assert pack.testzip() is None
        names = set(pack.namelist())
        answers = [json.loads(line) for line in pack.read("answers.jsonl").splitlines()]
        manifest = json.loads(pack.read("manifest.json"))
        draft = pack.read("drafts/01.md").decode()
        whole = b"".join(pack.read(name) for name in names).decode()
    assert names == {
        "report.md", "timeline.csv", "discussion.jsonl", "answers.jsonl", "drafts/01.md",
        "manifest.json",
    }  # fmt: skip
    assert [answer["answer"] for answer in answers] == ["**Answer one**", "Two", None]
    assert [answer["options"] for answer in answers] == [
        {"question": "what they asked"}, None, {"question": "for all"},
    ]  # fmt: skip
    assert answers[1]["user_id"] is None
    assert "business" not in whole
    assert "> text" in draft
    assert manifest["knowledge_revisions"] == ["rev-1", "rev-7", "rev-8", "rev-9"]
    assert manifest["journal_end"]["seq"] == (await everything(journal))[-1].seq
    assert await journal.packs.write("d9", tmp_path / "none.zip", names={}) is None
    assert not (tmp_path / "none.zip").exists()
