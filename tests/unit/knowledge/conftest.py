"""A small knowledge base in which nothing is wrong: each test breaks a copy of it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.knowledge.codes import CODES
from bot.knowledge.findings import Finding
from bot.knowledge.kinds import FOLDERS
from bot.knowledge.reading import Loaded, load

HERE = Path(__file__).parent
SHIPPED = HERE.parents[2] / "knowledge"
TODAY = dt.date(2026, 11, 23)

SAMPLE = {
    "analysis": "analysis-why-now",
    "redline": "redline-presence-not-negotiable",
    "template": "tpl-holding-presence",
    "countermeasure": "option-public-rejection",
    "escalation": "phase-1-probing",
    "precedent": "precedent-berlin-1958",
    "law": "law-washington-treaty",
    "perspective": "view-estonia",
    "narrative": "claim-troops-are-occupiers",
    "glossary": "term-red-line",
    "source": "src-brief",
}
TOP_KEY = re.compile(r"^(\S[^:\n]*|<<):(?=\s|$)", re.MULTILINE)


@dataclass
class KnowledgeBase:
    """A copy of the good knowledge base in a directory of its own."""

    root: Path

    def path(self, entry_id: str) -> Path:
        return next(self.root.rglob(f"{entry_id}.yaml"))

    def sample(self, kind: str) -> Path:
        return self.root / FOLDERS[kind] / f"{SAMPLE[kind]}.yaml"

    def edit(self, entry_id: str, old: str, new: str) -> Path:
        """Replace a piece of text that must be there."""
        path = self.path(entry_id)
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        return path

    def set(self, path: Path, fragment: str) -> None:
        """Put top-level keys in place of those that the entry has."""
        text = path.read_text(encoding="utf-8")
        keys = {found[1] for found in TOP_KEY.finditer(fragment)}
        blocks = re.split(r"(?m)^(?=\S)", text)
        kept = [block for block in blocks if block.split(":")[0] not in keys]
        path.write_text("".join(kept) + fragment + "\n", encoding="utf-8", newline="\n")

    def load(self, **options: object) -> Loaded:
        return load(self.root, today=TODAY, **options)  # type: ignore[arg-type]

    def findings(self) -> tuple[Finding, ...]:
        return self.load().findings

    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings()]


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    root = tmp_path / "knowledge"
    shutil.copytree(HERE / "good", root)
    for name in ("vocabulary.yaml", "disarm.yaml", "passages.yaml", "intents.yaml"):
        shutil.copy(SHIPPED / name, root / name)
    return KnowledgeBase(root)


@pytest.fixture
def break_it(base: KnowledgeBase) -> Callable[[str], None]:
    """Make one fault of a code in the base."""

    def make(code: str) -> None:
        known = CODES[code]
        if known.kind is None:
            FILE_FAULTS[code](base)
        else:
            base.set(base.sample(known.kind), known.wrong)

    return make


def _write(base: KnowledgeBase, name: str, content: bytes) -> None:
    path = base.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def _outside(base: KnowledgeBase) -> None:
    secret = base.root.parent / "secret.yaml"
    secret.write_text("id: secret\n", encoding="utf-8")
    (base.root / "laws" / "secret.yaml").symlink_to(secret)


def _second_id(base: KnowledgeBase) -> None:
    shutil.copy(base.path("src-brief"), base.root / "sources" / "src-copy.yaml")


def _uncited(base: KnowledgeBase) -> None:
    text = base.path("src-brief").read_text(encoding="utf-8")
    _write(base, "sources/src-lonely.yaml", text.replace("src-brief", "src-lonely").encode())


def _huge(base: KnowledgeBase) -> None:
    _write(base, "laws/law-huge.yaml", b"body: " + b"x" * (300 * 1024))


def _encoded(base: KnowledgeBase) -> None:
    path = base.path("law-washington-treaty")
    text = path.read_text(encoding="utf-8").replace("Article 5", "Õigus 5")
    path.write_bytes(text.encode("cp1257", errors="replace"))


FILE_FAULTS = {
    "KB001": _huge,
    "KB006": lambda base: _write(base, "laws/law-empty.yaml", b"# nothing\n"),
    "KB007": lambda base: _write(base, "laws/law-list.yaml", b"- id: law-list\n"),
    "KB015": _encoded,
    "KB018": _outside,
    "KB021": lambda base: (base.root / "disarm.yaml").unlink(),
    "KB109": lambda base: base.path("law-washington-treaty").rename(
        base.root / "redlines" / "law-washington-treaty.yaml"
    ),
    "KB111": lambda base: _write(base, "laws/law-other.yml", b"id: law-other\n"),
    "KB113": _second_id,
    "KB212": _uncited,
    "KB214": lambda base: base.edit("phase-1-probing", "id: probing-2", "id: whole-2"),
}
"""How to bring about the codes that no key of an entry shows."""
