"""The lexical index: built from field texts, asked with a query's terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.collecting import uncollected
from bot.knowledge.search import stemming
from bot.knowledge.search.fields import FieldText
from bot.knowledge.search.lexicon import Lexicon
from bot.knowledge.search.normalise import fold
from bot.knowledge.search.occurrences import postings_of
from bot.knowledge.search.postings import Postings
from bot.knowledge.search.streams import Stream, new_numbering, new_vocabulary

_BATCH = 2_000
"""Documents whose texts are split into words at once: enough to save calls, not to fill memory."""


class LexicalIndex:
    """Lexicon and postings of a list of documents; documents are numbered as they came."""

    def __init__(self, lexicon: Lexicon, postings: Postings) -> None:
        self.lexicon = lexicon
        self.postings = postings

    @classmethod
    @uncollected()
    def build(cls, documents: Iterable[Iterable[FieldText]]) -> LexicalIndex:
        """Index documents, each given as its field texts."""
        streams: dict[tuple[str, str], Stream] = {}
        vocabularies: dict[str, dict[str, int]] = defaultdict(new_vocabulary)
        size = 0
        left = iter(documents)
        while batch := list(islice(left, _BATCH)):
            for number, texts in enumerate(batch, size):
                for name, language, text, _ in texts:
                    stream = streams.get((name, language))
                    if stream is None:
                        stream = streams[name, language] = Stream(name, language)
                    stream.texts.append(text)
                    stream.documents.append(number)
            size += len(batch)
            for stream in streams.values():
                stream.split(vocabularies[stream.language])
        lexicon, term_of = _lexicon(vocabularies)
        return cls(lexicon, postings_of(size, list(streams.values()), term_of, len(lexicon.terms)))


def _lexicon(
    vocabularies: dict[str, dict[str, int]],
) -> tuple[Lexicon, dict[str, NDArray[np.int64]]]:
    """The lexicon, and by language the term of each word number."""
    terms = new_numbering()
    forms: dict[str, tuple[int, ...]] = {}
    term_of: dict[str, NDArray[np.int64]] = {}
    for language, known_words in vocabularies.items():
        written = list(known_words)[1:]
        numbers = [terms[fold(stem)] for stem in stemming.stem(written, language)]
        term_of[language] = np.array([0, *numbers], np.int64)
        for word, term in zip(written, numbers, strict=True):
            form = fold(word)
            known = forms.get(form)
            if known is None:
                forms[form] = (term,)
            elif term not in known:
                forms[form] = (*known, term)
    return Lexicon(forms, dict(terms), tuple(vocabularies)), term_of
