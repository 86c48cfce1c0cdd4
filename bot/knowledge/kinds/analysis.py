"""Analysis: what something means, with how sure we are and what would change our mind."""

from __future__ import annotations

from typing import Literal

from bot.knowledge.kinds.common import Entry, Likelihood, Model, ShortText


class Judgement(Model):
    """One judgement with its likelihood (ICD 203), apart from the entry's confidence."""

    text: ShortText
    likelihood: Likelihood
    basis: ShortText


class Analysis(Entry):
    kind: Literal["analysis"]
    judgements: tuple[Judgement, ...] = ()
    assumptions: tuple[ShortText, ...] = ()
    gaps: tuple[ShortText, ...] = ()
    would_change_our_mind: tuple[ShortText, ...] = ()
