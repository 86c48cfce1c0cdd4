"""`/kb`: for maintainers only; a broken knowledge base is refused and told."""

from __future__ import annotations

import pytest
from chat_world import ANALYSIS, REDLINE, SECRET, World, click, shown


@pytest.mark.parametrize("command", ["kb status", "kb reload", "kb show"])
async def test_others_are_told_which_role_it_needs(world: World, command: str) -> None:
    options = {"entry": ANALYSIS} if command == "kb show" else {}
    for actor in (world.team, world.officer, world.admin):
        result = await actor.slash(world.channel, command, **options)
        assert "Maintainer" in shown(result)
        assert "administrator" in shown(result)
    assert {record["outcome"] for record in await world.records()} == {"refused"}


async def test_status_tells_revision_search_health_and_findings(world: World) -> None:
    result = await world.maintainer.slash(world.channel, "kb status")
    text = shown(result)
    assert world.services.store.snapshot.revision in text
    assert "Search: lexical" in text
    assert "✅ database" in text
    assert "✅ gateway" in text
    assert "Findings" in text or "No findings" in text


async def test_reload_takes_what_changed_and_answers_from_it(world: World) -> None:
    path = next(world.services.store.directory.rglob(f"{ANALYSIS}.yaml"))
    path.write_text(path.read_text().replace("The demand tests", "The demand probes"))
    result = await world.maintainer.slash(world.channel, "kb reload")
    assert "Reloaded" in shown(result)
    assert ANALYSIS in shown(result)
    answer = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    assert "The demand probes" in shown(answer)
    again = await world.maintainer.slash(world.channel, "kb reload")
    assert "Nothing has changed" in shown(again)


async def test_a_broken_edit_is_refused_told_and_takes_nothing_down(world: World) -> None:
    path = next(world.services.store.directory.rglob(f"{ANALYSIS}.yaml"))
    path.write_text(path.read_text().replace("confidence: moderate", "confidence: huge"))
    await world.admin.slash(world.channel, "settings channels", warnings=world.channel)
    result = await world.maintainer.slash(world.channel, "kb reload")
    text = shown(result)
    assert "Refused" in text
    assert f"{ANALYSIS}.yaml" in text.replace("\\", "")
    answer = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    assert "The demand tests the alliance." in shown(answer)
    status = await world.maintainer.slash(world.channel, "kb status")
    assert "last good state" in shown(status)
    warned = [m for m in world.channel.history() if not m.flags.ephemeral]
    assert len(warned) == 1
    assert "errors, so revision" in shown(warned[0])


async def test_show_tells_file_references_and_opens_the_card(world: World) -> None:
    result = await world.maintainer.slash(world.channel, "kb show", entry=REDLINE)
    text = shown(result).replace("\\", "")
    assert f"knowledge/redlines/{REDLINE}.yaml" in text
    assert "Referred to by" in text
    opened = await click(world.maintainer, result, "open")
    assert "Must never be said" in shown(opened)


async def test_show_of_what_is_not_there_says_so(world: World) -> None:
    result = await world.maintainer.slash(world.channel, "kb show", entry="no-such-entry-at-all")
    assert "not in the knowledge base" in shown(result)


async def test_show_completes_all_that_a_maintainer_may_see(world: World) -> None:
    offered = await world.maintainer.autocomplete(world.channel, "kb show", "entry", "inside")
    assert [choice["value"] for choice in offered] == [SECRET]
