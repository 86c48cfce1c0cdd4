"""Answers as Discord cards (Components V2): renderers from plain data to a LayoutView.

`layout` holds what all cards share; a renderer fills a `Card` with blocks of text and controls
and lets it lay out one page. Nothing here talks to Discord or to the knowledge base.
"""

from __future__ import annotations
