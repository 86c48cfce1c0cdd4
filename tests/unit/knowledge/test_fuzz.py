"""Whatever is typed into a file: findings with a place inside the file, never an exception."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.kinds import MODELS
from bot.knowledge.reading import load
from bot.knowledge.reading.shape import shape
from bot.knowledge.yaml.reader import read

HERE = Path(__file__).parent
GOOD = sorted((HERE / "good").rglob("*.yaml"))
TODAY = dt.date(2026, 11, 23)
NOISE = [
    "\t", "\u200b", "\u00a0", ": ", " #", "'", '"', "{", "}", "[", "]", "&a ", "*a", "!x ", "|",
    ">", "- ", "---\n", "...\n", "%", "@", "`", "\\", "\x00", "\x85", "\u2028", "\ufeff", "no",
    "yes", "null", "\r", "? ", "<<: ", "\ud7ff", "😀", "а", ",", "\n", "  ", "=",
]  # fmt: skip


@lru_cache
def content(number: int) -> str:
    return GOOD[number].read_text(encoding="utf-8")


@st.composite
def mutated(draw: st.DrawFn) -> tuple[int, bytes]:
    """A good file with up to four things done to it."""
    number = draw(st.integers(0, len(GOOD) - 1))
    text = content(number)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(text) - 1, 0)))
        length = draw(st.integers(0, 12))
        what = draw(st.sampled_from(["insert", "delete", "double", "swap", "noise-line"]))
        if what == "insert":
            text = text[:at] + draw(st.sampled_from(NOISE)) + text[at:]
        elif what == "delete":
            text = text[:at] + text[at + length :]
        elif what == "double":
            text = text[:at] + text[at : at + length] * 2 + text[at + length :]
        elif what == "swap":
            text = text[:at] + text[at : at + length][::-1] + text[at + length :]
        else:
            lines = text.split("\n")
            row = at % len(lines)
            lines.insert(row, draw(st.text(max_size=20)))
            text = "\n".join(lines)
    return number, text.encode("utf-8", errors="surrogatepass")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_mutated_file_gives_findings_inside_the_file(case: tuple[int, bytes]):
    _, data = case
    document = read(data)
    faults = list(document.faults)
    entry = None
    if document.readable:
        model = MODELS.get(str(document.data.get("kind")), MODELS["law"])
        shaped = shape(model, document)
        faults += shaped.faults
        entry = shaped.model
    lines = data.decode("utf-8", errors="replace").count("\n") + data.count(b"\r") + 1
    lines += data.count("\u2028".encode()) + data.count(b"\xc2\x85")
    for fault in faults:
        assert 1 <= fault.place.line <= lines
        assert fault.place.column >= 1
        assert fault.message and fault.hint
        ours = re.sub(r"'.*'", "", fault.message, flags=re.DOTALL)
        assert not re.search(r"NoneType|\bdict|pydantic|Traceback|tuple|mapping values", ours)
    assert entry is not None or faults


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(data: bytes):
    document = read(data)
    assert document.readable or document.faults


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@`,? \n\t<"), max_size=60))
def test_any_yaml_like_text_is_answered(text: str):
    document = read(text.encode())
    assert document.readable or document.faults


@pytest.mark.parametrize("seed", range(6))
def test_a_whole_base_of_broken_files_is_loaded_without_a_fault_of_ours(base, seed: int):
    random.seed(seed)
    for path in base.root.rglob("*/*.yaml"):
        data = bytearray(path.read_bytes())
        for _ in range(3):
            at = random.randrange(len(data))
            data[at : at + random.randrange(4)] = random.choice(NOISE).encode()
        path.write_bytes(bytes(data))
    loaded = base.load()
    assert loaded.findings
    assert "KB999" not in {finding.code for finding in loaded.findings}
    for finding in loaded.findings:
        text = (base.root.parent / finding.file).read_bytes().decode(errors="replace")
        assert finding.line <= len(text.splitlines()) + 1


def test_every_required_key_taken_out_is_told_once(base, tmp_path):
    for kind, model in MODELS.items():
        for name, field in model.model_fields.items():
            if not field.is_required() or name in {"id", "kind"}:
                continue
            copy = tmp_path / "copy" / "knowledge"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(base.root, copy)
            path = copy / base.sample(kind).relative_to(base.root)
            blocks = path.read_text(encoding="utf-8")
            kept = [block for block in _blocks(blocks) if block.split(":", maxsplit=1)[0] != name]
            path.write_text("".join(kept), encoding="utf-8")
            found = [each for each in load(copy, today=TODAY).findings if path.name in each.file]
            assert [each.code for each in found] == ["KB102"], (kind, name, found)
            assert f"'{name}'" in found[0].message


def _blocks(text: str) -> list[str]:
    blocks: list[str] = []
    for line in text.splitlines(keepends=True):
        if line[0] not in " \n-" or not blocks:
            blocks.append(line)
        else:
            blocks[-1] += line
    return blocks
