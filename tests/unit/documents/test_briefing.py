"""A briefing on the knowledge base that ships: what is in it, and what may not be."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from bot.advice.adviser import Adviser
from bot.advice.brief import MOST_MESSAGES, MOST_OPTIONS, MOST_REDLINES, brief
from bot.advice.brief_data import Brief
from bot.advice.clearance import OFFICER, ORDER, TEAM
from bot.advice.options import LEVELS
from bot.documents import Heading, render
from bot.documents.briefing import briefing_paper, file_name
from bot.knowledge.reading import load
from bot.knowledge.search.engine import SearchEngine

SHIPPED = Path(__file__).parents[3] / "knowledge"
MOMENT = dt.datetime(2026, 11, 23, 19, 40, tzinfo=dt.UTC)
ANALYSIS = "analysis-the-withdrawal-demand"
REDLINE = "redline-no-third-country-veto"


@pytest.fixture(scope="module")
def adviser() -> Adviser:
    snapshot = load(SHIPPED).snapshot
    assert snapshot is not None
    return Adviser(snapshot, SearchEngine(snapshot, semantic=False))


def markdown(found: Brief) -> str:
    paper = briefing_paper(found, language_name="Latviešu", made_at=MOMENT, prepared_for="Press")
    return render(paper, "md").decode()


def test_it_needs_exactly_one_subject(adviser: Adviser) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        brief(adviser, clearance=OFFICER)
    with pytest.raises(ValueError, match="exactly one"):
        brief(adviser, entry=ANALYSIS, question="why", clearance=OFFICER)


def test_it_has_every_part_in_the_order_of_reading(adviser: Adviser) -> None:
    found = brief(adviser, entry=ANALYSIS, clearance=OFFICER)
    paper = briefing_paper(found, language_name="English", made_at=MOMENT)
    headings = [block for block in paper.blocks if isinstance(block, Heading)]
    parts = [heading.text for heading in headings if heading.level == 1]
    assert parts == [
        "Bottom line", "Key points", "Analysis", "Red lines", "Options", "Messages",
        "Perspectives", "Law", "What is contested", "Sources",
    ]  # fmt: skip
    facts = dict(paper.facts)
    assert found.answer.revision in facts["Knowledge"]
    assert facts["Made"] == "23 November 2026, 19:40 UTC"


def test_what_it_shows_is_bounded_and_what_is_left_out_is_counted(adviser: Adviser) -> None:
    for entry in adviser.snapshot.of_kind("analysis", "redline", "narrative"):
        found = brief(adviser, entry=entry.id, clearance=OFFICER)
        assert len(found.redlines) <= MOST_REDLINES
        assert len(found.options) <= MOST_OPTIONS
        assert len(found.messages) <= MOST_MESSAGES
        risks = [LEVELS.index(option.row.escalation_risk) for option in found.options]
        assert risks == sorted(risks)
        for kind, count in found.left_out:
            assert count > 0, kind


def test_every_citation_leads_to_a_source(adviser: Adviser) -> None:
    text = markdown(brief(adviser, entry=ANALYSIS, clearance=OFFICER))
    body, _, sources = text.partition("\n## Sources\n")
    cited = {
        int(number)
        for group in re.findall(r"\\\[([\d,\u00a0]+)\\\]", body)
        for number in re.split(r"\D+", group)
    }
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", sources, re.MULTILINE)}
    assert cited
    assert cited == listed
    assert "](https://" in sources


def test_nothing_in_it_is_above_the_clearance_or_its_marking(adviser: Adviser) -> None:
    snapshot = adviser.snapshot
    for entry in snapshot.entries.values():
        if entry.status == "retired":
            continue
        for clearance in (TEAM, OFFICER):
            found = brief(adviser, entry=entry.id, clearance=clearance)
            if found.main is None:
                assert not clearance.admits(entry.tlp)
                continue
            inside = [snapshot.get(key) for key in found.entries]
            inside += [snapshot.get(source.id) for source in found.sources]
            for one in inside:
                assert one is not None
                assert clearance.admits(one.tlp), (entry.id, one.id)
                assert ORDER.index(one.tlp) <= ORDER.index(found.tlp)


def test_what_is_only_near_does_not_close_an_open_document(adviser: Adviser) -> None:
    found = brief(adviser, entry=ANALYSIS, clearance=OFFICER)
    assert found.tlp in {"clear", "green"}


def test_what_raises_the_marking_is_named(adviser: Adviser) -> None:
    raised = 0
    for entry in adviser.snapshot.of_kind("analysis", "redline", "law", "escalation"):
        found = brief(adviser, entry=entry.id, clearance=OFFICER)
        assert bool(found.raised_by) == (found.tlp != entry.tlp), entry.id
        if found.raised_by:
            raised += 1
            assert "because of: " + found.raised_by[0] in markdown(found).replace("\\", "")
    assert raised


def test_another_language_where_there_is_one_and_a_note_where_not(adviser: Adviser) -> None:
    found = brief(adviser, entry=ANALYSIS, language="lv", clearance=OFFICER)
    text = markdown(found)
    entry = adviser.snapshot.entries[ANALYSIS]
    assert f"# {entry.translations['lv'].title}" in text.replace("\\", "")
    assert "## Sarkanās līnijas" in text
    assert "Angļu valodā; šī daļa nav tulkota." in text
    assert "dzimtās valodas runātājs" in text
    source = brief(adviser, entry="src-brief", language="lv", clearance=OFFICER)
    assert "Tulkojuma nav (Latviešu)" in markdown(source).replace("\\", "")


def test_messages_come_in_the_language_of_the_reader_where_they_can(adviser: Adviser) -> None:
    with_latvian = next(
        entry for entry in adviser.snapshot.of_kind("template") if "lv" in entry.variants
    )
    found = brief(adviser, entry=with_latvian.id, language="lv", clearance=OFFICER)
    assert found.messages[0].language == "lv"


def test_slots_of_messages_stand_in_brackets(adviser: Adviser) -> None:
    found = brief(adviser, entry=ANALYSIS, clearance=OFFICER)
    texts = [message.text for message in found.messages]
    assert any("[" in text for text in texts)
    assert not any(re.search(r"\{[a-z_]+\}", text) for text in texts)


def test_a_question_is_answered_by_the_entry_that_fits(adviser: Adviser) -> None:
    found = brief(
        adviser, question="is Russia allowed a veto over who joins NATO?", clearance=OFFICER
    )
    assert found.main is not None
    text = markdown(found)
    assert "is Russia allowed a veto over who joins NATO?" in text
    assert file_name(found, "pdf") == f"brief-{found.answer.entry_id}-en.pdf"


def test_off_topic_is_nothing_on_file(adviser: Adviser) -> None:
    found = brief(adviser, question="best recipe for sourdough bread", clearance=OFFICER)
    assert found.main is None
    assert found.answer.outcome == "nothing-on-file"
    with pytest.raises(ValueError, match="nothing on file"):
        briefing_paper(found, language_name="English", made_at=MOMENT)


def test_a_red_line_leads_its_own_briefing(adviser: Adviser) -> None:
    found = brief(adviser, entry=REDLINE, clearance=OFFICER)
    assert found.redlines[0].about.id == REDLINE
    assert found.redlines[0].must_say
    assert found.laws


@pytest.mark.parametrize("language", ["en", "ru", "lv"])
def test_word_and_pdf_say_the_same_on_marked_pages(adviser: Adviser, language: str) -> None:
    found = brief(adviser, entry=ANALYSIS, language=language, clearance=OFFICER)
    paper = briefing_paper(found, language_name="x", made_at=MOMENT)
    document = docx.Document(io.BytesIO(render(paper, "docx")))
    said = "".join(paragraph.text for paragraph in document.paragraphs)
    pages = PdfReader(io.BytesIO(render(paper, "pdf"))).pages
    printed = "".join("".join(page.extract_text().split()) for page in pages)
    assert all(page.extract_text().count(paper.marking) >= 2 for page in pages)
    for saying in found.redlines[0].must_say:
        assert saying.say in said
        assert "".join(saying.say.split()) in printed


def test_every_entry_can_be_briefed_on(adviser: Adviser) -> None:
    for entry in adviser.snapshot.entries.values():
        if entry.status != "retired":
            found = brief(adviser, entry=entry.id, language="uk", clearance=OFFICER)
            assert markdown(found).startswith("**TLP:")
