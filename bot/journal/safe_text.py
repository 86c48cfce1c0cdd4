"""Texts of people in files: nothing they wrote runs, pings or leaves its place."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
"""What a spreadsheet takes for the start of a formula or a command."""

MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$=:^'\"/])")
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, which steer a terminal, and what turns the direction of text."""


def cell(value: object) -> str:
    """A value for a spreadsheet: what could run as a formula starts with an apostrophe instead."""
    text = "" if value is None else INVISIBLE.sub("", str(value).replace("\r\n", "\n"))
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA) else text


def csv_line(values: Sequence[object]) -> str:
    """One row of a CSV file (RFC 4180), safe to open in a spreadsheet."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([cell(value) for value in values])
    return line.getvalue()


def json_line(value: object) -> str:
    """A value as one line of JSON Lines, with what could steer a terminal as \\u escapes."""
    written = json.dumps(value, ensure_ascii=False)
    return INVISIBLE.sub(lambda found: json.dumps(found[0])[1:-1], written) + "\n"


def markdown(text: object) -> str:
    """A text inside a line of Markdown, shown as it was written: no markup, link, HTML or ping."""
    line = " ".join(INVISIBLE.sub("", str(text)).split())
    line = MARKUP.sub(r"\\\1", line)
    return line.replace("@", "@\u200b")


def quoted(text: str) -> Iterable[str]:
    """A text of several lines as a Markdown block quote, a line at a time."""
    for line in INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        yield f"> {markdown(line)}".rstrip()
