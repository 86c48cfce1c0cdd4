"""The styles of a DOCX document: set once, so that whoever edits it goes on in the same look."""

# pyright: basic, reportPrivateUsage=false
# The types of python-docx are partial.
from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from bot.documents.palette import ACCENT, INK, LINK, PANEL, QUIET, RULE, WHITE

TEXT_FONT = "Calibri"
FIXED_FONT = "Consolas"

TABLE = "Redline Table"
FACTS = "Redline Facts"
QUOTE = "Redline Verbatim"
CAPTION = "Redline Caption"
CELL = "Redline Cell"
HEAD_CELL = "Redline Table Heading"
LABEL_CELL = "Redline Fact Label"
LINK_STYLE = "Hyperlink"


def set_styles(document: Document, locale: str) -> None:
    """Fonts, sizes, spacing, language and the styles of this project's own."""
    _defaults(document, locale)
    normal = _style(document, "Normal")
    _font(normal, 10.5, colour=INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    normal.paragraph_format.line_spacing = 1.12
    normal.paragraph_format.widow_control = True
    _titles(document)
    for name in ("List Bullet", "List Number"):
        style = _style(document, name)
        style.paragraph_format.space_after = Pt(3)
        _without(style.element, "w:pPr", "w:contextualSpacing")
    for name in ("Header", "Footer"):
        style = _style(document, name)
        _font(style, 8.5, colour=QUIET)
        _without(style.element, "w:pPr", "w:tabs")
    for name, bold, colour in (
        (CELL, False, INK),
        (HEAD_CELL, True, WHITE),
        (LABEL_CELL, True, QUIET),
    ):
        cell = _added(document, name, "Normal")
        _font(cell, 9, bold=bold, colour=colour)
        cell.paragraph_format.space_after = Pt(0)
        cell.paragraph_format.line_spacing = 1.05
        cell.paragraph_format.keep_with_next = True if name == HEAD_CELL else None
    caption = _added(document, CAPTION, "Normal")
    _font(caption, 9.5, bold=True, colour=QUIET)
    caption.paragraph_format.space_before = Pt(8)
    caption.paragraph_format.space_after = Pt(3)
    caption.paragraph_format.keep_with_next = True
    _verbatim(document)
    _hyperlink(document)
    for xml in (_TABLE_STYLE, _FACTS_STYLE):
        document.styles.element.append(parse_xml(xml))


def _titles(document: Document) -> None:
    title = _style(document, "Title")
    _font(title, 21, bold=True, colour=ACCENT)
    title.paragraph_format.space_before = Pt(0)
    title.paragraph_format.space_after = Pt(4)
    title.paragraph_format.keep_with_next = True
    _without(title.element, "w:pPr", "w:pBdr")
    subtitle = _style(document, "Subtitle")
    _font(subtitle, 12, colour=QUIET)
    subtitle.font.italic = False
    subtitle.paragraph_format.space_after = Pt(8)
    for level, size, before, after in ((1, 14, 16, 5), (2, 11.5, 11, 3), (3, 10.5, 8, 2)):
        heading = _style(document, f"Heading {level}")
        _font(heading, size, bold=True, colour=ACCENT if level < 3 else INK)
        heading.paragraph_format.space_before = Pt(before)
        heading.paragraph_format.space_after = Pt(after)
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.keep_together = True


def _verbatim(document: Document) -> None:
    """A block as it is to be copied: fixed width, a bar at the left, a quiet ground."""
    style = _added(document, QUOTE, "Normal")
    _font(style, 9.5, name=FIXED_FONT)
    style.paragraph_format.left_indent = Cm(0.3)
    style.paragraph_format.right_indent = Cm(0.2)
    style.paragraph_format.space_after = Pt(10)
    style.paragraph_format.line_spacing = 1.1
    properties = style.element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    for xml in (
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="4" w:space="4" w:color="{PANEL}"/>'
        f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{ACCENT}"/>'
        f'<w:bottom w:val="single" w:sz="4" w:space="4" w:color="{PANEL}"/></w:pBdr>',
        f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{PANEL}"/>',
    ):
        spacing.addprevious(parse_xml(xml))


def _hyperlink(document: Document) -> None:
    style = document.styles.add_style(LINK_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    assert isinstance(style, CharacterStyle)
    style.font.color.rgb = RGBColor.from_string(LINK)
    style.font.underline = True


def _defaults(document: Document, locale: str) -> None:
    """Document defaults: the font for every script, and the language of the text."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(properties):
        if child.tag in (qn("w:rFonts"), qn("w:lang")):
            properties.remove(child)
    properties.insert(0, parse_xml(_fonts(TEXT_FONT)))
    properties.append(
        parse_xml(f'<w:lang {nsdecls("w")} w:val="{locale}" w:eastAsia="{locale}" w:bidi="ar-SA"/>')
    )


def _fonts(name: str) -> str:
    parts = " ".join(f'w:{part}="{name}"' for part in ("ascii", "hAnsi", "cs", "eastAsia"))
    return f"<w:rFonts {nsdecls('w')} {parts}/>"


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _added(document: Document, name: str, base: str) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles[base]
    style.quick_style = True
    return style


def _font(
    style: ParagraphStyle,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    name: str = TEXT_FONT,
) -> None:
    # The template's styles name fonts and spacing of its theme, which would win.
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    properties.insert(0, parse_xml(_fonts(name)))
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = RGBColor.from_string(colour)


def _without(element: BaseOxmlElement, parent: str, child: str) -> None:
    for found in element.findall(f"{qn(parent)}/{qn(child)}"):
        found.getparent().remove(found)


_CELLS = (
    '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
    '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
)

_TABLE_STYLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="RedlineTable">'
    f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
    "<w:tblPr><w:tblBorders>"
    f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    f"</w:tblBorders>{_CELLS}</w:tblPr>"
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>'
    f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{ACCENT}"/></w:tcPr></w:tblStylePr>'
    "</w:style>"
)

_FACTS_STYLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="RedlineFacts">'
    f'<w:name w:val="{FACTS}"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    f'<w:top w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    f"</w:tblBorders>{_CELLS}</w:tblPr>"
    '<w:tblStylePr w:type="firstCol">'
    f'<w:rPr><w:b/><w:color w:val="{QUIET}"/></w:rPr></w:tblStylePr>'
    "</w:style>"
)
