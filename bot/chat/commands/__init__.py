"""Command groups: one module each, found by walking this package. See `bot.chat` for the guide."""

from __future__ import annotations
