"""The database of everything that was asked, answered, drafted and discussed.

It knows neither Discord nor the knowledge base: it is given plain data and gives plain data back.
"""

from bot.journal.journal import Journal
from bot.journal.records import InteractionRecord, NewRecord, StoredRecord
from bot.journal.schema import SchemaTooNew
from bot.journal.writer import FAULTS, JournalLost

__all__ = [
    "FAULTS",
    "InteractionRecord",
    "Journal",
    "JournalLost",
    "NewRecord",
    "SchemaTooNew",
    "StoredRecord",
]
