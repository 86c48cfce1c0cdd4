"""From parser events to a document.

Built from the parser's events, not by its constructor: nothing is expanded (aliases are
refused), nothing recurses (depth is capped), and no value is guessed at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from bot.knowledge.findings import Fault, Path, Place
from bot.knowledge.yaml import scalars
from bot.knowledge.yaml.document import Document, Spot
from bot.knowledge.yaml.text import INVISIBLE_PATTERN, Source, invisible_name

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where the platform has it."""

MAX_DEPTH = 24
CURLY = {"“": "”", "„": "“", "‘": "’", "«": "»"}


class _UnreadableError(Exception):
    """What follows cannot be read."""


@dataclass(slots=True)
class _Frame:
    """An open list or mapping."""

    container: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    key_place: Place | None = None
    dropped: bool = False
    """All of it belongs to a key that cannot be kept: it is read for faults only."""
    drop_next: bool = False
    """The value to come belongs to a key that cannot be kept."""


def compose(source: Source) -> Document:
    """Read a text. Raises yaml.YAMLError where the text is not YAML."""
    builder = _Builder(source)
    events: Iterator[Any] = yaml.parse(source.text, Loader=Loader)
    try:
        for event in events:
            builder.take(event)
    except _UnreadableError:
        builder.document.readable = False
        builder.document.data = None
    return builder.document


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


class _Builder:
    """Takes parser events one by one and grows the document."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.document = Document(lines=source.lines)
        self.stack: list[_Frame] = []
        self.documents = 0

    def fault(self, code: str, place: Place, message: str, hint: str) -> None:
        self.document.faults.append(Fault(code, place, message, hint))

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_marks(event)
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            place = _place(event)
            self.fault(
                "KB002",
                place,
                f"'*{event.anchor}' repeats a part of the file by reference, which is not allowed",
                "write the text out; if it is meant as text, put it in double quotes",
            )
            if self.stack and self._wants_key():
                self._key(f"*{event.anchor}", place, plain=False)
                self.stack[-1].drop_next = True
            else:
                self._put(None, Spot(None, place))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start(event)

    def _start(self, event: Any) -> None:
        self.documents += 1
        if event.version or event.tags:
            self.fault(
                "KB003",
                Place(1, 1),
                "the file begins with a YAML directive (a line that starts with %)",
                "delete that line",
            )
        if self.documents > 1:
            self.fault(
                "KB016",
                _place(event),
                "a second document begins here ('---'); one file holds one entry",
                "move what follows to a file of its own, or delete the '---'",
            )
            raise _UnreadableError

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor:
            self.fault(
                "KB002",
                _place(event),
                f"'&{event.anchor}' gives a part of the file a name for reference, "
                "which is not allowed",
                "delete it; if it is meant as text, put the whole text in double quotes",
            )
        if event.tag:
            self.fault(
                "KB003",
                _place(event),
                f"'{_short_tag(event.tag)}' is a YAML type mark, which is not allowed",
                "delete it; if it is meant as text, put the whole text in double quotes",
            )

    def _open(self, event: Any) -> None:
        place = _place(event)
        mapping = isinstance(event, yaml.MappingStartEvent)
        if len(self.stack) >= MAX_DEPTH:
            self.fault(
                "KB004",
                place,
                f"lists and keys are nested more than {MAX_DEPTH} levels deep",
                "bring the text back to the levels that the entry's kind has",
            )
            raise _UnreadableError
        if self.stack and self._wants_key():
            self._bad_key(place)
        container: dict[str, Any] | list[Any] = {} if mapping else []
        path, dropped = self._put(container, Spot(None, place))
        self.stack.append(_Frame(container, path, dropped=dropped))

    def _wants_key(self) -> bool:
        return isinstance(self.stack[-1].container, dict) and self.stack[-1].key is None

    def _bad_key(self, place: Place) -> None:
        self.fault(
            "KB008",
            place,
            "a list or a group of keys stands where a single key belongs",
            "if the text begins with { or [ or ?, put the whole text in double quotes",
        )
        raise _UnreadableError

    def _scalar(self, event: Any) -> None:
        place = _place(event)
        plain = event.style in (None, "") and not event.tag
        if self.stack and self._wants_key():
            self._key(event.value, place, plain)
            return
        value: scalars.Scalar = event.value
        if plain:
            value = scalars.resolve(event.value)
            self._plain_value(event, value, place)
        elif event.style == '"' and (found := INVISIBLE_PATTERN.search(event.value)):
            self.fault(
                "KB014",
                place,
                f"the text holds {invisible_name(found.group())}, written with a backslash",
                "delete the backslash and what follows it",
            )
            value = INVISIBLE_PATTERN.sub("", event.value)
        self._put(value, Spot(None, place, event.value, plain))

    def _key(self, text: str, place: Place, plain: bool) -> None:
        frame = self.stack[-1]
        assert isinstance(frame.container, dict)
        frame.key, frame.key_place, frame.drop_next = text, place, False
        if plain and scalars.is_ambiguous(text):
            self.fault(
                "KB011",
                place,
                f"the key '{text}' is ambiguous in YAML: some readers take it for true or false",
                f'put it in double quotes: "{text}"',
            )
        if plain and text == "<<":
            self.fault(
                "KB005",
                place,
                "'<<' merges another part of the file into this one, which is not allowed",
                "write the keys out",
            )
            frame.drop_next = True
        elif text in frame.container:
            spot = self.document.spots.get((*frame.path, text))
            first = (spot and spot.key) or place
            self.fault(
                "KB010",
                place,
                f"the key '{text}' appears twice",
                f"first at line {first.line}; keep one of the two",
            )
            frame.drop_next = True

    def _plain_value(self, event: Any, value: scalars.Scalar, place: Place) -> None:
        text: str = event.value
        if scalars.is_ambiguous(text):
            self.fault(
                "KB011",
                place,
                f"'{text}' is ambiguous in YAML: some readers take it for true or false",
                f'if you mean the word, put it in double quotes: "{text}"; '
                "otherwise write true or false",
            )
        if isinstance(value, str) and CURLY.get(text[:1]) == text[-1:]:
            self.fault(
                "KB020",
                place,
                "typographic quotation marks do not quote in YAML: they become part of the text",
                "use straight double quotes; if the marks belong to the text, "
                "put straight ones around them",
            )
        self._lost_text(event, value, place)

    def _lost_text(self, event: Any, value: scalars.Scalar, place: Place) -> None:
        number, column = int(event.end_mark.line), int(event.end_mark.column)
        if number >= len(self.source.lines):
            return
        line = self.source.lines[number]
        rest = line[column:].lstrip()
        if not rest.startswith("#"):
            return
        if value is None and not event.value:
            lost = "everything after '#' is a comment, so there is no value here"
        elif isinstance(value, str) and len(rest) > 1 and not rest[1].isspace():
            lost = f"the text ends before '{rest[:20]}': everything after ' #' is a comment"
        else:
            return
        self.fault(
            "KB013",
            Place(number + 1, len(line) - len(rest) + 1),
            lost,
            "put the whole text in double quotes, or give the comment a space after '#'"
            if value is not None
            else "put the whole text in double quotes, or delete the key",
        )

    def _put(self, value: Any, spot: Spot) -> tuple[Path, bool]:
        """Place a value in what is open. Returns its path and whether it is to be dropped."""
        if not self.stack:
            self.document.data = value
            self.document.spots[()] = spot
            return (), False
        frame = self.stack[-1]
        dropped = frame.dropped
        if isinstance(frame.container, list):
            path: Path = (*frame.path, len(frame.container))
            frame.container.append(value)
        else:
            assert frame.key is not None
            path = (*frame.path, frame.key)
            spot = Spot(frame.key_place, spot.value, spot.raw, spot.plain)
            # Of a key that appears twice the first value stays.
            dropped = dropped or frame.drop_next
            if not frame.drop_next:
                frame.container[frame.key] = value
            frame.key = None
        if not dropped:
            self.document.spots[path] = spot
        return path, dropped


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
