"""Colours of pictures: legible on Discord's dark and light, apart for every kind of sight.

The five colours of TLP mean a marking and nothing else: they stand in `MARKINGS` alone.
"""

from __future__ import annotations

PANEL = "#1B2233"
"""The picture's own ground: opaque, so that no theme shows through."""

EDGE = "#46516B"
CARD = "#262F45"
STRONG_CARD = "#2B3A57"
TEXT = "#F3F6FB"
QUIET = "#B9C3D6"
"""Secondary text: still more than 7 to 1 against the panel and the cards."""

SIGNAL = "#56B4E9"
"""Sky blue of Okabe and Ito's palette: what was observed, counted or reached."""

SECOND = "#CC79A7"
"""Reddish purple of the same palette: the second of two series."""

EMPTY = "#5A667F"
"""Outlines of what is not observed, and the ground of a bar."""

ON_SIGNAL = "#10151F"

MARKINGS = {
    "clear": "#FFFFFF",
    "green": "#33FF00",
    "amber": "#FFC000",
    "amber+strict": "#FFC000",
    "red": "#FF2B2B",
}
"""Text of a TLP label by marking, on black, as FIRST prescribes."""

MARKING_GROUND = "#000000"


def luminance(colour: str) -> float:
    """Relative luminance of a `#RRGGBB` colour, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
