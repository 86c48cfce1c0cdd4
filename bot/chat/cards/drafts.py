"""Cards of drafts: the text on its way to its release, for one person and for all approvers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from discord import ButtonStyle

from bot.advice.clearance import SHAREABLE, label
from bot.advice.drafts import LIFETIMES, Action, Actor, Signature
from bot.chat.cards.discuss import person, when
from bot.chat.cards.layout import Card, CardButton
from bot.chat.cards.message import BLOCK, findings_block
from bot.chat.custom_ids import Ref
from bot.chat.drafting.names import FINGERPRINT, name_of
from bot.chat.drafting.seen import Seen
from bot.chat.text import Markdown, code_blocks, plain, safe, safe_line, t

BUTTONS: dict[Action, tuple[str, ButtonStyle, str]] = {
    "submit": ("dr-subm", ButtonStyle.primary, "📨"),
    "approve": ("dr-appr", ButtonStyle.success, "✅"),
    "reject": ("dr-rej", ButtonStyle.danger, "↩️"),
    "override": ("dr-over", ButtonStyle.danger, "⚖️"),
    "release": ("dr-rel", ButtonStyle.success, "📣"),
    "edit": ("dr-edit", ButtonStyle.secondary, "✏️"),
    "withdraw": ("dr-draw", ButtonStyle.secondary, "🗑️"),
}
"""What can be done with a draft, in the order of the buttons: id of the click, look, sign."""

PER_ROW = 5
OPEN_TO_DECIDE = frozenset({"submitted"})


@dataclass(frozen=True, slots=True)
class Desk:
    """For whom a draft's card is: their language, their id, and what they can do with it now."""

    language: str
    user_id: str = ""
    actions: Collection[Action] = ()
    origin: int = 0


def begin_buttons(reference: Ref, language: str) -> list[CardButton]:
    """What makes a draft of a filled template."""
    return [
        CardButton(
            plain("draft.send", language), reference.to("dr-send"), ButtonStyle.primary, "📨"
        ),
        CardButton(plain("draft.save", language), reference.to("dr-save"), emoji="🗒️"),
    ]


def draft_card(seen: Seen, desk: Desk, said: Markdown | None = None) -> Card:
    """The draft for one person. `said` is what has just happened."""
    language, draft = desk.language, seen.draft
    held_back = (
        bool(seen.blockers) and not draft.overridden and draft.state in ("draft", "submitted")
    )
    card = Card(language=language, accent="fault" if held_back else seen.message.tlp)
    card.header = head(seen, language)
    card.blocks = [said] if said else []
    card.blocks.append(Markdown("\n".join(_stands(seen, desk))))
    card.blocks += _text(seen, language)
    card.footer = _foot(seen)
    reference = Ref("dr-show", desk.origin, language, entry=name_of(draft))
    card.turn = reference
    row = [
        CardButton(plain(f"draft.{action}", language), reference.to(click), style, sign)
        for action, (click, style, sign) in BUTTONS.items()
        if action in desk.actions
    ]
    row.append(CardButton(plain("draft.history", language), reference.to("dr-hist"), emoji="🕑"))
    row.append(CardButton(plain("draft.list", language), reference.to("dr-list", entry="")))
    card.rows = [row[start : start + PER_ROW] for start in range(0, len(row), PER_ROW)]
    return card


def board_card(seen: Seen, language: str) -> Card:
    """The draft where all approvers see it; its words only where its marking lets a channel."""
    draft = seen.draft
    waits = draft.state in OPEN_TO_DECIDE
    asks = draft.state == "draft" and _held_back(seen)
    card = Card(language=language, accent="amber" if waits or asks else "notice")
    key = "waiting" if waits else "asks-override" if asks else "decided"
    shareable = seen.message.tlp in SHAREABLE
    card.header = Markdown(
        f"### {t(f'draft.{key}', language)}\n{head(seen, language, named=shareable)}"
    )
    lines = list(_stands(seen, Desk(language)))
    card.blocks = [Markdown("\n".join(lines[:2] if waits or asks or not shareable else lines))]
    if shareable:
        card.blocks += _text(seen, language) if waits or asks else []
        card.footer = _foot(seen)
    else:
        card.blocks.append(t("draft.marked-above", language))
    reference = Ref("dr-show", 0, language, entry=name_of(draft))
    card.turn = reference
    row: list[CardButton] = []
    if shareable and waits:
        for action in ("approve", "reject"):
            click, style, sign = BUTTONS[action]
            row.append(
                CardButton(plain(f"draft.{action}", language), reference.to(click), style, sign)
            )
    opens = "draft.read" if waits or asks else "draft.show"
    row.append(CardButton(plain(opens, language), reference, emoji="👁️"))
    card.rows = [row]
    return card


def release_card(seen: Seen, language: str) -> Card:
    """What is posted: the exact text under its marking, and who answers for it."""
    draft = seen.draft
    card = Card(language=language, accent=seen.message.tlp)
    card.header = Markdown(
        f"-# **{label(seen.message.tlp)}** · {safe_line(seen.message.channel_title)}"
    )
    card.blocks = [safe(draft.current.text)]
    signature = draft.approval
    if signature is not None:
        by = t("draft.by-line", language, name=_name(signature.by, language), at=when(signature.at))
        card.footer = Markdown(f"-# {by} · `{signature.sha256[:FINGERPRINT]}`")
    return card


def head(seen: Seen, language: str, *, named: bool = True) -> Markdown:
    """What draft it is: marking, channel, language, version, and the title where it may be told."""
    draft, message = seen.draft, seen.message
    facts = [
        f"**{label(message.tlp)}**",
        f"`{safe_line(draft.id)}`",
        t("draft.version", language, number=draft.current.number),
    ]
    if not named:
        return Markdown(f"-# {' · '.join(facts)}")
    facts[1:1] = [safe_line(message.channel_title), safe_line(draft.language)]
    return Markdown(f"-# {' · '.join(facts)}\n## {safe_line(message.title)}")


def _stands(seen: Seen, desk: Desk) -> Iterable[Markdown]:
    """Where it stands, until when, who signed, and what holds it back."""
    language, draft = desk.language, seen.draft
    last = draft.history[-1]
    state = t(f"state.{draft.state}", language)
    if last.by is not None:
        name = _name(last.by, language)
        yield t("draft.stands", language, state=state, at=when(draft.since), name=name)
    else:
        yield t("draft.stands-alone", language, state=state, at=when(draft.since))
    if (end := LIFETIMES.end(draft)) is not None:
        yield t("draft.expires", language, left=when(end, "R"))
    if draft.approval and draft.approved:
        yield _signed("draft.approved-by", draft.approval, language)
    if draft.override and draft.overridden:
        yield _signed("draft.override-by", draft.override, language)
    if draft.state in ("rejected", "withdrawn") and last.reason and last.by:
        key = "draft.rejected-why" if draft.state == "rejected" else "draft.withdrawn-why"
        yield t(key, language, name=_name(last.by, language), reason=last.reason)
    if draft.state in ("draft", "submitted") and _held_back(seen):
        yield Markdown("⛔ " + t("draft.blocked", language))
    if draft.state == "submitted" and desk.user_id in draft.authors:
        yield t("draft.own", language)


def _held_back(seen: Seen) -> bool:
    return bool(seen.blockers) and not seen.draft.overridden


def _signed(key: str, signature: Signature, language: str) -> Markdown:
    return t(
        key,
        language,
        name=_name(signature.by, language),
        at=when(signature.at),
        sha=Markdown(f"`{signature.sha256[:FINGERPRINT]}`"),
        reason=signature.reason,
    )


def _name(actor: Actor, language: str) -> Markdown:
    return person(actor.id, language) if actor.id else t("draft.erased", language)


def _text(seen: Seen, language: str) -> list[Markdown]:
    message = seen.message
    blocks: list[Markdown] = []
    if message.review == "awaiting-native-review":
        blocks.append(Markdown("> " + t("message.awaiting-review", language)))
    blocks += code_blocks(message.text, BLOCK)
    fits = "message.fits" if message.fits else "message.too-long"
    blocks.append(t(fits, language, measure=message.measure.label))
    blocks.append(findings_block(seen.findings, language))
    return blocks


def _foot(seen: Seen) -> Markdown:
    draft = seen.draft
    return Markdown(
        f"-# {safe_line(seen.message.reference)} · `{draft.current.sha256[:FINGERPRINT]}`"
    )
