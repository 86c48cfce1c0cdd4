"""The document of a finished message says who approved exactly which text."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.advice.messages.export import ApprovalLine
from bot.advice.messages.fill import fingerprint
from bot.documents import FORMATS, Format, Paper, Quote, render
from bot.documents.release import release_paper

MOMENT = dt.datetime(2026, 11, 23, 19, 40, tzinfo=dt.UTC)
TEXT = "Allied forces stay.\n\n`They` were invited. ```"


def paper(**changes: Any) -> Paper:
    given: dict[str, Any] = {
        "title": "Post: the presence",
        "marking": "TLP:GREEN",
        "channel": "X post",
        "length": "43 of 280",
        "template": "tpl-presence@abc123",
        "message_language": "en",
        "language_name": "English",
        "made_at": MOMENT,
    }
    return release_paper(TEXT, **(given | changes))


def approval(sha256: str, **more: str) -> ApprovalLine:
    return ApprovalLine("Anna\nBērziņa", MOMENT, sha256, **more)


def test_it_carries_the_exact_text_and_what_travels_with_it() -> None:
    made = paper(approval=approval(fingerprint(TEXT)))
    (text,) = [block for block in made.blocks if isinstance(block, Quote)]
    assert text.text == TEXT
    facts = dict(made.facts)
    assert facts["Approval"] == "Approved by Anna Bērziņa, 23 November 2026, 19:40 UTC"
    assert facts["SHA-256 of the text"] == fingerprint(TEXT)
    assert facts["Template"] == "tpl-presence@abc123"
    assert made.marking == "TLP:GREEN"


def test_without_approval_it_says_so() -> None:
    assert dict(paper().facts)["Approval"].startswith("Not approved: draft")


def test_an_approval_of_another_text_counts_as_none() -> None:
    made = paper(approval=approval(fingerprint(TEXT + " ")))
    assert dict(made.facts)["Approval"].startswith("Not approved: the text was changed")


def test_an_override_stands_with_its_reason() -> None:
    made = paper(approval=approval(fingerprint(TEXT), override="agreed\nby phone"))
    assert dict(made.facts)["Approval"].endswith("Blocker overridden: agreed by phone")


@pytest.mark.parametrize("form", FORMATS)
def test_it_renders_in_every_format_and_language(form: Format) -> None:
    for language in ("en", "uk", "lv"):
        note = "a *note* [x](javascript:y)"
        assert render(paper(language=language, note=note), form)
