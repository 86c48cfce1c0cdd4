"""The store: one snapshot at a time, never a broken one, and the watcher that feeds it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.knowledge.store import KnowledgeError, KnowledgeStore


def test_reload_reports_what_was_added_changed_and_removed(base):
    store = KnowledgeStore(base.root)
    before = store.snapshot
    text = base.path("term-red-line").read_text(encoding="utf-8")
    (base.root / "glossary" / "term-new.yaml").write_text(
        text.replace("term-red-line", "term-new"), encoding="utf-8"
    )
    base.edit("view-estonia", "A presence that stays.", "A presence that grows.")
    base.path("term-red-line").unlink()
    report = store.reload()
    assert report.changed and not report.refused
    assert (report.added, report.changed_ids, report.removed) == (
        ("term-new",), ("view-estonia",), ("term-red-line",),
    )  # fmt: skip
    assert store.snapshot is not before
    assert "term-red-line" in before.entries
    assert report.revision == store.snapshot.revision


def test_broken_edit_keeps_the_last_good_snapshot_and_says_so(base):
    store = KnowledgeStore(base.root)
    good = store.snapshot
    base.edit("view-estonia", "tlp: clear", "tlp: whiet")
    report = store.reload()
    assert not report.changed and report.refused
    assert store.snapshot is good and store.stale
    assert [finding.code for finding in store.findings] == ["KB103"]
    base.edit("view-estonia", "tlp: whiet", "tlp: green")
    assert store.reload().changed
    assert not store.stale
    assert store.snapshot.entries["view-estonia"].tlp == "green"


def test_reload_without_a_change_keeps_the_same_snapshot(base):
    store = KnowledgeStore(base.root)
    before = store.snapshot
    assert not store.reload().changed
    assert store.snapshot is before


def test_subscribers_hear_of_changes_and_of_faults_only(base):
    store = KnowledgeStore(base.root)
    heard = []
    unsubscribe = store.subscribe(heard.append)
    store.reload()
    assert heard == []
    base.edit("view-estonia", "tlp: clear", "tlp: whiet")
    store.reload()
    store.reload()
    assert [report.refused for report in heard] == [True]
    base.edit("view-estonia", "tlp: whiet", "tlp: green")
    store.reload()
    assert [report.refused for report in heard] == [True, False]
    unsubscribe()
    base.edit("view-estonia", "tlp: green", "tlp: clear")
    store.reload()
    assert len(heard) == 2


def test_failing_subscriber_does_not_stop_the_next(base):
    store = KnowledgeStore(base.root)
    heard = []
    store.subscribe(lambda _: 1 / 0)
    store.subscribe(heard.append)
    base.edit("view-estonia", "tlp: clear", "tlp: green")
    store.reload()
    assert len(heard) == 1


def test_broken_base_without_an_earlier_state_is_an_error_that_names_the_first_finding(base):
    base.edit("view-estonia", "tlp: clear", "tlp: whiet")
    with pytest.raises(KnowledgeError, match=r"view-estonia\.yaml:\d+:\d+: KB103"):
        KnowledgeStore(base.root)


def test_restart_on_a_broken_base_uses_the_last_good_state(base, tmp_path):
    cache = tmp_path / "cache"
    good = KnowledgeStore(base.root, cache).snapshot
    base.edit("view-estonia", "tlp: clear", "tlp: whiet")
    store = KnowledgeStore(base.root, cache)
    assert store.stale
    assert store.snapshot.entries == good.entries
    assert store.snapshot.revision == good.revision
    assert store.snapshot.vocabulary == good.vocabulary
    assert store.snapshot.intents == good.intents is not None
    assert store.snapshot.disarm == good.disarm is not None


def test_damaged_last_good_state_is_not_used(base, tmp_path):
    cache = tmp_path / "cache"
    KnowledgeStore(base.root, cache)
    path = cache / "last-good.jsonl"
    path.write_text(path.read_text().replace('"kind"', '"knid"'))
    base.edit("view-estonia", "tlp: clear", "tlp: whiet")
    with pytest.raises(KnowledgeError):
        KnowledgeStore(base.root, cache)


def test_readers_see_one_revision_while_others_reload(base):
    store = KnowledgeStore(base.root)
    torn = []
    done = threading.Event()

    def read_on():
        while not done.is_set():
            snapshot = store.snapshot
            if snapshot.entries["view-estonia"].tlp != snapshot.entries["term-red-line"].tlp:
                torn.append(snapshot.revision)

    reader = threading.Thread(target=read_on)
    reader.start()
    try:
        for old, new in [("clear", "green"), ("green", "amber"), ("amber", "clear")]:
            for entry_id in ("view-estonia", "term-red-line"):
                base.edit(entry_id, f"tlp: {old}", f"tlp: {new}")
            store.reload()
    finally:
        done.set()
        reader.join()
    assert torn == []


async def _until(condition, seconds: float = 15.0) -> None:
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen in time")


async def test_watcher_takes_up_edits_atomic_saves_and_survives_broken_ones(base):
    store = KnowledgeStore(base.root)
    stop = asyncio.Event()
    task = asyncio.create_task(store.watch(stop))
    try:
        await asyncio.sleep(0.5)
        base.edit("view-estonia", "tlp: clear", "tlp: green")
        await _until(lambda: store.snapshot.entries["view-estonia"].tlp == "green")
        base.edit("view-estonia", "tlp: green", "tlp: gren")
        await _until(lambda: store.stale)
        assert store.snapshot.entries["view-estonia"].tlp == "green"
        path = base.path("view-estonia")
        temporary = path.with_suffix(".tmp")
        temporary.write_text(path.read_text().replace("tlp: gren", "tlp: amber"))
        temporary.replace(path)
        await _until(lambda: store.snapshot.entries["view-estonia"].tlp == "amber")
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)
