"""The chain's building blocks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.journal.chain import (
    GENESIS,
    canonical,
    digest_private,
    encodable,
    link_hash,
    new_salt,
    sha256_of,
)
from bot.journal.erasing import erasure_sum
from bot.journal.log import prepare
from bot.journal.records import InteractionRecord, moment

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)  # fmt: skip

LINK: dict[str, Any] = {
    "seq": 3,
    "key": "k",
    "type": "interaction",
    "created_at": "2024-01-01T00:00:00.000000+00:00",
    "guild_id": "1",
    "channel_id": None,
    "public": "{}",
    "private_digest": "d",
    "previous": GENESIS,
}


@given(values)
def test_one_value_has_one_spelling_that_any_database_holds(value: Any) -> None:
    spelt = canonical(value)
    spelt.encode()
    assert "\0" not in spelt
    assert canonical(json.loads(spelt)) == spelt


@given(st.dictionaries(st.text(), values))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


@given(st.text())
def test_what_is_encodable_stays_as_it_is(text: str) -> None:
    kept = encodable(text)
    kept.encode()
    assert encodable(kept) == kept
    assert sha256_of(text) == sha256_of(kept)


@pytest.mark.parametrize("field", LINK)
def test_every_field_is_covered(field: str) -> None:
    other = 4 if field == "seq" else "x"
    assert link_hash(**LINK) != link_hash(**{**LINK, field: other})


def test_nothing_and_an_empty_text_differ() -> None:
    assert link_hash(**{**LINK, "guild_id": ""}) != link_hash(**{**LINK, "guild_id": None})


@given(st.text(), st.text())
def test_a_digest_is_of_these_words_with_this_salt(one: str, other: str) -> None:
    salt = new_salt()
    first, second = canonical({"text": one}), canonical({"text": other})
    same = digest_private(salt, "1", first) == digest_private(salt, "1", second)
    assert same == (first == second)
    assert digest_private(salt, "1", first) != digest_private(new_salt(), "1", first)
    assert digest_private(salt, "1", first) != digest_private(salt, "2", first)
    assert digest_private(salt, None, first) != digest_private(salt, "2", first)


def test_a_digest_has_no_seam_to_shift_words_over() -> None:
    assert digest_private("s", "1", "{}") != digest_private("s", "", "1\n{}"[2:])
    assert "\n" not in canonical({"text": "line\nline"})


@given(st.lists(st.tuples(st.integers(min_value=1), st.none() | st.just("ab")), max_size=6))
def test_a_sum_tells_lists_of_erased_records_apart(rows: list[tuple[int, str | None]]) -> None:
    assert erasure_sum(rows) != erasure_sum([*rows, (1, None)])
    if rows:
        assert erasure_sum(rows) != erasure_sum(rows[1:])


@given(st.dictionaries(st.text(), values))
def test_any_options_make_a_record(options: dict[str, Any]) -> None:
    record = InteractionRecord("1", "ask", "answered", "r", 1, options=options, user_id="5")
    prepared = prepare(record.as_new())
    prepared.private.encode()
    assert digest_private(prepared.salt, "5", prepared.private) == prepared.digest


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("2024-06-01T12:00:00+03:00", "2024-06-01T09:00:00.000000+00:00"),
        ("2024-06-01T12:00Z", "2024-06-01T12:00:00.000000+00:00"),
    ],
)
def test_moments_are_kept_in_utc(told: str, kept: str) -> None:
    assert moment(told) == kept


@pytest.mark.parametrize("told", ["2024-06-01T12:00", "2024-06-01", "soon", ""])
def test_what_is_no_moment_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=r"zone|Invalid"):
        moment(told)
