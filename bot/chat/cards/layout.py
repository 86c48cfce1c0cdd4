"""What all cards share: a container of text blocks, rows of buttons, selects, and pages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ui

from bot.chat.buttons import Action
from bot.chat.cards.paging import flow
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, plain, shortened, units
from bot.documents.pictures import Picture

MOST_COMPONENTS = 40
MOST_UNITS = 4000
"""Limits of Discord for one message in Components V2."""

PAGE_UNITS = 2200
"""Text of one page without header and footer: about what one reads without scrolling far."""

PAGE_BLOCKS = 9
MOST_BLOCKS = 16
"""Blocks of a card without further pages: with its buttons it stays below the components' limit."""

HEADER_UNITS = 1200
FOOTER_UNITS = 500
MOST_CHOICES = 25
LABEL = 80
CHOICE = 100

COLOURS = {
    "clear": discord.Colour(0x3A6EA5),
    "green": discord.Colour(0x33A02C),
    "amber": discord.Colour(0xFFC000),
    "amber+strict": discord.Colour(0xFFC000),
    "red": discord.Colour(0xFF2B2B),
    "notice": discord.Colour(0x6B7280),
    "fault": discord.Colour(0xB91C1C),
}
"""Accent by marking (the colours of TLP 2.0; CLEAR has none that shows on both themes)."""


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button of ours. `ref` says what a click does."""

    label: str
    ref: Ref
    style: discord.ButtonStyle = discord.ButtonStyle.secondary
    emoji: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a select."""

    label: str
    value: str
    description: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class CardSelect:
    """A select of ours. More than 25 choices become several selects, one a row."""

    placeholder: str
    ref: Ref
    choices: Sequence[Choice]
    most: int = 1
    least: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """A block of text with its own button beside it."""

    text: Markdown
    button: CardButton


@dataclass(slots=True)
class Card:
    """A card before it is laid out: `blocks` flow over pages, all else stands on every page."""

    language: str
    accent: str = "clear"
    header: str = ""
    footer: str = ""
    blocks: list[Markdown] = field(default_factory=list[Markdown])
    items: list[Item] = field(default_factory=list[Item])
    rows: list[list[CardButton]] = field(default_factory=list[list[CardButton]])
    selects: list[CardSelect] = field(default_factory=list[CardSelect])
    pictures: list[Picture] = field(default_factory=list[Picture])
    """Shown under the header on every page; send `files()` along."""
    turn: Ref | None = None
    """What turns the page: the same reference with another page number."""

    def pages(self) -> list[list[str]]:
        if self.turn is not None:
            return flow(self.blocks, PAGE_UNITS, PAGE_BLOCKS)
        # Nothing turns the page, so the one that there is takes all that a message can hold.
        room = MOST_UNITS - units(self.header) - units(self.footer)
        return flow(self.blocks, max(room, PAGE_UNITS), MOST_BLOCKS)

    def markdown(self) -> str:
        """The whole text of the card, all pages, for the record."""
        return "\n\n".join(part for part in (self.header, *self.blocks, self.footer) if part)

    def files(self) -> list[discord.File]:
        """The pictures as files to send with the card, described for those who don't see them."""
        return [
            discord.File(io.BytesIO(one.png), filename=one.name, description=one.alt)
            for one in self.pictures
        ]

    def view(self, page: int = 0) -> CardView:
        """The card as Discord shows it, at one page (counted from 0, kept within what there is)."""
        pages = self.pages()
        page = min(max(page, 0), len(pages) - 1)
        view = CardView()
        box = ui.Container[Any](accent_colour=COLOURS[self.accent])
        _say(box, self.header)
        for one in self.pictures:
            shown = discord.MediaGalleryItem(f"attachment://{one.name}", description=one.alt)
            box.add_item(ui.MediaGallery[Any](shown))
        if self.header and (pages[page] or self.items):
            box.add_item(ui.Separator(visible=True))
        for text in pages[page]:
            _say(box, text)
        for item in self.items:
            box.add_item(ui.Section[Any](ui.TextDisplay(item.text), accessory=_button(item.button)))
        if self.footer:
            box.add_item(ui.Separator(visible=True))
            _say(box, self.footer)
        for select in self.selects:
            for row in _select_rows(select):
                box.add_item(row)
        for row in self._rows(page, len(pages)):
            box.add_item(ui.ActionRow[Any](*(_button(button) for button in row)))
        view.add_item(box)
        return view

    def _rows(self, page: int, count: int) -> Iterable[list[CardButton]]:
        yield from (row for row in self.rows if row)
        if count > 1 and self.turn is not None:
            yield [
                CardButton(
                    plain("card.previous", self.language),
                    self.turn.to(self.turn.action, page=max(page - 1, 0)),
                    disabled=page == 0,
                ),
                CardButton(
                    plain("card.next", self.language, page=page + 1, pages=count),
                    self.turn.to(self.turn.action, page=min(page + 1, count)),
                    disabled=page == count - 1,
                ),
            ]


class CardView(ui.LayoutView):
    """A card on its way to Discord.

    It holds `Action` items only: discord.py forgets the classes of dynamic items when a view that
    also has ordinary ones times out.
    """

    def __init__(self) -> None:
        super().__init__(timeout=None)


def notice(text: Markdown, *, language: str, title: str = "", accent: str = "notice") -> CardView:
    """A short message from the bot itself: a refusal, a mistake, a confirmation."""
    card = Card(language=language, accent=accent)
    if title:
        card.header = Markdown(f"### {title}")
    card.blocks = [text]
    return card.view()


def bullets(points: Iterable[str]) -> Markdown:
    """Points, already Markdown, as a list."""
    return Markdown("\n".join(f"- {point}" for point in points))


def titled(title: str, text: str) -> Markdown:
    """A part of a card: its title, then its text."""
    return Markdown(f"### {title}\n{text}")


def fits(view: ui.LayoutView) -> bool:
    """Whether Discord takes this view."""
    text = sum(
        units(item.content) for item in view.walk_children() if isinstance(item, ui.TextDisplay)
    )
    return text <= MOST_UNITS and view.total_children_count <= MOST_COMPONENTS


def _say(box: ui.Container[Any], text: str) -> None:
    if text:
        box.add_item(ui.TextDisplay(text))


def _button(button: CardButton) -> Any:
    return Action(
        ui.Button[Any](
            label=shortened(button.label, LABEL),
            custom_id=str(button.ref),
            style=button.style,
            emoji=button.emoji,
            disabled=button.disabled,
        )
    )


def _select_rows(select: CardSelect) -> Iterable[ui.ActionRow[Any]]:
    for place in range(0, len(select.choices), MOST_CHOICES):
        choices = select.choices[place : place + MOST_CHOICES]
        options = [
            discord.SelectOption(
                label=shortened(choice.label, CHOICE) or choice.value,
                value=choice.value,
                description=shortened(choice.description, CHOICE) or None,
                default=choice.chosen,
            )
            for choice in choices
        ]
        ref = (
            select.ref
            if place == 0
            else select.ref.to(
                select.ref.action, entry=select.ref.entry, page=place // MOST_CHOICES
            )
        )
        row = ui.ActionRow[Any]()
        row.add_item(
            Action(
                ui.Select[Any](
                    placeholder=shortened(select.placeholder, 150),
                    custom_id=str(ref),
                    options=options,
                    min_values=select.least,
                    max_values=min(select.most, len(options)),
                )
            )
        )
        yield row
