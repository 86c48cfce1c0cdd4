"""Why an entry matched: what the query and the entry really share."""

from __future__ import annotations

from bot.knowledge.kinds import Entry
from bot.knowledge.search.fields import FIELDS
from bot.knowledge.search.index import TRANSLATED, LexicalIndex
from bot.knowledge.search.query import ReadQuery
from bot.knowledge.search.result import MatchedBy, Reason

LIMIT = 4
_TITLE = 1 << FIELDS.index("title")
_ALIAS = 1 << FIELDS.index("alias")
_QUESTION = 1 << FIELDS.index("question") | 1 << FIELDS.index("claim")


def explain(entry: Entry, number: int, asked: ReadQuery, index: LexicalIndex) -> tuple[Reason, ...]:
    """Words of the query that stand in the entry, and in which part, the most telling first."""
    found: list[tuple[float, Reason]] = []
    for word in asked.words:
        if word.weight < 1:
            continue
        best: tuple[float, int] | None = None
        for term in word.terms:
            bits = index.postings.fields_of(term, number)
            if bits:
                telling = float(index.postings.idf[term]) * word.share
                if best is None or telling > best[0]:
                    best = (telling, bits)
        if best is None:
            continue
        if word.how in ("typo", "split"):
            reason = Reason("typo", f"{word.word} → {' '.join(word.read_as[:2])}")
        else:
            reason = Reason(_place(best[1]), word.word)
        found.append((best[0], reason))
    found.sort(key=lambda item: -item[0])
    return tuple(reason for _, reason in found[:LIMIT])


def _place(bits: int) -> MatchedBy:
    if bits & TRANSLATED:
        return "translation"
    if bits & _TITLE:
        return "title"
    if bits & _ALIAS:
        return "alias"
    return "question" if bits & _QUESTION else "term"
