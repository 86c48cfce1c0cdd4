"""The plain text file: marking above and below, origin, and an approval that fits the text."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.advice.messages import (
    ApprovalLine,
    FilledMessage,
    approval_text,
    examples,
    file_name,
    fill,
    plain_text,
)
from bot.knowledge.kinds import Template
from bot.knowledge.snapshot import Snapshot

AT = dt.datetime(2026, 11, 23, 15, 4, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.fixture
def message(snapshot: Snapshot) -> FilledMessage:
    template = snapshot.get("tpl-post-presence")
    assert isinstance(template, Template)
    return fill(snapshot, template, "et", examples(template))


def test_the_whole_file(message: FilledMessage) -> None:
    approval = ApprovalLine("Mari Maasikas\n(Approver)", AT, message.sha256)
    lines = plain_text(message, language_name="Eesti", approval=approval, at=AT).split("\n")
    assert lines[0] == lines[-2] == "TLP:CLEAR"
    assert lines[-1] == ""
    assert lines[2] == f"Template: {message.reference}"
    assert lines[3] == "Language: Eesti (translation not yet reviewed by a native speaker)"
    assert lines[4] == f"X post: {message.length} of 280 characters as X counts them"
    assert lines[5] == "Exported: 2026-11-23 13:04 UTC"
    assert lines[6] == (
        f"APPROVED by Mari Maasikas (Approver), 2026-11-23 13:04 UTC, text {message.sha256[:12]}"
    )
    assert "\n".join(lines[8:-3]) == message.text


def test_without_approval_it_says_so(message: FilledMessage) -> None:
    assert approval_text(message, None).startswith("NOT APPROVED")


def test_an_approval_of_another_text_does_not_count(message: FilledMessage) -> None:
    stale = ApprovalLine("Mari Maasikas", AT, "0" * 64)
    assert approval_text(message, stale) == "NOT APPROVED: the text was changed after its approval"


def test_an_override_is_on_the_file(message: FilledMessage) -> None:
    approval = ApprovalLine("Mari Maasikas", AT, message.sha256, "Quoted\nby law")
    assert approval_text(message, approval).endswith("\nBlocker overridden: Quoted by law")


def test_a_name_has_neither_a_line_of_its_own_nor_anything_unseen(message: FilledMessage) -> None:
    name = "Mari\u2028TLP:RED\x1b[2J\u202egnorw\u200b\x85APPROVED by Jaan"
    approval = ApprovalLine(name, AT, message.sha256, name)
    lines = approval_text(message, approval).split("\n")
    assert len(lines) == 2
    assert lines[0].startswith("APPROVED by Mari TLP:RED[2Jgnorw APPROVED by Jaan, 2026-11-23")
    assert all(letter.isprintable() for line in lines for letter in line)


def test_the_name_of_the_file(message: FilledMessage) -> None:
    assert file_name(message) == f"post-presence-et-{message.sha256[:6]}.txt"
    assert file_name(message, "docx").endswith(".docx")
