"""What people really type: one rule a slip, read off the line itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

LINE = re.compile(
    r"^(?P<lead>[ ]*(?:- +)*)(?:(?P<key>[A-Za-z_][\w+-]*)(?P<colon>: +))?(?P<value>.*)$"
)
"""A line as indentation and hyphens, a key, and a value."""


@dataclass(frozen=True, slots=True)
class SuspectLine:
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


Verdict = tuple[int, str, str, str]
"""Column, sentence, hint, mended line."""


def _tab(line: SuspectLine) -> Verdict | None:
    """Told as KB012 already; mended so that reading can go on."""
    lead = re.match(r"[ \t]*", line.text)
    if lead is None or "\t" not in lead[0]:
        return None
    return 1, "", "", lead[0].replace("\t", "  ") + line.text[len(lead[0]) :]


def _key_without_space(line: SuspectLine) -> Verdict | None:
    found = re.match(r"^([ ]*(?:- +)*[A-Za-z_][\w+-]*):(?=[^\s/:])(.*)$", line.text)
    if found is None or line.key:
        return None
    return (
        len(found[1]) + 2,
        "a space is missing after the ':'",
        f"write '{found[1].strip()}: {found[2][:30]}'",
        f"{found[1]}: {found[2]}",
    )


def _item_without_space(line: SuspectLine) -> Verdict | None:
    found = re.match(r"^( *)-(?=[^\s-])(.*)$", line.text)
    if found is None:
        return None
    return (
        len(found[1]) + 2,
        "a space is missing after the '-'",
        f"write '- {found[2][:30]}'",
        f"{found[1]}- {found[2]}",
    )


def _special_start(line: SuspectLine) -> Verdict | None:
    first = line.value[:1]
    if first not in "@`%*&!" or not first:
        return None
    return (
        line.start,
        f"a text cannot begin with '{first}'",
        "put the whole text in double quotes",
        line.quoted(),
    )


def _bracket_start(line: SuspectLine) -> Verdict | None:
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


def _quote_trouble(line: SuspectLine) -> Verdict | None:
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


def _block_mark(line: SuspectLine) -> Verdict | None:
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


def _list_behind_key(line: SuspectLine) -> Verdict | None:
    if line.key is None or not line.value.startswith("- "):
        return None
    return (
        line.start,
        "a list cannot begin behind its key",
        "put '- ' and what follows on the next line, two spaces further in",
        line.quoted(),
    )


def _second_colon(line: SuspectLine) -> Verdict | None:
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


def _indentation(line: SuspectLine) -> Verdict | None:
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


def _bare_word(line: SuspectLine) -> Verdict | None:
    """A line of text where a key belongs: most often text that should be indented."""
    if line.key is not None or not line.value.strip() or line.value.startswith("#"):
        return None
    return (
        line.start,
        "this line is no 'key: value' and does not belong to the text above it",
        "indent it like the text that it belongs to, or write ': ' after the key",
        f"{' ' * (len(line.text) - len(line.text.lstrip()))}# {line.value}",
    )


RULES: tuple[Callable[[SuspectLine], Verdict | None], ...] = (
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
