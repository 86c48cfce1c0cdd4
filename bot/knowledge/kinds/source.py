"""Source: where a fact was read. One source carries many entries and is retracted once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import StringConstraints

from bot.knowledge.kinds.common import Entry, Language, ShortText

Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=400)]


class Source(Entry):
    kind: Literal["source"]
    publisher: ShortText
    type: Literal[
        "treaty", "official-document", "media", "academic", "think-tank", "social", "state-media"
    ]
    url: Url | None = None
    """Where it was read, or the home of the treaty text; absent where no link is certain."""
    published: dt.date | None = None
    accessed: dt.date | None = None
    language: Language = "en"
    reliability: Literal["A", "B", "C", "D", "E", "F"]
    """Admiralty scale: A completely reliable to E unreliable, F cannot be judged."""
    verified: Literal["read", "public-knowledge"]
    """`read`: the page was read; `public-knowledge`: long settled, check before publication."""
