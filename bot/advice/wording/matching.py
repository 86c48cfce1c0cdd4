"""Where a pattern matches in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.advice.wording.notation import Choice, Gap, Pattern, Word
from bot.advice.wording.tokens import Token, tokenise
from bot.knowledge.search.normalise import fold
from bot.knowledge.search.stemming import stem

_SHORTEST_TO_STEM = 4
"""Shorter words carry no ending worth taking off, and their stems collide."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` to `end` (exclusive); `words` are those that the pattern itself names."""

    start: int
    end: int
    words: frozenset[int]


class Text:
    """A text made ready to be matched against many patterns."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = tokenise(text)
        self._forms: dict[str, dict[str, list[int]]] = {}
        self._sorted: dict[str, list[str]] = {}
        self._stems: dict[str, dict[str, list[int]]] = {}
        self._places: dict[tuple[Word, str], frozenset[int]] = {}
        self._ends: dict[tuple[Choice, str], dict[int, tuple[int, ...]]] = {}

    def find(self, pattern: Pattern, language: str) -> Iterator[Match]:
        """Where the pattern matches, whatever stands around it."""
        for order in pattern.orders:
            yield from self.find_order(order, language)

    def find_order(self, parts: Sequence[Choice | Gap], language: str) -> Iterator[Match]:
        first = parts[0]
        assert isinstance(first, Choice)
        if self.may_match(parts, language):
            for start in sorted(self.ends(first, language)):
                if (match := self.match_at(parts, start, language)) is not None:
                    yield match

    def may_match(self, parts: Sequence[Choice | Gap], language: str) -> bool:
        """Whether each part that must stand there stands anywhere at all."""
        return all(
            isinstance(part, Gap) or part.optional or self.ends(part, language) for part in parts
        )

    def match_at(self, parts: Sequence[Choice | Gap], start: int, language: str) -> Match | None:
        """The match that begins at this word, if there is one."""
        words = self._match(parts, 0, start, self.tokens[start].sentence, language)
        return None if words is None else Match(start, max(words) + 1, frozenset(words))

    def ends(self, choice: Choice, language: str) -> dict[int, tuple[int, ...]]:
        """By the word at which it begins: the words after which an alternative may end."""
        key = (choice, language)
        found = self._ends.get(key)
        if found is None:
            found = self._ends[key] = self._find_choice(choice, language)
        return found

    def _find_choice(self, choice: Choice, language: str) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for run in choice.runs:
            if not run:
                continue
            rest = tuple(enumerate(run))[1:]
            for place in self.places(run[0], language):
                if all(place + at in self.places(word, language) for at, word in rest):
                    found[place] = (*found.get(place, ()), place + len(run))
        return found

    def places(self, word: Word, language: str) -> frozenset[int]:
        """Where this word of a pattern stands, in any of its inflections."""
        key = (word, language)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = frozenset(self._find_word(word, language))
        return found

    def forms(self, language: str) -> dict[str, list[int]]:
        """Places by folded form, of the words that the language's script can hold."""
        script = "cyrillic" if language in {"ru", "uk"} else "latin"
        if script not in self._forms:
            found: dict[str, list[int]] = {}
            for place, token in enumerate(self.tokens):
                for form in token.forms(language):
                    found.setdefault(form, []).append(place)
            self._forms[script] = found
            self._sorted[script] = sorted(found)
        return self._forms[script]

    def stems(self, language: str) -> dict[str, list[int]]:
        """Places by folded stem."""
        if language not in self._stems:
            found: dict[str, list[int]] = {}
            for place, token in enumerate(self.tokens):
                if forms := token.forms(language):
                    for root in _stems_of_token(token.word, forms, language):
                        found.setdefault(root, []).append(place)
            self._stems[language] = found
        return self._stems[language]

    def _find_word(self, word: Word, language: str) -> Iterator[int]:
        forms = self.forms(language)
        if word.prefix:
            ordered = self._sorted["cyrillic" if language in {"ru", "uk"} else "latin"]
            at = bisect_left(ordered, word.folded)
            while at < len(ordered) and ordered[at].startswith(word.folded):
                yield from forms[ordered[at]]
                at += 1
            return
        yield from forms.get(word.folded, ())
        if not word.exact:
            stems = self.stems(language)
            for root in stems_of(word.text, language):
                yield from stems.get(root, ())

    def _match(
        self,
        parts: Sequence[Choice | Gap],
        part: int,
        place: int,
        sentence: int,
        language: str,
        most: int = 0,
    ) -> list[int] | None:
        """Words named by `parts[part:]`, at most `most` words after word `place`, or None."""
        if part == len(parts):
            return []
        here = parts[part]
        if isinstance(here, Gap):
            return self._match(parts, part + 1, place, sentence, language, here.most)
        ends = self.ends(here, language)
        for start in range(place, min(place + most + 1, len(self.tokens))):
            for end in ends.get(start, ()):
                if self.tokens[end - 1].sentence == sentence:
                    rest = self._match(parts, part + 1, end, sentence, language)
                    if rest is not None:
                        return [*range(start, end), *rest]
        if here.optional:
            return self._match(parts, part + 1, place, sentence, language, most)
        return None


@lru_cache(maxsize=65536)
def stems_of(word: str, language: str) -> frozenset[str]:
    """Folded stems of a word of a pattern; none for a word too short to have an ending."""
    folded = fold(word)
    if len(folded) < _SHORTEST_TO_STEM or not folded.isalpha():
        return frozenset()
    return frozenset(fold(root) for root in stem([word, folded], language))


@lru_cache(maxsize=65536)
def _stems_of_token(word: str, forms: frozenset[str], language: str) -> frozenset[str]:
    # The word itself keeps its accents, which stemmers heed; one in the other script is none.
    read = (word, *forms) if fold(word) in forms else forms
    long = [form for form in read if len(form) >= _SHORTEST_TO_STEM]
    return frozenset(fold(root) for root in stem(long, language))
