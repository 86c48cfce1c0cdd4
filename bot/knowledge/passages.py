"""Which passages of the source brief must be cited: `knowledge/passages.yaml`."""

from __future__ import annotations

from pydantic import Field

from bot.knowledge.kinds.common import Model, Passage


class Passages(Model):
    """Numbers only. `content` must be cited by an entry, `headings` may be, `out` is neither."""

    content: tuple[Passage, ...] = Field(min_length=1)
    headings: tuple[Passage, ...] = ()
    out: tuple[Passage, ...] = ()

    @property
    def citable(self) -> frozenset[str]:
        """What an entry may cite."""
        return frozenset(self.content) | frozenset(self.headings)
