"""Giving an earlier answer again: what was asked is in the journal, so that a custom id needn't be.

Each command that people go back to registers how to answer its recorded options once more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.chat.mistakes import UserError

if TYPE_CHECKING:
    from bot.chat.request import Request

Replayer = Callable[["Request", Mapping[str, Any], int], Awaitable[None]]
"""Answers recorded options again: the request, the options as journalled, the page."""

_REPLAYERS: dict[str, Replayer] = {}


def replays(command: str) -> Callable[[Replayer], Replayer]:
    """Register how the answers of a command are given again."""

    def register(replayer: Replayer) -> Replayer:
        _REPLAYERS[command] = replayer
        return replayer

    return register


async def replay(asked: Request, origin: int, page: int = 0) -> None:
    """Answer again what an interaction asked. Raises UserError where it is not on record."""
    found = await asked.services.ledger.asked(origin, user_id=asked.interaction.user.id)
    replayer = _REPLAYERS.get(found.command) if found else None
    if found is None or replayer is None:
        raise UserError("error.answer-gone")
    asked.options = {**found.options, "again": str(origin)}
    await replayer(asked, found.options, page)
