"""Drafts side by side, and one draft's versions with what changed between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.advice.clearance import label
from bot.advice.drafts import Draft, Event, as_lines
from bot.chat.cards.discuss import person, when
from bot.chat.cards.drafts import head
from bot.chat.cards.layout import Card, CardButton, Item, titled
from bot.chat.cards.lists import paged
from bot.chat.cards.message import BLOCK
from bot.chat.custom_ids import Ref
from bot.chat.drafting.names import FINGERPRINT, name, name_of
from bot.chat.drafting.seen import Seen
from bot.chat.text import Markdown, code_blocks, plain, safe_line, shortened, t
from bot.journal import StoredDraft
from bot.knowledge.snapshot import Snapshot


def list_card(
    drafts: Sequence[StoredDraft],
    snapshot: Snapshot,
    language: str,
    *,
    state: str,
    page: int = 0,
) -> Card:
    """Where each draft stands, with the button that opens it. `state` is the filter, or empty."""
    card = Card(language=language, accent="notice")
    card.header = Markdown(f"## {t('draft.title', language, count=len(drafts))}")
    if not drafts:
        card.blocks = [t("draft.none", language)]
        return card
    items = [Item(_line(draft, snapshot, language), _open(draft, language)) for draft in drafts]
    return paged(card, items, Ref("dr-list", 0, language, entry=state), page)


def title_of(draft: StoredDraft, snapshot: Snapshot, language: str) -> str:
    """The title of the template that it was made from; its id where the template is gone."""
    template_id = str(draft.first.get("template_id") or draft.draft_id)
    entry = snapshot.get(template_id)
    if entry is None:
        return template_id
    translation = {str(key): each for key, each in entry.translations.items()}.get(language)
    return translation.title if translation else entry.title


def _line(draft: StoredDraft, snapshot: Snapshot, language: str) -> Markdown:
    title = safe_line(shortened(title_of(draft, snapshot, language), 120))
    channel = str(draft.first.get("channel") or "")
    known = snapshot.vocabulary.channels.get(channel)
    facts = [
        f"**{label(draft.tlp)}**",
        safe_line(known.title if known else channel),
        safe_line(str(draft.first.get("language") or "")),
        t("draft.version", language, number=draft.version),
        f"`{safe_line(draft.draft_id)}`",
    ]
    state = t(f"state.{draft.state}", language)
    stands = t("draft.stands-alone", language, state=state, at=when(draft.since))
    return Markdown(f"**{title}**\n{stands}\n-# {' · '.join(facts)}")


def _open(draft: StoredDraft, language: str) -> CardButton:
    entry = name(draft.draft_id, draft.sha256)
    return CardButton(plain("card.open", language), Ref("dr-show", 0, language, entry=entry))


def history_card(seen: Seen, language: str) -> Card:
    """Every version with what changed, the latest first, then every step."""
    draft = seen.draft
    card = Card(language=language, accent=seen.message.tlp)
    card.header = head(seen, language)
    for before, after in reversed(list(pairwise(draft.versions))):
        title = _version(draft, after.number, language)
        changed = t("draft.changed", language, before=before.number)
        lines = as_lines(before.text, after.text)
        card.blocks.append(titled(title, f"-# {changed}"))
        card.blocks += [_coloured(block) for block in code_blocks(lines, BLOCK)]
    first = t("draft.first", language)
    card.blocks.append(titled(_version(draft, 1, language), f"-# {first}"))
    card.blocks += code_blocks(draft.versions[0].text, BLOCK) or [t("draft.erased", language)]
    steps = "\n".join(f"- {line}" for line in _steps(draft, language))
    card.blocks.append(titled(t("draft.steps", language), steps))
    reference = Ref("dr-hist", 0, language, entry=name_of(draft))
    card.turn = reference
    card.rows = [[CardButton(plain("card.back", language), reference.to("dr-show"))]]
    return card


def _version(draft: Draft, number: int, language: str) -> Markdown:
    version = draft.versions[number - 1]
    name = person(version.author.id, language) if version.author.id else t("draft.erased", language)
    parts = [t("draft.version", language, number=number), name, when(version.at)]
    if version.text:
        parts.append(Markdown(f"`{version.sha256[:FINGERPRINT]}`"))
    return Markdown(" · ".join(parts))


def _coloured(block: Markdown) -> Markdown:
    """The block as Discord colours changes."""
    return Markdown(block.replace("```\n", "```diff\n", 1))


def _steps(draft: Draft, language: str) -> Iterable[Markdown]:
    for event in draft.history:
        yield _step(event, language)


def _step(event: Event, language: str) -> Markdown:
    action = t(f"step.{event.action.split()[0]}", language)
    values = {"at": when(event.at), "action": action, "version": event.version}
    if event.by is None:
        line = t("draft.step-alone", language, **values)
    else:
        name = person(event.by.id, language) if event.by.id else t("draft.erased", language)
        line = t("draft.step", language, name=name, **values)
    return Markdown(f"{line}: {safe_line(event.reason)}" if event.reason and event.by else line)
