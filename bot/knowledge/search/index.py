"""The lexical index: built from field texts, asked with a query's terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search import stemming
from bot.knowledge.search.fields import FIELDS, LENGTH_NORM, WEIGHTS, FieldText
from bot.knowledge.search.lexicon import Lexicon
from bot.knowledge.search.normalise import fold, plain_marks, words
from bot.knowledge.search.postings import Postings, assemble

SATURATION = 1.4
"""BM25's k1: how soon a repeated word stops adding."""

TRANSLATED = 1 << len(FIELDS)
"""Bit beside the fields' bits: the word stands in a text in another language than English."""

_LANGUAGE_SHIFT = 4
_DOCUMENT_SHIFT = 8
_TERM_SHIFT = 36
_PAIR_SHIFT = _TERM_SHIFT - _DOCUMENT_SHIFT
_LAST_DOCUMENT = (1 << _PAIR_SHIFT) - 1
"""How an occurrence is one number: field, language, document, term, from the lowest bits up."""

_BATCH = 2_000
"""Texts that are split into words at once: enough to save calls, not to fill memory."""

_BREAK = "zzbreakzz"
_BETWEEN = f" {_BREAK} "
"""A word between texts that are split together."""


@dataclass(slots=True)
class _Stream:
    """Texts of one field in one language: numbers of their words, and whose they are."""

    name: str
    language: str
    texts: list[str] = field(default_factory=list[str])
    documents: list[int] = field(default_factory=list[int])
    words: list[NDArray[np.int64]] = field(default_factory=list[NDArray[np.int64]])
    lengths: list[NDArray[np.int64]] = field(default_factory=list[NDArray[np.int64]])

    def split(self, vocabulary: dict[str, int]) -> None:
        """Turn the waiting texts into word numbers."""
        if not self.texts:
            return
        joined = plain_marks(_BETWEEN.join(self.texts))
        self.texts.clear()
        if joined.isascii():
            found = words(joined)
        else:
            # Plain texts are split far quicker, so each goes its own way.
            found: list[str] = []
            for text in joined.split(_BETWEEN):
                found += words(text)
                found.append(_BREAK)
            found.pop()
        numbers = np.fromiter(map(vocabulary.__getitem__, found), np.int64, len(found))
        breaks = np.flatnonzero(numbers == vocabulary[_BREAK])
        edges = np.concatenate(([-1], breaks, [len(numbers)]))
        self.lengths.append(np.diff(edges) - 1)
        self.words.append(np.delete(numbers, breaks))


class LexicalIndex:
    """Lexicon and postings of a list of documents; documents are numbered as they came."""

    def __init__(self, lexicon: Lexicon, postings: Postings) -> None:
        self.lexicon = lexicon
        self.postings = postings

    @classmethod
    def build(cls, documents: Iterable[Iterable[FieldText]]) -> LexicalIndex:
        """Index documents, each given as its field texts."""
        streams: dict[tuple[str, str], _Stream] = {}
        vocabularies: dict[str, dict[str, int]] = defaultdict(_vocabulary)
        size = 0
        for number, texts in enumerate(documents):
            size = number + 1
            for name, language, text, _ in texts:
                stream = streams.get((name, language))
                if stream is None:
                    stream = streams[name, language] = _Stream(name, language)
                stream.texts.append(text)
                stream.documents.append(number)
                if len(stream.texts) >= _BATCH:
                    stream.split(vocabularies[language])
        for stream in streams.values():
            stream.split(vocabularies[stream.language])
        lexicon, term_of = _lexicon(vocabularies)
        return cls(lexicon, _postings(size, list(streams.values()), term_of, len(lexicon.terms)))


def _numbering() -> dict[str, int]:
    """A dictionary that gives every new key the next number."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


def _vocabulary() -> dict[str, int]:
    """A numbering whose first word is the break."""
    numbers = _numbering()
    _ = numbers[_BREAK]
    return numbers


def _lexicon(
    vocabularies: dict[str, dict[str, int]],
) -> tuple[Lexicon, dict[str, NDArray[np.int64]]]:
    """The lexicon, and by language the term of each word number."""
    terms = _numbering()
    forms: dict[str, tuple[int, ...]] = {}
    term_of: dict[str, NDArray[np.int64]] = {}
    for language, vocabulary in vocabularies.items():
        written = list(vocabulary)[1:]
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


def _postings(
    size: int, streams: list[_Stream], term_of: dict[str, NDArray[np.int64]], terms: int
) -> Postings:
    """Sort all occurrences by term, document, language and field, and add up what belongs together.

    A place is a field in a language; an occurrence is one number, see `_TERM_SHIFT`.
    """
    if not streams:
        nothing = np.zeros(0, np.float32)
        return assemble(
            size,
            np.zeros(1, np.int64),
            np.zeros(0, np.int32),
            nothing,
            np.zeros(0, np.uint16),
            nothing,
            SATURATION,
        )
    languages = list(dict.fromkeys(stream.language for stream in streams))
    keys: list[NDArray[np.int64]] = []
    lengths = np.zeros((len(languages) << _LANGUAGE_SHIFT, size), np.float32)
    for stream in streams:
        place = languages.index(stream.language) << _LANGUAGE_SHIFT | FIELDS.index(stream.name)
        owners = np.array(stream.documents, np.int64)
        length = np.concatenate(stream.lengths)
        lengths[place] += np.bincount(owners, length, size)
        key = term_of[stream.language][np.concatenate(stream.words)]
        key <<= _TERM_SHIFT
        owners <<= _DOCUMENT_SHIFT
        key |= np.repeat(owners | place, length)
        keys.append(key)
    key = np.concatenate(keys)
    key.sort()
    first = _changes(key)
    repeats = np.empty(len(first), np.float32)
    np.subtract(first[1:], first[:-1], out=repeats[:-1], casting="unsafe")
    repeats[-1:] = len(key) - first[-1:]
    key = key[first]
    pair = key >> _DOCUMENT_SHIFT
    start = _changes(pair)
    place = (key & ((1 << _DOCUMENT_SHIFT) - 1)).astype(np.int32)
    document = (pair & _LAST_DOCUMENT).astype(np.int32)
    frequency = repeats * _norms(lengths)[place, document]
    bits = _bits(languages)[place]
    if len(start):
        frequency = np.add.reduceat(frequency, start, dtype=np.float32)
        bits = np.bitwise_or.reduceat(bits, start)
    starts = np.searchsorted(pair[start], np.arange(terms + 1) << _PAIR_SHIFT)
    found = (
        np.diff(starts).reshape(-1, 1)
        if len(languages) == 1
        else _found(key, terms, len(languages))
    )
    idf = _idf(found, lengths)
    return assemble(size, starts, document[start], frequency, bits, idf, SATURATION)


def _bits(languages: list[str]) -> NDArray[np.uint16]:
    """The posting's bits by place."""
    bits = np.zeros(len(languages) << _LANGUAGE_SHIFT, np.uint16)
    for number, language in enumerate(languages):
        for place in range(len(FIELDS)):
            translated = 0 if language == "en" else TRANSLATED
            bits[number << _LANGUAGE_SHIFT | place] = 1 << place | translated
    return bits


def _norms(lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """What one occurrence counts, by place and document: a long field dilutes its words."""
    norms = np.zeros_like(lengths)
    for place, length in enumerate(lengths):
        field_number = place & ((1 << _LANGUAGE_SHIFT) - 1)
        if field_number < len(FIELDS) and length.any():
            name = FIELDS[field_number]
            share = LENGTH_NORM[name]
            norms[place] = WEIGHTS[name] / (1 - share + share * length / length[length > 0].mean())
    return norms


def _changes(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where a sorted array takes a new value, its beginning included."""
    new = np.empty(len(ordered), np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return np.flatnonzero(new)


def _found(key: NDArray[np.int64], terms: int, languages: int) -> NDArray[np.int64]:
    """By term and language: in how many documents it stands. Occurrences come sorted."""
    spoken = key >> _LANGUAGE_SHIFT
    spoken = spoken[_changes(spoken)]
    language = spoken & ((1 << (_DOCUMENT_SHIFT - _LANGUAGE_SHIFT)) - 1)
    term = spoken >> (_TERM_SHIFT - _LANGUAGE_SHIFT)
    found = np.bincount(term * languages + language, minlength=terms * languages)
    return found.reshape(terms, languages)


def _idf(found: NDArray[np.int64], lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """How telling each term is: judged within each language, the commonest use counts.

    A French article is rare among English texts, yet tells nothing: so it is measured against
    the documents that have French. `found` is the number of documents by term and language.
    """
    languages = found.shape[1]
    has = (lengths > 0).reshape(languages, 1 << _LANGUAGE_SHIFT, -1).any(axis=1).sum(axis=1)
    value = np.log1p((has - found + 0.5) / (found + 0.5))
    return np.where(found > 0, value, np.inf).min(axis=1).astype(np.float32)
