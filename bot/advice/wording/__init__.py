"""The wording checker: a text against what the red lines say must and must never be said."""

from bot.advice.wording.checking import UnknownRedline, check, pattern_faults
from bot.advice.wording.notation import PatternError, parse
from bot.advice.wording.report import WordingFinding, WordingReport

__all__ = [
    "PatternError",
    "UnknownRedline",
    "WordingFinding",
    "WordingReport",
    "check",
    "parse",
    "pattern_faults",
]
