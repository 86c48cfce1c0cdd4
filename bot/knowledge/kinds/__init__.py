"""The kinds of entry: one model each, one folder each."""

from __future__ import annotations

from bot.knowledge.kinds.analysis import Analysis
from bot.knowledge.kinds.common import Entry
from bot.knowledge.kinds.countermeasure import Countermeasure
from bot.knowledge.kinds.escalation import Escalation
from bot.knowledge.kinds.glossary import Glossary
from bot.knowledge.kinds.law import Law
from bot.knowledge.kinds.narrative import Narrative
from bot.knowledge.kinds.perspective import Perspective
from bot.knowledge.kinds.precedent import Precedent
from bot.knowledge.kinds.redline import Redline
from bot.knowledge.kinds.source import Source
from bot.knowledge.kinds.template import Template

MODELS: dict[str, type[Entry]] = {
    "analysis": Analysis,
    "redline": Redline,
    "template": Template,
    "countermeasure": Countermeasure,
    "escalation": Escalation,
    "precedent": Precedent,
    "law": Law,
    "perspective": Perspective,
    "narrative": Narrative,
    "glossary": Glossary,
    "source": Source,
}
"""Model by kind, in the order in which kinds are listed to people."""

FOLDERS: dict[str, str] = {
    "analysis": "analyses",
    "redline": "redlines",
    "template": "templates",
    "countermeasure": "countermeasures",
    "escalation": "escalations",
    "precedent": "precedents",
    "law": "laws",
    "perspective": "perspectives",
    "narrative": "narratives",
    "glossary": "glossary",
    "source": "sources",
}
"""Folder under `knowledge/` by kind."""

__all__ = [
    "FOLDERS",
    "MODELS",
    "Analysis",
    "Countermeasure",
    "Entry",
    "Escalation",
    "Glossary",
    "Law",
    "Narrative",
    "Perspective",
    "Precedent",
    "Redline",
    "Source",
    "Template",
]
