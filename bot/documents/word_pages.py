"""Pages of a DOCX document: A4, the marking in header and footer of each, page numbers."""

# pyright: basic, reportPrivateUsage=false
# The types of python-docx are partial.
from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from bot.documents import marking
from bot.documents.labels import locale_of, page_of, running_title
from bot.documents.paper import Paper
from bot.documents.visible import line
from bot.documents.word_elements import add_field, set_language

PAGE_WIDTH, PAGE_HEIGHT = Cm(21), Cm(29.7)
SIDE_MARGIN = Cm(2.2)
TOP_MARGIN, BOTTOM_MARGIN = Cm(2.4), Cm(2.2)


def set_pages(document: Document, paper: Paper) -> None:
    """Paper size, margins, header and footer."""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = SIDE_MARGIN
    section.top_margin, section.bottom_margin = TOP_MARGIN, BOTTOM_MARGIN
    section.header_distance = section.footer_distance = Cm(1.0)
    head = section.header.paragraphs[0]
    _tabs(head)
    head.add_run(running_title(paper))
    _marking(head, paper.marking)
    foot = section.footer.paragraphs[0]
    _tabs(foot)
    before, between, after = page_of(paper.language)
    foot.add_run(before)
    add_field(foot, "PAGE")
    foot.add_run(between)
    add_field(foot, "NUMPAGES")
    foot.add_run(after)
    _marking(foot, paper.marking)
    for part in (head, foot):
        set_language(part._p, locale_of(paper.language))


def _tabs(paragraph: WordParagraph) -> None:
    """One tab stop, at the right edge."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(PAGE_WIDTH - 2 * SIDE_MARGIN, WD_TAB_ALIGNMENT.RIGHT)


def _marking(paragraph: WordParagraph, text: str) -> None:
    paragraph.add_run("\t")
    # No-break spaces: the black ground reaches a little beyond the letters.
    label = paragraph.add_run(f"\u00a0{line(text)}\u00a0")
    label.bold = True
    label.font.size = Pt(marking.POINTS)
    label.font.color.rgb = RGBColor.from_string(marking.colour(text))
    label._r.get_or_add_rPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{marking.GROUND}"/>')
    )
