"""The timeline of a discussion: what happened when, in each reader's own time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.clearance import label
from bot.chat.cards.discuss import MARKS, linked, person, when
from bot.chat.cards.layout import Card, CardButton
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, plain, quote, safe_line, t, units
from bot.journal import Discussion, TimelineEvent

MOST_EVENTS = 300
MOST_TEXT = 66_000
"""Latest events, and units of their text, that a card can page through; the export has all."""


def timeline_card(discussion: Discussion, language: str) -> Card:
    """Every event in the order in which it happened; the latest where there are very many."""
    card = Card(language=language, accent=discussion.tlp.lower())
    title = safe_line(discussion.title) if discussion.title else t("discuss.erased", language)
    state = "discuss.is-open" if discussion.state == "open" else "discuss.is-closed"
    head = t("discuss.timeline", language, count=len(discussion.timeline))
    card.header = f"-# {t(state, language)} · **{label(discussion.tlp)}** · {head}\n## {title}"
    opened = Markdown(
        f"{when(discussion.started_at)} 🟢 **{t('event.start', language)}** · "
        f"{person(discussion.user_id, language)}"
    )
    blocks = _latest(
        [_event(event, discussion.about(event), language) for event in discussion.timeline]
    )
    left_out = len(discussion.timeline) - len(blocks)
    if left_out:
        opened = Markdown(f"{opened}\n{t('discuss.earlier', language, count=left_out)}")
    card.blocks = [opened, *blocks]
    reference = Ref("d-show", language=language, entry=discussion.discussion_id)
    card.turn = reference
    card.rows = [[CardButton(plain("discuss.summary", language), reference.to("d-sum"))]]
    return card


def _latest(blocks: Sequence[Markdown]) -> Sequence[Markdown]:
    kept, text = 0, 0
    for block in reversed(blocks[-MOST_EVENTS:]):
        text += units(block)
        if kept and text > MOST_TEXT:
            break
        kept += 1
    return blocks[len(blocks) - kept :]


def _event(event: TimelineEvent, about: str | None, language: str) -> Markdown:
    parts = [
        f"{when(event.occurred_at)} {MARKS[event.event]} **{t(f'event.{event.event}', language)}**"
    ]
    if event.user_id or event.text is None:
        parts.append(person(event.user_id, language))
    if event.recorded_by:
        name = person(event.recorded_by, language)
        parts.append(t("discuss.recorded-by", language, name=name))
    if link := linked(event.message_link, language):
        parts.append(link)
    lines = [" · ".join(parts)]
    if event.text is None:
        lines.append(t("discuss.erased", language))
    elif event.text or about:
        lines.append(quote(event.text or about or ""))
    if note := event.details.get("note"):
        lines.append(t("discuss.note-on-it", language, note=str(note)))
    if event.now_text is not None:
        lines.append(t("discuss.edited", language, text=event.now_text))
    if event.deleted_at:
        lines.append(t("discuss.deleted", language, at=when(event.deleted_at)))
    return Markdown("\n".join(lines))
