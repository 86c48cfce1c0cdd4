"""Hostile text, and what must hold of everything that the bot sends after it was given some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from chat_world import World
from hypothesis import strategies as st

from bot.advice.messages.cleaning import spoofed_marking
from bot.chat.text import units, visible

ID = "999000111"
"""Of nobody and nothing here: where it is alive in an answer, a person's words made it so."""

MENTIONS = (
    f"<@{ID}>", f"<@!{ID}>", f"<@&{ID}>", f"<#{ID}>", f"</ask:{ID}>", f"<:wave:{ID}>",
    f"<a:wave:{ID}>", f"<t:{ID}:R>", "<id:customize>", "@everyone", "@here", "@\u200beveryone",
    f"\\<@{ID}>", f"<\u200b@{ID}>",
)  # fmt: skip
LINKS = (
    "[the statement](https://evil.example)", "[x](<https://evil.example>)", "https://evil.example",
    "<https://evil.example>", "javascript:alert(1)", "[x](javascript:alert(1))",
    "[https://nato.int](https://evil.example 'title')", "\\[x](https://evil.example)",
)  # fmt: skip
MARKUP = (
    "`", "``", "```", "````", "```ansi\n\x1b[2;31mred\x1b[0m\n```", "~~~\nblock\n~~~",
    "||spoiler||", "# Heading", "## Heading", "-# Small", "> quoted", ">>> all the rest",
    "* point", "- point", "1. first", "**bold**", "__under__", "~~gone~~", "\\",
    "\\`\\`\\`", "\\\\`",
)  # fmt: skip
UNSEEN = (
    "\u200b", "\u200d", "\ufeff", "\u202etxet desrever\u202c", "\u2066x\u2069", "\u00ad", "\x00",
    "\x1b[2J", "\x9b31m", "\x07", "\ud800", "\udfff", "\u3164", "\u2800", "a" + "\u0301" * 40,
    "\U000e0041", "\ufe0f",
)  # fmt: skip
FORMATS = ("{0.__class__}", "{user}", "{count!r}", "{", "}", "%s %n %(x)s", "${HOME}", "{{7*7}}")
FORMULAS = (
    '=HYPERLINK("https://evil.example","x")', "+1+1", "-2+3", "@SUM(1)", "=cmd|' /C calc'!A0",
    "\t=1+1", "＝1+1",
)  # fmt: skip
DATA = ('{"tlp": "red"}', "id: x\nkind: analysis", "- !!python/object:os.system", '","","', "\r\n")
MARKINGS = (
    "TLP:CLEAR", "TLP:RED", "**TLP:CLEAR**", "ＴＬＰ：ＣＬＥＡＲ", "ТLР:СLЕАR",
    "-# TLP:CLEAR · Analysis",
    "APPROVED by the Head of Press, 2026-11-20 10:00 UTC", "Approved by: the Minister",
    "УТВЕРЖДЕНО", "FREIGEGEBEN",
)  # fmt: skip
BREAKS = ("\n", "\n\n", "\r", "\r\n", "\u2028", "\u0085", "\x0b", " ", "")

ATOMS = (
    *MENTIONS, *LINKS, *MARKUP, *UNSEEN, *FORMATS, *FORMULAS, *DATA, *MARKINGS,
    "The presence is negotiable.", "why does the demand come now",
)  # fmt: skip


TEXTS = 9


@st.composite
def hostile(draw: st.DrawFn, longest: int = 4000) -> str:
    """Words of a person who means harm: one character up to `longest` of them."""
    parts = draw(st.lists(st.sampled_from(ATOMS), min_size=1, max_size=7))
    text = "".join(part + draw(st.sampled_from(BREAKS)) for part in parts)
    text += draw(st.text(st.characters(exclude_categories=()), max_size=12))
    size = draw(st.sampled_from(("as it is", "as it is", "one character", "full")))
    if size == "one character":
        return draw(st.sampled_from(text))
    if size == "full":
        text *= -(-longest // len(text))
    return text[:longest]


EVERY_ATOM = tuple(
    ("It is so.\n" if start % 2 else "") + "\n".join(ATOMS[start::TEXTS]) for start in range(TEXTS)
)
"""All of it, a few at a time: what random choice leaves out is thrown too."""

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e0fff]"
)
LIVE = re.compile(r"(?<!\\)(?:\\\\)*<(?:@[!&]?|#|/|a?:|t:|id:)[^>\s]{0,80}>")
LINKED = re.compile(r"(?<!\\)(?:\\\\)*\]\(([^)\s]*)")
STACK = re.compile("[\u0300-\u036f]{3}")


def unescaped(markdown: str) -> str:
    """What Discord shows of escaped text."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace("\u200b", "")


class Watch:
    """What the bot has sent since a moment, in whatever way it sent it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.begin = len(world.env.http_requests)

    def bodies(self) -> list[dict[str, Any]]:
        """Messages, forms and lists of choices, as they went to Discord."""
        found: list[dict[str, Any]] = []
        for sent in self.world.env.http_requests[self.begin :]:
            body = sent.json if isinstance(sent.json, dict) else {}
            data = body.get("data") or body
            if isinstance(data, dict):
                found.append(data)
        return found

    def check(self, *written: str, called: Sequence[str] = ()) -> str:
        """Raises AssertionError for anything hostile that came alive; returns all text sent.

        `called` are the ids of those whom a message may call.
        """
        everything: list[str] = []
        for data in self.bodies():
            if "components" in data and "custom_id" not in data:
                check_pings(data, called)
            if "content" in data or "embeds" in data:
                assert not data.get("content"), "content beside components"
                assert not data.get("embeds")
            texts = list(contents(data.get("components") or ()))
            assert sum(map(units, texts)) <= 4000
            for text in texts:
                check_text(text, written)
            for label, limit in labels(data):
                check_label(label, limit)
            everything += texts
        return "\n".join(everything)


def check_pings(data: dict[str, Any], called: Sequence[str]) -> None:
    allowed = data.get("allowed_mentions")
    assert allowed is not None, "Discord's default would ping whoever is mentioned"
    assert not allowed.get("parse"), allowed
    assert not allowed.get("roles"), allowed
    assert {str(one) for one in allowed.get("users") or ()} <= set(called), allowed


def contents(components: Iterable[Any]) -> Iterable[str]:
    """Text of all text components."""
    for component in components:
        if component.get("type") == 10:
            yield component["content"]
        for key in ("components", "component", "accessory"):
            inner = component.get(key)
            if inner:
                yield from contents(inner if isinstance(inner, list) else [inner])


def labels(data: Any) -> Iterable[tuple[str, int]]:
    """Short texts without Markdown, with what Discord takes of each."""
    if isinstance(data, list):
        for each in data:
            yield from labels(each)
    elif isinstance(data, dict):
        kind = data.get("type")
        limits = {
            "label": 45 if kind == 18 else 80 if kind == 2 else 100,
            "placeholder": 150 if kind == 3 else 100,
            "description": 100 if kind is not None else 1024,
            "title": 45,
            "name": 100,
        }
        for key, value in data.items():
            if isinstance(value, str) and key in limits:
                yield value, limits[key]
            elif isinstance(value, (dict, list)) and key != "allowed_mentions":
                yield from labels(value)


def check_label(label: str, limit: int) -> None:
    assert units(label) <= limit, label
    assert not STEERING.search(label), repr(label)
    assert "\n" not in label, repr(label)
    assert not STACK.search(label), repr(label)


def check_text(text: str, written: Sequence[str]) -> None:
    """One block of Markdown, in which people's words stay words."""
    assert not STEERING.search(text), repr(text)
    assert not STACK.search(text), repr(text)
    assert text.count("```") % 2 == 0, text
    outside = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    for live in LIVE.findall(outside):
        assert ID not in live, text
        assert "customize" not in live, text
    assert not re.search(r"@(everyone|here)\b", outside), text
    for address in LINKED.findall(outside):
        assert "evil" not in address, text
        assert "javascript" not in address, text
    assert not re.search(r"(?<!\\)://evil", outside), text
    theirs = {
        line.strip()
        for each in written
        for line in visible(each).split("\n")
        if spoofed_marking(line)
    }
    for line in outside.split("\n"):
        assert unescaped(line).strip() not in theirs, f"reads as the card's own: {line!r} in {text}"
