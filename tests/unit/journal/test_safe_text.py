"""Nothing that people write runs in a spreadsheet or breaks out of its place in Markdown."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.journal.safe_text import INVISIBLE, cell, csv_line, markdown, quoted

TEXT = {"text", "text_special", "softbreak", "paragraph_open", "paragraph_close", "inline"}
nasty = st.text(alphabet="=+-@\t\r\n|%;\"' ab1(!)[]<>_*`#~\\/&:.^{}$\u202e\ufeff\u3000é")


def bare(text: str) -> str:
    return INVISIBLE.sub("", text).removeprefix("'")


@given(st.text() | nasty)
def test_no_cell_starts_a_formula(text: str) -> None:
    shown = cell(text)
    assert not shown.lstrip(" \u00a0").startswith(
        ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠")
    )
    # The mark is all that is added, and what is taken away can't be seen.
    assert bare(shown) == bare(text)


@given(st.lists(st.text() | nasty, min_size=1, max_size=5))
def test_a_row_reads_back_as_it_was(values: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(csv_line(values), newline=""), strict=True)
    assert [one.removeprefix("'") for one in row] == [
        one.removeprefix("'") for one in map(cell, values)
    ]


@given(st.text() | nasty)
def test_a_text_in_markdown_reads_as_it_was_written(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"a {markdown(text)}")
    )
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in tokens} <= TEXT
    assert {child.type for child in inline} <= TEXT
    shown = "".join(child.content for child in inline).replace("@\u200b", "@")
    assert shown.split() == f"a {INVISIBLE.sub('', text)}".split()


@given(st.text() | nasty)
def test_a_quoted_text_stays_in_its_quote(text: str) -> None:
    page = "\n".join(["before", "", *quoted(text), "", "after"])
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)
    top = [token.type for token in tokens if token.level == 0]
    assert top == [
        "paragraph_open", "paragraph_close", "blockquote_open", "blockquote_close",
        "paragraph_open", "paragraph_close",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["@everyone", "@here", "<@123456789012345678>", "<@&1>"])
def test_nobody_is_pinged(text: str) -> None:
    assert "@everyone" not in markdown(text)
    assert "@here" not in markdown(text)
    assert not re.search(r"<@[!&]?\d", markdown(text))
