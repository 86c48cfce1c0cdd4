"""Identifiers of the DISARM frameworks, pinned in `knowledge/disarm.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from bot.knowledge.kinds.common import Model, ShortText
from bot.knowledge.kinds.countermeasure import DisarmCounter, DisarmResponse, DisarmTechnique


class Disarm(Model):
    """Identifiers and their names; `not_recommended` are counters that upstream advises against."""

    credit: ShortText
    version: ShortText
    responses: dict[DisarmResponse, ShortText] = Field(min_length=1)
    counters: dict[DisarmCounter, ShortText] = Field(min_length=1)
    techniques: dict[DisarmTechnique, ShortText] = Field(min_length=1)
    not_recommended: tuple[DisarmCounter, ...] = ()

    @property
    def names(self) -> Mapping[str, str]:
        """Name by identifier, of all three lists."""
        return MappingProxyType({**self.responses, **self.counters, **self.techniques})
