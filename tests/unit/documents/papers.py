"""Papers that are hard to render, and ways to read what was rendered."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
from docx.oxml.ns import qn
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.documents import (
    Block,
    Bullets,
    Heading,
    Paper,
    Paragraph,
    Quote,
    Table,
)
from bot.documents.visible import visible

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

THOROUGH = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def squeezed(text: str) -> str:
    """Without any white space: where lines break is the format's own business."""
    return re.sub(r"[\s\u00a0]+", "", text)


def words_of(content: bytes) -> str:
    """All text of a DOCX body, tables included, in order."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


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
