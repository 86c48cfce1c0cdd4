"""From bytes to text: size, encoding, and characters that nobody sees but the parser."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.knowledge.findings import Fault, Place

MAX_BYTES = 256 * 1024
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

INVISIBLE = {
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\x85": "a next-line character",
    "\u2060": "a word joiner",
    "\ufeff": "a byte order mark",
    "\u061c": "an Arabic letter mark",
}
INVISIBLE_PATTERN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
EMOJI_JOINER = re.compile(
    "(?<=[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])\u200d(?=[\u2600-\u27bf\U0001f300-\U0001faff])"
)
WIDE_SPACE = re.compile(
    "^[ ]*[\u00a0\u2000-\u200a\u202f\u3000]|^[ -]*[\\w-]+:[\u00a0\u2000-\u200a\u202f\u3000]"
)
TAB_INDENT = re.compile(r"^ *\t")
MOJIBAKE = re.compile(
    "[\u00c2-\u00c5\u00d0\u00d1][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text and its lines, and what was found wrong with its characters."""

    text: str
    lines: tuple[str, ...]
    faults: tuple[Fault, ...]


def place_of(text: str, index: int) -> Place:
    """Line and column of a character."""
    line, start = 1, 0
    for found in LINE_BREAK.finditer(text, 0, index):
        line, start = line + 1, found.end()
    return Place(line, index - start + 1)


def invisible_name(letter: str) -> str:
    """What to call a character that cannot be seen."""
    return INVISIBLE.get(letter, f"an invisible character (U+{ord(letter):04X})")


def decode(data: bytes) -> Source | Fault:
    """The text of a file, or the one fault that keeps it from being read at all."""
    if len(data) > MAX_BYTES:
        return Fault(
            "KB001",
            Place(1, 1),
            f"the file is larger than {MAX_BYTES // 1024} KiB",
            "split it into several entries: one entry a file",
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(
            "KB015",
            Place(1, 1),
            "the file is saved as UTF-16",
            "save it again as UTF-8 (in the editor: Save with encoding, UTF-8)",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        return Fault(
            "KB015",
            place_of(before, len(before)),
            "the file is not saved as UTF-8: this character cannot be read",
            "save it again as UTF-8 (in the editor: Save with encoding, UTF-8)",
        )
    lines = tuple(LINE_BREAK.split(text))
    faults = tuple(_unseen(text)) + tuple(_in_lines(lines))
    return Source(text, lines, faults)


def _unseen(text: str) -> list[Fault]:
    if text.isascii() and text.isprintable():
        return []
    joiners = {found.start() for found in EMOJI_JOINER.finditer(text)}
    return [
        Fault(
            "KB014",
            place_of(text, found.start()),
            f"there is {invisible_name(found.group())} here, which nobody sees",
            "delete it: remove the characters around this place and type them again",
        )
        for found in INVISIBLE_PATTERN.finditer(text)
        if found.start() not in joiners
    ]


def _in_lines(lines: tuple[str, ...]) -> list[Fault]:
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        if "\t" in line and (found := TAB_INDENT.match(line)):
            faults.append(
                Fault(
                    "KB012",
                    Place(number, found.end()),
                    "the line begins with a tab",
                    "use spaces: two for each level",
                )
            )
        if line.isascii():
            continue
        if found := WIDE_SPACE.match(line):
            faults.append(
                Fault(
                    "KB014",
                    Place(number, found.end()),
                    "this is not an ordinary space, though it looks like one",
                    "replace it by an ordinary space",
                )
            )
        if "\ufffd" in line:
            faults.append(
                Fault(
                    "KB015",
                    Place(number, line.index("\ufffd") + 1),
                    "a character was lost here when the text was converted",
                    "type the right character in place of \ufffd",
                )
            )
        elif found := MOJIBAKE.search(line):
            faults.append(
                Fault(
                    "KB019",
                    Place(number, found.start() + 1),
                    f"the letters {found.group()!r} look like text that was converted wrongly",
                    "type the right letter again, and save as UTF-8",
                )
            )
    return faults
