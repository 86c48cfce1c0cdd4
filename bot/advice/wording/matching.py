"""Where a pattern matches in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bot.advice.wording.negation import AFTER, BEFORE, REACH_AFTER, REACH_BEFORE
from bot.advice.wording.notation import GAP, Choice, Gap, Pattern, Word
from bot.advice.wording.tokens import Token, tokenise
from bot.knowledge.search.normalise import fold
from bot.knowledge.search.stemming import stem


class Text:
    """A text made ready to be matched against many patterns."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenise(text)
        self._by_form: dict[str, list[int]] = {}
        for place, token in enumerate(self.tokens):
            for form in token.forms:
                self._by_form.setdefault(form, []).append(place)
        self._sorted_forms = sorted(self._by_form)
        self._by_stem: dict[str, dict[str, list[int]]] = {}
        self._places: dict[tuple[Word, str], frozenset[int]] = {}

    def find(
        self, pattern: Pattern, language: str, *, guarded: bool = True
    ) -> Iterator[tuple[int, int]]:
        """Spans of words (first, last + 1) that the pattern matches and no negation voids."""
        first = pattern.parts[0]
        assert isinstance(first, Choice)
        starts = sorted({place for run in first.runs for place in self.places(run[0], language)})
        for start in starts:
            end = self._match(pattern.parts, 0, start, language)
            if end is not None and not (
                guarded and pattern.guarded and self._negated(pattern, start, end, language)
            ):
                yield start, end

    def places(self, word: Word, language: str) -> frozenset[int]:
        """Where this word of a pattern stands, in any of its inflections."""
        key = (word, language)
        if key not in self._places:
            self._places[key] = frozenset(self._find_word(word, language))
        return self._places[key]

    def _find_word(self, word: Word, language: str) -> Iterator[int]:
        folded = fold(word.text)
        if word.prefix:
            at = bisect_left(self._sorted_forms, folded)
            while at < len(self._sorted_forms) and self._sorted_forms[at].startswith(folded):
                yield from self._by_form[self._sorted_forms[at]]
                at += 1
            return
        yield from self._by_form.get(folded, ())
        stems = self._stems(language)
        for root in {fold(root) for root in stem([word.text, folded], language)}:
            yield from stems.get(root, ())

    def _stems(self, language: str) -> dict[str, list[int]]:
        if language not in self._by_stem:
            found: dict[str, list[int]] = {}
            for place, token in enumerate(self.tokens):
                for root in token.stems(language):
                    found.setdefault(root, []).append(place)
            self._by_stem[language] = found
        return self._by_stem[language]

    def _match(
        self, parts: Sequence[Choice | Gap], part: int, place: int, language: str
    ) -> int | None:
        """End of the match of `parts[part:]` that begins at word `place`, or None."""
        if part == len(parts):
            return place
        here = parts[part]
        if isinstance(here, Gap):
            for skipped in range(GAP + 1):
                if (end := self._match(parts, part + 1, place + skipped, language)) is not None:
                    return end
            return None
        for run in here.runs:
            after = place + len(run)
            if not run:
                if (end := self._match(parts, part + 1, place, language)) is not None:
                    return end
                continue
            if after > len(self.tokens) or not self._one_sentence(place, after, part):
                continue
            if all(place + at in self.places(word, language) for at, word in enumerate(run)):
                end = self._match(parts, part + 1, after, language)
                if end is not None:
                    return end
        return None

    def _one_sentence(self, start: int, end: int, part: int) -> bool:
        """Whether these words, with the one before them in the match, share a sentence."""
        before = start - 1 if part else start
        return self.tokens[max(before, 0)].sentence == self.tokens[end - 1].sentence

    def _negated(self, pattern: Pattern, start: int, end: int, language: str) -> bool:
        before, after = BEFORE.get(language, BEFORE["en"]), AFTER.get(language, AFTER["en"])
        own = {
            fold(word.text)
            for part in pattern.parts
            if isinstance(part, Choice)
            for run in part.runs
            for word in run
            if not word.prefix
        }
        if own & before:
            return False
        sentence = self.tokens[start].sentence
        ahead = self._same(range(max(0, start - REACH_BEFORE), end), sentence)
        behind = self._same(range(end, min(len(self.tokens), end + REACH_AFTER)), sentence)
        return any(token.forms & before for token in ahead) or any(
            token.forms & after for token in behind
        )

    def _same(self, places: range, sentence: int) -> Iterator[Token]:
        return (self.tokens[at] for at in places if self.tokens[at].sentence == sentence)
