"""`/brief`: a document on an entry or a question, for one's own eyes."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any

import docx
import pytest
from chat_world import ANALYSIS, OPTION, REDLINE, RETIRED, SECRET, World, answer, shown
from pypdf import PdfReader

import bot.documents


async def attached(result: Any) -> tuple[str, bytes]:
    """Name and content of the one file of an answer."""
    (file,) = answer(result).attachments
    return file.filename, await file.read()


async def test_an_entry_becomes_a_word_document(world: World) -> None:
    result = await world.officer.slash(world.channel, "brief", entry=ANALYSIS)
    text = shown(result)
    assert "Briefing: Why the demand comes now" in text
    assert result.ephemeral
    name, content = await attached(result)
    assert name == f"brief-{ANALYSIS}-en.docx"
    document = docx.Document(io.BytesIO(content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "The demand tests the alliance." in words
    assert "Red lines" in words
    facts = " ".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    assert world.services.store.snapshot.revision in facts
    record = (await world.records())[-1]
    assert record["command"] == "brief"
    assert record["outcome"] == "answered"
    assert {ANALYSIS, REDLINE, OPTION} <= set(json.loads(record["public"])["entries"])


async def test_a_question_becomes_a_pdf(world: World) -> None:
    result = await world.officer.slash(
        world.channel, "brief", question="why does the demand come now", format="pdf"
    )
    name, content = await attached(result)
    assert name.endswith(".pdf")
    pages = PdfReader(io.BytesIO(content)).pages
    assert all("TLP:" in page.extract_text() for page in pages)
    assert "why does the demand come now" in pages[0].extract_text()


async def test_markdown_needs_no_library(world: World) -> None:
    result = await world.officer.slash(world.channel, "brief", entry=ANALYSIS, format="md")
    name, content = await attached(result)
    assert name.endswith(".md")
    assert content.decode().startswith("**TLP:")


@pytest.mark.parametrize("form", ["docx", "pdf"])
async def test_without_the_extra_markdown_comes_instead(
    world: World, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [name for name in sys.modules if name.startswith("bot.documents.")]:
        if module.rpartition(".")[2].startswith(("word_", "pdf_")):
            monkeypatch.delitem(sys.modules, module)
            monkeypatch.delattr(bot.documents, module.rpartition(".")[2], raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.setitem(sys.modules, "fpdf", None)
    monkeypatch.setitem(sys.modules, "fpdf.prefs", None)
    result = await world.officer.slash(world.channel, "brief", entry=ANALYSIS, format=form)
    assert "redline-bot[documents]" in shown(result).replace("\\", "")
    name, content = await attached(result)
    assert name.endswith(".md")
    assert "The demand tests the alliance." in content.decode()


async def test_exactly_one_of_entry_and_question(world: World) -> None:
    for options in ({}, {"entry": ANALYSIS, "question": "why now"}):
        result = await world.officer.slash(world.channel, "brief", **options)
        assert "exactly one" in shown(result)
        assert not answer(result).attachments


async def test_off_topic_is_nothing_on_file(world: World) -> None:
    result = await world.officer.slash(
        world.channel, "brief", question="best recipe for sourdough bread"
    )
    assert not answer(result).attachments
    record = (await world.records())[-1]
    assert record["outcome"] == "nothing-on-file"


async def test_nothing_above_the_clearance(world: World) -> None:
    refused = await world.team.slash(world.channel, "brief", entry=SECRET)
    assert not answer(refused).attachments
    assert "garrison holds" not in shown(refused)
    allowed = await world.officer.slash(world.channel, "brief", entry=SECRET, format="md")
    _, content = await attached(allowed)
    assert content.decode().startswith("**TLP:AMBER**")


async def test_a_retired_entry_is_not_briefed_on(world: World) -> None:
    result = await world.officer.slash(world.channel, "brief", entry=RETIRED)
    assert not answer(result).attachments


async def test_an_unknown_language_is_named(world: World) -> None:
    result = await world.officer.slash(world.channel, "brief", entry=ANALYSIS, language="xx")
    assert "xx" in shown(result)
    assert not answer(result).attachments


@pytest.mark.parametrize("hostile", ["**TLP:CLEAR**", "[why](j:now)", "@everyone"])
async def test_a_hostile_question_stays_in_its_row(world: World, hostile: str) -> None:
    question = f"why does the demand come now {hostile}"
    result = await world.officer.slash(world.channel, "brief", question=question, format="md")
    _, content = await attached(result)
    (row,) = [line for line in content.decode().split("\n") if "**Question:**" in line]
    assert row.startswith("- **Question:** why does the demand")
    assert re.search(r"(?<!\\)\]\(", row) is None
    assert len(re.findall(r"(?<!\\)\*\*", row)) == 2
    assert "@everyone" not in shown(result).replace("@\u200beveryone", "")
