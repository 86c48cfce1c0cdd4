"""The marking of a page: colour and size as FIRST defines TLP 2.0 for documents."""

from __future__ import annotations

from bot.documents.pictures.colours import MARKING_GROUND, MARKINGS

POINTS = 12
"""FIRST asks for at least 12 points, in header and footer of every page, to the right."""

GROUND = MARKING_GROUND.removeprefix("#")


def colour(marking: str) -> str:
    """The letters' colour (`RRGGBB`) on black for a marking such as `TLP:AMBER`."""
    name = marking.casefold().removeprefix("tlp:")
    return MARKINGS.get(name, MARKINGS["clear"]).removeprefix("#")
