"""The wording checker: a text against what the red lines say must and must never be said."""

from bot.advice.wording.checking import UnknownRedline, check
from bot.advice.wording.examples import ExampleFailure, failures, faults
from bot.advice.wording.notation import PatternError, parse
from bot.advice.wording.report import RuleKind, WordingFinding, WordingReport
from bot.advice.wording.rulebook import Fault

__all__ = [
    "ExampleFailure",
    "Fault",
    "PatternError",
    "RuleKind",
    "UnknownRedline",
    "WordingFinding",
    "WordingReport",
    "check",
    "failures",
    "faults",
    "parse",
]
