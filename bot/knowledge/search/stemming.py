"""Word stems by language: Snowball where it has the language, light stemmers of our own else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Protocol, cast

import Stemmer


class _Snowball(Protocol):
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802 - PyStemmer's name


# PyStemmer carries no type information.
_new_stemmer = cast(
    "Callable[[str, int], _Snowball]",
    Stemmer.Stemmer,  # pyright: ignore[reportUnknownMemberType]
)

_SNOWBALL = {
    "en": "english",
    "et": "estonian",
    "lt": "lithuanian",
    "ru": "russian",
    "pl": "polish",
    "de": "german",
    "fr": "french",
}

_SHORTEST_STEM = 3


def _endings(text: str) -> tuple[str, ...]:
    """Endings from a list in words, the longest first, for that is the one to strip."""
    return tuple(sorted(set(text.split()), key=len, reverse=True))


_LATVIAN_ENDINGS = _endings(
    """
        ošajiem ošajām ošajam ošajos ošajās ošajai
        iešiem iešiem iešos
        ajiem ajam ajos ajās ajām ajai ajā ajus
        amies aties iešus šanas šanai šanām šanās šanu šana šanā
        iem iešu ies iena ums umu uma umi umā umam umus umos umiem
        ības ībai ībām ībās ību ība ībā
        ētais ētā ētās ēto ēti ētu ēta ēts otais otā otās oto oti otu ota ots
        ošs oša ošu ošas oši ošos
        īgs īga īgu īgi īgas īgais īgā īgo īgos īgās
        ais ās ām os us is as es ēs īs ūs am em im ai ei ij ie
        iem ēm īm ūm āt ot it et ēt īt
        a ā e ē i ī o u ū s š
        """
)
"""Case, number and definite endings, and the commonest verb and noun suffixes; longest first."""

_LATVIAN_PALATAL = {"ļ": "l", "ņ": "n", "ķ": "k", "ģ": "g", "š": "s", "ž": "z", "č": "c"}
"""Consonants that change before some case endings: both forms get one stem."""

_UKRAINIAN_ENDINGS = _endings(
    """
        енням еннями енню ення еннях аннями анням анню ання аннях
        остями остям остях ості істю ість остей
        увати ювати ували ювали ується юється увала увало
        іями іям іях ією ії ій ія ію
        ами ями ові еві єві ому ему ими іми ого его
        ах ях ам ям ів їв ей ою ею єю ом ем єм ий ій их іх им ім ої
        ться тися лися лася лося ати яти ити іти ути али или
        ать ять уть ють ити ила ило ив ла ло ли
        а я о е є у ю і ї и ь й
        """
)


def _strip(word: str, endings: Iterable[str]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def stem_latvian(word: str) -> str:
    """Latvian stem without case ending, with the last consonant unpalatalised."""
    stem = _strip(word, _LATVIAN_ENDINGS)
    last = stem[-1:]
    return stem[:-1] + _LATVIAN_PALATAL[last] if last in _LATVIAN_PALATAL else stem


def stem_ukrainian(word: str) -> str:
    """Ukrainian stem without case, number and the commonest verb and noun suffixes."""
    return _strip(word, _UKRAINIAN_ENDINGS)


_OWN: dict[str, Callable[[str], str]] = {"lv": stem_latvian, "uk": stem_ukrainian}

LANGUAGES = (*_SNOWBALL, *_OWN)
"""Languages with a stemmer."""

_local = threading.local()


def stem(words: list[str], language: str) -> list[str]:
    """Stems of lower-case words; a language without a stemmer leaves them as they are.

    Snowball's stemmers keep state, so each thread has its own.
    """
    own = _OWN.get(language)
    if own is not None:
        return [own(word) for word in words]
    name = _SNOWBALL.get(language)
    if name is None:
        return words
    stemmers: dict[str, _Snowball] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        # Words of an index are unique, so Snowball's cache would only cost.
        stemmers[language] = _new_stemmer(name, 0)
    return stemmers[language].stemWords(words)
