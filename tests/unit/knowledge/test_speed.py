"""A warm start is quick: what was read once is not parsed again."""

from __future__ import annotations

import itertools
import time

ENTRIES = 1000
SECONDS = 0.6
"""A tenth of ten thousand entries in three seconds of a processor, doubled for slow machines."""


def test_a_thousand_entries_load_quickly_from_a_warm_cache(base, tmp_path):
    samples = [base.path("view-estonia"), base.path("analysis-why-now"), base.path("term-red-line")]
    for number, path in zip(range(ENTRIES), itertools.cycle(samples), strict=False):
        name = f"{path.stem}-{number}"
        text = path.read_text(encoding="utf-8").replace(f"id: {path.stem}\n", f"id: {name}\n")
        (path.parent / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert base.load(cache_dir=tmp_path / "cache").findings == ()
    started = time.process_time()
    loaded = base.load(cache_dir=tmp_path / "cache")
    assert time.process_time() - started < SECONDS
    assert loaded.entries == 16 + ENTRIES
