"""Hostile text through every path that takes a person's words, in the real bot: it stays text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from chat_world import ANALYSIS, SHIPPED, World, buttons, click, select, shown
from drafting import Newsroom
from hostile import EVERY_ATOM, FORMULAS, STEERING, Watch, check_text, hostile, unescaped
from hypothesis import HealthCheck, example, given, settings

from bot.advice.drafts import Actor, new_draft, submit
from bot.advice.messages import examples
from bot.chat.cards.discuss import reminder_card
from bot.chat.drafting.stored import change_of
from bot.chat.text import code_blocks, quote, safe_line, t, units, visible
from bot.knowledge.kinds import Template

FORMULA = re.compile(r"^[\s\u00a0]*[=+\-@＝＋－＠|%\t\r]")
MENU_MATCH = "Match this statement"
MENU_CHECK = "Check against red lines"
MENU_ADD = "Add to discussion"


def thrown(longest: int, *, times: int = 4) -> Callable[[Any], Any]:
    """Run a test with hostile texts: every kind once, then at random, the same ones each time.

    The examples of one test share a bot, as people share one.
    """

    def decorate(test: Any) -> Any:
        run = given(text=hostile(longest))(test)
        for text in EVERY_ATOM:
            run = example(text=text[:longest])(run)
        return settings(
            max_examples=times,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        )(run)

    return decorate


# ---- questions and names


@thrown(1500)
async def test_questions(world: World, text: str) -> None:
    watch = Watch(world)
    await world.team.slash(world.channel, "ask", question=text, private=False)
    found = watch.check(text)
    assert "Something went wrong" not in found


@thrown(1400, times=2)
async def test_a_question_with_an_answer_is_told_apart_from_it(world: World, text: str) -> None:
    question = f"why does the demand come now? {text}"
    watch = Watch(world)
    result = await world.team.slash(world.channel, "ask", question=question)
    for action in ("share", "no"):
        if action in buttons(result):
            await click(world.team, result, action)
    watch.check(question)


@thrown(6000)
async def test_names_of_entries_options_and_languages(world: World, text: str) -> None:
    watch = Watch(world)
    for command in ("topic", "redline"):
        await world.team.slash(world.channel, command, entry=text)
        await world.team.autocomplete(world.channel, command, "entry", text)
    told = await world.team.slash(world.channel, "ask", question="why now", language=text)
    assert "Choose one of" in shown(told), "the way out is there, however long the words"
    await world.team.slash(world.channel, "options", domain=text, phase=text)
    found = watch.check(text)
    assert "Something went wrong" not in found


async def test_an_indicator_that_is_none(world: World) -> None:
    watch = Watch(world)
    text = "\n".join(EVERY_ATOM)[:6000]
    await world.team.slash(world.channel, "assess", indicator=text)
    assert "Something went wrong" not in watch.check(text)


@thrown(1500, times=2)
async def test_a_mistake_says_the_way_out_however_long_the_words(world: World, text: str) -> None:
    watch = Watch(world)
    result = await world.team.slash(
        world.channel, "message", redline=text, audience=text, channel=text, language=text
    )
    assert "Choose one of" in shown(result)
    watch.check(text)


async def test_gaps_show_questions_as_quotations(world: World) -> None:
    for text in EVERY_ATOM:
        await world.team.slash(world.channel, "ask", question=f"zebra lasagne {text}"[:1500])
    watch = Watch(world)
    result = await world.maintainer.slash(world.channel, "kb gaps")
    await click(world.maintainer, result, "gap")
    assert watch.check(*EVERY_ATOM)


# ---- messages of others


@thrown(2000)
async def test_messages_pointed_at(world: World, text: str) -> None:
    message = await world.team.send(world.channel, f"The presence is negotiable. {text}"[:2000])
    watch = Watch(world)
    await world.team.context_menu(world.channel, MENU_MATCH, message)
    await world.team.context_menu(world.channel, MENU_CHECK, message)
    found = watch.check(text)
    assert "negotiable" in found
    assert "Something went wrong" not in found


# ---- discussions


@pytest.fixture
async def thread(world: World) -> Any:
    await world.team.slash(world.channel, "discuss start", entry=ANALYSIS)
    return world.channel.threads[-1]


@thrown(1000)
async def test_what_is_added_to_a_discussion(world: World, thread: Any, text: str) -> None:
    watch = Watch(world)
    note = await world.team.slash(thread, "discuss note", text=text)
    await world.team.slash(thread, "discuss decide", text=text)
    await world.team.slash(thread, "discuss action", text=text, owner=world.officer, due="+3d")
    found = watch.check(text)
    assert "Something went wrong" not in found
    (head,) = await world.services.journal.discussions.find(str(world.guild.id))
    whole = await world.services.journal.discussions.get(head.discussion_id)
    assert whole is not None
    for action in whole.actions[-1:]:
        check_text(reminder_card(action, text, "en").markdown(), (text,))
    if visible(text).strip():
        told = "\n".join(line.removeprefix("> ") for line in shown(note).split("\n"))
        assert squeezed(visible(text)) in squeezed(unescaped(told)), "no word is lost or changed"


@thrown(2000)
async def test_messages_added_to_a_discussion(world: World, thread: Any, text: str) -> None:
    message = await world.officer.send(thread, f"It is so. {text}"[:2000])
    watch = Watch(world)
    form = await world.team.context_menu(thread, MENU_ADD, message)
    await world.team.submit_modal(form, {"type": ["fact"], "note": text[:1000]})
    found = watch.check(text)
    assert "It is so." in unescaped(found)


@thrown(200, times=2)
async def test_titles_summaries_and_dates(world: World, text: str) -> None:
    watch = Watch(world)
    await world.team.slash(world.channel, "discuss start", title=text)
    if world.channel.threads and visible(text).strip():
        thread = world.channel.threads[-1]
        assert not STEERING.search(thread.name)
        await world.team.slash(thread, "discuss action", text="Call", due=text[:60], zone=text[:60])
        await world.team.slash(thread, "discuss show")
        await world.team.slash(thread, "discuss close", summary=text)
    await world.team.slash(world.channel, "discuss start", entry=text)
    await world.team.autocomplete(world.channel, "discuss note", "discussion", text)
    found = watch.check(text)
    assert "Something went wrong" not in found


async def test_a_timeline_and_its_files(world: World, thread: Any) -> None:
    for text in (*EVERY_ATOM, *FORMULAS):
        await world.team.slash(thread, "discuss note", text=text[:1000])
    watch = Watch(world)
    shown_first = await world.team.slash(thread, "discuss show")
    await click(world.team, shown_first, "d-sum")
    files: dict[str, bytes] = {}
    for form in ("md", "csv", "jsonl", "docx"):
        result = await world.team.slash(thread, "discuss export", format=form)
        (attached,) = result.response.attachments
        files[form] = world.env.backend.cdn.get(attached.url)
    watch.check(*EVERY_ATOM)
    check_markdown_file(files["md"].decode(), EVERY_ATOM)
    check_table(files["csv"].decode())
    rows = [json.loads(line) for line in files["jsonl"].decode().splitlines()]
    assert [row["text"] for row in rows if row.get("event") == "note"], "words are kept as they are"
    assert not STEERING.search(files["jsonl"].decode().replace("\n", ""))


async def test_what_is_found_in_the_history(world: World, thread: Any) -> None:
    for text in EVERY_ATOM:
        await world.team.slash(thread, "discuss note", text=text[:1000])
        await world.team.slash(world.channel, "ask", question=f"marzipan {text}"[:1500])
    watch = Watch(world)
    for text in EVERY_ATOM:
        await world.team.slash(world.channel, "history", text=text[:300], since=text, entry=text)
    found = await world.team.slash(world.channel, "history", text="marzipan")
    for choice in buttons(found)["h-read"]["options"][:4]:
        result = await select(world.team, found, "h-read", choice["value"])
        found = await click(world.team, result, "h-page")
    told = watch.check(*EVERY_ATOM)
    assert "marzipan" in told
    assert "Something went wrong" not in told


async def test_what_is_on_record_about_a_person(world: World) -> None:
    for text in EVERY_ATOM:
        await world.team.slash(world.channel, "ask", question=text[:1500])
    watch = Watch(world)
    await world.team.slash(world.channel, "privacy show")
    result = await world.team.slash(world.channel, "privacy export")
    files = [*result.response.attachments, *(f for r in result.followups for f in r.attachments)]
    assert files
    (attached,) = files
    with zipfile.ZipFile(io.BytesIO(world.env.backend.cdn.get(attached.url))) as packed:
        contents = {name: packed.read(name).decode() for name in packed.namelist()}
    assert len(contents) == 2
    for name, content in contents.items():
        assert not STEERING.search(content), name
        if name.endswith(".md"):
            check_markdown_file(content, EVERY_ATOM)
    watch.check(*EVERY_ATOM)


@thrown(1500, times=1)
async def test_briefings(world: World, text: str) -> None:
    watch = Watch(world)
    question = f"why does the demand come now? {text}"[:1500]
    result = await world.team.slash(world.channel, "brief", question=question, format="md")
    await world.team.slash(world.channel, "brief", entry=text, language=text[:80])
    told = watch.check(question, text)
    assert "Something went wrong" not in told
    answers = [result.response, *result.followups]
    for attached in (one for answer in answers if answer for one in answer.attachments):
        content = world.env.backend.cdn.get(attached.url).decode()
        assert "](javascript" not in content
        assert "](https://evil" not in content
        assert not STEERING.search(content)


async def test_names_of_people(world: World) -> None:
    for number, text in enumerate(EVERY_ATOM):
        name = visible("".join(text.split()))[number : number + 32] or "nobody"
        person = world.guild.add_member(world.env.create_user(f"person{number}"), nick=name)
        watch = Watch(world)
        asked = await person.slash(world.channel, "ask", question="why does the demand come now?")
        await click(person, asked, "share")
        watch.check(name)


# ---- the journal's exports


async def test_exports_of_the_journal(world: World, thread: Any) -> None:
    for text in FORMULAS:
        await world.team.slash(thread, "discuss note", text=text)
    for text in EVERY_ATOM:
        await world.team.slash(world.channel, "ask", question=text[:1500])
    pieces: dict[str, str] = {}
    for form in ("md", "csv", "jsonl"):
        pieces[form] = "".join(
            [piece async for piece in world.services.journal.exports.lines(form)]
        )
    check_markdown_file(pieces["md"], EVERY_ATOM)
    check_table(pieces["csv"])
    assert not STEERING.search(pieces["jsonl"])
    questions = [
        row["options"]["question"]
        for row in map(json.loads, pieces["jsonl"].splitlines())
        if row.get("command") == "ask"
    ]
    assert len(questions) == len(EVERY_ATOM)


def check_table(text: str) -> None:
    """No cell of a CSV file runs as a formula or steers a terminal."""
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert cells
    for cell in cells:
        assert not FORMULA.match(cell), repr(cell)
        assert not STEERING.search(cell), repr(cell)


def check_markdown_file(text: str, written: Sequence[str]) -> None:
    assert not STEERING.search(text)
    assert not re.search(r"@(everyone|here)\b", text)
    assert not re.search(r"(?<!\\)\]\((https://evil|javascript)", text)
    for line in text.split("\n"):
        assert unescaped(line).strip() not in {
            own.strip() for each in written for own in each.split("\n") if "TLP:" in own
        }, line


# ---- slots of a message, on the knowledge base that ships


class TestSlots:
    """`/message`: what is typed into a form stands in a block to copy from."""

    @pytest.fixture
    def knowledge(self) -> Path:
        return SHIPPED

    @thrown(4000)
    async def test_values(self, world: World, text: str) -> None:
        chosen = next(
            entry
            for entry in world.services.store.snapshot.entries.values()
            if isinstance(entry, Template) and entry.channel == "holding-statement" and entry.slots
        )
        values = {
            name: (text[: slot.max_length] if slot.type == "text" else slot.example)
            for name, slot in chosen.slots.items()
        }
        asked = await world.officer.slash(
            world.channel,
            "message",
            redline=chosen.redlines[0],
            audience=chosen.audiences[0],
            channel=chosen.channel,
        )
        watch = Watch(world)
        result = await world.officer.submit_modal(asked, {**examples(chosen), **values})
        found = watch.check(text)
        assert "```" in found
        assert "Something went wrong" not in found
        again = await click(world.officer, result, "fill")
        assert again.modal is not None


# ---- drafts: from a text that somebody typed to the channel that it is posted in


@pytest.fixture
def draft_id(world: World, request: pytest.FixtureRequest) -> Callable[[], str]:
    """A new name for each draft of a test."""
    numbers = iter(range(1000))
    return lambda: f"dr-{request.node.name.count('x')}{next(numbers)}"


@thrown(4000)
async def test_texts_of_drafts(world: World, draft_id: Callable[[], str], text: str) -> None:
    room = Newsroom(world)
    await room.with_board()
    name = draft_id()
    author = Actor(str(room.author.id), text[:80] or "x", frozenset({"officer"}))
    draft = new_draft(name, "The line holds.", author, dt.datetime.now(dt.UTC), channel="x")
    await world.services.journal.drafts.save(change_of(draft, guild_id=str(world.guild.id)))
    watch = Watch(world)
    form = await room.author.slash(world.channel, "draft edit", draft=name)
    edited = await room.author.submit_modal(form, {"text": text})
    if "Saved as version" in shown(edited):
        history = await room.author.slash(world.channel, "draft history", draft=name)
        assert "```" in shown(history)
        opened = await room.approver.slash(world.channel, "draft show", draft=name)
        if "dr-over" in buttons(opened):
            form = await click(room.approver, opened, "dr-over")
            await room.approver.submit_modal(form, {"reason": "a good reason"})
        await room.author.slash(world.channel, "draft submit", draft=name)
        await room.approver.slash(world.channel, "draft approve", draft=name)
        await room.author.slash(world.channel, "draft release", draft=name, channel=room.press)
        await room.author.slash(world.channel, "draft list", state="released")
        assert room.posts(room.press)
    found = watch.check(text, author.name)
    assert "Something went wrong" not in found


@thrown(500)
async def test_reasons_and_names_of_drafts(
    world: World, draft_id: Callable[[], str], text: str
) -> None:
    room = Newsroom(world)
    await room.with_board()
    name = draft_id()
    now = dt.datetime.now(dt.UTC)
    author = Actor(str(room.author.id), "oskar", frozenset({"officer"}))
    draft = new_draft(name, "The line holds.", author, now, channel="x")
    drafts, guild = world.services.journal.drafts, str(world.guild.id)
    await drafts.save(change_of(draft, guild_id=guild))
    await drafts.save(change_of(submit(draft, author, now), guild_id=guild))
    watch = Watch(world)
    if text:
        await room.approver.slash(world.channel, "draft reject", draft=name, reason=text)
        await room.author.slash(world.channel, "draft withdraw", draft=name, reason=text)
        await room.author.slash(world.channel, "draft show", draft=text[:100])
        await room.author.autocomplete(world.channel, "draft show", "draft", text[:100])
    await room.author.slash(world.channel, "draft history", draft=name)
    found = watch.check(text)
    assert "Something went wrong" not in found


# ---- the pieces that all of them are made of


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(text=hostile())
def test_words_in_a_sentence_in_a_quotation_and_in_a_block(text: str) -> None:
    sentence = t("error.gone", "en", entry=text)
    assert "\n" not in sentence
    check_text(sentence, ())
    assert squeezed(unescaped(safe_line(text))) == squeezed(visible(text))
    check_text(quote(text), (text,))
    assert all(line.startswith("> ") for line in quote(text).split("\n"))
    blocks = code_blocks(text, 300)
    assert all(units(block) <= 300 for block in blocks)
    inside = "".join(block[4:-4] for block in blocks).replace("\u200b", "")
    assert inside == visible(text)
    assert all("```" not in block[4:-4] for block in blocks)
    for block in blocks:
        check_text(block, ())


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())
