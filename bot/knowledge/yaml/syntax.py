"""Syntax errors in plain words. What to type is read off the line itself, not off the parser.

Each diagnosis also mends its line in memory, so that one run finds what else is wrong in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from bot.knowledge.findings import Fault, Place
from bot.knowledge.yaml.text import INVISIBLE_PATTERN, Source

PROBLEMS = {
    "mapping values are not allowed": "there is a second ': ' in this line",
    "did not find expected key": "this line does not fit the lines above it",
    "could not find expected ':'": "a key stands here without ': ' after it",
    "did not find expected '-'": "this line does not fit the list above it",
    "did not find expected ',' or": "a list or group in brackets is not closed",
    "unexpected end of stream": "a quotation mark or a bracket is opened here and never closed",
    "cannot start any token": "a text cannot begin with this character",
    "unknown escape character": "a backslash in double quotes has a meaning of its own",
    "block sequence entries": "a list cannot begin behind its key",
    "document start": "the text cannot go on here",
}
"""A plain sentence by a part of what the parser says."""

SLOW_PARSER_LIMIT = 32 * 1024
"""Above this many characters the parser in Python is not asked: it needs seconds for them."""

LINE = re.compile(
    r"^(?P<lead>[ ]*(?:- +)*)(?:(?P<key>[A-Za-z_][\w+-]*)(?P<colon>: +))?(?P<value>.*)$"
)
"""A line as indentation and hyphens, a key, and a value."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong, and the text with that line mended (None where nobody can tell)."""

    fault: Fault | None
    mended: str | None
    line: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line under suspicion, taken apart. Numbers count from 1."""

    number: int
    text: str
    lead: str
    key: str | None
    value: str
    above: str
    """The last line above that is not empty."""

    @property
    def start(self) -> int:
        """Column of the value."""
        return len(self.text) - len(self.value) + 1

    def quoted(self) -> str:
        """The line with its value in double quotes."""
        body = self.value.rstrip().replace("\\", "\\\\").replace('"', '\\"')
        return f'{self.text[: self.start - 1]}"{body}"'


_Verdict = tuple[int, str, str, str]
"""Column, sentence, hint, mended line."""


def diagnose(error: yaml.YAMLError, source: Source) -> Diagnosis:
    """Why a text cannot be read. Looks at the lines that either parser points to."""
    if isinstance(error, yaml.reader.ReaderError):
        mended = INVISIBLE_PATTERN.sub(" ", source.text)
        if mended != source.text:
            return Diagnosis(None, mended, 0)
        return Diagnosis(
            Fault(
                "KB000", Place(1, 1), "a character in the file cannot be read", "save it as UTF-8"
            ),
            None,
            0,
        )
    marks, problem = _marks(error, source)
    for number in marks:
        line = _line(source, number)
        for rule in RULES:
            verdict = rule(line)
            if verdict is None:
                continue
            column, sentence, hint, mended = verdict
            fault = None
            if sentence:
                fault = Fault("KB000", Place(number, column), sentence, hint)
            return Diagnosis(fault, _replace(source, number, mended), number)
    number = marks[0] if marks else 1
    column = _column(error, number)
    sentence = next(
        (plain for part, plain in PROBLEMS.items() if part in problem),
        "the text cannot be read from here on",
    )
    hint = (
        "compare the indentation and the quotation marks with those of the lines above; "
        "a text with special characters belongs in double quotes"
    )
    return Diagnosis(Fault("KB000", Place(number, column), sentence, hint), None, number)


def _marks(error: Any, source: Source) -> tuple[list[int], str]:
    """Line numbers to look at, likeliest first, and what the parsers say."""
    errors: list[Any] = [error]
    if len(source.text) <= SLOW_PARSER_LIMIT:
        try:
            # The parser in Python often points nearer to the cause than the one in C.
            for _ in yaml.parse(source.text, Loader=yaml.SafeLoader):
                pass
        except yaml.YAMLError as second:
            errors.append(second)
    numbers: list[int] = []
    for each in errors:
        for name in ("problem_mark", "context_mark"):
            mark = getattr(each, name, None)
            if mark is None:
                continue
            number = min(int(mark.line) + 1, len(source.lines))
            while number > 1 and not source.lines[number - 1].strip():
                number -= 1
            numbers.append(number)
    nearby = [number - 1 for number in numbers if number > 1]
    problem = " ".join(str(getattr(each, "problem", "")) for each in errors)
    return list(dict.fromkeys([*numbers, *nearby])), problem


def _column(error: Any, number: int) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.column + 1 if mark is not None and mark.line + 1 == number else 1


def _line(source: Source, number: int) -> _Line:
    text = source.lines[number - 1]
    found = LINE.match(text)
    above = next(
        (line for line in reversed(source.lines[: number - 1]) if line.strip()),
        "",
    )
    if found is None:
        return _Line(number, text, "", None, text, above)
    return _Line(number, text, found["lead"], found["key"], found["value"], above)


def _replace(source: Source, number: int, line: str) -> str:
    lines = list(source.lines)
    lines[number - 1] = line
    return "\n".join(lines)


def _tab(line: _Line) -> _Verdict | None:
    """Told as KB012 already; mended so that reading can go on."""
    lead = re.match(r"[ \t]*", line.text)
    if lead is None or "\t" not in lead[0]:
        return None
    return 1, "", "", lead[0].replace("\t", "  ") + line.text[len(lead[0]) :]


def _key_without_space(line: _Line) -> _Verdict | None:
    found = re.match(r"^([ ]*(?:- +)*[A-Za-z_][\w+-]*):(?=[^\s/:])(.*)$", line.text)
    if found is None or line.key:
        return None
    return (
        len(found[1]) + 2,
        "a space is missing after the ':'",
        f"write '{found[1].strip()}: {found[2][:30]}'",
        f"{found[1]}: {found[2]}",
    )


def _item_without_space(line: _Line) -> _Verdict | None:
    found = re.match(r"^( *)-(?=[^\s-])(.*)$", line.text)
    if found is None:
        return None
    return (
        len(found[1]) + 2,
        "a space is missing after the '-'",
        f"write '- {found[2][:30]}'",
        f"{found[1]}- {found[2]}",
    )


def _special_start(line: _Line) -> _Verdict | None:
    first = line.value[:1]
    if first not in "@`%*&!" or not first:
        return None
    return (
        line.start,
        f"a text cannot begin with '{first}'",
        "put the whole text in double quotes",
        line.quoted(),
    )


def _bracket_start(line: _Line) -> _Verdict | None:
    first, value = line.value[:1], line.value.rstrip()
    if first not in ("{", "["):
        return None
    closing = "}" if first == "{" else "]"
    if value.endswith(closing) and ":" not in value and value.count(first) == 1:
        return None
    if closing not in value:
        return (
            line.start,
            f"the bracket '{first}' that opens here is not closed in this line",
            f"write '{closing}' at the end; if it is text, put the whole text in double quotes",
            line.text.rstrip() + closing,
        )
    return (
        line.start,
        f"a text cannot begin with '{first}': YAML takes it for a list or a group of keys",
        "put the whole text in double quotes",
        line.quoted(),
    )


def _quote_trouble(line: _Line) -> _Verdict | None:
    quote, value = line.value[:1], line.value.rstrip()
    if quote not in ("'", '"'):
        return None
    closed = _quoted_end(value)
    before = line.text[: line.start - 1]
    if quote == '"' and (found := re.search(r"\\(?![\\\"0abtnvfre N_LPxuU/])", value)):
        return (
            line.start + found.start(),
            "a backslash in double quotes has a meaning of its own",
            "write two backslashes, or put the text in single quotes",
            before + re.sub(r"\\(?![\\\"])", r"\\\\\\\\", value),
        )
    if closed is None:
        return (
            line.start,
            "the quotation mark that opens here is not closed in this line",
            f"write {quote} at the end of the text",
            before + value + quote,
        )
    rest = value[closed:].strip()
    if not rest or rest.startswith("#"):
        return None
    inner = value[1:-1] if value.endswith(quote) else value
    body = inner.replace("\\", "\\\\").replace('"', '\\"')
    hint = (
        "put the whole text in double quotes"
        if quote == "'"
        else 'put single quotes around the whole text, or write \\" for a quotation mark in it'
    )
    return (
        line.start + closed,
        f"the text goes on after its closing quotation mark: {rest[:30]}",
        hint,
        f'{before}"{body}"',
    )


def _quoted_end(value: str) -> int | None:
    """Index after the closing quotation mark, or None."""
    quote = value[0]
    pattern = r'"(?:[^"\\]|\\.)*"' if quote == '"' else r"'(?:[^']|'')*'"
    found = re.match(pattern, value)
    return found.end() if found else None


def _block_mark(line: _Line) -> _Verdict | None:
    found = re.match(r"^([|>][+-]?\d?)\s*([^\s#+-].*)$", line.value)
    if found is None:
        return None
    return (
        line.start + len(found[1]),
        f"text stands in the same line as '{found[1]}'",
        "begin the text on the next line, two spaces further in",
        f"{line.text[: line.start - 1]}{_escaped(found[2])}",
    )


def _escaped(text: str) -> str:
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{body}"'


def _list_behind_key(line: _Line) -> _Verdict | None:
    if line.key is None or not line.value.startswith("- "):
        return None
    return (
        line.start,
        "a list cannot begin behind its key",
        "put '- ' and what follows on the next line, two spaces further in",
        line.quoted(),
    )


def _second_colon(line: _Line) -> _Verdict | None:
    if line.value[:1] in ("'", '"', "{", "[", "|", ">", "#"):
        return None
    found = re.search(r":(?=\s|$)", line.value)
    if found is None or (line.key is None and not line.lead.strip()):
        return None
    return (
        line.start + found.start(),
        "the text has ': ' in it, so YAML takes its beginning for a key",
        "put the whole text in double quotes",
        line.quoted(),
    )


def _indentation(line: _Line) -> _Verdict | None:
    """A key further in or out than the keys above it."""
    if line.key is None or not line.above:
        return None
    above = LINE.match(line.above)
    if above is None or above["key"] is None:
        return None
    wanted = len(above["lead"])
    actual = len(line.lead)
    opens_list = "-" in line.lead
    if actual == wanted or opens_list:
        return None
    return (
        actual + 1,
        f"'{line.key}' begins at column {actual + 1}, "
        f"but '{above['key']}' above it at column {wanted + 1}",
        "begin both at the same column",
        " " * wanted + line.text[actual:],
    )


def _bare_word(line: _Line) -> _Verdict | None:
    """A line of text where a key belongs: most often text that should be indented."""
    if line.key is not None or not line.value.strip() or line.value.startswith("#"):
        return None
    return (
        line.start,
        "this line is no 'key: value' and does not belong to the text above it",
        "indent it like the text that it belongs to, or write ': ' after the key",
        f"{' ' * (len(line.text) - len(line.text.lstrip()))}# {line.value}",
    )


RULES: tuple[Callable[[_Line], _Verdict | None], ...] = (
    _tab,
    _item_without_space,
    _key_without_space,
    _special_start,
    _bracket_start,
    _quote_trouble,
    _block_mark,
    _list_behind_key,
    _second_colon,
    _indentation,
    _bare_word,
)
"""Likeliest first."""
