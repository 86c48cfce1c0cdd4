"""What the checks found is remembered for just these files on just this day, and never wrongly."""

from __future__ import annotations

import datetime as dt
import gc

import pytest

from bot.knowledge.collecting import uncollected
from bot.knowledge.reading import check_cache, loading

DAMAGES = [b"", b"\x00\xff", b"{}", b"[]\n[]", b"old 123\n[]"]


@pytest.fixture
def faulty(base):
    """A knowledge base with a reference that leads nowhere."""
    base.path("src-washington-treaty").unlink()
    return base


def refuse(_: object):
    raise AssertionError("checked although remembered")


def test_the_same_files_are_not_checked_again(faulty, tmp_path, monkeypatch) -> None:
    first = faulty.load(cache_dir=tmp_path)
    assert first.findings
    monkeypatch.setattr(loading, "CHECKS", (refuse,))
    again = faulty.load(cache_dir=tmp_path)
    assert again.findings == first.findings
    assert again.snapshot is None


def test_a_mended_file_is_checked_again(faulty, base, tmp_path) -> None:
    kept = base.path("view-estonia").read_text("utf-8")
    base.edit("view-estonia", "voice: analyst-reconstruction", "voice: own-words")
    broken = base.load(cache_dir=tmp_path).findings
    base.path("view-estonia").write_text(kept, "utf-8")
    mended = base.load(cache_dir=tmp_path).findings
    assert len(mended) < len(broken)
    assert mended == base.load().findings


def test_what_depends_on_the_date_is_checked_again_on_another_day(base, tmp_path) -> None:
    now = dt.datetime.now(dt.UTC).date()
    later = now.replace(year=now.year + 20)
    today = loading.load(base.root, cache_dir=tmp_path, today=now).findings
    assert loading.load(base.root, cache_dir=tmp_path, today=later).findings != today
    assert loading.load(base.root, cache_dir=tmp_path, today=now).findings == today


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_old_file_is_no_file(faulty, tmp_path, damage: bytes) -> None:
    expected = faulty.load(cache_dir=tmp_path).findings
    path = tmp_path / check_cache.NAME
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert faulty.load(cache_dir=tmp_path).findings == expected
    assert path.read_bytes() == whole


def test_a_body_that_does_not_fit_is_checked_again(faulty, tmp_path) -> None:
    expected = faulty.load(cache_dir=tmp_path).findings
    path = tmp_path / check_cache.NAME
    for old, new in ((b'"line"', b'"lime"'), (b'"error"', b'"fine"'), (b"]", b"")):
        whole = path.read_bytes()
        assert old in whole
        path.write_bytes(whole.replace(old, new))
        assert faulty.load(cache_dir=tmp_path).findings == expected


def test_another_version_of_the_checks_starts_anew(faulty, tmp_path, monkeypatch) -> None:
    faulty.load(cache_dir=tmp_path)
    monkeypatch.setattr(check_cache, "engine_fingerprint", lambda: "another")
    monkeypatch.setattr(loading, "CHECKS", ())
    assert faulty.load(cache_dir=tmp_path).findings == ()


def test_a_failed_check_is_not_remembered(base, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(loading, "CHECKS", (broken,))
    assert [each.code for each in base.load(cache_dir=tmp_path).findings] == ["KB999"]
    monkeypatch.undo()
    assert base.load(cache_dir=tmp_path).findings == ()


def broken(_: object):
    raise ValueError("a fault of the check")
    yield


def test_the_collector_runs_again_afterwards() -> None:
    assert gc.isenabled()
    with pytest.raises(KeyError), uncollected():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()
    assert not gc.get_freeze_count()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
