"""What people wait for while they type: choices for an entry, and the check of a long text.

    python tests/benchmarks/chat_steps.py

The knowledge base that ships. Choices: beginnings of one to four letters, Latin and Cyrillic, and
nothing typed yet. Texts: of 4,000 characters, the most that a message of Discord holds, dealt from
the templates' own sentences. Prints Markdown; milliseconds.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.advice.wording import check
from bot.knowledge.kinds import Template
from bot.knowledge.reading import load
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.snapshot import Snapshot

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
BEGINNINGS = ("", "n", "x", "na", "red", "sanc", "санк")
TEXTS = 50
LONGEST = 4000
ROUNDS = 20


def long_texts(snapshot: Snapshot) -> list[str]:
    """So many texts of the greatest length."""
    dice = random.Random(1)
    said = [
        text
        for entry in snapshot.entries.values()
        if isinstance(entry, Template)
        for text in (variant.text for variant in entry.variants.values())
    ]
    return [" ".join(dice.sample(said, len(said)))[:LONGEST] for _ in range(TEXTS)]


def row(name: str, work: Callable[[str], object], given: Sequence[str]) -> str:
    """A line of the table, after one round that is not measured."""
    taken: list[float] = []
    for number in range(ROUNDS + 1):
        for text in given:
            begun = time.perf_counter()
            work(text)
            if number:
                taken.append((time.perf_counter() - begun) * 1e3)
    p50, p99 = np.percentile(taken, (50, 99)).tolist()
    return f"| {name} | {len(taken)} | {p50:.2f} | {p99:.2f} |\n"


def main() -> None:
    snapshot = load(KNOWLEDGE).readable
    if snapshot is None:
        raise SystemExit("the knowledge base cannot be read")
    with tempfile.TemporaryDirectory() as cache:
        engine = SearchEngine(snapshot, cache_dir=Path(cache), semantic=False)
    sys.stdout.write("| step | times | p50 ms | p99 ms |\n| --- | ---: | ---: | ---: |\n")
    sys.stdout.write(row("choices for an entry", engine.complete, BEGINNINGS))
    sys.stdout.write(
        row("check of 4,000 characters", lambda text: check(text, snapshot), long_texts(snapshot))
    )


if __name__ == "__main__":
    main()
