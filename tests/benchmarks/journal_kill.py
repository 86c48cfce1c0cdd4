"""Kill the journal's writer hundreds of times under load, and count what is missing.

python tests/benchmarks/journal_kill.py [--kills 220] [--longest 0.6]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "journal"))

from kill_harness import rounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=220)
    parser.add_argument("--longest", type=float, default=0.6, help="Seconds before a kill.")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'journal.sqlite3'}"
        begun = time.perf_counter()
        found = rounds(
            url, Path(folder) / "data", chosen.kills, longest=chosen.longest, seed=chosen.seed
        )
    sys.stdout.write(f"{found}\n{time.perf_counter() - begun:.0f} s\n")
    sys.exit(0 if found.missing == found.twice == 0 and found.broken is None else 1)


if __name__ == "__main__":
    main()
