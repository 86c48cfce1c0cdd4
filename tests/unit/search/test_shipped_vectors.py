"""The vectors that ship with the bot fit the knowledge base that ships."""

from __future__ import annotations

import pytest

from bot.knowledge.search import semantic, vectors
from bot.knowledge.search.semantic import SemanticIndex, encoder
from bot.knowledge.snapshot import Snapshot

STALE = 0.1
"""Share of vectors that may be missing: a few changed entries cost a start little."""


def test_a_first_start_computes_next_to_nothing(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = encoder()
    if model is None:
        pytest.skip("the extra `semantic` is not installed here")
    computed: list[str] = []
    asked: list[str] = []
    whole = vectors.VectorStore.get

    def counting(store, texts, compute):
        asked.extend(texts)
        return whole(store, texts, lambda some: computed.extend(some) or compute(some))

    monkeypatch.setattr(vectors, "_memory", {})
    monkeypatch.setattr(semantic.VectorStore, "get", counting)
    topics = snapshot.intents.other_topics if snapshot.intents else ()
    SemanticIndex(model, tuple(snapshot.entries.values()), None, topics)
    assert len(computed) <= STALE * len(asked), "run `redline kb calibrate --vectors`"
