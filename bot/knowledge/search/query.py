"""What a query asks the index for: terms with weights, and how each of its words was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.knowledge.search.language import detect, stopwords
from bot.knowledge.search.lexicon import Lexicon
from bot.knowledge.search.normalise import MAX_QUERY_CHARACTERS, fold, words

MAX_WORDS = 64
"""Words of a query that are looked up."""

STOPWORD_WEIGHT = 0.12
PREFIX_WEIGHT = 0.7
SPLIT_WEIGHT = 0.8
SHORTEST_PREFIX = 4
PREFIX_EXPANSIONS = 6

How = Literal["exact", "stem", "prefix", "typo", "split", "unknown"]


class ReadWord(NamedTuple):
    """One word of the query and the terms it was read as.

    `word` is as typed (lower case), `read_as` the known words it was taken for, `weight` how much
    it counts (small words little), `share` how sure the reading is (1: it is the very word).
    """

    word: str
    how: How
    read_as: tuple[str, ...]
    terms: tuple[int, ...]
    weight: float
    share: float


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query as the lexical index understands it."""

    language: str
    words: tuple[ReadWord, ...]

    @property
    def terms(self) -> tuple[list[int], list[float]]:
        """Terms, none twice, and their weights."""
        weights: dict[int, float] = {}
        for word in self.words:
            weight = word.share * word.weight
            for term in word.terms:
                if weights.get(term, 0.0) < weight:
                    weights[term] = weight
        return list(weights), list(weights.values())


def read(query: str, lexicon: Lexicon, language: str | None = None) -> ReadQuery:
    """Read a query: small words count less, unknown words are looked for nearby."""
    query = query[:MAX_QUERY_CHARACTERS]
    asked = words(query)
    language = language or detect(query, asked)
    small = stopwords().get(language, frozenset())
    return ReadQuery(
        language,
        tuple(
            _read_word(word, lexicon, STOPWORD_WEIGHT if fold(word) in small else 1.0)
            for word in list(dict.fromkeys(asked))[:MAX_WORDS]
        ),
    )


def _read_word(word: str, lexicon: Lexicon, weight: float) -> ReadWord:
    form = fold(word)
    terms = lexicon.forms.get(form)
    if terms is not None:
        return ReadWord(word, "exact", (form,), terms, weight, 1.0)
    terms = lexicon.stems(word)
    if terms:
        return ReadWord(word, "stem", (form,), terms, weight, 1.0)
    if weight < 1.0:
        return ReadWord(word, "unknown", (), (), weight, 1.0)
    return _read_unknown(word, form, lexicon)


def _read_unknown(word: str, form: str, lexicon: Lexicon) -> ReadWord:
    near = lexicon.spelling.near(form)
    if not (near and near[0].edits == 1) and (parts := lexicon.split(form)):
        return ReadWord(word, "split", parts, _terms(parts, lexicon), 1.0, SPLIT_WEIGHT)
    if near:
        edits = near[0].edits
        read_as = tuple(item.form for item in near if item.edits == edits)
        return ReadWord(word, "typo", read_as, _terms(read_as, lexicon), 1.0, _trust(form, edits))
    if len(form) >= SHORTEST_PREFIX and (longer := lexicon.with_prefix(form, PREFIX_EXPANSIONS)):
        return ReadWord(word, "prefix", longer, _terms(longer, lexicon), 1.0, PREFIX_WEIGHT)
    return ReadWord(word, "unknown", (), (), 1.0, 1.0)


def _trust(form: str, edits: int) -> float:
    """How far a correction is to be trusted: a slip in a short word may well be another word."""
    return max(0.3, 1 - 2 * edits / len(form))


def _terms(forms: tuple[str, ...], lexicon: Lexicon) -> tuple[int, ...]:
    """Terms of all the forms, none twice."""
    return tuple(dict.fromkeys(term for form in forms for term in lexicon.forms[form]))
