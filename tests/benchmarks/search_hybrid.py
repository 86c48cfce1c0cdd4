"""How much a hybrid search takes beyond the bare embedding of its query.

    python tests/benchmarks/search_hybrid.py

The knowledge base that ships, every third of its own golden questions. Each question is embedded
and searched for in turn, the order changing from round to round; of each the quickest of three
rounds counts, for the model's threads are at the mercy of what else runs. Prints Markdown.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.knowledge.reading import load
from bot.knowledge.search import questions, semantic
from bot.knowledge.search.engine import SearchEngine

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
ROUNDS = 3


def quickest(texts: list[str], works: dict[str, Callable[[str], object]]) -> dict[str, list[float]]:
    """Milliseconds by work, one a text."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for text in texts:
        best = dict.fromkeys(works, float("inf"))
        for turn in range(ROUNDS):
            for name in list(works)[:: 1 if turn % 2 == 0 else -1]:
                begun = time.perf_counter()
                works[name](text)
                best[name] = min(best[name], (time.perf_counter() - begun) * 1000)
        for name, value in best.items():
            found[name].append(value)
    return found


def main() -> None:
    loaded = load(KNOWLEDGE)
    if loaded.readable is None:
        raise SystemExit("the knowledge base cannot be read")
    engine = SearchEngine(loaded.readable)
    encoder = semantic.encoder()
    if engine.semantic is None or encoder is None:
        sys.exit("search by meaning is not installed (extra: semantic)")
    asked = questions.read(KNOWLEDGE / "questions.yaml").questions
    texts = [question.ask for question in asked][::3]
    works: dict[str, Callable[[str], object]] = {
        "bare embedding": encoder.query,
        "hybrid search": engine.search,
    }
    quickest(texts[:20], works)
    taken = quickest(texts, works)
    bare = statistics.median(taken["bare embedding"])
    sys.stdout.write(f"{len(texts)} questions\n\n| | p50 ms | p99 ms | p50 to bare |\n")
    sys.stdout.write("| --- | ---: | ---: | ---: |\n")
    for name, times in taken.items():
        half, most = statistics.median(times), statistics.quantiles(times, n=100)[98]
        sys.stdout.write(f"| {name} | {half:.1f} | {most:.1f} | {half / bare:.2f} |\n")


if __name__ == "__main__":
    main()
