"""What discussions agreed to do: whose it is, when it is due, and who may remind of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.journal.database import reading
from bot.journal.desk_tables import ACTION
from bot.journal.discussion_view import ActionItem, build_actions
from bot.journal.log import Log
from bot.journal.records import moment, now
from bot.journal.tables import RECORD


def reminder_key(action_id: str) -> str:
    """The key of the record which says that an action was reminded of: there can be only one."""
    return f"reminder-{action_id}"


class Actions:
    """The actions of a journal's discussions, as they stand."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def action(self, action_id: str) -> ActionItem | None:
        found = await self._actions(ACTION.c.action_id == action_id)
        return found[0] if found else None

    async def open_actions(
        self, guild_id: str | None, *, owner_id: str | None = None
    ) -> tuple[ActionItem, ...]:
        """What is still to do in a server, the most urgent first."""
        where = [ACTION.c.guild_id == guild_id, ACTION.c.done_at.is_(None)]
        if owner_id is not None:
            where.append(ACTION.c.owner_id == owner_id)
        return await self._actions(*where)

    async def due_reminders(self, at: str | None = None) -> tuple[ActionItem, ...]:
        """Open actions whose reminder is due at this moment and was not sent yet."""
        return await self._actions(
            ACTION.c.remind_at <= moment(at or now()),
            ACTION.c.reminded_at.is_(None),
            ACTION.c.done_at.is_(None),
        )

    async def claim_reminder(self, action_id: str) -> bool:
        """True for the one caller that may send an action's reminder."""
        async with self._log.engine.begin() as connection:
            changed = await connection.execute(
                update(ACTION)
                .where(ACTION.c.action_id == action_id, ACTION.c.reminded_at.is_(None))
                .values(reminded_at=now())
            )
            return changed.rowcount == 1

    async def claim_again(self, action: ActionItem) -> bool:
        """True for the one caller that takes over a claim of which nothing more was heard."""
        async with self._log.engine.begin() as connection:
            changed = await connection.execute(
                update(ACTION)
                .where(
                    ACTION.c.action_id == action.action_id,
                    ACTION.c.reminded_at == action.reminded_at,
                )
                .values(reminded_at=now())
            )
            return changed.rowcount == 1

    async def unconfirmed_reminders(self, before: str) -> tuple[ActionItem, ...]:
        """Reminders claimed before a moment of which nothing says that they were sent.

        The program ended between the two: whoever claims next must look for the message first.
        """
        claimed = await self._actions(
            ACTION.c.reminded_at < moment(before), ACTION.c.done_at.is_(None)
        )
        keys = {reminder_key(action.action_id): action for action in claimed}
        query = select(RECORD.c.key).where(RECORD.c.key.in_(keys))
        async with reading(self._log.engine).connect() as connection:
            for key in (await connection.execute(query)).scalars():
                del keys[key]
        return tuple(keys.values())

    async def _actions(self, *where: Any) -> tuple[ActionItem, ...]:
        query = (
            select(ACTION, RECORD.c.private)
            .join(RECORD, RECORD.c.seq == ACTION.c.seq)
            .where(*where)
            .order_by(ACTION.c.due_at.is_(None), ACTION.c.due_at, ACTION.c.seq)
        )
        async with reading(self._log.engine).connect() as connection:
            return build_actions((await connection.execute(query)).all())
