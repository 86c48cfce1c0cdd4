"""Near words, and sentences that name things: for messages that people read."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA


def nearest(word: str, words: Iterable[str], *, limit: int = 3, cutoff: int = 55) -> list[str]:
    """The known words most like this one, best first."""
    found = process.extract(word, list(words), scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff)
    return [choice for choice, _score, _index in found]


def same_but_for_typing(word: str, words: Iterable[str]) -> str | None:
    """The word that was meant, where only a slip of the fingers explains the difference."""
    plain = _fold(word)
    best: tuple[float, str] | None = None
    for candidate in words:
        target = _fold(candidate)
        allowed = 1 if len(target) <= 4 else 2 if len(target) <= 8 else 3
        distance = OSA.distance(plain, target, score_cutoff=allowed)
        if distance <= allowed and distance < len(target) / 2:
            closeness = distance / max(len(target), 1)
            if best is None or closeness < best[0]:
                best = (closeness, candidate)
    return best[1] if best else None


def _fold(word: str) -> str:
    return word.strip().lower().replace("-", "_").replace(" ", "_")


def either(words: Collection[str], *, quote: bool = True) -> str:
    """`'a', 'b' or 'c'`."""
    shown = [f"'{word}'" if quote else word for word in words]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} or {shown[-1]}"


def meant(word: str, words: Collection[str], *, otherwise: str) -> str:
    """`did you mean 'x'?` with up to three near words, or another hint where none is near."""
    near = nearest(word, words)
    return f"did you mean {either(near)}?" if near else otherwise


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 error`, `2 errors`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
