"""`/ask` end to end: card, journal, privacy, languages, nothing on file."""

from __future__ import annotations

from chat_world import ANALYSIS, World, shown


async def test_a_question_is_answered_privately_with_the_bottom_line_first(world: World) -> None:
    result = await world.team.slash(world.channel, "ask", question="why does the demand come now?")
    assert result.response.ephemeral
    text = shown(result)
    assert "Why the demand comes now" in text
    assert "The demand tests the alliance." in text
    assert f"{ANALYSIS}@{world.services.store.snapshot.revision}" in text
