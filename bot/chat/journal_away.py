"""A journal that is away, told to whoever asked."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager

from bot.chat.mistakes import UserError
from bot.journal import FAULTS, DiscussionState, JournalLost

log = logging.getLogger(__name__)


@contextmanager
def journal_needed(key: str) -> Generator[None]:
    """Work that can't be done without the journal: `key` names the sentence with the way out.

    Raises UserError where the journal is away, or a discussion was changed in the meantime.
    """
    try:
        yield
    except DiscussionState as error:
        raise UserError("error.discussion-changed") from error
    except (*FAULTS, JournalLost) as error:
        log.warning("the journal did not do its part (%s): %s", key, type(error).__name__)
        raise UserError(key) from error
