"""Who may see which marking: TLP 2.0 against the roles of a server."""

from __future__ import annotations

from dataclasses import dataclass

ORDER = ("clear", "green", "amber", "amber+strict", "red")
"""The markings of TLP 2.0 from open to closed (FIRST, August 2022)."""

SHAREABLE = frozenset({"clear", "green"})
"""What may be posted where a whole channel reads it."""


def highest(markings: list[str] | tuple[str, ...]) -> str:
    """The most closed of these markings; `clear` where there is none."""
    return max(markings, key=ORDER.index, default="clear")


def label(marking: str) -> str:
    """The marking as FIRST writes it, for instance `TLP:AMBER+STRICT`."""
    return f"TLP:{marking.upper()}"


@dataclass(frozen=True, slots=True)
class Clearance:
    """The markings that an asker may see."""

    markings: frozenset[str]

    def admits(self, marking: str) -> bool:
        return marking in self.markings


TEAM = Clearance(SHAREABLE)
"""Everyone in the team: up to TLP:GREEN."""

OFFICER = Clearance(frozenset(ORDER))
"""Comms officers, approvers and maintainers: everything."""
