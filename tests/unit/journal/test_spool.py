"""The spool: whole records in order, whatever a crash leaves."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.journal.records import NewRecord
from bot.journal.spool import Spool, without_person

ids = st.text(alphabet="123456789", min_size=1, max_size=20)
records = st.builds(
    NewRecord,
    type=st.sampled_from(["interaction", "note"]),
    public=st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8), max_size=3),
    private=st.dictionaries(st.text(max_size=8), st.text(max_size=30), max_size=3),
    user_id=st.none() | ids,
    key=st.uuids().map(lambda value: value.hex),
)


def opened(folder: Path | str, reserve: int = 0) -> Spool:
    spool = Spool(Path(folder) / "journal.spool", reserve=reserve)
    spool.open()
    return spool


class SpoolMachine(RuleBasedStateMachine):
    """Adds, takes and restarts in any order, beside a plain list."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.spool = opened(self.folder.name)
        self.model: list[str] = []
        self.taken: list[str] = []

    @rule(group=st.lists(records, min_size=1, max_size=4))
    def add(self, group: list[NewRecord]) -> None:
        self.spool.add(group)
        self.model += [record.key for record in group]

    @rule(most=st.integers(min_value=1, max_value=5))
    def take(self, most: int) -> None:
        found, end = self.spool.next(most)
        self.spool.take(len(found), end)
        self.taken += [record.key for record in found]
        del self.model[: len(found)]
        if not self.model:
            self.taken.clear()

    @rule(torn=st.binary(max_size=40).filter(lambda data: b"\n" not in data))
    def crash(self, torn: bytes) -> None:
        with self.spool.path.open("ab") as file:
            file.write(torn)
        self.spool = opened(self.folder.name)
        self.model = self.taken + self.model  # all of it again: keys make it count once
        self.taken = []

    @rule()
    def scrub(self) -> None:
        self.spool.scrub(lambda r: without_person(r) if r.user_id else r)

    @invariant()
    def what_waits_is_what_was_added(self) -> None:
        assert self.spool.waiting == len(self.model)
        assert [record.key for record in self.spool.next(10**6)[0]] == self.model

    def teardown(self) -> None:
        self.folder.cleanup()


TestSpoolMachine = SpoolMachine.TestCase
TestSpoolMachine.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)


@settings(deadline=None)
@given(st.lists(records, min_size=1, max_size=5))
def test_what_was_added_is_read_back(group: list[NewRecord]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        opened(folder).add(group)
        found, _ = opened(folder).next(100)
        assert found == group


@settings(deadline=None)
@given(st.lists(records, min_size=1, max_size=4), st.data())
def test_a_file_cut_anywhere_gives_the_whole_records_before_the_cut(
    group: list[NewRecord], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spool = opened(folder)
        spool.add(group)
        whole = spool.path.read_bytes()
        cut = data.draw(st.integers(min_value=0, max_value=len(whole)))
        spool.path.write_bytes(whole[:cut])
        again = opened(folder)
        assert again.next(100)[0] == group[: whole[:cut].count(b"\n")]
        again.add(group)
        assert again.next(100)[0][-len(group) :] == group


def test_a_damaged_record_is_kept_aside_and_holds_nobody_up(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    group = [NewRecord(type="note", public={"n": n}) for n in range(3)]
    spool.add(group)
    lines = spool.path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"n":1', b'"n":7')
    spool.path.write_bytes(b"".join(lines))

    again = opened(tmp_path)

    assert again.next(9)[0] == [group[0], group[2]]
    assert again.waiting == 2
    assert again.damaged.read_bytes() == lines[1]
    opened(tmp_path)
    assert again.damaged.read_bytes() == lines[1]


def test_space_is_set_aside_and_given_back(tmp_path: Path) -> None:
    spool = opened(tmp_path, reserve=1 << 20)
    reserve = tmp_path / "journal.reserve"
    assert reserve.stat().st_size == 1 << 20
    reserve.unlink()
    spool.set_aside()
    assert reserve.stat().st_size == 1 << 20


def test_two_processes_worth_of_writers_do_not_mix_their_lines(tmp_path: Path) -> None:
    spools = [opened(tmp_path) for _ in range(4)]
    group = [NewRecord(type="note", public={"text": "x" * 3000}) for _ in range(5)]

    def add(spool: Spool) -> None:
        for _ in range(20):
            spool.add(group)

    threads = [threading.Thread(target=add, args=(spool,)) for spool in spools]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened(tmp_path).waiting == 4 * 20 * 5
