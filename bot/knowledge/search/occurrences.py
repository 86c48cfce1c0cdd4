"""Postings from the words of all texts: sorted, counted, weighed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.fields import FIELDS, LENGTH_NORM, WEIGHTS
from bot.knowledge.search.postings import Postings, assemble
from bot.knowledge.search.streams import Stream

SATURATION = 1.4
"""BM25's k1: how soon a repeated word stops adding."""

TRANSLATED = 1 << len(FIELDS)
"""Bit beside the fields' bits: the word stands in a text in another language than English."""

_LANGUAGE_SHIFT = 4
_DOCUMENT_SHIFT = 8
_TERM_SHIFT = 36
_PAIR_SHIFT = _TERM_SHIFT - _DOCUMENT_SHIFT
_LAST_DOCUMENT = (1 << _PAIR_SHIFT) - 1
_LAST_PLACE = (1 << _DOCUMENT_SHIFT) - 1
"""How an occurrence is one number: field, language, document, term, from the lowest bits up."""

_SLICE = 1 << 18
"""Occurrences that are added up at once: what is worked out on the way then stays in the
processor's cache, and memory that the system would first have to clear is not asked for."""


def postings_of(
    size: int, streams: list[Stream], term_of: dict[str, NDArray[np.int64]], terms: int
) -> Postings:
    """Sort all occurrences by term, document, language and field, and add up what belongs together.

    A place is a field in a language; an occurrence is one number, see `_TERM_SHIFT`.
    """
    key = np.empty(sum(len(each) for stream in streams for each in stream.words), np.int64)
    if not len(key):
        none = np.zeros(0, np.float32)
        numbers, bits = np.zeros(0, np.int32), np.zeros(0, np.uint16)
        return assemble(size, np.zeros(1, np.int64), numbers, none, bits, none, SATURATION)
    languages = list(dict.fromkeys(stream.language for stream in streams))
    lengths = np.zeros((len(languages) << _LANGUAGE_SHIFT, size), np.float32)
    end = 0
    for stream in streams:
        place = languages.index(stream.language) << _LANGUAGE_SHIFT | FIELDS.index(stream.name)
        length = np.concatenate(stream.lengths)
        lengths[place] = np.bincount(np.concatenate(stream.owners), length, size)
        for numbers, length, owners in zip(
            stream.words, stream.lengths, stream.owners, strict=True
        ):
            begin, end = end, end + len(numbers)
            np.take(term_of[stream.language], numbers, out=key[begin:end], mode="clip")
            key[begin:end] <<= _TERM_SHIFT
            key[begin:end] |= np.repeat(owners << _DOCUMENT_SHIFT | place, length)
    key.sort()
    norms, bits_of = _norms(lengths), _bits(languages)
    found = np.zeros((terms, len(languages)), np.int64)
    counts = np.zeros(terms + 1, np.int64)
    documents: list[NDArray[np.int32]] = []
    frequencies: list[NDArray[np.float32]] = []
    marks: list[NDArray[np.uint16]] = []
    for part in _slices(key):
        first = _changes(part)
        repeats = np.diff(first, append=len(part)).astype(np.float32)
        found_at = part[first]
        pair = found_at >> _DOCUMENT_SHIFT
        start = _changes(pair)
        place = found_at & _LAST_PLACE
        document = pair & _LAST_DOCUMENT
        documents.append(document[start].astype(np.int32))
        frequency = repeats * norms[place, document]
        frequencies.append(np.add.reduceat(frequency, start, dtype=np.float32))
        marks.append(np.bitwise_or.reduceat(bits_of[place], start))
        term = pair[start] >> _PAIR_SHIFT
        lowest, beyond = int(term[0]), int(term[-1]) + 1
        counts[lowest + 1 : beyond + 1] = np.bincount(term - lowest)
        if len(languages) > 1:
            found[lowest:beyond] = _found(found_at, lowest, beyond, len(languages))
    if len(languages) == 1:
        found[:, 0] = counts[1:]
    return assemble(
        size,
        np.cumsum(counts),
        np.concatenate(documents),
        np.concatenate(frequencies),
        np.concatenate(marks),
        _idf(found, lengths),
        SATURATION,
    )


def _slices(key: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Sorted occurrences, cut between terms."""
    begin = 0
    while begin < len(key):
        last = int(key[min(begin + _SLICE, len(key)) - 1]) >> _TERM_SHIFT
        end = int(np.searchsorted(key, (last + 1) << _TERM_SHIFT))
        yield key[begin:end]
        begin = end


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


def _found(key: NDArray[np.int64], lowest: int, beyond: int, languages: int) -> NDArray[np.int64]:
    """By term and language: in how many documents it stands. For sorted occurrences of the terms
    from `lowest` on, short of `beyond`."""
    spoken = key >> _LANGUAGE_SHIFT
    spoken = spoken[_changes(spoken)]
    language = spoken & ((1 << (_DOCUMENT_SHIFT - _LANGUAGE_SHIFT)) - 1)
    term = (spoken >> (_TERM_SHIFT - _LANGUAGE_SHIFT)) - lowest
    places = (beyond - lowest) * languages
    return np.bincount(term * languages + language, minlength=places).reshape(-1, languages)


def _idf(found: NDArray[np.int64], lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """How telling each term is: judged within each language, the commonest use counts.

    A French article is rare among English texts, yet tells nothing: so it is measured against
    the documents that have French. `found` is the number of documents by term and language.
    """
    languages = found.shape[1]
    has = (lengths > 0).reshape(languages, 1 << _LANGUAGE_SHIFT, -1).any(axis=1).sum(axis=1)
    value = np.log1p((has - found + 0.5) / (found + 0.5))
    return np.where(found > 0, value, np.inf).min(axis=1).astype(np.float32)
