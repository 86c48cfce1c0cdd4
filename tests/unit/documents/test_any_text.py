"""Any text in any format: nothing is lost, nothing crashes, every page carries its marking."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import docx
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from papers import PAPER, TEXT, THOROUGH, plain_texts, squeezed, words_of
from pypdf import PdfReader

from bot.documents import (
    Bullets,
    Heading,
    Paper,
    Paragraph,
    Quote,
    Table,
    render,
)
from bot.documents.inline import escaped, is_web_link, runs
from bot.documents.visible import drawable, visible


@THOROUGH
@given(PAPER)
def test_any_paper_becomes_a_word_document_with_all_its_text(paper: Paper) -> None:
    content = render(paper, "docx")
    document = docx.Document(io.BytesIO(content))
    (section,) = document.sections
    for part in (section.header, section.footer):
        assert paper.marking in part.paragraphs[0].text
    found = squeezed(words_of(content))
    for text in plain_texts(paper):
        assert squeezed(text) in found


@THOROUGH
@given(PAPER)
def test_any_paper_becomes_a_pdf_with_its_marking_on_every_page(paper: Paper) -> None:
    for page in PdfReader(io.BytesIO(render(paper, "pdf"))).pages:
        assert page.extract_text().count(paper.marking) >= 2


def left_to_right(text: str) -> bool:
    return all(unicodedata.bidirectional(letter) not in {"R", "AL", "AN"} for letter in text)


@THOROUGH
@given(TEXT.filter(left_to_right))
def test_a_pdf_holds_all_its_text(text: str) -> None:
    paper = Paper("T", "TLP:CLEAR", blocks=(Quote(text), Table(("a", "b"), ((text, "z"),))))
    reader = PdfReader(io.BytesIO(render(paper, "pdf")))
    body = ""
    for page in reader.pages:
        part = page.extract_text()
        body += part
    glyphs = glyphs_of_dejavu()
    wanted = "".join(sorted(squeezed(drawable(visible(text), glyphs))))
    found = squeezed(body)
    for letter in set(wanted):
        assert found.count(letter) >= wanted.count(letter), letter


def glyphs_of_dejavu() -> frozenset[int]:
    from fpdf import FPDF

    from bot.documents.pdf_fonts import FIXED, Letters

    letters = Letters(FPDF())
    return letters.glyphs((FIXED, ""))


def parsed(markdown: str) -> list[Token]:
    """The tokens of a reader that knows tables and strikethrough and lets HTML through."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def shown_of(tokens: Iterable[Token]) -> str:
    """What a reader sees, without white space; fails for whatever is live."""
    shown = ""
    for token in tokens:
        assert token.type not in {"html_block", "image", "link_open", "s_open"}, token
        if token.type == "html_inline":
            assert token.content == "<br>"
        elif token.children is not None:
            shown += shown_of(token.children)
        else:
            shown += token.content
    return squeezed(shown)


@THOROUGH
@given(PAPER.filter(lambda paper: not any(isinstance(b, Paragraph) for b in paper.blocks)))
def test_markdown_shows_every_text_as_it_is_and_keeps_its_shape(paper: Paper) -> None:
    plain = replace(
        paper,
        blocks=tuple(
            replace(block, items=tuple(escaped(item) for item in block.items))
            if isinstance(block, Bullets)
            else block
            for block in paper.blocks
        ),
    )
    text = render(plain, "md").decode()
    lines = text.split("\n")
    assert lines[0] == lines[-2] == f"**{paper.marking}**"
    tokens = parsed(text)
    shown = shown_of(tokens)
    for wanted in plain_texts(plain):
        assert squeezed(wanted) in shown
    kinds = Counter(type(block) for block in paper.blocks)
    types = Counter(token.type for token in tokens)
    assert types["heading_open"] == kinds[Heading] + 1
    assert types["table_open"] == kinds[Table]
    assert types["fence"] == kinds[Quote]
    rows = sum(len(block.rows) for block in paper.blocks if isinstance(block, Table))
    assert types["td_open"] == 2 * rows


@THOROUGH
@given(TEXT)
def test_a_paragraph_in_markdown_is_a_paragraph(text: str) -> None:
    paper = Paper("T", "TLP:RED", blocks=(Paragraph(text), Bullets((text,))))
    tokens = parsed(render(paper, "md").decode())
    types = Counter(token.type for token in tokens)
    assert types["heading_open"] == 1
    assert not types["fence"] + types["code_block"] + types["blockquote_open"] + types["hr"]
    assert types["list_item_open"] == 1
    live = [child for token in tokens for child in token.children or []]
    assert not [child for child in live if child.type in {"image", "html_inline"}]
    for child in live:
        if child.type == "link_open":
            assert is_web_link(str(child.attrGet("href")))
    wanted = "".join(run.text for run in runs(text))
    assert shown_of_with_links(tokens).count(squeezed(wanted)) >= 2 or not squeezed(wanted)


def shown_of_with_links(tokens: Iterable[Token]) -> str:
    return squeezed(
        "".join(
            child.content for token in tokens for child in token.children or [] if child.content
        )
    )


@given(TEXT)
def test_an_escaped_text_reads_as_it_was_written(text: str) -> None:
    from bot.documents.inline import text_of
    from bot.documents.visible import line, no_marking

    assert squeezed(text_of(escaped(text))) == squeezed(no_marking(line(text)))
