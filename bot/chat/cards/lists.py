"""Lists that one gets to from an answer: its red lines, options, templates, sources, the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.advice.answer import Answer, Link, SourceLine
from bot.chat.cards.answer import SOURCES, Setting, list_of
from bot.chat.cards.layout import PAGE_UNITS, Card, CardButton, Item
from bot.chat.cards.pieces import source_text
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, plain, safe_line, shortened, t, units

PER_PAGE = 7
"""Seven sections of three components each leave room for header, footer and buttons."""

ITEM_UNITS = 180
"""Longest summary under a title in a list; the whole stands on the card that its button opens."""


def link_list(
    answer: Answer, code: str, setting: Setting, page: int, gist: Callable[[str], str]
) -> Card:
    """One page of a list. `gist` gives the sentence to show under the title of an entry id."""
    language = setting.language
    items = (
        _source_items(answer, setting)
        if code == SOURCES
        else [_item(link, answer, setting, gist(link.id)) for link in list_of(answer, code)]
    )
    card = Card(language=language, accent=answer.tlp)
    title = safe_line(shortened(answer.title, 120))
    card.header = Markdown(f"-# {title}\n## {t(f'list.{code}', language, count=len(items))}")
    turn = setting.ref(setting.list_action(code), answer)
    return paged(card, items, turn, page, back_to(answer, setting))


def paged(
    card: Card, items: Sequence[Item], turn: Ref, page: int, first: Sequence[CardButton] = ()
) -> Card:
    """Put one page of items into the card, with the buttons that turn the page."""
    groups = _groups(items)
    count = len(groups)
    page = min(max(page, 0), count - 1)
    card.items = groups[page]
    row = list(first)
    if count > 1:
        row += [
            CardButton(
                plain("card.previous", card.language),
                turn.to(turn.action, page=max(page - 1, 0)),
                disabled=page == 0,
            ),
            CardButton(
                plain("card.next", card.language, page=page + 1, pages=count),
                turn.to(turn.action, page=page + 1),
                disabled=page == count - 1,
            ),
        ]
    if row:
        card.rows = [*card.rows, row]
    return card


def _groups(items: Sequence[Item]) -> list[list[Item]]:
    groups: list[list[Item]] = [[]]
    room = PAGE_UNITS
    for item in items:
        if groups[-1] and (len(groups[-1]) >= PER_PAGE or units(item.text) > room):
            groups.append([])
            room = PAGE_UNITS
        groups[-1].append(item)
        room -= units(item.text)
    return groups


def back_to(answer: Answer, setting: Setting) -> list[CardButton]:
    """The button back to the card whose list this is."""
    action = "back" if setting.first else "page"
    return [CardButton(plain("card.back", setting.language), setting.ref(action, answer))]


def _item(link: Link, answer: Answer, setting: Setting, gist: str) -> Item:
    language = setting.language
    text = f"**{safe_line(shortened(link.title, 120))}**"
    if gist:
        text += f"\n{safe_line(shortened(gist, ITEM_UNITS))}"
    kind = t(f"kind.{link.kind}", language)
    text += f"\n-# {kind}"
    return Item(Markdown(text), _open(link.id, answer, setting))


def _source_items(answer: Answer, setting: Setting) -> list[Item]:
    return [
        Item(_brief(source, setting.language), _open(source.id, answer, setting))
        for source in answer.sources
    ]


def _brief(source: SourceLine, language: str) -> Markdown:
    """The source on two lines at most; its own card has it whole."""
    short = replace(
        source, title=shortened(source.title, 200), publisher=shortened(source.publisher, 100)
    )
    return source_text(
        short if len(source.url or "") <= 500 else replace(short, url=None), language
    )


def _open(entry_id: str, answer: Answer, setting: Setting) -> CardButton:
    return CardButton(
        plain("card.open", setting.language),
        setting.ref("open", answer).to("open", entry=entry_id),
    )
