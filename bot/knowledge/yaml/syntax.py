"""Syntax errors in plain words. What to type is read off the line itself, not off the parser.

Each diagnosis also mends its line in memory, so that one run finds what else is wrong in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from bot.knowledge.findings import Fault, Place
from bot.knowledge.yaml.slips import LINE, RULES, SuspectLine
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


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong, and the text with that line mended (None where nobody can tell)."""

    fault: Fault | None
    mended: str | None
    line: int


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


def _line(source: Source, number: int) -> SuspectLine:
    text = source.lines[number - 1]
    found = LINE.match(text)
    above = next(
        (line for line in reversed(source.lines[: number - 1]) if line.strip()),
        "",
    )
    if found is None:
        return SuspectLine(number, text, "", None, text, above)
    return SuspectLine(number, text, found["lead"], found["key"], found["value"], above)


def _replace(source: Source, number: int, line: str) -> str:
    lines = list(source.lines)
    lines[number - 1] = line
    return "\n".join(lines)
