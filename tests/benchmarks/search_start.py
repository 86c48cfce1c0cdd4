"""Processor time from a cold process to the first lexical answer, with a warm cache.

    python tests/benchmarks/search_start.py [0 10000]

The knowledge base that ships, and copies of its entries under other ids up to so many (0: none).
The cache holds the parsed entries and the search index, each keyed by content. Prints Markdown.
"""

from __future__ import annotations

import itertools
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
SIZES = (0, 10_000)

ANSWER = """
from pathlib import Path
from bot.knowledge.reading import load
from bot.knowledge.search.engine import SearchEngine
loaded = load(Path("{directory}"), cache_dir=Path("{cache}"))
engine = SearchEngine(loaded.readable, cache_dir=Path("{cache}"), semantic=False)
assert engine.search("what if we stay silent?").hits
print(loaded.entries)
"""


def enlarged(directory: Path, size: int) -> None:
    """Copy the knowledge base and add copies of its entries until there are so many."""
    shutil.copytree(KNOWLEDGE, directory, ignore=shutil.ignore_patterns("_schema"))
    entries = sorted(path for path in directory.glob("*/*.yaml") if path.parent.name != "sources")
    for number, path in zip(range(size - len(entries)), itertools.cycle(entries), strict=False):
        name = f"{path.stem[:50]}-{number}"
        text = re.sub(r"(?m)^id: .*$", f"id: {name}", path.read_text("utf-8"), count=1)
        (path.parent / f"{name}.yaml").write_text(text, "utf-8")


def answer(directory: Path, cache: Path) -> tuple[int, float]:
    """Entries, and seconds of processor time of a process that answers one query and ends."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", ANSWER.format(directory=directory, cache=cache)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(KNOWLEDGE.parent)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return int(done.stdout), taken


def main(sizes: tuple[int, ...]) -> None:
    sys.stdout.write("| files | first start CPU s | warm start CPU s |\n| ---: | ---: | ---: |\n")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            directory, cache = Path(folder) / "knowledge", Path(folder) / "cache"
            enlarged(directory, size)
            entries, first = answer(directory, cache)
            warm = min(answer(directory, cache)[1] for _ in range(3))
            sys.stdout.write(f"| {entries:,} | {first:.2f} | {warm:.2f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
