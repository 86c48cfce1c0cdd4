"""Autocomplete from memory: entries whose title, alias or id goes on from what is typed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable

from bot.knowledge.kinds import Entry
from bot.knowledge.search.normalise import fold, words


class Completer:
    """Sorted list of every beginning: a title from each of its words on, aliases, ids."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._all = sorted(
            (entry for entry in entries if entry.status != "retired"), key=lambda item: item.title
        )
        starts: set[tuple[str, int, int]] = set()
        for place, entry in enumerate(self._all):
            phrases = [entry.title, entry.id]
            phrases += [title.title for title in entry.translations.values()]
            phrases += [phrase for many in entry.aliases.values() for phrase in many]
            for phrase in phrases:
                parts = [fold(word) for word in words(phrase)]
                for first in range(len(parts)):
                    starts.add((" ".join(parts[first:]), min(first, 1), place))
        ordered = sorted(starts)
        self._phrases = [phrase for phrase, _, _ in ordered]
        self._places = [(first, place) for _, first, place in ordered]

    def complete(
        self,
        text: str,
        *,
        kinds: Collection[str] | None,
        tlp: Collection[str] | None,
        language: str | None,
        limit: int,
    ) -> tuple[Entry, ...]:
        """Entries that go on from the text, those whose phrase begins with it first."""
        typed = " ".join(fold(word) for word in words(text[:100]))
        if not typed:
            return tuple(_admitted(self._all, kinds, tlp))[:limit]
        start = bisect_left(self._phrases, typed)
        end = bisect_left(self._phrases, typed + "￿", lo=start)
        best: dict[int, int] = {}
        for first, place in self._places[start:end]:
            best[place] = min(first, best.get(place, first))
        order = sorted(best, key=lambda place: (best[place], place))
        found = tuple(_admitted((self._all[place] for place in order), kinds, tlp))
        return found[:limit]


def _admitted(
    entries: Iterable[Entry], kinds: Collection[str] | None, tlp: Collection[str] | None
) -> Iterable[Entry]:
    for entry in entries:
        if kinds is None and entry.kind == "source":
            continue
        if (kinds is None or entry.kind in kinds) and (tlp is None or entry.tlp in tlp):
            yield entry
