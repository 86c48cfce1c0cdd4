"""Examples of what the knowledge base is not about: calibration learns from them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.kinds.common import Language, Model

Example = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]


class OffTopic(Model):
    """The examples of `off-topic.yaml`, by language."""

    examples: dict[Language, tuple[Example, ...]] = Field(
        default_factory=dict[Language, tuple[Example, ...]]
    )

    @property
    def all(self) -> tuple[str, ...]:
        """Every example, once."""
        return tuple(dict.fromkeys(text for many in self.examples.values() for text in many))
