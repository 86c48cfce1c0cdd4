"""Which sentence of a statement matched which entry."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.cards.layout import titled
from bot.chat.text import Markdown, safe_line, shortened, t
from bot.knowledge.search.result import SentenceMatch

SENTENCE = 220
"""Longest piece of a sentence that is shown back: enough to recognise it in the message."""


def sentence_blocks(sentences: Sequence[SentenceMatch], language: str) -> list[Markdown]:
    """One block for each matched sentence, after a heading; nothing for a single sentence."""
    if not sentences:
        return []
    blocks = [
        Markdown(
            f"> {safe_line(shortened(match.sentence, SENTENCE))}\n"
            + t("match.is", language, title=match.hit.entry.title)
        )
        for match in sentences
    ]
    return [titled(t("match.title", language), blocks[0]), *blocks[1:]]
