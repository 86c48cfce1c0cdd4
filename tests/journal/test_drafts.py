"""Drafts: every step kept, one winner of two, and nothing released that was not approved."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from desk import ANNA, BORIS, CAROL, GUILD, everything

from bot.journal import DraftChange, DraftConflict, DraftRefused, Journal
from bot.journal.chain import sha256_of

TEXT = "Allied presence is not on the table."


def step(
    expected: int, action: str, state: str, *, text: str | None = None, **more: Any
) -> DraftChange:
    fields: dict[str, Any] = {
        "version": 1,
        "sha256": sha256_of(text or TEXT),
        "user_id": ANNA,
        "guild_id": GUILD,
    }
    return DraftChange("d-1", expected, action, state, text=text, **{**fields, **more})


async def submitted(journal: Journal) -> None:
    first = step(0, "drafted", "draft", text=TEXT, redlines=("redline-x",), template_id="t-1")
    await journal.drafts.save(first)
    await journal.drafts.save(step(1, "submitted", "submitted", expires_at="2030-01-01T00:00:00Z"))


async def test_every_step_is_kept(journal: Journal) -> None:
    await submitted(journal)
    await journal.drafts.save(step(2, "rejected", "rejected", user_id=BORIS, reason="Too long."))
    shorter = step(3, "edited", "draft", text="No.", version=2, user_name="Anna")
    await journal.drafts.save(shorter)

    draft = await journal.drafts.get("d-1")

    assert draft is not None
    assert (draft.state, draft.step, draft.version) == ("draft", 4, 2)
    assert draft.sha256 == sha256_of("No.")
    assert [s.public["action"] for s in draft.steps] == [
        "drafted", "submitted", "rejected", "edited",
    ]  # fmt: skip
    assert [(s.private or {})["text"] for s in draft.steps] == [TEXT, None, None, "No."]
    assert (draft.steps[2].private or {})["reason"] == "Too long."
    assert draft.steps[0].public["entries"] == ["redline-x"]
    assert draft.steps[1].public["expires_at"] == "2030-01-01T00:00:00.000000+00:00"
    assert await journal.drafts.get("d-2") is None
    assert (await journal.verify()).ok


@pytest.mark.parametrize("clicks", [2, 8])
async def test_of_clicks_at_once_one_wins(journal: Journal, clicks: int) -> None:
    await submitted(journal)
    people = [BORIS, CAROL] * (clicks // 2)
    results = await asyncio.gather(
        *(journal.drafts.save(step(2, "approved", "approved", user_id=who)) for who in people),
        return_exceptions=True,
    )

    assert results.count(None) == 1
    lost = [result for result in results if result is not None]
    assert all(isinstance(result, DraftConflict) for result in lost)
    assert {(result.step, result.state) for result in lost} == {(3, "approved")}  # type: ignore[union-attr]
    assert len(await everything(journal, type="draft-step")) == 3


async def test_an_approval_and_an_edit_at_once_never_release_the_edit(journal: Journal) -> None:
    await submitted(journal)
    edited = step(2, "edited", "draft", text="Something else", version=2)
    await asyncio.gather(
        journal.drafts.save(step(2, "approved", "approved", user_id=BORIS)),
        journal.drafts.save(edited),
        return_exceptions=True,
    )
    draft = await journal.drafts.get("d-1")
    assert draft is not None
    assert (draft.approved_sha256 is None) == (draft.sha256 == sha256_of("Something else"))


async def test_nobody_approves_a_text_that_they_wrote(journal: Journal) -> None:
    await submitted(journal)
    with pytest.raises(DraftRefused, match="wrote"):
        await journal.drafts.save(step(2, "approved", "approved", user_id=ANNA))
    with pytest.raises(DraftRefused, match="person"):
        await journal.drafts.save(step(2, "approved", "approved", user_id=None))
    assert len(await everything(journal)) == 2
    await journal.drafts.save(step(2, "approved", "approved", user_id=BORIS))


async def test_an_approval_is_for_the_text_it_was_given_for(journal: Journal) -> None:
    await submitted(journal)
    other = sha256_of("another text")
    with pytest.raises(DraftRefused, match="changed"):
        await journal.drafts.save(step(2, "approved", "approved", user_id=BORIS, sha256=other))
    with pytest.raises(DraftRefused, match="fingerprint"):
        await journal.drafts.save(step(2, "edited", "draft", text="new", sha256=other))
    with pytest.raises(DraftRefused, match="not approved"):
        await journal.drafts.save(step(2, "approved", "approved", text="new", user_id=BORIS))


async def test_only_what_was_approved_is_released(journal: Journal) -> None:
    await submitted(journal)
    with pytest.raises(DraftRefused, match="approved"):
        await journal.drafts.save(step(2, "released", "released", user_id=BORIS))
    await journal.drafts.save(step(2, "approved", "approved", user_id=BORIS))
    await journal.drafts.save(step(3, "released", "released", user_id=CAROL))

    draft = await journal.drafts.get("d-1")
    assert draft is not None
    assert draft.approved_sha256 == draft.sha256 == sha256_of(TEXT)


async def test_a_new_draft_does_not_overwrite_another(journal: Journal) -> None:
    await submitted(journal)
    with pytest.raises(DraftConflict):
        await journal.drafts.save(step(0, "drafted", "draft", text=TEXT))
    with pytest.raises(DraftConflict, match="unknown"):
        await journal.drafts.save(
            DraftChange("d-9", 4, "approved", "approved", 1, sha256_of(TEXT), user_id=BORIS)
        )
    with pytest.raises(ValueError, match="state"):
        await journal.drafts.save(step(2, "burned", "burned"))


async def test_drafts_are_listed_and_their_time_is_watched(journal: Journal) -> None:
    await submitted(journal)
    await journal.drafts.save(
        DraftChange("d-2", 0, "drafted", "draft", 1, sha256_of("b"), "b", guild_id=GUILD)
    )
    assert [d.draft_id for d in await journal.drafts.find(GUILD)] == ["d-2", "d-1"]
    assert [d.draft_id for d in await journal.drafts.find(GUILD, states=["submitted"])] == ["d-1"]
    assert await journal.drafts.find("8") == ()
    assert await journal.drafts.due("2029-12-31T23:59:59Z") == ()
    (due,) = await journal.drafts.due("2030-01-01T01:00:00+01:00")
    assert due.draft_id == "d-1"
    await journal.drafts.save(step(2, "expired", "expired", user_id=None))
    assert await journal.drafts.due("2031-01-01T00:00:00Z") == ()
