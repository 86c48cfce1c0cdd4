"""Drafts in Discord: the rules of four eyes on the journal's record, told to the right people."""

from __future__ import annotations
