"""Markdown of several paragraphs as blocks of a paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.documents.inline import escaped
from bot.documents.paper import Block, Bullets, Heading, Paragraph, Quote
from bot.documents.visible import line, visible


def blocks_of(markdown: str, *, heading_level: int = 3) -> tuple[Block, ...]:
    """Paragraphs, lists, headings (all at `heading_level`) and code; anything else is text."""
    return tuple(_blocks(_parser().parse(visible(markdown)), heading_level))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").disable(["html_block", "reference"])


def _blocks(tokens: list[Token], level: int) -> Iterator[Block]:
    items: list[str] = []
    depth = 0
    heading = numbered = False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                if not depth:
                    numbered = token.type.startswith("ordered")
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
                if not depth:
                    yield Bullets(tuple(items), numbered=numbered)
                    items = []
            case "list_item_open":
                items.append("")
            case "heading_open" | "heading_close":
                heading = token.nesting == 1
            case "inline" if depth:
                items[-1] = f"{items[-1]} {token.content}".strip()
            case "inline" if heading:
                yield Heading(line(token.content), level)
            case "inline":
                yield Paragraph(token.content)
            case "fence" | "code_block" if depth:
                items[-1] = f"{items[-1]} {escaped(token.content)}".strip()
            case "fence" | "code_block":
                yield Quote(token.content.rstrip("\n"))
            case _:
                continue
