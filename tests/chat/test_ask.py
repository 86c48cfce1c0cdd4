"""`/ask` end to end: card, journal, privacy, languages, nothing on file."""

from __future__ import annotations

import json

import pytest
from chat_world import ANALYSIS, LONG, SECRET, World, buttons, click, components, shown

QUESTION = "why does the demand come now?"


async def test_a_question_is_answered_privately_with_the_bottom_line_first(world: World) -> None:
    result = await world.team.slash(world.channel, "ask", question=QUESTION)
    assert result.response.ephemeral
    text = shown(result)
    assert text.index("Why the demand comes now") < text.index("The demand tests the alliance.")
    assert f"{ANALYSIS}@{world.services.store.snapshot.revision}" in text


@pytest.mark.faulty
async def test_the_answer_is_in_the_journal_before_it_is_sent(world: World) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=500, times=None)
    world.env.inject_error("POST", "/webhooks/*", status=500, times=None)
    await world.team.slash(world.channel, "ask", question=QUESTION)
    first, *_ = await world.records()
    assert (first["command"], first["outcome"]) == ("ask", "answered")
    public = json.loads(first["public"])
    assert public["entries"][0] == ANALYSIS
    assert public["answer_sha256"], "the answer as given is on record, apart from the question"
    assert public["tlp"] == "CLEAR"
    assert QUESTION not in first["public"]
    assert json.loads(first["private"])["options"]["question"] == QUESTION
    assert first["user_id"] == str(world.team.id)


async def test_an_open_answer_is_seen_by_all_and_leads_nobody_to_a_private_question(
    world: World,
) -> None:
    result = await world.team.slash(world.channel, "ask", question=QUESTION, private=False)
    assert not result.response.ephemeral
    assert "share" not in buttons(result)
    opened = await click(world.officer, result, "l-src")
    assert opened.response.ephemeral, "a click by another person must not change the open card"
    assert "Why the demand comes now" in shown(world.channel.history()[0])


async def test_what_is_above_green_is_not_found_by_the_team_but_by_officers(world: World) -> None:
    question = "inside assessment of the garrison, how many days does it hold?"
    team = await world.team.slash(world.channel, "ask", question=question)
    assert "nine days" not in shown(team)
    assert SECRET not in json.dumps(components(team))
    officer = await world.officer.slash(world.channel, "ask", question=question)
    assert "nine days" in shown(officer)
    assert "TLP:AMBER" in shown(officer)


async def test_above_green_is_private_even_where_an_open_answer_was_asked_for(world: World) -> None:
    result = await world.officer.slash(
        world.channel, "ask", question="inside assessment of the garrison", private=False
    )
    assert result.response.ephemeral
    assert "nine days" in shown(result)
    assert "share" not in buttons(result)
    assert [m for m in world.channel.history() if not m.flags.ephemeral] == []


async def test_nothing_on_file_says_so_and_is_recorded_as_a_gap(world: World) -> None:
    result = await world.team.slash(world.channel, "ask", question="zebra lasagne xylophone qwertz")
    assert "Nothing on file" in shown(result)
    assert [record["outcome"] for record in await world.records()] == ["nothing-on-file"]


@pytest.mark.parametrize(
    "question",
    [
        "@everyone <@1> why does the demand come now",
        "```\n# big\n``` why does the demand come now [x](https://evil.example)",
        "{question} %s ${HOME} why does the demand come now \u202e\x00",
        "why does the demand come now " + "a" * 1400,
    ],
)
async def test_hostile_questions_are_answered_without_a_ping_or_a_link(
    world: World, question: str
) -> None:
    result = await world.team.slash(world.channel, "ask", question=question, private=False)
    text = shown(result)
    assert "@everyone" not in text
    assert "](https://evil" not in text
    message = result.response.message
    assert message.mentions == []
    assert not message.mention_everyone


async def test_an_unknown_language_names_those_that_there_are(world: World) -> None:
    result = await world.team.slash(world.channel, "ask", question=QUESTION, language="klingon")
    assert "klingon" in shown(result)
    assert "lv" in shown(result)
    assert [record["outcome"] for record in await world.records()] == ["refused"]


async def test_an_empty_question_is_refused_with_the_way_out(world: World) -> None:
    result = await world.team.slash(world.channel, "ask", question="   ")
    assert "empty" in shown(result)


async def test_an_entry_without_a_translation_is_given_in_english_with_a_note(world: World) -> None:
    result = await world.team.slash(world.channel, "ask", question=QUESTION, language="lv")
    assert "The demand tests the alliance." in shown(result)
    assert "⚠️" in shown(result)


async def test_languages_are_completed_from_the_vocabulary(world: World) -> None:
    offered = await world.team.autocomplete(world.channel, "ask", "language", "lat", question="x")
    assert [(choice["name"], choice["value"]) for choice in offered] == [("Latviešu", "lv")]


async def test_a_long_entry_is_paged_and_every_page_is_reached(world: World) -> None:
    result = await world.team.slash(world.channel, "ask", question="a very long read")
    seen = shown(result)
    for _ in range(9):
        following = [
            part
            for part in components(result)
            if part.get("type") == 2 and "Next" in part["label"] and not part.get("disabled")
        ]
        if not following:
            break
        result = await world.team.click(result.response, custom_id=following[0]["custom_id"])
        seen += shown(result)
    else:
        raise AssertionError("the pages do not end")
    assert all(f"Paragraph {number} of" in seen for number in range(24))
    assert LONG in seen
