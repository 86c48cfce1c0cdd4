"""Kill -9 at random moments under load, and count what is missing: for tests and benchmark.

Each round starts a process that writes interactions from many clients at once and says on its
standard output which ones it was told are on disk. It is killed without warning; the next one opens
the same journal. Afterwards every interaction that was acknowledged must be there, whole and once,
and the chain must fit.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot.journal import InteractionRecord, Journal

CLIENTS = 24
QUESTION = "why do they bring this up now? " * 8


async def write_on(url: str, data_dir: Path, first: int) -> None:
    """Write without end; a line on stdout for each record that is acknowledged."""
    journal = await Journal.open(url, data_dir)
    numbers = iter(range(first, first + 10_000_000))

    async def client() -> None:
        for number in numbers:
            await journal.record_interaction(
                InteractionRecord(
                    interaction_id=str(number),
                    command="ask",
                    outcome="answered",
                    knowledge_revision="rev",
                    latency_ms=1,
                    guild_id="1",
                    channel_id="2",
                    user_id="3",
                    options={"question": f"{QUESTION}{number}"},
                    entries=("a", "b"),
                )
            )
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all rounds together showed."""

    kills: int
    acknowledged: int
    stored: int
    missing: int
    twice: int
    broken: str | None


def rounds(url: str, data_dir: Path, kills: int, *, longest: float, seed: int = 1) -> Outcome:
    """Kill that many writers, each up to `longest` seconds after its first record."""
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    for number in range(kills):
        writer = subprocess.Popen(
            [sys.executable, __file__, url, str(data_dir), str((number + 1) * 10_000_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        if writer.stdout.readline() != "ready\n":
            raise RuntimeError("the writer did not start")
        first = writer.stdout.readline().strip()
        time.sleep(chance.random() * longest)
        writer.kill()
        rest = writer.stdout.read()
        writer.wait()
        whole = rest[: rest.rfind("\n") + 1].split()
        acknowledged |= {first, *whole}
    return asyncio.run(_count(url, data_dir, kills, acknowledged))


async def _count(url: str, data_dir: Path, kills: int, acknowledged: set[str]) -> Outcome:
    from bot.journal.exports import Selection

    journal = await Journal.open(url, data_dir)
    await journal.writer.replay()
    stored: list[str] = []
    async for record in journal.exports.records(Selection(type="interaction")):
        assert record.private is not None
        assert record.private["options"]["question"].startswith(QUESTION)
        stored.append(record.public["interaction_id"])
    verdict = await journal.verify()
    await journal.close()
    return Outcome(
        kills=kills,
        acknowledged=len(acknowledged),
        stored=len(stored),
        missing=len(acknowledged - set(stored)),
        twice=len(stored) - len(set(stored)),
        broken=None if verdict.ok else f"{verdict.broken_seq}: {verdict.reason}",
    )


if __name__ == "__main__":
    asyncio.run(write_on(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
