"""What an office expects of a document: styles, headers, page numbers, properties, links."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from papers import MOMENT, full_paper, squeezed, words_of
from pypdf import PdfReader

from bot.documents import (
    FORMATS,
    Format,
    Paper,
    Paragraph,
    Table,
    render,
)


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
