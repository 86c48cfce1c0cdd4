"""Any text in any format: nothing is lost, nothing crashes, every page carries its marking."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PdfReader

from bot.documents import (
    FORMATS,
    Block,
    Bullets,
    Format,
    Heading,
    Paper,
    Paragraph,
    Quote,
    Table,
    render,
)
from bot.documents.inline import escaped, is_web_link, runs
from bot.documents.visible import drawable, visible

MOMENT = dt.datetime(2026, 11, 23, 19, 40, tzinfo=dt.UTC)

NASTY = [
    "\x00\x1f\x7f\ufffe\ud800",
    "\u202eTLP:RED\u202c \u2066x\u2069",
    "👩‍👩‍👧 🔥 ☃️",
    "中文 ไทย עברית العربية",
    "</w:t></w:r><w:fldSimple w:instr='DATE'/>",
    "{nb} {page} {0} %s %(x)s",
    '{ HYPERLINK "https://evil.example" }',
    "=cmd|' /C calc'!A0",
    "a" * 900,
    " " * 400 + "x",
    "- 1. # > ``` | --- |",
    "[x](javascript:alert(1)) ![y](https://evil.example/z.png) <img src=x onerror=y>",
]

TEXT = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="ĀāĒ žŠķ Їїєґ Ёя ß€ |*_`~#<>[]()!\\\n\t&@:/.-+=0123456789", max_size=120),
    st.sampled_from(NASTY),
)

CELLS = st.lists(TEXT, min_size=2, max_size=2).map(tuple)

BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, TEXT, st.integers(0, 5)),
    st.builds(Paragraph, TEXT),
    st.builds(Bullets, st.lists(TEXT, max_size=3).map(tuple), st.booleans()),
    st.builds(Table, CELLS, st.lists(CELLS, max_size=3).map(tuple)),
    st.builds(Quote, TEXT, TEXT, st.sampled_from(["", "en", "uk", "xx"])),
)

PAPER = st.builds(
    Paper,
    title=TEXT,
    marking=st.sampled_from(["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]),
    subtitle=TEXT,
    facts=st.lists(CELLS, max_size=2).map(tuple),
    blocks=st.lists(BLOCK, max_size=4).map(tuple),
    language=st.sampled_from(["en", "et", "lv", "lt", "ru", "uk", "pl", "de", "fr"]),
    made_at=st.one_of(st.none(), st.just(MOMENT)),
)

THOROUGH = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def squeezed(text: str) -> str:
    """Without any white space: where lines break is the format's own business."""
    return re.sub(r"[\s\u00a0]+", "", text)


def words_of(content: bytes) -> str:
    """All text of a DOCX body, tables included, in order."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


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


def plain_texts(paper: Paper) -> list[str]:
    """Every text of the paper that is not Markdown."""
    found = [paper.title, paper.subtitle, *(text for fact in paper.facts for text in fact)]
    found = [visible(text) for text in found]
    for block in paper.blocks:
        match block:
            case Heading():
                found.append(visible(block.text))
            case Table():
                found += [visible(cell) for row in (block.header, *block.rows) for cell in row]
            case Quote():
                found += [visible(block.text), visible(block.caption)]
            case _:
                continue
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_paper_gives_the_same_bytes(form: Format) -> None:
    paper = full_paper()
    assert render(paper, form) == render(paper, form)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_file_names_its_title_and_language_and_no_person(form: Format) -> None:
    content = render(full_paper(), form)
    if form == "docx":
        core = docx.Document(io.BytesIO(content)).core_properties
        assert (core.title, core.language, core.author) == ("Ziņojums", "lv-LV", "")
        assert core.last_modified_by == core.comments == ""
        assert core.created == core.modified == MOMENT
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    else:
        reader = PdfReader(io.BytesIO(content))
        assert reader.metadata is not None
        assert reader.metadata.title == "Ziņojums"
        assert reader.metadata.author is None
        assert reader.metadata.creation_date == MOMENT
        assert reader.trailer["/Root"]["/Lang"] == "lv-LV"


def full_paper() -> Paper:
    return Paper(
        title="Ziņojums",
        marking="TLP:AMBER",
        subtitle="Briefing",
        facts=(("Made", "now"),),
        blocks=(
            Heading("One"),
            Paragraph("A **bold** [link](https://example.org/a?b=1&c=2) and `code`."),
            Bullets(("first", "second"), numbered=True),
            Bullets(("third", "fourth"), numbered=True),
            Heading("Two", 2),
            Table(("Name", "Value"), tuple((f"row {n}", "x " * 40) for n in range(80))),
            Quote("Exactly\n  this", "Post", "ru"),
        ),
        language="lv",
        made_at=MOMENT,
    )


def test_a_word_document_is_built_of_styles_as_an_office_would() -> None:
    document = docx.Document(io.BytesIO(render(full_paper(), "docx")))
    (section,) = document.sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    styles = {
        paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style
    }
    assert styles["Ziņojums"] == "Title"
    assert (styles["One"], styles["Two"]) == ("Heading 1", "Heading 2")
    assert styles["first"] == "List Number"
    table = document.tables[-1]
    assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tr_lst[1].trPr.find(qn("w:tblHeader")) is None
    numbers = [node.get(qn("w:val")) for node in document.element.body.iter(qn("w:numId"))]
    assert len(set(numbers)) == 2, "the second list begins at 1 again"
    languages = {node.get(qn("w:val")) for node in document.element.body.iter(qn("w:lang"))}
    assert languages == {"lv-LV", "ru-RU"}
    fields = {node.text for node in section.footer._element.iter(qn("w:instrText"))}
    assert fields == {" PAGE ", " NUMPAGES "}
    shades = [node.get(qn("w:fill")) for node in section.header._element.iter(qn("w:shd"))]
    colours = [node.get(qn("w:val")) for node in section.header._element.iter(qn("w:color"))]
    assert shades == ["000000"]
    assert colours == ["FFC000"]
    modes = [
        node.get(qn("w:val"))
        for node in document.settings.element.iter(qn("w:compatSetting"))
        if node.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]
    normal = document.styles["Normal"]
    assert normal.paragraph_format.widow_control


def test_a_pdf_repeats_the_header_of_a_table_and_numbers_its_pages() -> None:
    reader = PdfReader(io.BytesIO(render(full_paper(), "pdf")))
    count = len(reader.pages)
    assert count > 2
    for number, page in enumerate(reader.pages[1:-1], 2):
        text = page.extract_text()
        assert f"{number}. lpp. no {count}" in text
        assert "Name" in text
        assert "Value" in text
    targets = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    ]
    assert targets == ["https://example.org/a?b=1&c=2"]
    assert [entry["/Title"] for entry in flat(reader.outline)] == ["One", "Two"]


def flat(outline: list[object]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for entry in outline:
        found += flat(entry) if isinstance(entry, list) else [entry]  # type: ignore[list-item]
    return found


def test_a_row_longer_than_a_page_goes_on_on_the_next() -> None:
    long = " ".join(f"word{number}" for number in range(3000))
    paper = Paper("T", "TLP:CLEAR", blocks=(Table(("a", "b"), (("left", long), ("x", "y"))),))
    reader = PdfReader(io.BytesIO(render(paper, "pdf")))
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    assert len(reader.pages) > 1
    assert all(f"word{number}" in text for number in range(3000))


@pytest.mark.parametrize("form", FORMATS)
def test_a_row_too_long_for_its_table_is_an_error(form: Format) -> None:
    paper = Paper("T", "TLP:CLEAR", blocks=(Table(("a",), (("1", "2"),)),))
    with pytest.raises(ValueError, match="row 1"):
        render(paper, form)


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="docx, pdf, md"):
        render(Paper("T", "TLP:CLEAR"), "odt")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ms-word:x"]
)
@pytest.mark.parametrize("form", FORMATS)
def test_a_link_leads_to_the_web_or_is_none(form: Format, address: str) -> None:
    paper = Paper("T", "TLP:CLEAR", blocks=(Paragraph(f"see [here]({address}) now"),))
    content = render(paper, form)
    if form == "md":
        assert f"]({address}" not in content.decode()
        assert address.split(":", maxsplit=1)[0] in content.decode()
    elif form == "pdf":
        page = PdfReader(io.BytesIO(content)).pages[0]
        assert "/Annots" not in page
        assert address in page.extract_text()
    else:
        document = docx.Document(io.BytesIO(content))
        assert not [rel for rel in document.part.rels.values() if rel.is_external]
        assert address in words_of(content)


def test_a_link_whose_words_name_another_site_shows_where_it_leads() -> None:
    paper = Paper(
        "T",
        "TLP:CLEAR",
        blocks=(Paragraph("[https://nato.int/news](https://evil.example/x)"),),
    )
    assert "(https://evil.example/x)" in words_of(render(paper, "docx"))


@given(TEXT)
def test_an_escaped_text_reads_as_it_was_written(text: str) -> None:
    from bot.documents.inline import text_of
    from bot.documents.visible import line, no_marking

    assert squeezed(text_of(escaped(text))) == squeezed(no_marking(line(text)))
