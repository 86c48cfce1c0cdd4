"""How long records are kept: set in Discord, kept to by the journal's own clock."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from chat_world import World, shown

from bot.journal import InteractionRecord, Journal, maintenance

WORDS = "periwinkle"


async def aged(world: World, number: int, days: int) -> None:
    """A question as it was asked that many days ago."""
    at = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    record = InteractionRecord(
        interaction_id=str(number),
        command="ask",
        outcome="answered",
        knowledge_revision="r",
        latency_ms=1,
        guild_id=str(world.guild.id),
        channel_id=str(world.channel.id),
        user_id=str(world.team.id),
        options={"question": f"{WORDS} {days}"},
        language="en",
    ).as_new()
    created_at = at.isoformat(timespec="microseconds")
    await world.services.journal.append(replace(record, created_at=created_at))


async def test_what_is_older_than_a_server_set_is_erased_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = world.services.journal
    for number, days in enumerate((400, 31, 29, 0), 1):
        await aged(world, number, days)
    before = shown(await world.team.slash(world.channel, "history", text=WORDS))
    assert "4 found" in before
    assert "30" in shown(await world.admin.slash(world.channel, "settings retention", days=30))

    # The next start: the journal keeps to it without anybody's doing.
    monkeypatch.setattr(maintenance, "FIRST_PURGE", 0.01)
    url = journal.engine.url.render_as_string(hide_password=False)
    other = await Journal.open(url, journal.data_dir / "beside")
    try:
        async with asyncio.timeout(30):
            while not await world.log("erasure"):
                await asyncio.sleep(0.05)
    finally:
        await other.close()

    for number, kept in ((1, False), (2, False), (3, True), (4, True)):
        record = await journal.interaction(str(number))
        assert record is not None, "what remains is a tombstone, not a gap"
        assert record.erased is not kept
        assert (record.user_id is not None) is kept
    assert "2 found" in shown(await world.team.slash(world.channel, "history", text=WORDS))
    assert '"reason":"retention"' in (await world.log("erasure"))[0].replace(" ", "")
    assert (await journal.verify()).ok
