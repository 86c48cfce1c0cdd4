"""How many interactions a second the journal takes on SQLite, beside a bare `executemany`.

Both write the same rows to the same tables, in transactions of the same sizes, with the same
settings of SQLite (WAL, every commit synced to disk). The bare side gets its rows ready made; the
journal makes them from records (each client waits until its own is on disk): canonical JSON, salted
digests, hash chain, words for the search.

    python tests/benchmarks/journal_write.py [--records 20000]
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.journal import InteractionRecord, Journal
from bot.journal.database import PRAGMAS
from bot.journal.log import End, Prepared

TABLES = ("record", "interaction", "interactionentry", "search")
QUESTIONS = (
    "why does Moscow bring up the Baltic states now, and what is our answer to it?",
    "is the presence of allied troops negotiable if the talks go on?",
    "что делать, если требование повторят на следующей неделе",
    "who decides whether the statement goes out before the meeting",
)


def record(number: int) -> InteractionRecord:
    return InteractionRecord(
        interaction_id=str(900000000000000000 + number),
        command="ask",
        outcome="answered",
        knowledge_revision="0123456789abcdef",
        latency_ms=40 + number % 100,
        guild_id="700000000000000001",
        channel_id=f"71000000000000{number % 50:04d}",
        user_id=f"10000000000000{number % 300:04d}",
        options={"question": f"{QUESTIONS[number % len(QUESTIONS)]} {number}"},
        entries=("analysis-timing-of-the-demand", "redline-no-negotiation"),
        language="en",
    )


async def journalled(path: Path, records: int, clients: int) -> tuple[float, list[int]]:
    """Seconds for `clients` askers at once, each waiting until its record is on disk; and the
    sizes of the transactions."""
    journal = await Journal.open(f"sqlite+aiosqlite:///{path}", path.parent)
    sizes: list[int] = []
    append = journal.log.append

    async def counted(group: Sequence[Prepared]) -> End:
        sizes.append(len(group))
        return await append(group)

    journal.log.append = counted  # type: ignore[method-assign]
    ready = iter([record(number) for number in range(records)])

    async def client() -> None:
        for one in ready:
            await journal.record_interaction(one)

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    taken = time.perf_counter() - begun
    health = await journal.health()
    if not health["ok"] or (await journal.verify()).checked != records:
        raise SystemExit(f"records are missing: {health}")
    await journal.close()
    return taken, sizes


def bare(source: Path, target: Path, sizes: Sequence[int]) -> float:
    """Seconds to write the journal's own rows again with nothing but `executemany`."""
    with sqlite3.connect(source) as ready:
        schema = [
            row[0]
            for row in ready.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN "
                "('record', 'interaction', 'interactionentry', 'search')"
            )
        ]
        rows = {
            "record": ready.execute("SELECT * FROM record").fetchall(),
            "interaction": ready.execute("SELECT * FROM interaction").fetchall(),
            "interactionentry": ready.execute("SELECT * FROM interactionentry").fetchall(),
            "search": ready.execute("SELECT rowid, words, scope FROM search").fetchall(),
        }
    connection = sqlite3.connect(target, isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
    for statement in schema:
        connection.execute(statement)
    inserts = {
        name: f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[name][0]))})"
        for name in TABLES[:3]
    }
    inserts["search"] = "INSERT INTO search (rowid, words, scope) VALUES (?, ?, ?)"
    total = len(rows["record"])
    per_record = {name: len(rows[name]) // total for name in TABLES}
    begun = time.perf_counter()
    start = 0
    for size in sizes:
        connection.execute("BEGIN IMMEDIATE")
        for name in TABLES:
            step = per_record[name]
            connection.executemany(inserts[name], rows[name][start * step : (start + size) * step])
        connection.execute("COMMIT")
        start += size
    taken = time.perf_counter() - begun
    connection.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    sys.stdout.write(f"{chosen.records} records, median of {chosen.rounds} rounds\n")
    sys.stdout.write("clients  group size  journal/s  bare/s  share\n")
    for clients in (1, 16, 64, 250, 500):
        records = chosen.records if clients > 1 else chosen.records // 10
        own, other = [], []
        for _ in range(chosen.rounds):
            with tempfile.TemporaryDirectory() as folder:
                source = Path(folder) / "journal.sqlite3"
                taken, sizes = asyncio.run(journalled(source, records, clients))
                own.append(records / taken)
                other.append(records / bare(source, Path(folder) / "bare.sqlite3", sizes))
        ours, theirs = statistics.median(own), statistics.median(other)
        size = statistics.mean(sizes)
        sys.stdout.write(
            f"{clients:7d} {size:11.0f} {ours:10.0f} {theirs:7.0f} {ours / theirs:6.0%}\n"
        )


if __name__ == "__main__":
    main()
