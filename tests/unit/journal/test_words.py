"""Terms, scores and snippets of the search."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.journal import terms
from bot.journal.clusters import Question, cluster
from bot.journal.history import score
from bot.journal.snippets import LENGTH, snippet


@given(st.text())
def test_folding_is_done_once_and_for_all(text: str) -> None:
    words = terms.words(text)
    assert terms.words(" ".join(words)) == words
    assert all(word and word == terms.fold(word) for word in words)


@given(st.text(max_size=80))
def test_cuts_are_prefixes_that_the_index_holds(text: str) -> None:
    for word in terms.words(text):
        part = terms.cut(word)
        assert word.startswith(part)
        assert len(part) == len(word) or 3 <= len(part) <= terms.LONGEST_CUT


@given(
    st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31)),
    st.integers(min_value=0, max_value=3000),
    st.integers(min_value=-400, max_value=3400),
)
def test_terms_of_time_cover_exactly_their_days(first: dt.date, days: int, probe: int) -> None:
    last = first + dt.timedelta(days=days)
    covered = set(terms.days_covered(first, last))
    day = (first + dt.timedelta(days=probe)).isoformat()
    on_record = {terms.day_term(day), terms.month_term(day), terms.year_term(day)}
    assert bool(covered & on_record) == (first.isoformat() <= day <= last.isoformat())
    assert len(covered) < 100


@pytest.mark.parametrize(
    ("marking", "level"),
    [("CLEAR", 0), ("TLP:GREEN", 1), ("amber", 2), ("AMBER+STRICT", 3), ("TLP:RED", 4), ("?", 4)],
)
def test_markings_are_ordered_and_unknown_ones_are_kept_close(marking: str, level: int) -> None:
    assert terms.tlp_level(marking) == level


@given(st.text(max_size=30), st.text(max_size=30))
def test_different_ids_have_different_terms(one: str, other: str) -> None:
    assert (terms.entry_term(one) == terms.entry_term(other)) == (one == other)
    assert terms.entry_term(one).isalnum()
    assert terms.user_term(one).isalnum()


@given(st.lists(st.sampled_from(["red", "line", "reds", "x"]), max_size=6))
def test_scores_lie_between_nothing_and_all(said: list[str]) -> None:
    value = score(["red", "line"], said)
    assert 0.0 <= value <= 1.0
    assert score(["red", "line"], [*said, "red", "line"]) >= value


def test_the_exact_word_counts_for_more_than_its_kin() -> None:
    assert score(["troops"], ["troops"]) == 1.0
    assert score(["troops"], ["troop"]) < score(["troops"], ["many", "troops"])


@given(st.text(max_size=600), st.lists(st.text(min_size=1, max_size=8), max_size=3))
def test_a_snippet_is_one_short_line_with_its_marks_inside(text: str, query: list[str]) -> None:
    wanted = terms.words(" ".join(query))
    found = snippet(text, wanted)
    assert "\n" not in found.text
    assert len(found.text) <= LENGTH + 2
    place = 0
    for start, end in found.marks:
        assert place <= start < end <= len(found.text)
        place = end
    assert found.marked("", "") == found.text


def test_a_snippet_shows_where_the_words_are() -> None:
    text = "padding " * 60 + "the Élysée and the Kremlin spoke " + "padding " * 60
    found = snippet(text, ["elysee", "kremlin"])
    assert [found.text[start:end] for start, end in found.marks] == ["Élysée", "Kremlin"]
    assert found.marked("**", "**", str.upper).count("**") == 4
    assert found.text.startswith("…")
    assert found.text.endswith("…")


def questions(*texts: str) -> list[Question]:
    return [Question(text, "en", True, (), f"2024-01-{n + 1:02d}") for n, text in enumerate(texts)]


def test_questions_for_the_same_come_together_whatever_their_form() -> None:
    found = cluster(
        questions(
            "What happens to undersea cables?",
            "who protects the undersea cable",
            "Undersea cables: whose fault",
            "gas prices in winter",
            "What about winter gas price rises?",
            "what is this about",
            "what was that about then",
        )
    )
    assert [len(one.questions) for one in found[:2]] == [3, 2]
    assert {"undersea", "cables"} <= {*found[0].topic}
    assert all(len(one.questions) == 1 for one in found[2:])


def test_every_question_is_in_one_cluster() -> None:
    asked = questions(*(f"word{n % 7} thing{n % 5} other{n}" for n in range(200)))
    found = cluster(asked)
    assert sorted(q.text for one in found for q in one.questions) == sorted(q.text for q in asked)
    assert cluster([]) == []
