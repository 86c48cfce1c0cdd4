"""Loading: everything in one run, snapshot or none, cache, places, and no exception."""

from __future__ import annotations

import hashlib
import os

import pytest

from bot.knowledge.checks import CHECKS
from bot.knowledge.reading import files, load, loading
from bot.knowledge.yaml.reader import read


def test_good_base_becomes_a_snapshot_sorted_by_id(base):
    loaded = base.load()
    assert loaded.ok
    assert list(loaded.snapshot.entries) == sorted(loaded.snapshot.entries)
    assert loaded.entries == len(loaded.snapshot.entries) == 16


def test_revision_is_the_hash_of_paths_and_bytes(base):
    digest = hashlib.sha256()
    for path in sorted(base.root.rglob("*.yaml"), key=lambda each: each.as_posix()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(base.root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    before = base.load().snapshot.revision
    assert before == digest.hexdigest()[:12]
    base.edit("src-brief", "A brief", "A Brief")
    assert base.load().snapshot.revision != before


def test_several_faults_of_several_files_come_in_one_run(base):
    base.edit("law-washington-treaty", "binding: legally-binding", "bindng: half")
    base.edit("law-washington-treaty", "reviewed: 2026-01-01", "reviewed: 01.02.2026")
    base.edit("law-washington-treaty", "Article 5", "12")
    base.edit("view-estonia", "[src-brief]", "[src-breif]")
    loaded = base.load()
    told = [(each.file.split("/")[-1], each.code) for each in loaded.findings]
    assert loaded.snapshot is None
    assert told == [
        ("law-washington-treaty.yaml", "KB106"),
        ("law-washington-treaty.yaml", "KB104"),
        ("law-washington-treaty.yaml", "KB101"),
        ("law-washington-treaty.yaml", "KB103"),
        ("view-estonia.yaml", "KB201"),
    ]


def test_misspelt_required_key_is_one_finding_with_the_right_name(base):
    base.edit("law-washington-treaty", "instrument:", "instrumnet:")
    (finding,) = base.findings()
    assert (finding.code, finding.hint) == ("KB101", "did you mean 'instrument'?")


def test_misspelt_key_deep_inside_is_one_finding(base):
    base.edit("redline-presence-not-negotiable", "say_instead:", "say_insted:")
    assert base.codes() == ["KB101", "KB101"]


def test_reference_to_a_broken_file_is_not_called_unknown(base):
    base.path("src-brief").write_text("a: [", encoding="utf-8")
    assert not [each for each in base.findings() if each.code == "KB201"]


def test_file_is_named_relative_to_the_parent_of_the_directory(base):
    base.edit("src-brief", "reliability: C", "reliability: Z")
    (finding,) = base.findings()
    assert finding.file == "knowledge/sources/src-brief.yaml"
    assert (base.root.parent / finding.file).is_file()


def test_locate_turns_a_field_into_a_place(base):
    loaded = base.load()
    path = ("never_say", 0, "examples", "en", "bad", 0)
    place = loaded.locate("redline-presence-not-negotiable", path)
    text = base.path("redline-presence-not-negotiable").read_text().split("\n")[place.line - 1]
    assert text[place.column - 1 :].startswith("We are open to talks.")
    assert place.file == "knowledge/redlines/redline-presence-not-negotiable.yaml"
    with pytest.raises(KeyError):
        loaded.locate("no-such-entry")


def test_warm_cache_gives_the_same_and_reads_no_yaml(base, tmp_path, monkeypatch):
    cold = base.load(cache_dir=tmp_path / "cache")

    def refuse(_: bytes):
        raise AssertionError("read although cached")

    lists = [path.read_bytes() for path in base.root.glob("*.yaml")]
    monkeypatch.setattr(loading, "read", lambda data: read(data) if data in lists else refuse(data))
    warm = base.load(cache_dir=tmp_path / "cache")
    assert warm.snapshot.entries == cold.snapshot.entries
    assert warm.snapshot.revision == cold.snapshot.revision


def test_cache_never_hides_a_fault(base, tmp_path):
    cache = tmp_path / "cache"
    base.load(cache_dir=cache)
    base.path("src-washington-treaty").unlink()
    base.edit("view-estonia", "voice: analyst-reconstruction", "voice: own-words")
    expected = base.findings()
    assert base.load(cache_dir=cache).findings == expected
    assert base.load(cache_dir=cache).findings == expected
    assert {"KB201", "KB501"} <= {each.code for each in expected}


@pytest.mark.parametrize("damage", [b"", b"\x00\xff garbage", b"{}\n\t\n", b"x\ty\n" * 10])
def test_damaged_cache_is_no_cache(base, tmp_path, damage: bytes):
    cache = tmp_path / "cache"
    good = base.load(cache_dir=cache).snapshot
    (cache / "entries.cache").write_bytes(damage)
    assert base.load(cache_dir=cache).snapshot.entries == good.entries


def test_cache_with_damaged_entries_is_read_again(base, tmp_path):
    cache = tmp_path / "cache"
    good = base.load(cache_dir=cache).snapshot
    path = cache / "entries.cache"
    path.write_bytes(path.read_bytes().replace(b'"kind"', b'"knid"'))
    loaded = base.load(cache_dir=cache)
    assert loaded.findings == ()
    assert loaded.snapshot.entries == good.entries


def test_cache_directory_that_cannot_be_written_costs_only_speed(base, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    assert base.load(cache_dir=blocked / "cache").snapshot is not None


def test_exception_in_one_file_becomes_its_finding_and_the_run_goes_on(base, monkeypatch):
    real = loading.shape

    def failing(model, document):
        if document.data.get("id") == "view-estonia":
            raise RuntimeError("boom")
        return real(model, document)

    monkeypatch.setattr(loading, "shape", failing)
    base.edit("src-brief", "reliability: C", "reliability: Z")
    told = {(each.file.split("/")[-1], each.code) for each in base.findings()}
    assert told == {("view-estonia.yaml", "KB999"), ("src-brief.yaml", "KB103")}


def test_exception_in_one_check_leaves_the_others(base, monkeypatch):
    def failing(_):
        raise RuntimeError("boom")
        yield

    monkeypatch.setattr(loading, "CHECKS", (failing, *CHECKS))
    base.edit("view-estonia", "[src-brief]", "[src-breif]")
    assert set(base.codes()) == {"KB999", "KB201"}


def test_missing_directory_is_a_finding(tmp_path):
    loaded = load(tmp_path / "nowhere")
    assert [each.code for each in loaded.findings] == ["KB018"]
    assert loaded.snapshot is None


def test_unreadable_file_is_a_finding(base):
    path = base.path("view-estonia")
    path.unlink()
    path.symlink_to(path.parent / "gone.yaml")
    assert "KB018" in base.codes()


def test_linked_folder_and_link_to_outside_are_refused(base, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "law-evil.yaml").write_text("id: law-evil\n")
    (base.root / "laws" / "linked").symlink_to(outside, target_is_directory=True)
    (base.root / "laws" / "law-evil.yaml").symlink_to(outside / "law-evil.yaml")
    found = base.load()
    assert [each.code for each in found.findings] == ["KB018", "KB018"]
    assert "law-evil" not in found.files


def test_too_many_files(base, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILES", 10)
    assert "KB017" in base.codes()


@pytest.mark.parametrize("name", [".hidden.yaml", "law-x.yaml~", "#law-x.yaml", "notes.md"])
def test_leavings_of_editors_are_passed_over(base, name: str):
    (base.root / "laws" / name).write_text("{", encoding="utf-8")
    assert base.findings() == ()


def test_windows_file_with_mark_and_crlf_is_the_same_entry(base):
    good = base.load().snapshot.entries["view-estonia"]
    path = base.path("view-estonia")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    loaded = base.load()
    assert loaded.findings == ()
    assert loaded.snapshot.entries["view-estonia"] == good


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads anything")
def test_file_without_permission_is_a_finding(base):
    base.path("view-estonia").chmod(0)
    assert "KB018" in base.codes()


def test_wrong_word_under_kind_is_one_finding(base):
    base.edit("law-washington-treaty", "kind: law", "kind: redline")
    (finding,) = base.findings()
    assert finding.code == "KB109"
    assert "write 'kind: law'" in finding.hint


def test_entry_in_the_folder_of_another_kind_is_one_finding(base):
    path = base.path("view-estonia")
    path.rename(base.root / "laws" / path.name)
    (finding,) = base.findings()
    assert finding.code == "KB109"
    assert "knowledge/perspectives/" in finding.hint


def test_id_that_is_not_the_file_name_is_one_finding_however_often_it_is_cited(base):
    base.edit("law-washington-treaty", "id: law-washington-treaty", "id: law-other-treaty")
    assert base.codes() == ["KB108"]


@pytest.mark.parametrize(
    ("entry_id", "old", "new", "code", "hint"),
    [
        ("view-estonia", "tlp: clear", "tlp: TLP:GREEN", "KB103", "write 'green'"),
        ("view-estonia", "tlp: clear", "tlp: white", "KB103", "write 'clear'"),
        ("view-estonia", "confidence: moderate", "confidence: medium", "KB103", "'moderate'"),
        ("view-estonia", "status: reviewed", "status: Reviewed", "KB103", "'reviewed'"),
        ("view-estonia", "2026-01-01", "2026-1-5", "KB106", "write 2026-01-05"),
        ("view-estonia", "2026-01-01", "31.12.2025", "KB106", "write 2025-12-31"),
        ("view-estonia", "2026-01-01", "2026-02-30", "KB106", "no such day"),
        ("view-estonia", "2026-01-01", '"20260101"', "KB106", "2026-11-23"),
        ("view-estonia", "[A presence that stays.]", "stay", "KB104", "'- '"),
        ("view-estonia", "actor: Estonia", "actor: 12", "KB104", '"12"'),
        ("phase-1-probing", "level: 1", "level: 12", "KB105", "9 or less"),
        ("phase-1-probing", "level: 1", 'level: "1"', "KB104", "without quotes: 1"),
        ("src-brief", "https://", "http://", "KB110", "write 'https://example.org"),
        ("law-washington-treaty", "[P011, P027]", "[p 11]", "KB112", "write 'P011'"),
    ],
)
def test_hint_says_what_to_type(base, entry_id, old, new, code, hint):
    base.edit(entry_id, old, new)
    (finding,) = [each for each in base.findings() if each.code != "KB212"]
    assert finding.code == code
    assert hint in finding.hint
