"""A draft put on record step by step comes back as it was."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from chat_world import World

from bot.advice.drafts import RULES, Actor, Draft, NotAllowed, checked, expire, new_draft, possible
from bot.chat.drafting.stored import change_of, draft_of, erased

NOW = dt.datetime(2026, 11, 23, 12, 30, tzinfo=dt.UTC)
MARI = Actor("1", "Mari", frozenset({"officer"}))
JANIS = Actor("2", "Jānis", frozenset({"approver"}))
RASA = Actor("3", "Rasa", frozenset({"officer", "approver"}))


def as_told(draft: Draft) -> Draft:
    """What the record keeps: who it was, not the offices of that day; what holds the text back
    now, not what would have held back one that is replaced."""

    def bare(actor: Actor) -> Actor:
        return replace(actor, roles=frozenset())

    return replace(
        draft,
        versions=tuple(
            replace(
                each,
                author=bare(each.author),
                blockers=each.blockers if each is draft.current else (),
            )
            for each in draft.versions
        ),
        history=tuple(replace(one, by=bare(one.by) if one.by else None) for one in draft.history),
        approval=draft.approval and replace(draft.approval, by=bare(draft.approval.by)),
        override=draft.override and replace(draft.override, by=bare(draft.override.by)),
    )


@pytest.mark.parametrize("seed", range(12))
async def test_every_step_comes_back(world: World, seed: int) -> None:
    chance = random.Random(seed)
    drafts = world.services.journal.drafts
    draft = new_draft(
        f"dr-{seed}",
        "Text „ä“ 0.",
        MARI,
        NOW,
        blockers=("x",) if seed % 2 else (),
        template_id="tpl-x",
        redlines=("redline-x", "redline-y"),
        channel="x",
        language="et",
        tlp="green",
    )
    await drafts.save(change_of(draft, guild_id="7"))
    at, seen = NOW, {"drafted"}
    for number in range(25):
        at += dt.timedelta(hours=chance.choice((0, 1, 1, 40)))
        actor = chance.choice((MARI, JANIS, RASA))
        before = expire(draft, at)
        if before is draft:
            before = checked(draft, chance.choice((draft.current.blockers, (), ("x",))))
            actions = possible(before, actor, at)
            if not actions:
                continue
            action = chance.choice(actions)
            more = {
                "edit": {"text": f"Text {number}.", "blockers": chance.choice(((), ("x", "y")))},
                "override": {"reason": "a good reason", "sha256": before.current.sha256},
                "approve": {"sha256": before.current.sha256},
                "reject": {"reason": "a good reason"},
            }.get(action, {})
            try:
                draft = RULES[action](before, actor, at, **more)
            except NotAllowed as refusal:
                assert refusal.code == "blocked"
                continue
        else:
            draft = before
        seen.add(draft.history[-1].action)
        await drafts.save(change_of(draft, guild_id="7"))
        stored = await drafts.get(draft.id)
        assert stored is not None
        assert as_told(draft_of(stored)) == as_told(draft)
        assert not erased(stored)
    assert len(seen) > 1
    assert (await world.services.journal.verify()).ok


async def test_words_that_were_erased_are_gone_and_known_to_be(world: World) -> None:
    drafts = world.services.journal.drafts
    draft = new_draft("dr-1", "Words.", Actor("11", "Mari", MARI.roles), NOW)
    await drafts.save(change_of(draft, guild_id="7"))
    await world.services.journal.eraser.forget("11")
    stored = await drafts.get("dr-1")
    assert stored is not None
    assert erased(stored)
    assert draft_of(stored).current.text == ""
    assert draft_of(stored).current.author.id == ""
