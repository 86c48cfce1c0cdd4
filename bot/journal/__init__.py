"""The database of everything that was asked, answered, drafted and discussed.

It knows neither Discord nor the knowledge base: it is given plain data and gives plain data back.

How it keeps what it is given
    One writer appends to a log in which every record carries the hash of the one before it, and
    commits records that arrive together in one transaction. A write returns when the record is on
    disk. Where the database fails or is slow, the record goes to a spool file instead, and from
    there to the database when that is back, in order and once.
What of it stays
    Identity and words can be erased, for a person or when their time is over; the chain, which
    covers salted digests of them, still fits, and each erasure is a record itself.
How to copy it and go back
    SQLite: `redline journal backup FILE` while the bot runs. To go back, stop the bot and
    `redline journal restore FILE`; it says on record what was put back. PostgreSQL: `pg_dump` and
    `pg_restore`, then `redline journal accept "restored the backup of …"`.
"""

from bot.journal.backup import BackupError
from bot.journal.database import FAULTS, DriverMissing
from bot.journal.discussion_view import ActionItem, Discussion, TimelineEvent
from bot.journal.discussions import DiscussionState, NewDiscussion, NewEvent
from bot.journal.drafts import DraftChange, DraftConflict, DraftRefused, StoredDraft
from bot.journal.erasing import Erased
from bot.journal.exports import Selection
from bot.journal.gaps import Gap
from bot.journal.history import Found, Query, Viewer
from bot.journal.insight import CLICK, OTHERS, Stats
from bot.journal.journal import Journal
from bot.journal.persons import AboutPerson
from bot.journal.records import InteractionRecord, NewRecord, StoredRecord
from bot.journal.schema import SchemaTooNew, SchemaTooOld
from bot.journal.verifying import Verdict
from bot.journal.writer import JournalLost

__all__ = [
    "CLICK",
    "FAULTS",
    "OTHERS",
    "AboutPerson",
    "ActionItem",
    "BackupError",
    "Discussion",
    "DiscussionState",
    "DraftChange",
    "DraftConflict",
    "DraftRefused",
    "DriverMissing",
    "Erased",
    "Found",
    "Gap",
    "InteractionRecord",
    "Journal",
    "JournalLost",
    "NewDiscussion",
    "NewEvent",
    "NewRecord",
    "Query",
    "SchemaTooNew",
    "SchemaTooOld",
    "Selection",
    "Stats",
    "StoredDraft",
    "StoredRecord",
    "TimelineEvent",
    "Verdict",
    "Viewer",
]
