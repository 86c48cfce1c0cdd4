"""What the buttons and selects of answers do."""

from __future__ import annotations

from bot.chat.access import require_posting, require_shareable
from bot.chat.buttons import on_click
from bot.chat.cards.answer import LISTS, answer_card
from bot.chat.cards.layout import notice
from bot.chat.cards.lists import link_list
from bot.chat.client import RedlineBot
from bot.chat.commands.topic import entry_answer
from bot.chat.custom_ids import Ref
from bot.chat.mistakes import UserError
from bot.chat.replay import replay
from bot.chat.request import Request
from bot.chat.respond import NO_MENTIONS
from bot.chat.text import safe_line, t


@on_click("open")
async def open_entry(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another entry in the place of this one."""
    await asked.answer(entry_answer(asked, ref.entry), back=bool(ref.origin))


@on_click("page")
async def turn_page(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The same entry, another page."""
    await asked.answer(entry_answer(asked, ref.entry), page=ref.page, back=bool(ref.origin))


@on_click("again")
async def turn_first_answer(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The first answer, another page; the entry alone where the journal no longer has it."""
    try:
        await replay(asked, ref.origin, ref.page)
    except UserError:
        if not ref.entry:
            raise
        await asked.answer(entry_answer(asked, ref.entry), page=ref.page)


@on_click("pick")
async def pick_entry(asked: Request, _ref: Ref, values: tuple[str, ...]) -> None:
    """The entry chosen in a select."""
    await asked.answer(entry_answer(asked, values[0]), back=True)


@on_click("back")
async def go_back(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The answer that all this began with, given again from the journal's record."""
    await replay(asked, ref.origin)


@on_click("share")
async def share(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Post the entry where everybody in the channel reads it."""
    answer = entry_answer(asked, ref.entry)
    require_shareable(answer.tlp)
    require_posting(asked.interaction)
    channel = asked.interaction.channel
    if channel is None or not hasattr(channel, "send"):
        raise UserError("error.bot-cannot-post")
    asked.edit = False
    await asked.record("answered", entries=answer.entries)
    await asked.services.ledger.share(asked, answer)
    card = answer_card(answer, asked.setting(public=True))
    name = safe_line(asked.interaction.user.display_name)
    card.footer = t("card.shared", asked.language, name=name, footer=card.footer)
    await channel.send(view=card.view(), allowed_mentions=NO_MENTIONS)  # type: ignore[union-attr]
    await asked.show(notice(t("shared.done", asked.language), language=asked.language))


@on_click("yes")
async def helpful(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The answer helped."""
    await _feedback(asked, ref, helpful=True)


@on_click("no")
async def not_helpful(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The answer did not help: what editors should write next."""
    await _feedback(asked, ref, helpful=False)


async def show_list(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The red lines, options, templates, sources or other entries that an entry leads to."""
    answer = entry_answer(asked, ref.entry)
    if answer.outcome != "answered":
        await asked.answer(answer)
        return
    origin_card, _, code = ref.action.partition("-")
    snapshot = asked.adviser.snapshot

    def gist(entry_id: str) -> str:
        entry = snapshot.get(entry_id)
        return entry.summary if entry else ""

    setting = asked.setting(back=origin_card != "o")
    card = link_list(answer, code, setting, ref.page, gist)
    await asked.show(card.view(), entries=answer.entries)


for _code in LISTS:
    on_click(f"l-{_code}")(show_list)
    on_click(f"o-{_code}")(show_list)


async def _feedback(asked: Request, ref: Ref, *, helpful: bool) -> None:
    asked.edit = False
    await asked.services.ledger.feedback(asked, ref.origin, ref.entry, helpful=helpful)
    key = "feedback.thanks" if helpful else "feedback.noted"
    await asked.show(notice(t(key, asked.language), language=asked.language))


async def setup(_bot: RedlineBot) -> None:
    """Called by the bot when it starts: importing this module has registered the actions."""
