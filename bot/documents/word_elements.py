"""Parts of a DOCX document that the library has no call for: links, fields, numbering, language."""

# pyright: basic, reportPrivateUsage=false
# The types of python-docx are partial.
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from bot.documents.inline import Run
from bot.documents.word_styles import FIXED_FONT, LINK_STYLE

LAYOUT = "15"
"""Word 2013 and later."""

NUMBER_ROOM = Twips(480)


def add_runs(paragraph: Paragraph, pieces: Sequence[Run]) -> None:
    """The text with its emphasis; links go to the web and nowhere else."""
    for piece in pieces:
        run = paragraph.add_run(piece.text)
        run.bold = piece.bold or None
        run.italic = piece.italic or None
        if piece.code:
            run.font.name = FIXED_FONT
        if piece.link:
            _link(paragraph, run, piece.link)


def _link(paragraph: Paragraph, run: WordRun, address: str) -> None:
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run.style = LINK_STYLE
    run._r.addprevious(link)
    link.append(run._r)


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field that the reader's program fills in, such as PAGE; until then it shows 1."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("value", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "value":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


def set_language(element: BaseOxmlElement, locale: str) -> None:
    """The language of every run below the element that has none yet."""
    for run in element.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        if properties.find(qn("w:lang")) is None:
            properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{locale}"/>'))


def set_settings(document: Document, locale: str) -> None:
    """The layout of today's Word, which would otherwise open the file in compatibility mode, and
    no language but the document's own."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), LAYOUT)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.attrib.clear()
        language.set(qn("w:val"), locale)


def repeat_header(row: Row) -> None:
    """The row stands again at the top of every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_row_whole(row: Row) -> None:
    """The row does not break across pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


@dataclass(frozen=True, slots=True)
class NumberList:
    """One numbered list of the document, that begins at 1."""

    number: int

    def put(self, paragraph: Paragraph) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self.number


def new_number_list(document: Document) -> NumberList:
    """A list of its own: the style alone would go on counting from the list before."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    used = style.pPr.numPr.numId.val
    abstract = next(found.abstractNumId.val for found in numbering.num_lst if found.numId == used)
    _make_room(numbering, abstract)
    added = numbering.add_num(abstract)
    added.add_lvlOverride(ilvl=0).add_startOverride(1)
    return NumberList(added.numId)


def _make_room(numbering: BaseOxmlElement, abstract: int) -> None:
    """Indent the list so that numbers of two digits stand clear of the text."""
    level = numbering.find(
        f"{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='{abstract}']/{qn('w:lvl')}"
    )
    properties = level.find(qn("w:pPr"))
    for child in list(properties):
        properties.remove(child)
    room = NUMBER_ROOM.twips
    properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="{room}" w:hanging="{room}"/>'))
