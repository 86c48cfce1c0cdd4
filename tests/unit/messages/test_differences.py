"""What changed between two wordings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.drafts import as_lines, marked, pieces, sentences

OLD = "We reject the demand. Allied forces stay.\nNext update at 18:00."
NEW = "We reject the demand. Allied troops stay here.\nNext update at 18:00."


def test_word_by_word() -> None:
    assert marked(OLD, NEW) == (
        "We reject the demand. Allied [-forces-]{+troops+} stay{+ here+}.\nNext update at 18:00."
    )


def test_whole_phrases_and_not_every_second_word() -> None:
    assert marked("Allied forces will stay here.", "Allied troops must remain here.") == (
        "Allied [-forces will stay-]{+troops must remain+} here."
    )


def test_sentence_by_sentence() -> None:
    assert as_lines(OLD, NEW) == (
        "  We reject the demand.\n"
        "- Allied forces stay.\n"
        "+ Allied troops stay here.\n"
        "  Next update at 18:00."
    )


def test_nothing_changed() -> None:
    assert {piece.kind for piece in pieces(OLD, OLD)} == {"same"}
    assert {piece.kind for piece in sentences(OLD, OLD)} == {"same"}
    assert pieces("", "") == ()


texts = st.text(alphabet="ab Žї.,!?\n-’1", max_size=120)


@given(texts, texts)
def test_both_wordings_can_be_read_off(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "removed") == new
    assert "".join(piece.text for piece in found if piece.kind != "added") == old


@given(texts, texts)
def test_no_sentence_is_lost(old: str, new: str) -> None:
    found = sentences(old, new)
    kept = "".join("".join(piece.text.split()) for piece in found if piece.kind != "removed")
    assert kept == "".join(new.split())


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_compared(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "removed") == new
