"""What speaks for each entry, and what for answering at all, as numbers to be weighed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.intents import Intent
from bot.knowledge.search.query import ReadQuery

Floats = NDArray[np.float32]

MEANINGS = ("summary", "names", "questions", "languages")
"""Roles of the texts that are compared by meaning, see `semantic.texts`."""

SIGNALS = (
    "words",
    "likeness",
    *MEANINGS,
    "taught",
    "asked",
    "hinted",
    "statement",
    "glossary",
    "template",
    "near",
)
"""What speaks for an entry.

words: the share of the query's telling words that the entry has; likeness: of its likest phrase;
MEANINGS: cosine of the query and one role of the entry's texts; taught: what calibration learnt
from all its phrases; asked, hinted: its kind is asked for; statement: a narrative, and the query
makes a claim; glossary: it defines a term; template: it is a ready text and none is asked for;
near: the entries it is related to are likely."""

EVIDENCE = (
    "words",
    "likeness",
    "meaning",
    "lead",
    "known",
    "asked",
    "harmful",
    "elsewhere",
    "strange",
    "wording",
    "belongs",
    "scope",
    "ours",
    "others",
)
"""What speaks for answering at all: the best `words`, `likeness` and `meaning`; lead: of the best
meaning over the mean of the next; known: share of the query's words that the knowledge base has;
asked: a kind is asked for; harmful, elsewhere: words that tell so; strange: cosine of the query and
the nearest topic that the knowledge base is not about; wording: what calibration learnt to say of
its words; belongs, scope: the same of its meaning; ours, others: mean cosine of the nearest phrases
of entries, and examples off topic. With what was learnt of meaning, `strange` is always 0."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as all parts of the search understand it."""

    text: str
    read: ReadQuery
    intent: Intent
    statement: float
    """How far it makes a claim."""
    ceiling: float
    """What an entry would score that had every word of the query."""
    known: float
    """Share of the query's telling words that the knowledge base has."""
    vector: Floats | None
    strange: float = 0.0
    """How near in meaning it is to a topic that the knowledge base is not about."""
    worded: float = 0.0
    """How far it is worded like the entries' phrases, rather than like other topics."""
