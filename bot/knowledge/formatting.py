"""One style for all entries: key order, spacing and quotation marks; comments stay.

Works on the text and not on parsed data, and proves afterwards that the data is the same:
what cannot be proved is left as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from bot.knowledge.findings import Fault
from bot.knowledge.kinds import MODELS
from bot.knowledge.yaml.composing import Loader
from bot.knowledge.yaml.reader import read
from bot.knowledge.yaml.text import Source, decode

TOP_KEY = re.compile(r"^([A-Za-z_][\w+-]*):(?:\s|$)")
WIDE_COLON = re.compile(r"^( *(?:- )?[A-Za-z_][\w+-]*:) {2,}(?=[^\s#])")
MODELINE = "# yaml-language-server:"


@dataclass(frozen=True, slots=True)
class Formatted:
    """The text in our style; `reason` says why it was left alone, else it is empty."""

    text: str
    changed: bool
    reason: str = ""


def format_entry(data: bytes) -> Formatted:
    """Put one file into our style. A file with faults in its YAML is left alone."""
    source = decode(data)
    if isinstance(source, Fault):
        return Formatted(
            data.decode("utf-8", errors="replace"), changed=False, reason=source.message
        )
    before = read(data)
    if before.faults or not before.readable:
        return Formatted(
            source.text, changed=False, reason="its YAML has faults: run redline kb check"
        )
    text = _quotes(source)
    text = _spacing(_lines(text))
    kind = before.data.get("kind")
    if kind in MODELS:
        text = _reorder(text, list(MODELS[kind].model_fields))
    after = read(text.encode())
    if after.faults or after.data != before.data or _comments(text) != _comments(source.text):
        return Formatted(source.text, changed=False, reason="its style cannot be changed safely")
    return Formatted(text, changed=text.encode() != data)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _scalars(text: str) -> Iterable[Any]:
    return (
        event for event in yaml.parse(text, Loader=Loader) if isinstance(event, yaml.ScalarEvent)
    )


def _comments(text: str) -> Counter[str]:
    """Comments and how often each stands in a text (only whole lines: others move with theirs)."""
    protected = _protected(text)
    return Counter(
        line.strip()
        for number, line in enumerate(_lines(text))
        if line.lstrip().startswith("#") and number not in protected
    )


def _protected(text: str) -> set[int]:
    """Indexes of lines inside a text of several lines: their spaces may be content."""
    inside: set[int] = set()
    for event in _scalars(text):
        first, last = int(event.start_mark.line), int(event.end_mark.line)
        if event.style in ("|", ">"):
            inside.update(range(first + 1, last))
        elif last > first:
            inside.update(range(first, last + 1))
    return inside


def _quotes(source: Source) -> str:
    """Double quotes for single ones where nothing needs escaping, and one space after a colon."""
    lines = _lines(source.text)
    for event in _scalars(source.text):
        mark, end = event.start_mark, event.end_mark
        if event.style != "'" or mark.line != end.line:
            continue
        if any(letter in event.value for letter in "\\\"'"):
            continue
        line = lines[int(mark.line)]
        lines[mark.line] = f'{line[: mark.column]}"{event.value}"{line[end.column :]}'
    return "\n".join(lines)


def _spacing(lines: list[str]) -> str:
    """No spaces at the ends of lines, no two empty lines in a row, one line break at the end."""
    protected = _protected("\n".join(lines))
    kept: list[str] = []
    for number, line in enumerate(lines):
        if number in protected:
            kept.append(line)
            continue
        tidy = WIDE_COLON.sub(r"\1 ", line.rstrip())
        if tidy or (kept and kept[-1]):
            kept.append(tidy)
    return "\n".join(kept).rstrip("\n") + "\n"


def _reorder(text: str, order: list[str]) -> str:
    """Top-level keys in the order of the kind, each with the comments right above it."""
    lines = text.rstrip("\n").split("\n")
    protected = _protected(text)
    head, start = _head(lines)
    chunks: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for number in range(start, len(lines)):
        line = lines[number]
        found = TOP_KEY.match(line) if number not in protected else None
        if found:
            chunks.append((found[1], [*waiting, line]))
            waiting = []
        elif number not in protected and line.startswith("#"):
            waiting.append(line)
        elif not line and number not in protected:
            # An empty line ends what came before; a comment below it belongs to the next key.
            (waiting or (chunks[-1][1] if chunks else waiting)).append(line)
        elif chunks:
            chunks[-1][1].extend([*waiting, line])
            waiting = []
        else:
            return text
    rank = {name: position for position, name in enumerate(order)}
    known = [key for key, _ in chunks]
    if len(set(known)) != len(known):
        return text
    spaced = any(not line for _, chunk in chunks[:-1] for line in chunk[-1:])
    chunks.sort(key=lambda chunk: rank.get(chunk[0], len(rank)))
    body: list[str] = []
    for _, chunk in chunks:
        while chunk and not chunk[-1]:
            chunk.pop()
        body += [*chunk, ""] if spaced else chunk
    tail = [line for line in waiting if line]
    result = [*head, *body, *tail]
    return "\n".join(result).rstrip("\n") + "\n"


def _head(lines: list[str]) -> tuple[list[str], int]:
    """The comments at the top that belong to the file and not to its first key."""
    end = 0
    while end < len(lines) and (lines[end].startswith("#") or not lines[end]):
        end += 1
    block = lines[:end]
    if "" in block:
        cut = len(block) - block[::-1].index("")
        return block[:cut], cut
    if block and block[0].startswith(MODELINE):
        return block[:1], 1
    return [], 0
