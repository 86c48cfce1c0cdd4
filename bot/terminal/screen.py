"""What may reach a terminal: text to read, never a sequence that steers the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

# Escape sequences recolour, hide and overwrite lines; in some terminals they type commands. U+009B
# begins one by itself. Characters that turn the direction of text make it read as what it isn't.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
STAND_IN = "·"


def printable(text: str) -> str:
    """The text with a dot for every control or reordering character; tabs and line breaks stay."""
    return _STEERING.sub(STAND_IN, text.replace("\r\n", "\n"))


def json_text(data: object, *, indent: int | None = None) -> str:
    """JSON in the letters of its language, with what could steer a terminal as \\u escapes."""
    written = json.dumps(data, ensure_ascii=False, indent=indent)
    return _STEERING.sub(lambda found: json.dumps(found[0])[1:-1], written)


class Screen(Console):
    """A console whose own styles work, while the texts in it cannot steer the terminal."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else printable(text), style, control)
