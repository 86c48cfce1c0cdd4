"""Arrows point one way: who may import whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ALLOWED = {
    "knowledge": {"knowledge"},
    "advice": {"advice", "knowledge"},
    "journal": {"journal"},
    "documents": {"documents", "advice", "knowledge"},
    "chat": {"chat", "documents", "journal", "advice", "knowledge", "settings"},
    "preview": {"preview", "chat", "settings", "journal", "advice", "knowledge"},
    "settings": {"settings"},
}
"""By part of `bot`: the parts that it may import. The terminal may import all."""

FOREIGN = {
    "knowledge": {"discord", "sqlmodel", "sqlalchemy", "alembic", "rich", "click"},
    "advice": {"discord", "sqlmodel", "sqlalchemy", "alembic", "rich", "click"},
    "journal": {"discord", "yaml"},
    "documents": {"discord", "sqlmodel", "sqlalchemy", "alembic", "click"},
    "chat": {"click", "rich", "sqlmodel", "sqlalchemy"},
    "terminal": {"discord"},
}
"""By part of `bot`: the libraries that it does not know."""


def modules() -> list[Path]:
    return sorted((ROOT / "bot").rglob("*.py"))


def part_of(module: Path) -> str:
    return module.relative_to(ROOT / "bot").parts[0].removesuffix(".py")


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{module}: imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_there_is_something_to_check() -> None:
    parts = {part_of(module) for module in modules()}
    assert set(ALLOWED) <= parts


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_only_what_its_part_may(module: Path) -> None:
    part = part_of(module)
    names = imported(module)
    within = {name.split(".")[1] for name in names if name.startswith("bot.")} - {"__version__"}
    libraries = {name.split(".")[0] for name in names}
    if part in ALLOWED:
        assert within <= ALLOWED[part], f"{part} may not import {within - ALLOWED[part]}"
    assert not libraries & FOREIGN.get(part, set())
