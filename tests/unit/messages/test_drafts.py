"""Four eyes: who may do what with a draft, when, and what an approval is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.advice.drafts import (
    FINAL,
    RULES,
    Action,
    Actor,
    Draft,
    Lifetimes,
    NotAllowed,
    approve,
    checked,
    edit,
    expire,
    new_draft,
    override,
    possible,
    reject,
    release,
    submit,
    withdraw,
)
from bot.advice.messages import fingerprint

NOW = dt.datetime(2026, 11, 23, 12, 30, tzinfo=dt.UTC)
MARI = Actor("1", "Mari", frozenset({"officer"}))
JANIS = Actor("2", "Jānis", frozenset({"approver"}))
RASA = Actor("3", "Rasa", frozenset({"officer", "approver"}))
GUEST = Actor("4", "Guest")
KEEPER = Actor("5", "Keeper", frozenset({"maintainer"}))


@pytest.fixture
def draft() -> Draft:
    return new_draft("d1", "The presence is not negotiable.", MARI, NOW)


@pytest.fixture
def submitted(draft: Draft) -> Draft:
    return submit(draft, MARI, NOW)


@pytest.fixture
def approved(submitted: Draft) -> Draft:
    return approve(submitted, JANIS, NOW, sha256=submitted.current.sha256)


def refused(action: Callable[[], object]) -> str:
    with pytest.raises(NotAllowed) as caught:
        action()
    assert str(caught.value).endswith(".")
    return caught.value.code


def test_the_straight_way(approved: Draft) -> None:
    assert approved.approved
    released = release(approved, MARI, NOW)
    assert released.state == "released"
    assert [event.action for event in released.history] == [
        "drafted",
        "submitted",
        "approved",
        "released",
    ]
    assert released.step == 4


def test_an_author_never_approves(submitted: Draft) -> None:
    own = submit(new_draft("d2", "Text.", RASA, NOW), RASA, NOW)
    sha256 = own.current.sha256
    assert refused(lambda: approve(own, RASA, NOW, sha256=sha256)) == "own-draft"
    assert refused(lambda: reject(own, RASA, NOW, "not good enough")) == "own-draft"
    # Whoever changes a word becomes an author as well.
    changed = submit(edit(submitted, RASA, NOW, "Another text."), MARI, NOW)
    sha256 = changed.current.sha256
    assert refused(lambda: approve(changed, RASA, NOW, sha256=sha256)) == "own-draft"
    assert approve(changed, JANIS, NOW, sha256=sha256).approved
    # And remains one when somebody else has written the last version.
    again = submit(edit(changed, MARI, NOW, "A third text."), MARI, NOW)
    sha256 = again.current.sha256
    assert refused(lambda: approve(again, RASA, NOW, sha256=sha256)) == "own-draft"


def test_an_edit_voids_the_approval(approved: Draft) -> None:
    changed = edit(approved, MARI, NOW, "The presence is not negotiable!")
    assert changed.state == "draft"
    assert changed.approval is None
    assert changed.current.number == 2
    assert changed.versions[0].text == approved.current.text
    assert refused(lambda: release(changed, MARI, NOW)) == "state"
    assert refused(lambda: edit(changed, MARI, NOW, changed.current.text)) == "unchanged"


def test_an_approval_is_bound_to_the_text_that_was_read(submitted: Draft) -> None:
    read = submitted.current.sha256
    changed = submit(edit(submitted, MARI, NOW, "Quite another text."), MARI, NOW)
    assert refused(lambda: approve(changed, JANIS, NOW, sha256=read)) == "stale"
    assert fingerprint("Quite another text.") == changed.current.sha256


def test_the_second_of_two_clicks_is_told(approved: Draft) -> None:
    with pytest.raises(NotAllowed) as caught:
        approve(approved, RASA, NOW, sha256=approved.current.sha256)
    assert caught.value.code == "state"
    assert str(caught.value) == "It was already approved by Jānis at 12:30 UTC."


def test_a_blocker_keeps_it_back_until_overridden_with_a_reason() -> None:
    draft = new_draft("d3", "Bad text.", MARI, NOW, blockers=("offer-withdrawal",))
    sha256 = draft.current.sha256
    assert refused(lambda: submit(draft, MARI, NOW)) == "blocked"
    assert refused(lambda: override(draft, MARI, NOW, "a good reason", sha256=sha256)) == "role"
    assert refused(lambda: override(draft, JANIS, NOW, " ok ", sha256=sha256)) == "no-reason"
    assert refused(lambda: override(draft, JANIS, NOW, "a good reason", sha256="0")) == "stale"
    passed = override(draft, JANIS, NOW, "A quotation,\n rejected", sha256=sha256)
    assert passed.override is not None
    assert passed.override.reason == "A quotation, rejected"
    assert submit(passed, MARI, NOW).state == "submitted"
    # An edit voids it: the reason was given for another text.
    changed = edit(passed, MARI, NOW, "Worse text.", blockers=("offer-withdrawal",))
    assert refused(lambda: submit(changed, MARI, NOW)) == "blocked"
    clean = new_draft("d4", "Good text.", MARI, NOW)
    assert (
        refused(lambda: override(clean, JANIS, NOW, "a good reason", sha256=clean.current.sha256))
        == "nothing-to-override"
    )
    own = new_draft("d5", "Bad text.", RASA, NOW, blockers=("x",))
    assert (
        refused(lambda: override(own, RASA, NOW, "a good reason", sha256=own.current.sha256))
        == "own-draft"
    )


def test_a_rejection_needs_a_reason_and_comes_back_by_an_edit(submitted: Draft) -> None:
    assert refused(lambda: reject(submitted, JANIS, NOW, "no")) == "no-reason"
    rejected = reject(submitted, JANIS, NOW, "Name the treaty")
    assert rejected.history[-1].reason == "Name the treaty"
    assert refused(lambda: submit(rejected, MARI, NOW)) == "state"
    assert submit(edit(rejected, MARI, NOW, "Article 5 holds."), MARI, NOW).state == "submitted"


def test_what_is_out_cannot_be_taken_back(approved: Draft) -> None:
    released = release(approved, JANIS, NOW)
    with pytest.raises(NotAllowed, match="can only be corrected by a new message") as caught:
        withdraw(released, MARI, NOW)
    assert caught.value.code == "final"
    assert withdraw(approved, MARI, NOW, "overtaken by events").state == "withdrawn"


def test_without_the_role_nothing(draft: Draft, submitted: Draft, approved: Draft) -> None:
    sha256 = draft.current.sha256
    for nobody in (GUEST, KEEPER):
        assert refused(lambda who=nobody: new_draft("d", "Text.", who, NOW)) == "role"
        assert refused(lambda who=nobody: edit(draft, who, NOW, "Text.")) == "role"
        assert refused(lambda who=nobody: submit(draft, who, NOW)) == "role"
        assert refused(lambda who=nobody: approve(submitted, who, NOW, sha256=sha256)) == "role"
        assert refused(lambda who=nobody: release(approved, who, NOW)) == "role"
        assert refused(lambda who=nobody: withdraw(approved, who, NOW)) == "role"
        assert possible(approved, nobody, NOW) == ()
    assert refused(lambda: approve(submitted, MARI, NOW, sha256=sha256)) == "role"
    assert refused(lambda: new_draft("d", " \n ", MARI, NOW)) == "empty"


def test_everything_expires_in_its_time(draft: Draft, submitted: Draft, approved: Draft) -> None:
    for each, hours in ((draft, 14 * 24), (submitted, 72), (approved, 24)):
        end = NOW + dt.timedelta(hours=hours)
        assert expire(each, end - dt.timedelta(seconds=1)) is each
        gone = expire(each, end + dt.timedelta(days=9))
        assert (gone.state, gone.since, gone.approval) == ("expired", end, None)
        assert gone.history[-1].by is None
        assert expire(gone, end + dt.timedelta(days=99)) is gone
    # Even where nobody has run the clock yet.
    late = NOW + dt.timedelta(hours=25)
    assert refused(lambda: release(approved, MARI, late)) == "expired"
    longer = Lifetimes(approved=dt.timedelta(hours=48))
    assert release(approved, MARI, late, lifetimes=longer).state == "released"


def test_the_buttons_are_those_that_work(draft: Draft, submitted: Draft, approved: Draft) -> None:
    assert possible(draft, MARI, NOW) == ("edit", "submit", "withdraw")
    assert possible(submitted, MARI, NOW) == ("edit", "withdraw")
    assert possible(submitted, JANIS, NOW) == ("edit", "approve", "reject", "withdraw")
    assert possible(approved, MARI, NOW) == ("edit", "release", "withdraw")
    blocked = new_draft("d", "Bad.", MARI, NOW, blockers=("x",))
    assert possible(blocked, MARI, NOW) == ("edit", "withdraw")
    assert possible(blocked, JANIS, NOW) == ("edit", "override", "withdraw")


def test_new_rules_hold_back_what_was_clean(approved: Draft, submitted: Draft) -> None:
    assert checked(approved, ()) is approved
    for action in (
        lambda: release(checked(approved, ("new",)), MARI, NOW),
        lambda: approve(checked(submitted, ("new",)), JANIS, NOW, sha256=submitted.current.sha256),
    ):
        with pytest.raises(NotAllowed) as refused:
            action()
        assert refused.value.code == "blocked"


def test_an_override_covers_only_what_it_knew(draft: Draft) -> None:
    blocked = new_draft("d9", "Bad.", MARI, NOW, blockers=("x", "y"))
    passed = override(blocked, JANIS, NOW, "a good reason", sha256=blocked.current.sha256)
    assert checked(passed, ("y",)).overridden
    assert not checked(passed, ("y", "z")).overridden
    assert submit(checked(passed, ("x",)), MARI, NOW).state == "submitted"


class Desk(RuleBasedStateMachine):
    """Anybody tries anything in any order; the promises of four eyes hold all the time."""

    def __init__(self) -> None:
        super().__init__()
        self.at = NOW
        self.draft = new_draft("d", "Text 0.", MARI, NOW)
        self.edits = 0

    @rule(
        action=st.sampled_from(sorted(RULES)),
        actor=st.sampled_from([MARI, JANIS, RASA, GUEST, KEEPER]),
        hours=st.integers(0, 20),
        stale=st.booleans(),
        blocked=st.booleans(),
    )
    def act(self, action: Action, actor: Actor, hours: int, stale: bool, blocked: bool) -> None:
        self.at += dt.timedelta(hours=hours)
        shown = "0" * 64 if stale else self.draft.current.sha256
        offered = possible(self.draft, actor, self.at)
        before = self.draft
        self.edits += 1
        arguments: dict[str, tuple[list[str], dict[str, object]]] = {
            "edit": ([f"Text {self.edits}."], {"blockers": ("x",) if blocked else ()}),
            "submit": ([], {}),
            "override": (["a good reason"], {"sha256": shown}),
            "approve": ([], {"sha256": shown}),
            "reject": (["a good reason"], {}),
            "release": ([], {}),
            "withdraw": ([], {}),
        }
        positional, named = arguments[action]
        try:
            self.draft = RULES[action](before, actor, self.at, *positional, **named)
        except NotAllowed as refusal:
            assert action not in offered or (stale and refusal.code == "stale")
            return
        assert action in offered
        assert self.draft.step == before.step + 1
        assert before.state not in FINAL
        if action in ("approve", "reject", "override"):
            assert actor.id not in before.authors
            assert "approver" in actor.roles
        if action == "submit":
            assert not before.current.blockers or before.overridden
        if action == "release":
            assert before.approved

    @rule(days=st.integers(0, 5))
    def clock(self, days: int) -> None:
        self.at += dt.timedelta(days=days)
        self.draft = expire(self.draft, self.at)

    @invariant()
    def approved_means_by_another_person(self) -> None:
        if self.draft.state in ("approved", "released"):
            assert self.draft.approved
            assert self.draft.approval is not None
            assert self.draft.approval.by.id not in self.draft.authors

    @invariant()
    def numbers_and_history_grow_together(self) -> None:
        numbers = [version.number for version in self.draft.versions]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(self.draft.history) == self.draft.step


Desk.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestDesk = Desk.TestCase
