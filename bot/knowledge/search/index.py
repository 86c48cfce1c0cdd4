"""The lexical index: built from field texts, asked with a query's terms."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search import stemming
from bot.knowledge.search.fields import FIELDS, LENGTH_NORM, WEIGHTS, FieldText
from bot.knowledge.search.lexicon import Lexicon
from bot.knowledge.search.normalise import fold, words
from bot.knowledge.search.postings import Postings, assemble

SATURATION = 1.4
"""BM25's k1: how soon a repeated word stops adding."""

TRANSLATED = 1 << len(FIELDS)
"""Bit beside the fields' bits: the word stands in a text in another language than English."""


@dataclass(slots=True)
class _Stream:
    """All words of one field in one language: word numbers, and how many each document has."""

    words: array[int] = field(default_factory=lambda: array("i"))
    documents: array[int] = field(default_factory=lambda: array("i"))
    counts: array[int] = field(default_factory=lambda: array("i"))


class LexicalIndex:
    """Lexicon and postings of a list of documents; documents are numbered as they came."""

    def __init__(self, lexicon: Lexicon, postings: Postings) -> None:
        self.lexicon = lexicon
        self.postings = postings

    @classmethod
    def build(cls, documents: Iterable[Iterable[FieldText]]) -> LexicalIndex:
        """Index documents, each given as its field texts."""
        streams: dict[tuple[str, str], _Stream] = defaultdict(_Stream)
        vocabularies: dict[str, dict[str, int]] = {}
        size = 0
        for number, texts in enumerate(documents):
            size = number + 1
            for text in texts:
                vocabulary = vocabularies.get(text.language)
                if vocabulary is None:
                    vocabulary = vocabularies[text.language] = _numbering()
                stream = streams[text.field, text.language]
                found = words(text.text)
                stream.words.extend(map(vocabulary.__getitem__, found))
                stream.documents.append(number)
                stream.counts.append(len(found))
        lexicon, term_of = _lexicon(vocabularies)
        return cls(lexicon, _postings(size, streams, term_of, len(lexicon.terms)))


def _numbering() -> dict[str, int]:
    """A dictionary that gives every new key the next number."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


def _lexicon(
    vocabularies: dict[str, dict[str, int]],
) -> tuple[Lexicon, dict[str, NDArray[np.int64]]]:
    """The lexicon, and by language the term of each word number."""
    terms = _numbering()
    forms: dict[str, tuple[int, ...]] = {}
    term_of: dict[str, NDArray[np.int64]] = {}
    for language, vocabulary in vocabularies.items():
        written = list(vocabulary)
        numbers = [terms[fold(stem)] for stem in stemming.stem(written, language)]
        term_of[language] = np.array(numbers, np.int64)
        for word, term in zip(written, numbers, strict=True):
            form = fold(word)
            known = forms.get(form)
            if known is None:
                forms[form] = (term,)
            elif term not in known:
                forms[form] = (*known, term)
    return Lexicon(forms, dict(terms)), term_of


def _postings(
    size: int,
    streams: dict[tuple[str, str], _Stream],
    term_of: dict[str, NDArray[np.int64]],
    terms: int,
) -> Postings:
    keys: list[NDArray[np.int64]] = []
    weights: list[NDArray[np.float32]] = []
    fields: list[NDArray[np.uint16]] = []
    by_language: dict[str, list[NDArray[np.int64]]] = defaultdict(list)
    speakers: dict[str, NDArray[np.bool_]] = {}
    for (name, language), stream in streams.items():
        documents = np.asarray(stream.documents, np.int64)
        counts = np.asarray(stream.counts, np.int64)
        lengths = np.bincount(documents, counts, size)
        present = lengths > 0
        if not present.any():
            continue
        speakers.setdefault(language, np.zeros(size, np.bool_))[present] = True
        occurrences = term_of[language][np.asarray(stream.words, np.int64)] * size
        occurrences += np.repeat(documents, counts)
        key, count = np.unique(occurrences, return_counts=True)
        share = LENGTH_NORM[name]
        norm = WEIGHTS[name] / (1 - share + share * lengths / lengths[present].mean())
        keys.append(key)
        weights.append((count * norm[key % size]).astype(np.float32))
        bits = 1 << FIELDS.index(name) | (0 if language == "en" else TRANSLATED)
        fields.append(np.full(len(key), bits, np.uint16))
        by_language[language].append(key)
    idf = _idf(size, terms, by_language, speakers)
    return assemble(
        size,
        np.concatenate(keys) if keys else np.zeros(0, np.int64),
        np.concatenate(weights) if weights else np.zeros(0, np.float32),
        np.concatenate(fields) if fields else np.zeros(0, np.uint16),
        idf,
        SATURATION,
    )


def _idf(
    size: int,
    terms: int,
    by_language: dict[str, Sequence[NDArray[np.int64]]] | dict[str, list[NDArray[np.int64]]],
    speakers: dict[str, NDArray[np.bool_]],
) -> NDArray[np.float32]:
    """How telling each term is: judged within each language, the commonest use counts.

    A French article is rare among English texts, yet tells nothing: so it is measured against
    the documents that have French.
    """
    idf = np.full(terms, np.inf)
    for language, keys in by_language.items():
        unique = keys[0] if len(keys) == 1 else np.unique(np.concatenate(keys))
        found = np.bincount(unique // size, minlength=terms)
        total = int(speakers[language].sum())
        value = np.log1p((total - found + 0.5) / (found + 0.5))
        idf = np.where(found > 0, np.minimum(idf, value), idf)
    return np.where(np.isfinite(idf), idf, 0).astype(np.float32)
