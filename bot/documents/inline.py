"""Markdown of one paragraph as runs of text: nothing but emphasis, code and links to the web."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.documents.visible import is_marking, line, visible

SCHEMES = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
"""What a link may lead to: a page or a mailbox, never a script or a file."""

LONGEST_LINK = 2000

_ACTIVE = re.compile(r"([\\`*_\[\]<>&!~])")
_HOST = re.compile(r"(?:https?://|www\.)([\w.-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `link` is an address, or empty. A `\\n` breaks the line."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


def runs(markdown: str) -> tuple[Run, ...]:
    """The runs of one paragraph; blank lines and line breaks inside it count as spaces.

    HTML, pictures and links that don't lead to the web are text like any other.
    """
    text = " ".join(visible(markdown).split("\n"))
    found = _merged(_runs(_parser().parseInline(text)[0].children or []))
    if is_marking("".join(run.text for run in found)):
        return (Run("“"), *found, Run("”"))
    return found


def plain(text: str) -> tuple[Run, ...]:
    """A plain text as a single run; none for an empty one."""
    return (Run(visible(text)),) if text else ()


def escaped(text: str) -> str:
    """A plain text as Markdown that reads exactly as it: for what people typed."""
    return _ACTIVE.sub(r"\\\1", line(text))


def text_of(markdown: str) -> str:
    """What is read of a paragraph's Markdown."""
    return "".join(run.text for run in runs(markdown))


def is_web_link(address: str) -> bool:
    return len(address) <= LONGEST_LINK and SCHEMES.fullmatch(address) is not None


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(["html_inline", "image", "autolink"])
    # The library refuses some addresses by leaving the link out; here every link is parsed, and
    # what may not lead anywhere is shown beside its text.
    parser.validateLink = _any_address  # type: ignore[method-assign]
    return parser


def _any_address(url: str) -> bool:
    return bool(url)


def _runs(tokens: list[Token]) -> list[Run]:
    out: list[Run] = []
    bold = italic = 0
    links: list[tuple[str, int]] = []
    for token in tokens:
        style = Run("", bold=bold > 0, italic=italic > 0, link=links[-1][0] if links else "")
        if not is_web_link(style.link):
            style = replace(style, link="")
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                links.append((str(token.attrGet("href") or ""), len(out)))
            case "link_close":
                address, start = links.pop()
                shown = "".join(run.text for run in out[start:])
                if not is_web_link(address) or _poses_as_another(shown, address):
                    out.append(replace(style, text=f" ({visible(address)})"))
            case "code_inline":
                out.append(replace(style, text=_one_line(token.content), code=True))
            case "softbreak":
                out.append(replace(style, text=" "))
            case "hardbreak":
                out.append(replace(style, text="\n"))
            case _:
                out.append(replace(style, text=_one_line(token.content)))
    return out


def _one_line(text: str) -> str:
    """Entities such as `&#10;` bring in what the Markdown around them was already rid of."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def _poses_as_another(shown: str, address: str) -> bool:
    """Whether the words of a link name another site than the one that it leads to."""
    hosts = {found.lower() for found in _HOST.findall(shown)}
    return any(host not in address.lower() for host in hosts)


def _merged(found: list[Run]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for run in found:
        if not run.text:
            continue
        if merged and replace(merged[-1], text="") == replace(run, text=""):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)
