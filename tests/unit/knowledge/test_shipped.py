"""The knowledge base that ships: nothing is wrong with it, and it covers the brief."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.coverage import coverage
from bot.knowledge.kinds import FOLDERS
from bot.knowledge.reading import load
from bot.knowledge.yaml.reader import read

SHIPPED = Path(__file__).parents[3] / "knowledge"
BY_DATE = {"KB301", "KB303"}
"""What only the calendar brings about: a maintainers' matter, not a fault of the code."""

LEAST = {
    "analysis": 25,
    "redline": 10,
    "template": 20,
    "countermeasure": 25,
    "escalation": 4,
    "precedent": 5,
    "law": 6,
    "perspective": 8,
    "narrative": 10,
    "glossary": 20,
    "source": 1,
}


@pytest.fixture(scope="module")
def loaded():
    return load(SHIPPED)


@pytest.mark.parametrize("folder", FOLDERS.values())
def test_nothing_is_wrong_in_this_folder(loaded, folder: str):
    found = [
        f"{each.file}:{each.line}:{each.column}: {each.code}: {each.message}"
        for each in loaded.findings
        if each.file.startswith(f"knowledge/{folder}/") and each.code not in BY_DATE
    ]
    assert found == []


def test_nothing_is_wrong_with_the_lists(loaded):
    assert [each for each in loaded.findings if each.file.count("/") < 2] == []


@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_there_is_enough_of_each_kind(loaded, kind: str, least: int):
    assert len(loaded.readable.of_kind(kind)) >= least


def test_every_passage_with_content_is_restated(loaded):
    assert coverage(loaded.readable, loaded.passages).uncovered == ()


def test_every_passage_of_the_brief_is_listed_once(loaded):
    lists = loaded.passages
    numbers = [*lists.content, *lists.headings, *lists.out]
    assert sorted(numbers) == [f"P{number:03d}" for number in range(1, 150)]


def test_disarm_list_names_only_what_upstream_has(loaded):
    data = read((SHIPPED / "disarm.yaml").read_bytes()).data
    assert set(data["not_recommended"]) == {"C00016", "C00072", "C00077", "C00207"}
    assert set(data["not_recommended"]) <= data["counters"].keys()
    assert (len(data["counters"]), len(data["techniques"]), len(data["responses"])) == (140, 391, 7)
