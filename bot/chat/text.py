"""Every word that the bot says in Discord: catalogues by language, and text made safe to show."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

import discord
import yaml
from discord import app_commands

from bot.advice.messages.cleaning import BLANK_LETTERS, STACKED

CATALOGUES = Path(__file__).parent / "catalogues"
SOURCE = "en"
"""The language that all others are translated from, and that stands in for a missing key."""

# Discord has no locale for Estonian and Latvian: those come from the server's own setting.
LOCALES: Mapping[discord.Locale, str] = MappingProxyType(
    {
        discord.Locale.lithuanian: "lt",
        discord.Locale.russian: "ru",
        discord.Locale.ukrainian: "uk",
        discord.Locale.polish: "pl",
        discord.Locale.german: "de",
        discord.Locale.french: "fr",
    }
)
"""Language by Discord locale. English is what remains."""

# Invisible characters reorder or hide text: nobody types them on purpose in a question.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
_BLANK = re.compile(f"[{''.join(sorted(BLANK_LETTERS))}\u034f]")
_MARKUP = re.compile(r"([\\*_~|`<>\[\]])")
_LINE_START = re.compile(r"^(\s*)([#+\-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_SCHEME = re.compile(r"(?<=\w):(?=//)")
_BACKTICK_PAIR = re.compile(r"`(?=`)")
_MENTION_START = re.compile(r"<(?=[@#:/a-zA-Z])")


class Markdown(str):
    """Text that is already Discord Markdown: `t` puts it in as it is and escapes all else."""

    __slots__ = ()


def visible(text: str) -> str:
    """The text without invisible, reordering or control characters; line breaks stay.

    Of marks stacked on one letter two are left: more belong to no language here and smear over
    the lines above.
    """
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return STACKED.sub(r"\1", _BLANK.sub("", text))


def safe(text: str) -> Markdown:
    """Plain text as Markdown that shows exactly it: nothing formats, links, pings or hides."""
    escaped = _MARKUP.sub(r"\\\1", visible(text))
    escaped = _LINE_START.sub(_escape_line_start, escaped)
    escaped = _SCHEME.sub(r"\\:", escaped)
    return Markdown(escaped.replace("@", "@\u200b"))


def _escape_line_start(found: re.Match[str]) -> str:
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def safe_line(text: str) -> Markdown:
    """As `safe`, on one line."""
    return safe(" ".join(visible(text).split()))


def quote(text: str) -> Markdown:
    """What somebody wrote, as a quotation: every line is marked as theirs, none passes for ours."""
    return Markdown("\n".join(f"> {line}" for line in safe(text.strip()).split("\n")))


def prose(markdown: str) -> Markdown:
    """Markdown from the knowledge base: its formatting stays, but nothing in it can mention."""
    text = _MENTION_START.sub(r"\\<", visible(markdown))
    return Markdown(text.replace("@", "@\u200b"))


def code_blocks(text: str, limit: int) -> list[Markdown]:
    """The text word for word in as many blocks as it takes, of at most `limit` units each."""
    blocks: list[Markdown] = []
    rest = visible(text)
    while rest:
        end = min(len(rest), limit)
        while end > 1 and units(code_block(rest[:end])) > limit:
            end -= max(1, (units(code_block(rest[:end])) - limit) // 2)
        blocks.append(code_block(rest[:end]))
        rest = rest[end:]
    return blocks


def code_block(text: str) -> Markdown:
    """The text word for word in a block to copy from; no fence inside it can end the block."""
    inside = _BACKTICK_PAIR.sub("`\u200b", visible(text))
    return Markdown(f"```\n{inside}\n```")


def shortened(text: str, limit: int) -> str:
    """Plain text of at most `limit` units: a label that shows by its ellipsis that it goes on.

    Only for names of choices and buttons, which Discord limits; content is paged instead.
    """
    line = " ".join(visible(text).split())
    if units(line) <= limit:
        return line
    while units(line) > limit - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def units(text: str) -> int:
    """Length in UTF-16 units, the stricter of the two ways in which Discord counts."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


@cache
def languages() -> tuple[str, ...]:
    """Languages that have a catalogue, the source language first."""
    found = sorted(path.stem for path in CATALOGUES.glob("*.yaml"))
    return (SOURCE, *(language for language in found if language != SOURCE))


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language by dotted key. Raises KeyError where there is no such catalogue."""
    if language not in languages():
        raise KeyError(language)
    nested = yaml.safe_load((CATALOGUES / f"{language}.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(dict(_flat(nested, "")))


def _flat(node: object, prefix: str) -> list[tuple[str, str]]:
    if isinstance(node, dict):
        branches = cast("dict[str, object]", node)
        return [
            pair
            for key, child in branches.items()
            for pair in _flat(child, f"{prefix}.{key}" if prefix else str(key))
        ]
    return [(prefix, str(node))]


def slots(text: str) -> frozenset[str]:
    """Names of the values that a catalogue text takes."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def t(key: str, language: str, **values: object) -> Markdown:
    """A system text as Markdown. Values are escaped, and brought onto one line, unless they are
    `Markdown` or numbers.

    Raises KeyError for a key that the source catalogue lacks.
    """
    return Markdown(_template(key, language).format_map({k: _shown(v) for k, v in values.items()}))


def plain(key: str, language: str, **values: object) -> str:
    """A system text where Discord shows no Markdown: labels of buttons, selects and choices."""
    return _template(key, language).format_map({k: str(v) for k, v in values.items()})


def has(key: str) -> bool:
    """Whether the source catalogue has this key."""
    return key in catalogue(SOURCE)


def _template(key: str, language: str) -> str:
    if language in languages() and (text := catalogue(language).get(key)) is not None:
        return text
    return catalogue(SOURCE)[key]


def _shown(value: object) -> str:
    if isinstance(value, Markdown | int):
        return str(value)
    return safe_line(str(value))


def language_of(locale: discord.Locale) -> str:
    """The language of a Discord locale; English where we have none for it."""
    return LOCALES.get(locale, SOURCE)


def localised(key: str) -> app_commands.locale_str:
    """The name or description of a command, option or choice, from the catalogue."""
    return app_commands.locale_str(catalogue(SOURCE)[key], key=key)


class CatalogueTranslator(app_commands.Translator):
    """Gives Discord the names and descriptions of commands in the languages that it knows."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        key = string.extras.get("key")
        language = LOCALES.get(locale)
        if key is None or language is None or language not in languages():
            return None
        return catalogue(language).get(key)
