"""A text that was once filled in and may have been edited since, measured like a fresh one."""

from __future__ import annotations

from bot.advice.clearance import highest
from bot.advice.messages.channels import Measure, measure
from bot.advice.messages.fill import FilledMessage
from bot.knowledge.kinds.template import Template
from bot.knowledge.snapshot import Snapshot

AWAITING = "awaiting-native-review"

TOO_LONG = "too-long"
"""Stands among the ids of rules for a text that its channel does not take."""


def worded(
    snapshot: Snapshot,
    text: str,
    *,
    template_id: str,
    language: str,
    redlines: tuple[str, ...],
    channel: str,
    tlp: str,
    edited: bool = False,
) -> FilledMessage:
    """The text with all that must travel with it, by today's knowledge base.

    Where the template is gone, its id stands for its title and nothing vouches for the wording.
    The marking is the stricter of the one given and the template's. `edited` text in a translation
    waits for a native reviewer again; a channel that is gone sets no limit.
    """
    found = snapshot.get(template_id)
    template = found if isinstance(found, Template) else None
    variant = None
    title = template_id
    if template is not None:
        variant = next((each for key, each in template.variants.items() if key == language), None)
        translations = {str(key): each for key, each in template.translations.items()}
        title = translations[language].title if language in translations else template.title
    review = variant.review if variant else AWAITING
    if edited and review == "native-reviewed":
        review = AWAITING
    known = snapshot.vocabulary.channels.get(channel)
    size = len(text)
    return FilledMessage(
        text=text,
        template_id=template_id,
        title=title,
        redlines=redlines,
        channel=channel,
        channel_title=known.title if known else channel,
        language=language,
        review=review,
        tlp=highest((tlp, template.tlp)) if template else tlp,
        revision=snapshot.revision,
        measure=measure(text, known) if known else Measure(size, size, "characters", True),
        problems=(),
        values={},
        do_not=template.do_not if template else (),
    )


def holds_back(message: FilledMessage, blockers: tuple[str, ...]) -> tuple[str, ...]:
    """What keeps a text from being submitted: the rules that block it, and its length."""
    return blockers if message.fits else (*blockers, TOO_LONG)
