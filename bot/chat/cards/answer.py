"""The card of an answer: bottom line first, then what it rests on, then the ways on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.advice.answer import Answer, Link, Section
from bot.advice.clearance import SHAREABLE, label
from bot.chat.cards.layout import Card, CardButton, CardSelect, Choice, bullets, titled
from bot.chat.cards.pieces import footer, header, section_text, source_text, warnings
from bot.chat.custom_ids import Ref
from bot.chat.text import (
    Markdown,
    plain,
    safe_line,
    shortened,
    t,
)

GROUPS = {"redline": "red", "countermeasure": "opt", "template": "tpl"}
"""Kinds of entry that have a button of their own, with the code of its list."""

REST = "rel"
SOURCES = "src"
LISTS = (*GROUPS.values(), REST, SOURCES)
"""Codes of the lists that one gets to from a card, in the order of their buttons."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a card is shown: in which language, from which interaction, to whom."""

    language: str
    origin: int = 0
    back: bool = False
    """Whether there is an earlier answer to go back to."""
    public: bool = False
    """Whether everybody in the channel sees it."""

    def ref(self, action: str, answer: Answer, page: int = 0) -> Ref:
        # Where the answer fell back to English, the ways on keep to the language asked for.
        untranslated = answer.language_note == "untranslated"
        language = self.language if untranslated else answer.language
        return Ref(action, self.origin, language, page, answer.entry_id or "")

    @property
    def first(self) -> bool:
        """Whether this is the answer that the interaction began with: the journal can repeat it."""
        return bool(self.origin) and not self.back and not self.public

    def list_action(self, code: str) -> str:
        """The action that shows a list: `o-` knows that back means the first answer."""
        return f"{'o' if self.first else 'l'}-{code}"


ButtonMaker = Callable[[Answer, Setting], CardButton | None]
_EXTRA_BUTTONS: list[ButtonMaker] = []


def extra_button(maker: ButtonMaker) -> ButtonMaker:
    """Add a button to the last row of every answer (at most one more fits)."""
    _EXTRA_BUTTONS.append(maker)
    return maker


def answer_card(answer: Answer, setting: Setting) -> Card:
    """The card of any answer: answered, nothing on file, or refused."""
    if answer.outcome == "refused":
        return _refused(answer, setting)
    if answer.outcome == "nothing-on-file":
        return _nothing(answer, setting)
    language = setting.language
    card = Card(language=language, accent=answer.tlp)
    card.header, overlong = header(answer, language)
    card.footer = footer(answer, language)
    card.blocks = [block for block in (*overlong, *_blocks(answer, language)) if block]
    card.turn = setting.ref("again" if setting.first else "page", answer)
    if matches := [link for link in answer.links if link.relation == "match"]:
        card.selects = [_pick("card.other-matches", matches, answer, setting)]
    card.rows = [_list_buttons(answer, setting), _own_buttons(answer, setting)]
    return card


def list_of(answer: Answer, code: str) -> list[Link]:
    """The links of an answer that the list of this code shows."""
    return [
        link
        for link in answer.links
        if link.relation not in ("match", "suggestion") and GROUPS.get(link.kind, REST) == code
    ]


def _blocks(answer: Answer, language: str) -> Iterable[Markdown]:
    yield warnings(answer, language)
    if answer.key_points:
        yield bullets(safe_line(point) for point in answer.key_points)
    leading, following = _parted(answer.sections)
    yield from (section_text(section, language) for section in leading)
    if answer.caveats:
        yield titled(
            f"⚠️ {t('card.caveats', language)}",
            bullets(safe_line(caveat) for caveat in answer.caveats),
        )
    if answer.sources:
        yield titled(
            t("card.sources", language),
            bullets(source_text(source, language) for source in answer.sources),
        )
    yield from (section_text(section, language) for section in following)
    if answer.passages:
        yield Markdown("-# " + t("card.passages", language, passages=", ".join(answer.passages)))


def _parted(sections: Sequence[Section]) -> tuple[Sequence[Section], Sequence[Section]]:
    """What stands before the body, and the rest with it: the first is the answer itself."""
    place = next((i for i, section in enumerate(sections) if section.id == "body"), 0)
    return sections[:place], sections[place:]


def _list_buttons(answer: Answer, setting: Setting) -> list[CardButton]:
    counts = {code: len(list_of(answer, code)) for code in LISTS}
    counts[SOURCES] = len(answer.sources)
    return [
        CardButton(
            plain(f"card.list-{code}", setting.language, count=counts[code]),
            setting.ref(setting.list_action(code), answer),
        )
        for code in LISTS
        if counts[code]
    ]


def _own_buttons(answer: Answer, setting: Setting) -> list[CardButton]:
    language = setting.language
    buttons: list[CardButton] = []
    if setting.back and not setting.public:
        buttons.append(CardButton(plain("card.back", language), setting.ref("back", answer)))
    if answer.tlp in SHAREABLE and not setting.public:
        buttons.append(CardButton(plain("card.share", language), setting.ref("share", answer)))
    if setting.origin:
        buttons.append(
            CardButton(plain("card.helpful", language), setting.ref("yes", answer), emoji="👍")
        )
        buttons.append(
            CardButton(plain("card.not-helpful", language), setting.ref("no", answer), emoji="👎")
        )
    buttons += [button for maker in _EXTRA_BUTTONS if (button := maker(answer, setting))]
    return buttons


def _pick(key: str, links: Sequence[Link], answer: Answer, setting: Setting) -> CardSelect:
    language = setting.language
    return CardSelect(
        plain(key, language),
        setting.ref("pick", answer),
        [
            Choice(
                link.title,
                link.id,
                " · ".join(
                    part
                    for part in (plain(f"kind.{link.kind}", language), _why_plain(link, language))
                    if part
                ),
            )
            for link in links
        ],
    )


def _why_plain(link: Link, language: str) -> str:
    return ", ".join(plain(f"why.{r.by}", language, text=r.text) for r in link.why[:2])


def _nothing(answer: Answer, setting: Setting) -> Card:
    language = setting.language
    card = Card(language=language, accent="notice")
    card.header = Markdown(f"## {t('nothing.title', language)}")
    card.blocks = [t("nothing.text", language)]
    if answer.query:
        card.blocks.append(Markdown("> " + safe_line(shortened(answer.query, 300))))
    if answer.links:
        card.blocks.append(t("nothing.browse", language))
        card.selects = [_pick("nothing.select", answer.links, answer, setting)]
    card.footer = Markdown("-# " + t("card.revision", language, revision=answer.revision))
    if setting.back:
        card.rows = [[CardButton(plain("card.back", language), setting.ref("back", answer))]]
    return card


def _refused(answer: Answer, setting: Setting) -> Card:
    card = Card(language=setting.language, accent=answer.tlp)
    card.header = Markdown(f"## {t('refused.title', setting.language)}")
    card.blocks = [t("refused.text", setting.language, marking=Markdown(label(answer.tlp)))]
    return card
