"""A paper as Markdown: CommonMark with tables, the marking at top and bottom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.documents.columns import rows_of
from bot.documents.inline import Run, runs
from bot.documents.paper import Block, Bullets, Heading, Paper, Paragraph, Quote, Table
from bot.documents.visible import line, no_marking, visible

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~$@]|!$)")
_ACTIVE_IN_HEADING = re.compile(r"([\\`*_\[\]<>|~$@#])")
_LINE_START = re.compile(r"^([#+=\-]|\d{1,9}(?=[.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LIVE = re.compile(r":(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
"""What some readers turn into a link by themselves."""

_BACKTICKS = re.compile("`+")
_DESTINATION = str.maketrans({"(": "%28", ")": "%29", "\\": "%5C", "<": "%3C", ">": "%3E"})


def markdown_of(paper: Paper) -> str:
    """The document; every text from outside is escaped and stays in its own line, cell or block."""
    marking = f"**{_escaped(line(paper.marking))}**"
    parts = [marking, f"# {_heading(paper.title)}"]
    if paper.subtitle:
        parts.append(f"*{_escaped(no_marking(line(paper.subtitle)))}*")
    if paper.facts:
        parts.append("\n".join(_fact(label, value) for label, value in paper.facts))
    previous: Block | None = Bullets(()) if paper.facts else None
    other = False
    for block in paper.blocks:
        # Two lists in a row would become one: another bullet starts a new list.
        alike = isinstance(block, Bullets) and isinstance(previous, Bullets)
        other = alike and not other
        parts.extend(_block(block, other_bullet=other))
        previous = block
    return "\n\n".join(part for part in [*parts, marking] if part) + "\n"


def _fact(label: str, value: str) -> str:
    return f"- **{_escaped(line(label)) or '-'}:** {_escaped(line(value))}".rstrip()


def _block(block: Block, *, other_bullet: bool) -> Iterable[str]:
    match block:
        case Heading():
            yield f"{'#' * (min(max(block.level, 1), 3) + 1)} {_heading(block.text)}".rstrip()
        case Paragraph():
            yield _inline(runs(block.text))
        case Bullets():
            yield "\n".join(_items(block, other_bullet))
        case Table():
            yield "\n".join(_table(block))
        case Quote():
            if block.caption:
                yield f"*{_escaped(no_marking(line(block.caption)))}*"
            yield _fenced(visible(block.text))


def _heading(text: str) -> str:
    # Hashes at the end of a heading would be taken for its closing marks.
    return _calm(no_marking(line(text)), _ACTIVE_IN_HEADING)


def _items(bullets: Bullets, other: bool) -> Iterable[str]:
    for place, item in enumerate(bullets.items, 1):
        mark = f"{place}{')' if other else '.'}" if bullets.numbered else "*" if other else "-"
        text = _inline(runs(item)).replace("\n", "\n" + " " * (len(mark) + 1))
        yield f"{mark} {text}".rstrip()


def _table(table: Table) -> Iterable[str]:
    yield _row(table.header)
    yield f"|{' --- |' * len(table.header)}"
    for row in rows_of(table):
        yield _row(row)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    lines = [_escaped(line(part)) for part in visible(text).split("\n")]
    return "<br>".join(part for part in lines if part)


def _fenced(text: str) -> str:
    longest = max((len(found) for found in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _escaped(text: str) -> str:
    """A plain text of one line as Markdown that shows exactly it."""
    return _calm(text, _ACTIVE)


def _calm(text: str, active: re.Pattern[str]) -> str:
    text = active.sub(r"\\\1", text)
    text = _ENTITY.sub(r"\\&", text)
    return _LIVE.sub(r"\\\g<0>", text)


def _escape_line_start(found: re.Match[str]) -> str:
    mark = found.group(1)
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def _inline(pieces: Sequence[Run]) -> str:
    out = ""
    groups = [list(group) for _, group in groupby(pieces, key=lambda run: (run.bold, run.italic))]
    for place, group in enumerate(groups):
        text = "".join(_unstyled(run) for run in group)
        following = groups[place + 1][0].text[:1] if place + 1 < len(groups) else ""
        mark = "**" if group[0].bold else "*" if group[0].italic else ""
        out += _emphasised(text, mark, out[-1:], following)
    lines = [part.strip() for part in out.split("\n")]
    return "\\\n".join(_LINE_START.sub(_escape_line_start, part) for part in lines if part)


def _unstyled(run: Run) -> str:
    if run.code:
        longest = max((len(found) for found in _BACKTICKS.findall(run.text)), default=0)
        fence = "`" * (longest + 1)
        pad = " " if run.text.startswith(("`", " ")) or run.text.endswith(("`", " ")) else ""
        text = f"{fence}{pad}{run.text}{pad}{fence}"
    else:
        text = "\n".join(_escaped(part) for part in run.text.split("\n"))
    if not run.link:
        return text
    target = _ENTITY.sub("&amp;", run.link.translate(_DESTINATION))
    return f"[{text}]({target})"


def _emphasised(text: str, mark: str, before: str, after: str) -> str:
    """The text in marks where CommonMark reads them as emphasis; else without them."""
    core = text.strip()
    if not mark or not core or "\n" in core:
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    opens = core[0].isalnum() or lead or not before.isalnum()
    closes = core[-1].isalnum() or trail or not after.isalnum()
    if (before == "*" and not lead) or not opens or not closes:
        return text
    return f"{lead}{mark}{core}{mark}{trail}"
