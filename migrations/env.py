"""Alembic's environment: runs migrations over the journal's async engine."""

import asyncio

from alembic import context
from sqlalchemy.engine import Connection

from bot.journal.database import make_engine
from bot.journal.schema import METADATA


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()


async def run_online() -> None:
    engine = make_engine(context.config.attributes["url"])
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run)
            await connection.commit()
    finally:
        await engine.dispose()


asyncio.run(run_online())
