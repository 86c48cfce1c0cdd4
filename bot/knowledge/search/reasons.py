"""Why an entry matched: what the query and the entry really share."""

from __future__ import annotations

from bot.knowledge.search.fields import FIELDS
from bot.knowledge.search.matching import Match, Matcher
from bot.knowledge.search.occurrences import TRANSLATED
from bot.knowledge.search.query import ReadWord
from bot.knowledge.search.result import MatchedBy, Reason
from bot.knowledge.search.semantic import SemanticIndex

LIMIT = 4
ALIKE = 0.6
"""From this likeness a phrase as a whole is named as the reason."""

_TITLE = 1 << FIELDS.index("title")
_ALIAS = 1 << FIELDS.index("alias")
_QUESTION = 1 << FIELDS.index("question") | 1 << FIELDS.index("claim")


def explain(
    match: Match, number: int, matcher: Matcher, semantic: SemanticIndex | None
) -> tuple[Reason, ...]:
    """What the query and the entry share, the most telling first.

    A phrase that is nearly the query itself; else the words in common and where they stand; and
    the nearest text in meaning where words in common do not explain the match.
    """
    entry = matcher.entries[number]
    found: list[Reason] = []
    if entry.id in match.asked.text.lower():
        found.append(Reason("id", entry.id))
    phrase, likeness = matcher.phrases.of(number, match.likeness)
    if likeness >= ALIKE:
        by: MatchedBy = "alias" if phrase.role == "alias" else "question"
        if phrase.role == "title":
            by = "title"
        if phrase.language != "en" and by == "title":
            by = "translation"
        found.append(Reason(by, phrase.text))
    shared = _words(match, number, matcher)
    found += shared[: LIMIT - len(found)]
    if semantic is not None and match.asked.vector is not None and likeness < ALIKE:
        found = [
            *found[: LIMIT - 1],
            Reason("meaning", semantic.nearest(number, match.asked.vector)),
        ]
    return tuple(found)


def _words(match: Match, number: int, matcher: Matcher) -> list[Reason]:
    """Words of the query that stand in the entry, and in which part of it."""
    postings = matcher.index.postings
    found: list[tuple[float, Reason]] = []
    for word in match.asked.read.words:
        if word.weight < 1:
            continue
        best: tuple[float, int] | None = None
        for term in word.terms:
            bits = postings.fields_of(term, number)
            telling = float(postings.idf[term]) * word.share
            if bits and (best is None or telling > best[0]):
                best = (telling, bits)
        if best is None:
            continue
        if word.how in ("typo", "split"):
            standing = _standing(word, matcher, number)
            found.append((best[0], Reason("typo", f"{word.word} → {' '.join(standing)}")))
        else:
            found.append((best[0], Reason(_place(best[1]), word.word)))
    found.sort(key=lambda item: -item[0])
    return [reason for _, reason in found]


def _standing(word: ReadWord, matcher: Matcher, number: int) -> list[str]:
    """Of the words that one was read as, those that the entry has; of corrections the first."""
    standing = [
        form
        for form in word.read_as
        if any(
            matcher.index.postings.fields_of(term, number)
            for term in matcher.index.lexicon.forms[form]
        )
    ]
    return standing[:1] if word.how == "typo" else standing


def _place(bits: int) -> MatchedBy:
    if bits & _TITLE:
        return "translation" if bits & TRANSLATED else "title"
    if bits & _ALIAS:
        return "alias"
    if bits & TRANSLATED:
        return "translation"
    return "question" if bits & _QUESTION else "term"
