"""How often the checker is right on labelled texts.

`tuned.yaml` was looked at while rules were written, `held-out.yaml` was not: its figures are the
honest ones. Run with `-s` to see them by language.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.advice.wording import check
from bot.advice.wording.rulebook import LANGUAGES

TEXTS = Path(__file__).parents[2] / "data" / "wording"
RANK = {"advise": 0, "warn": 1, "block": 2}
FLOORS = {"tuned": (0.98, 0.98), "held-out": (0.8, 0.95)}
"""Recall and precision below which the rules have grown worse."""


@dataclass
class Score:
    bad: int = 0
    found: int = 0
    right_line: int = 0
    good: int = 0
    alarms: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.bad

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.alarms)


def _texts(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((TEXTS / f"{name}.yaml").read_text(encoding="utf-8"))


def _judge(item: dict[str, Any], report, score: Score) -> None:
    """A bad text counts as found by a finding at its phrase that is severe enough."""
    if "expect" not in item:
        score.good += 1
        score.alarms += not report.ok
    for expected in item.get("expect", ()):
        start = item["text"].index(expected["phrase"])
        end = start + len(expected["phrase"])
        hits = [
            each
            for each in report.findings
            if each.start < end
            and each.end > start
            and RANK[each.severity] >= RANK[expected["severity"]]
        ]
        score.bad += 1
        score.found += bool(hits)
        score.right_line += any(each.redline == expected["redline"] for each in hits)


@pytest.mark.parametrize("name", FLOORS)
def test_precision_and_recall(shipped, name: str) -> None:
    scores: dict[str, Score] = defaultdict(Score)
    for item in _texts(name):
        report = check(item["text"], shipped)
        for key in (item["language"], "all"):
            _judge(item, report, scores[key])
    print(f"\n{name}: recall, precision, bad, good by language")  # noqa: T201 - the report itself
    for language, score in scores.items():
        print(  # noqa: T201
            f"{language}: {score.recall:.2f} {score.precision:.2f} {score.bad} {score.good}"
        )
    recall, precision = FLOORS[name]
    assert scores["all"].recall >= recall
    assert scores["all"].precision >= precision
    assert scores["all"].right_line >= 0.95 * scores["all"].found


def test_the_set_is_large_and_in_all_languages(shipped) -> None:
    tuned, held_out = _texts("tuned"), _texts("held-out")
    for texts in (tuned, held_out):
        assert {item["language"] for item in texts} == set(LANGUAGES)
    both = tuned + held_out
    assert sum("expect" in item for item in both) >= 60
    assert sum("expect" not in item for item in both) >= 20
    assert len({item["text"] for item in both}) == len(both)


def test_labels_name_red_lines_that_exist(shipped) -> None:
    for name in FLOORS:
        for item in _texts(name):
            for expected in item.get("expect", ()):
                assert shipped.get(expected["redline"]) is not None
                assert expected["phrase"] in item["text"]
