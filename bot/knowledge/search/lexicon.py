"""The words of an index: which terms a written form stands for, and look-ups near a form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from bot.knowledge.search import stemming
from bot.knowledge.search.normalise import fold, is_cyrillic
from bot.knowledge.search.spelling import SpellingIndex

LONGER_PART = 5
"""Letters of the longer of two words run together: two short ones make up any word."""

CYRILLIC_LANGUAGES = ("ru", "uk")


class Lexicon:
    """Terms by written form. Forms and terms are folded: lower case, plain Latin letters.

    `forms` maps a form to the terms it was stemmed to (several where languages differ),
    `terms` a term to its number; `languages` are those that the indexed texts are in.
    """

    def __init__(
        self,
        forms: Mapping[str, tuple[int, ...]],
        terms: Mapping[str, int],
        languages: Collection[str],
    ) -> None:
        self.forms = forms
        self.terms = terms
        self.languages = tuple(languages)
        self._cyrillic = tuple(name for name in languages if name in CYRILLIC_LANGUAGES)
        self._latin = tuple(name for name in languages if name not in CYRILLIC_LANGUAGES)

    def stems(self, word: str) -> tuple[int, ...]:
        """Terms that the word's stem is, in whichever language of its script, none twice."""
        found: dict[int, None] = {}
        for language in self._cyrillic if is_cyrillic(word) else self._latin:
            term = self.terms.get(fold(stemming.stem([word], language)[0]))
            if term is not None:
                found[term] = None
        return tuple(found)

    def of(self, words: list[str], language: str) -> list[int]:
        """Terms of words that stand in an indexed text of this language."""
        return [self.terms[fold(stem)] for stem in stemming.stem(words, language)]

    @cached_property
    def ordered(self) -> list[str]:
        """All forms in alphabetical order."""
        return sorted(self.forms)

    @cached_property
    def spelling(self) -> SpellingIndex:
        """Forms by what is left of them when a letter is missing."""
        return SpellingIndex(self.ordered)

    def with_prefix(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Up to `limit` forms that begin with the prefix, shortest first."""
        ordered = self.ordered
        start = bisect_left(ordered, prefix)
        end = bisect_left(ordered, prefix + "￿", lo=start)
        return tuple(sorted(ordered[start : min(end, start + 400)], key=len)[:limit])

    def split(self, form: str, shortest: int = 3) -> tuple[str, ...]:
        """The form as two known forms run together, the likeliest cut; empty if there is none."""
        best: tuple[str, ...] = ()
        for cut in range(shortest, len(form) - shortest + 1):
            left, right = form[:cut], form[cut:]
            if (
                max(len(left), len(right)) >= LONGER_PART
                and left in self.forms
                and right in self.forms
                and (not best or min(len(left), len(right)) > min(map(len, best)))
            ):
                best = (left, right)
        return best

    def known(self, forms: Iterable[str]) -> bool:
        return all(form in self.forms for form in forms)
