"""Scaffold, format, compare, cover, schema and lengths."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import subprocess

import jsonschema
import pytest
import yaml

from bot.knowledge.coverage import coverage
from bot.knowledge.diff import RevisionError, check_out, compare
from bot.knowledge.formatting import format_entry
from bot.knowledge.guide import HELP, help_for
from bot.knowledge.kinds import FOLDERS, MODELS
from bot.knowledge.lengths import length
from bot.knowledge.reading import load
from bot.knowledge.scaffold import scaffold
from bot.knowledge.schema_export import _nested_models, modeline, schema, write
from bot.knowledge.yaml.reader import read

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("kind", MODELS)
def test_scaffold_lacks_only_its_blanks(base, kind: str):
    vocabulary = base.load().readable.vocabulary
    path = base.root / FOLDERS[kind] / "some-new-entry.yaml"
    path.write_text(scaffold(kind, "some-new-entry", vocabulary, TODAY), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [each for each in base.findings() if path.name in each.file]
    assert found
    for finding in found:
        assert finding.code == "KB102", finding
        assert lines[finding.line - 1].rstrip().endswith(('""', ":")), finding
    blanks = [line for line in lines if not line.startswith("#") and line.rstrip().endswith('""')]
    assert len(blanks) <= len(found)
    assert lines[0] == modeline(kind)


@pytest.mark.parametrize("kind", MODELS)
def test_scaffold_with_optional_keys_taken_in_still_lacks_only_its_blanks(base, kind: str):
    text = scaffold(kind, "some-new-entry", base.load().readable.vocabulary, TODAY)
    taken = []
    for line in text.split("\n"):
        bare = line.removeprefix("# ")
        is_key = line.startswith("# ") and (
            bare.split(":")[0] in MODELS[kind].model_fields and bare.rstrip().endswith((":", '""'))
        )
        is_inner = line.startswith("#   ")
        taken.append(bare if is_key or is_inner else line)
    path = base.root / FOLDERS[kind] / "some-new-entry.yaml"
    path.write_text("\n".join(taken), encoding="utf-8")
    found = [each for each in base.findings() if path.name in each.file]
    assert {each.code for each in found} <= {"KB102", "KB104"}, found
    assert all("is empty" in each.message for each in found)


def test_every_key_of_every_model_is_explained():
    used = set()
    for model in MODELS.values():
        for part in [model, *_nested_models(model)]:
            for name in part.model_fields:
                assert help_for(part, name), f"{part.__name__}.{name}"
                used |= {name, f"{part.__name__}.{name}"}
    assert HELP.keys() <= used


def test_schema_is_draft_7_and_says_what_the_models_say(base, tmp_path):
    loaded = base.load()
    write(tmp_path, loaded.snapshot.vocabulary)
    for kind in MODELS:
        written = json.loads((tmp_path / f"{kind}.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(written)
        validator = jsonschema.Draft7Validator(written)
        for path in (base.root / FOLDERS[kind]).glob("*.yaml"):
            data = read(path.read_bytes()).data
            assert list(validator.iter_errors(data)) == []
            assert list(validator.iter_errors({**data, "titel": "x"}))
            assert list(validator.iter_errors({**data, "tlp": "white"}))
            assert list(validator.iter_errors({**data, "situation": "elsewhere"}))
            del data["title"]
            assert list(validator.iter_errors(data))
    assert "$defs" not in json.dumps(schema("law"))


def test_format_keeps_comments_and_orders_keys():
    text = (
        "# yaml-language-server: $schema=../_schema/law.json\n"
        "# about the title\n"
        "title:   'A law'\r\n"
        "kind: law   \n"
        "id: law-x  # stays\n\n\n\n"
        "body: |\n  Text  \n\n\n  # no comment\n"
        "unknown: 1\n"
        "# the end"
    )
    assert format_entry(text.encode()).text == (
        "# yaml-language-server: $schema=../_schema/law.json\n"
        "id: law-x  # stays\n"
        "\n"
        "kind: law\n"
        "\n"
        "# about the title\n"
        'title: "A law"\n'
        "\n"
        "body: |\n  Text  \n\n\n  # no comment\n"
        "\n"
        "unknown: 1\n"
        "\n"
        "# the end\n"
    )


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2", "a: &x 1", "\tb: 1", ""])
def test_format_leaves_broken_files_alone(text: str):
    result = format_entry(text.encode())
    assert not result.changed
    assert result.reason


@pytest.mark.parametrize("seed", range(40))
def test_format_changes_no_data_loses_no_comment_and_is_done_after_once(base, seed: int):
    """Good entries with keys shuffled, comments, spaces and quotes strewn in."""
    rng = random.Random(seed)
    for path in base.root.rglob("*/*.yaml"):
        blocks: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line[0].isspace():
                blocks.append(line)
            else:
                blocks[-1] += "\n" + line
        rng.shuffle(blocks)
        text = ""
        for number, block in enumerate(blocks):
            if rng.random() < 0.3:
                text += f"# remark {number}\n"
            shown = block
            if rng.random() < 0.3 and "\n" not in block and "'" not in block and '"' not in block:
                key, _, value = block.partition(": ")
                shown = f"{key}:  '{value}'" if value[:1] not in "[{|" else block
            text += shown + "\n" * rng.choice([1, 1, 2, 3])
        data = text.encode()
        before = read(data)
        assert before.faults == []
        once = format_entry(data)
        assert once.reason == "", (path, once.reason)
        after = read(once.text.encode())
        assert after.data == before.data
        assert once.text.count("# remark") == text.count("# remark")
        order = [name for name in MODELS[before.data["kind"]].model_fields if name in after.data]
        assert list(after.data) == order
        again = format_entry(once.text.encode())
        assert not again.changed
        assert yaml.safe_load(once.text).keys() == before.data.keys()


def test_compare_tells_fields_in_words(base):
    old = base.load().snapshot
    base.edit("law-washington-treaty", "adversary_reading: A pact", "adversary_reading: A league")
    base.edit("law-washington-treaty", "  - Article 5\n", "  - Article 5\n  - Article 4\n")
    base.edit("view-estonia", "concerns: [A deal over its head.]", "concerns: [A bad deal.]")
    base.edit("option-public-rejection", "max_hours: 24", "max_hours: 48")
    base.path("term-red-line").unlink()
    difference = compare(old, base.load().snapshot)
    assert difference.removed == (("term-red-line", "Red line"),)
    assert difference.added == ()
    told = {each.id: each.changes for each in difference.changed}
    assert told == {
        "law-washington-treaty": (
            "provisions: added 'Article 4'",
            "adversary_reading: was 'A pact against one country.', "
            "now 'A league against one country.'",
        ),
        "option-public-rejection": ("lead_time.max_hours: was '24', now '48'",),
        "view-estonia": (
            "concerns: removed 'A deal over its head.'",
            "concerns: added 'A bad deal.'",
        ),
    }
    assert compare(old, old).empty


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_an_earlier_revision_is_checked_out_of_git(base, tmp_path):
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
            cwd=base.root.parent, check=True, capture_output=True,
        )  # fmt: skip

    git("init", "-q")
    git("add", "knowledge")
    git("commit", "-q", "-m", "one")
    before = base.load().snapshot
    base.edit("view-estonia", "tlp: clear", "tlp: green")
    git("commit", "-q", "-a", "-m", "two")
    old = load(check_out(base.root, "HEAD~1", tmp_path / "old"), today=TODAY).snapshot
    assert old.revision == before.revision
    with pytest.raises(RevisionError, match="knows no revision 'nowhere'"):
        check_out(base.root, "nowhere", tmp_path / "other")
    with pytest.raises(RevisionError, match="knows no revision"):
        check_out(base.root, "--output=/tmp/x", tmp_path / "other")


def test_outside_git_there_is_no_earlier_revision(base, tmp_path):
    with pytest.raises(RevisionError, match="not in a git repository"):
        check_out(base.root, "HEAD", tmp_path / "old")


def test_coverage_counts_entries_in_use_and_not_sources(base):
    loaded = base.load()
    found = coverage(loaded.snapshot, loaded.passages)
    assert found.passages["P027"] == ("law-washington-treaty",)
    assert "P027" not in found.uncovered
    assert "P001" in found.uncovered
    assert "P002" not in found.uncovered  # a heading
    base.edit("src-brief", "situation:", "passages: [P001]\nsituation:")
    base.edit("law-washington-treaty", "status: reviewed", "status: retired")
    changed = base.load()
    again = coverage(changed.readable, changed.passages)
    assert {"P001", "P027"} <= set(again.uncovered)


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("Põhi", "characters", 4),
        ("Põhi", "x-weighted", 4),
        ("Київ", "x-weighted", 4),
        ("北約", "x-weighted", 4),
        ("see https://example.org/a/very/long/path?with=query now", "x-weighted", 31),
        ("👨‍👩‍👧", "x-weighted", 2),
        ("🇪🇪", "x-weighted", 2),
        ("", "sms-segments", 0),
        ("a" * 160, "sms-segments", 1),
        ("a" * 161, "sms-segments", 2),
        ("a" * 306, "sms-segments", 2),
        ("a" * 307, "sms-segments", 3),
        ("€" * 80, "sms-segments", 1),
        ("€" * 81, "sms-segments", 2),
        ("õ" * 70, "sms-segments", 1),
        ("õ" * 71, "sms-segments", 2),
        ("😀" * 35, "sms-segments", 1),
        ("😀" * 36, "sms-segments", 2),
    ],
)
def test_length_as_the_channel_counts_it(text: str, count, expected: int):
    assert length(text, count) == expected
