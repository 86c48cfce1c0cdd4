"""What the journal holds about one person: for themselves to see, take away, and have erased."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.journal.database import reading
from bot.journal.desk_tables import ACTION
from bot.journal.log import Log
from bot.journal.tables import RECORD


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """`records` by type; `mentions`: records of others that name them; `actions` they own."""

    records: Mapping[str, int]
    first_at: str | None
    last_at: str | None
    mentions: int
    actions: int

    @property
    def total(self) -> int:
        return sum(self.records.values())


async def about_person(log: Log, user_id: str) -> AboutPerson:
    """What is held about a person. Raises what a failing database raises."""
    mine = RECORD.c.user_id == user_id
    alone = re.compile(rf"(?<!\d){re.escape(user_id)}(?!\d)")
    by_type = select(RECORD.c.type, func.count()).where(mine).group_by(RECORD.c.type)
    times = select(func.min(RECORD.c.created_at), func.max(RECORD.c.created_at)).where(mine)
    named = select(RECORD.c.private).where(
        RECORD.c.private.contains(user_id), RECORD.c.user_id.is_distinct_from(user_id)
    )
    actions = select(func.count()).where(ACTION.c.owner_id == user_id)
    async with reading(log.engine).connect() as connection:
        records = {str(kind): int(count) for kind, count in await connection.execute(by_type)}
        first, last = (await connection.execute(times)).one()
        private = (await connection.execute(named)).scalars()
        mentions = sum(alone.search(text) is not None for text in private)
        owned = int((await connection.execute(actions)).scalar_one())
    return AboutPerson(dict(sorted(records.items())), first, last, mentions, owned)
