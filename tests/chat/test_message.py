"""`/message` and **Check against red lines**, on the knowledge base that ships."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from chat_world import SHIPPED, World, answer, buttons, click, shown

from bot.advice import wording
from bot.advice.messages import examples
from bot.advice.messages import pages as form_pages
from bot.chat.cards import layout
from bot.knowledge.kinds import Template

REDLINE = "redline-no-third-country-veto"
FAULTY = (
    "Our presence in Estonia is negotiable. We will withdraw our troops from Latvia. "
    "Moscow has a veto over new members. Spheres of influence are a fact of life. "
    "We will strike Kaliningrad first. Russia cut the cable, no doubt about it. "
)


@pytest.fixture
def knowledge() -> Path:
    return SHIPPED


def template(world: World, channel: str) -> Template:
    found = [
        entry
        for entry in world.services.store.snapshot.entries.values()
        if isinstance(entry, Template) and REDLINE in entry.redlines and entry.channel == channel
    ]
    return next(entry for entry in found if entry.slots)


async def ask(world: World, chosen: Template, language: str | None = None) -> Any:
    options = {"redline": REDLINE, "audience": chosen.audiences[0], "channel": chosen.channel}
    if language:
        options["language"] = language
    return await world.officer.slash(world.channel, "message", **options)


async def test_a_template_is_filled_in_a_form_and_handed_out_checked(world: World) -> None:
    chosen = template(world, "holding-statement")
    asked = await ask(world, chosen)
    result = await world.officer.submit_modal(asked, examples(chosen))
    text = shown(result)
    assert "Fits the channel" in text
    assert "```" in text
    assert "@" + world.services.store.snapshot.revision in text.replace("@\u200b", "@")
    again = await click(world.officer, result, "fill")
    assert again.modal is not None
    records = await world.records()
    assert records[-1]["command"] == "message"
    assert records[-1]["outcome"] == "answered"


async def test_a_finished_message_comes_as_text_and_as_a_document(world: World) -> None:
    asked = await ask(world, template(world, "holding-statement"))
    result = await world.officer.submit_modal(asked, examples(template(world, "holding-statement")))
    files = {file.filename.rsplit(".", 1)[1]: file for file in answer(result).attachments}
    assert set(files) == {"txt", "docx"}
    plain = (await files["txt"].read()).decode()
    document = docx.Document(io.BytesIO(await files["docx"].read()))
    # What stands between the rules is the text itself.
    text = plain.split("-" * 60)[1].strip()
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(line.strip() in told for line in text.splitlines())
    marking = plain.splitlines()[0]
    assert marking.startswith("TLP:")
    section = document.sections[0]
    for strip in (section.header, section.footer):
        assert marking in "".join(strip._element.itertext())
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("ot approved" in cell for cell in cells)


async def test_without_the_extra_a_message_comes_as_text_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    for name in [name for name in sys.modules if name.startswith("bot.documents.word_")]:
        monkeypatch.delitem(sys.modules, name)
    chosen = template(world, "holding-statement")
    result = await world.officer.submit_modal(await ask(world, chosen), examples(chosen))
    assert [file.filename.rsplit(".", 1)[1] for file in answer(result).attachments] == ["txt"]


async def test_the_form_comes_back_filled_in_after_a_restart(world: World) -> None:
    chosen = template(world, "holding-statement")
    asked = await ask(world, chosen)
    typed = examples(chosen)
    result = await world.officer.submit_modal(asked, typed)
    await world.restart()
    again = await click(world.officer, result, "fill")
    assert str(next(iter(typed.values()))) in str(again.modal)


async def test_hostile_values_neither_ping_nor_leave_their_block(world: World) -> None:
    chosen = template(world, "holding-statement")
    hostile = "@everyone ``` **x** {0.__class__}"
    values = {
        name: (hostile[: slot.max_length] if slot.type == "text" else slot.example)
        for name, slot in chosen.slots.items()
    }
    asked = await ask(world, chosen)
    result = await world.officer.submit_modal(asked, values)
    text = shown(result)
    assert "@everyone" not in text.replace("@\u200beveryone", "")
    assert text.count("```") % 2 == 0


async def test_what_is_not_there_is_named_with_what_is(world: World) -> None:
    result = await world.team.slash(
        world.channel, "message", redline=REDLINE, audience="martians", channel="x"
    )
    assert "martians" in shown(result)
    assert "press" in shown(result)


async def test_autocomplete_follows_the_other_options(world: World) -> None:
    offered = await world.team.autocomplete(world.channel, "message", "redline", "")
    assert len(offered) >= 10


async def test_a_message_is_checked_against_all_red_lines(world: World) -> None:
    message = await world.team.send(world.channel, "Our presence in Estonia is negotiable.")
    result = await world.team.context_menu(world.channel, "Check against red lines", message)
    assert "negotiable" in shown(result)
    assert "Instead:" in shown(result)
    good = await world.team.send(world.channel, "Allied forces stay at the hosts' invitation.")
    clean = await world.team.context_menu(world.channel, "Check against red lines", good)
    assert "No red line is touched" in shown(clean)


async def every_page(world: World, result: object) -> list[str]:
    pages = [shown(result)]
    while (key := f"again#{len(pages)}") in buttons(result):
        if buttons(result)[key].get("disabled"):
            break
        result = await click(world.officer, result, key)
        pages.append(shown(result))
    return pages


async def test_a_long_message_and_its_findings_are_paged_and_nothing_is_cut(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "PAGE_UNITS", 1600)
    asked = await ask(world, template(world, "press-release"))
    opened = json.dumps(asked.modal)
    chosen = next(
        entry
        for entry in world.services.store.snapshot.entries.values()
        if isinstance(entry, Template)
        and entry.channel == "press-release"
        and all(f'"custom_id": "{name}"' in opened for name, _ in form_pages(entry.slots)[0])
    )
    values = {
        name: (
            f"{FAULTY} {' '.join(f'{name}{n}' for n in range(200))}"[: slot.max_length]
            if slot.type == "text"
            else slot.example
        )
        for name, slot in chosen.slots.items()
    }
    forms = [[name for name, _ in page] for page in form_pages(chosen.slots)]
    result = await world.officer.submit_modal(asked, {name: values[name] for name in forms[0]})
    for number, names in enumerate(forms[1:], 1):
        form = await click(world.officer, result, f"fill#{number}")
        typed = {name: values[name] for name in names}
        result = await world.officer.submit_modal(form, typed)
    pages = await every_page(world, result)
    assert len(pages) > 1
    assert all(page.count("```") % 2 == 0 for page in pages)
    whole = "\n".join(pages)
    assert "Red lines" in whole
    assert "Do not" in whole
    for name, slot in chosen.slots.items():
        if slot.type == "text":
            assert all(word in whole for word in values[name].split()), name


async def test_all_findings_on_a_message_can_be_reached(world: World) -> None:
    message = await world.officer.send(world.channel, FAULTY * 4)
    result = await world.officer.context_menu(world.channel, "Check against red lines", message)
    pages = await every_page(world, result)
    whole = "\n".join(pages)
    report = wording.check(FAULTY * 4, world.services.store.snapshot)
    assert len(report.findings) > 9
    assert whole.count("Instead:") == len(report.findings)
