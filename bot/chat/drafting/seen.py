"""A draft as people read it: the message that it has become, and what the red lines say of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.drafts import Draft
from bot.advice.messages import FilledMessage, holds_back, worded
from bot.advice.messages.prepare import examine
from bot.advice.wording import WordingFinding
from bot.knowledge.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft, its text measured and checked by the knowledge base of this moment."""

    draft: Draft
    message: FilledMessage
    findings: tuple[WordingFinding, ...]

    @property
    def blockers(self) -> tuple[str, ...]:
        """What holds the text back: ids of rules, and its length."""
        return blockers_of(self.message, self.findings)

    @property
    def entries(self) -> tuple[str, ...]:
        """Entries that the draft rests on."""
        return (self.draft.template_id, *self.draft.redlines)


def seen(snapshot: Snapshot, draft: Draft) -> Seen:
    """Slow: called in a thread."""
    text = draft.current.text
    message = worded(
        snapshot,
        text,
        template_id=draft.template_id,
        language=draft.language,
        redlines=draft.redlines,
        channel=draft.channel,
        tlp=draft.tlp,
        edited=draft.current.number > 1,
    )
    return Seen(draft, message, examine(snapshot, text, draft.redlines, draft.language))


def blockers_of(message: FilledMessage, findings: tuple[WordingFinding, ...]) -> tuple[str, ...]:
    """What holds a text back: ids of the rules that block it, each once, and its length."""
    found = (each.rule for each in findings if each.severity == "block")
    return holds_back(message, tuple(dict.fromkeys(found)))
