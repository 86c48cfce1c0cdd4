"""What a plain word in YAML means: the core rules of YAML 1.2, as editors read it.

PyYAML's own rules are those of YAML 1.1: there `no` is false, `12:30` is 750 and `0123` is 83.
"""

from __future__ import annotations

import re

INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)\.[0-9]*|(?:0|[1-9][0-9]*)(?=[eE]))"
    r"(?:[eE][-+]?[0-9]{1,2})?"
)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
AMBIGUOUS = frozenset({"yes", "no", "on", "off"})
"""Words that one YAML reader takes for true or false and another for text."""

Scalar = str | int | float | bool | None


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar. What no rule claims stays text, letter by letter."""
    if text in NULLS:
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if text[0] in "+-.0123456789":
        if INTEGER.fullmatch(text):
            return int(text)
        if FLOAT.fullmatch(text):
            return float(text)
    return text


def is_ambiguous(text: str) -> bool:
    """Whether an unquoted word means true or false to some readers of YAML."""
    return len(text) <= 3 and text.lower() in AMBIGUOUS
