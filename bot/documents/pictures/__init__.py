"""Pictures (PNG) that stand beside an answer or beside numbers.

Each function takes plain data and returns a `Picture`. It is work for the processor: call it in a
thread. Nothing is shared between calls, so several may run at once.
"""

from __future__ import annotations

from bot.documents.pictures.bars import Bar, bars_picture
from bot.documents.pictures.canvas import Picture, Words
from bot.documents.pictures.columns import ColumnPanel, columns_picture
from bot.documents.pictures.ladder import LadderRung, LadderSign, ladder_picture

__all__ = [
    "Bar",
    "ColumnPanel",
    "LadderRung",
    "LadderSign",
    "Picture",
    "Words",
    "bars_picture",
    "columns_picture",
    "ladder_picture",
]
