"""Migrations: one line of them, up and down, with data, and the models say the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from desk import ANNA, CHANNEL, GUILD, asked, change, everything
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from bot.journal import Journal, Query, SchemaTooNew, SchemaTooOld, schema
from bot.journal.chain import GENESIS, canonical, digest_private, link_hash
from bot.journal.database import make_engine

SEARCH = {"search", "search_config", "search_content", "search_data", "search_idx"}
"""The index is SQL of each database's own, which no model describes."""


def test_there_is_one_head(sqlite_url: str) -> None:
    scripts = ScriptDirectory.from_config(schema.alembic_config(sqlite_url))
    assert len(scripts.get_heads()) == 1
    assert [script.revision for script in scripts.walk_revisions()] == ["0002", "0001"]


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def tables(url: str) -> set[str]:
    engine = make_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(_tables)
    await engine.dispose()
    return found - {"alembic_version"}


async def test_up_down_and_up_again(database: str) -> None:
    await schema.upgrade(database)
    complete = await tables(database)
    assert {"record", "head", "draft", "discussion", "actionitem"} <= complete
    await schema.downgrade(database, "0001")
    assert "draft" not in await tables(database)
    await schema.downgrade(database, "base")
    assert await tables(database) == set()
    await schema.upgrade(database)
    assert await tables(database) == complete
    assert (await schema.schema_state(database)).current == "0002"


async def test_the_models_say_what_the_migrations_do(database: str) -> None:
    await schema.upgrade(database)
    engine = make_engine(database)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name not in SEARCH,
            },
        )
        return list(compare_metadata(context, schema.METADATA))

    async with engine.connect() as connection:
        found = await connection.run_sync(differences)
    await engine.dispose()
    assert found == []


async def first_release(url: str, records: int) -> None:
    """A database as the first release left it, made without the code of today's journal."""
    await schema.upgrade(url, "0001")
    engine = make_engine(url)
    previous = GENESIS
    async with engine.begin() as connection:
        for seq in range(1, records + 1):
            public = canonical(
                {
                    "interaction_id": str(seq), "command": "ask", "outcome": "answered",
                    "knowledge_revision": "r", "latency_ms": 5, "entries": ["one", "two"],
                    "language": "en", "error_reference": None,
                }
            )  # fmt: skip
            private = canonical({"options": {"question": f"old question {seq}"}})
            row = {
                "seq": seq, "key": f"k{seq}", "type": "interaction",
                "created_at": f"2025-01-01T00:00:{seq % 60:02d}.000000+00:00",
                "guild_id": GUILD, "channel_id": CHANNEL, "public": public,
                "private_digest": digest_private("5a", ANNA, private), "previous": previous,
            }  # fmt: skip
            previous = link_hash(**row)
            await connection.execute(
                text(
                    "INSERT INTO record (seq, key, type, created_at, guild_id, channel_id, public,"
                    " private_digest, previous, user_id, private, salt, hash) VALUES (:seq, :key,"
                    " :type, :created_at, :guild_id, :channel_id, :public, :private_digest,"
                    " :previous, :user_id, :private, :salt, :hash)"
                ),
                {**row, "user_id": ANNA, "private": private, "salt": "5a", "hash": previous},
            )
            await connection.execute(
                text(
                    "INSERT INTO interaction VALUES"
                    " (:seq, :id, 'ask', 'answered', 'r', 'en', 5, NULL)"
                ),
                {"seq": seq, "id": str(seq)},
            )
        await connection.execute(
            text("UPDATE head SET seq = :seq, hash = :hash"), {"seq": records, "hash": previous}
        )
        await connection.execute(
            text("INSERT INTO guildsetting VALUES (:id, :value, '2025')"),
            {"id": GUILD, "value": json.dumps({"language": "lv"})},
        )
    await engine.dispose()


async def test_the_first_release_s_data_comes_along(
    database: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await first_release(database, 1203)

    journal = await Journal.open(database, data_dir)
    await journal.record_interaction(asked("new question"))
    await journal.maintenance.fill_index()

    assert len(await everything(journal)) == 1204
    assert (await journal.verify()).ok
    assert await journal.guild_settings(GUILD) == {"language": "lv"}
    old = await journal.interaction("17")
    assert old is not None
    assert old.private == {"options": {"question": "old question 17"}}
    found = await journal.history.search(Query("question", entry="two", limit=5))
    assert [hit.record.seq for hit in found] == [1203, 1202, 1201, 1200, 1199]
    assert (await journal.history.search(Query("old question 17")))[0].record.seq == 17
    assert (await journal.insight.stats(GUILD)).entries["one"] == 1203
    assert (await journal.eraser.forget(ANNA)).records == 1204
    assert (await journal.verify()).ok
    await journal.close()


async def test_a_downgrade_keeps_the_log(database: str, data_dir: Path) -> None:
    journal = await Journal.open(database, data_dir)
    for number in range(5):
        await journal.record_interaction(asked(f"question {number}"))
    await journal.eraser.forget(ANNA)
    await journal.close()

    await schema.downgrade(database, "0001")
    again = await Journal.open(database, data_dir)

    assert len(await everything(again)) == 6
    assert (await again.verify()).ok
    await again.close()


async def test_a_newer_schema_is_not_touched(database: str, data_dir: Path) -> None:
    journal = await Journal.open(database, data_dir)
    await change(journal, "UPDATE alembic_version SET version_num = '9999'")
    await journal.close()

    for opening in (Journal.open, Journal.attach):
        with pytest.raises(SchemaTooNew, match=r"9999.*0002.*Upgrade Redline"):
            await opening(database, data_dir)


async def test_a_command_beside_the_bot_does_not_migrate(database: str, data_dir: Path) -> None:
    with pytest.raises(SchemaTooOld, match="redline db upgrade"):
        await Journal.attach(database, data_dir)
    assert await tables(database) == set()


def test_migrations_are_found_in_a_checkout_and_in_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).parents[2]
    assert schema.migrations_dir() == root / "migrations"
    package = tmp_path / "site-packages" / "bot"
    (package / "shipped" / "migrations").mkdir(parents=True)
    monkeypatch.setattr(schema, "PACKAGE", package)
    assert schema.migrations_dir() == package / "shipped" / "migrations"
    wheel = (root / "pyproject.toml").read_text()
    assert '"migrations" = "bot/shipped/migrations"' in wheel
