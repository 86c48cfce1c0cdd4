"""Numbers that can be checked by hand, and what is missing."""

from __future__ import annotations

from dataclasses import replace

from desk import ANNA, BORIS, CHANNEL, GUILD, asked

from bot.journal import Journal


async def test_statistics_count_what_was_asked(journal: Journal) -> None:
    for number in range(1, 101):
        record = asked(
            latency_ms=number,
            user_id=ANNA if number % 2 else BORIS,
            outcome="nothing-on-file" if number > 90 else "answered",
            entries=() if number > 90 else ("one", "two"),
            language="et" if number <= 30 else "en",
            command="topic" if number <= 5 else "ask",
            interaction_id=str(number),
        ).as_new()
        hour = 8 if number <= 40 else 21
        at = f"2024-03-0{1 + number % 2}T{hour:02d}:00:00.000000+00:00"
        await journal.append(replace(record, created_at=at))
    where = {"guild_id": GUILD, "channel_id": CHANNEL, "user_id": ANNA}
    for number, helpful in ((1, True), (2, True), (3, False)):
        await journal.record_feedback(
            interaction_id=str(number), helpful=helpful, entry_id="one", **where
        )
    await journal.record_share(
        interaction_id="1", message_id=None, entries=(), tlp="CLEAR", **where
    )
    await journal.record_interaction(asked(guild_id="8"))

    stats = await journal.insight.stats(GUILD)

    assert (stats.interactions, stats.people, stats.shares) == (100, 2, 1)
    assert stats.outcomes == {"answered": 90, "nothing-on-file": 10}
    assert stats.commands == {"ask": 95, "topic": 5}
    assert stats.languages == {"en": 70, "et": 30}
    assert stats.hours == {8: 40, 21: 60}
    assert stats.days == {"2024-03-01": 50, "2024-03-02": 50}
    assert stats.entries == {"one": 90}
    assert stats.answer_ms == {50: 50, 90: 90, 95: 95, 99: 99}
    assert (stats.helpful, stats.not_helpful) == (2, 1)
    assert stats.helpful_rate == 2 / 3
    assert stats.entries_not_helpful == {"one": 1}
    assert (await journal.insight.stats()).interactions == 101
    march = await journal.insight.stats(
        GUILD, since="2024-03-02T00:00:00Z", until="2024-04-01T00:00:00Z"
    )
    assert march.interactions == 50


async def test_an_empty_journal_has_statistics(journal: Journal) -> None:
    stats = await journal.insight.stats()
    assert (stats.interactions, stats.answer_ms, stats.helpful_rate) == (0, {}, None)
    assert await journal.insight.gaps() == ()


async def test_gaps_put_questions_for_the_same_together(journal: Journal) -> None:
    async def unanswered(question: str, **more: str) -> None:
        await journal.record_interaction(
            asked(question, outcome="nothing-on-file", entries=(), **more)
        )

    await unanswered("What about the undersea cables in the Baltic?")
    await unanswered("undersea cable damage", language="de")
    await unanswered("who guards undersea cables")
    await unanswered("price of gas in Vilnius")
    disliked = asked("how do drones cross the border", entries=("analysis-x",))
    await journal.record_interaction(disliked)
    await journal.record_feedback(
        interaction_id=disliked.interaction_id, helpful=False, guild_id=GUILD, channel_id=CHANNEL,
        user_id=ANNA,
    )  # fmt: skip
    await journal.record_interaction(asked("answered well"))

    gaps = await journal.insight.gaps(GUILD)

    assert [gap.count for gap in gaps] == [3, 1, 1]
    cables = gaps[0]
    assert "undersea" in cables.topic
    assert (cables.nothing_on_file, cables.not_helpful) == (3, 0)
    assert set(cables.languages) == {"en", "de"}
    assert len(cables.examples) == 3
    drones = next(gap for gap in gaps if gap.not_helpful)
    assert drones.examples == ("how do drones cross the border",)
    assert drones.entries == ("analysis-x",)
    assert len(await journal.insight.gaps(GUILD, limit=1)) == 1

    await journal.eraser.forget(ANNA)
    assert await journal.insight.gaps(GUILD) == ()
