"""Colours and sizes that DOCX and PDF share. The colours of TLP are none of them: see `marking`."""

from __future__ import annotations

INK = "1B2233"
ACCENT = "1F3864"
QUIET = "5A6475"
LINK = "0B5394"
RULE = "BFC6D4"
PANEL = "F3F5F9"
WHITE = "FFFFFF"

LABEL_SHARE = 0.24
"""The labels' share of the line in the table of facts under the title."""


def parts(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of an `RRGGBB` colour, from 0 to 255."""
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
