"""Text broken into lines that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.documents.inline import Run
from bot.documents.pdf_fonts import Letters, face_of

_WORDS = re.compile(r"[^ \n]+|[ ]+|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line in one style; `width` in millimetres."""

    text: str
    face: tuple[str, str]
    width: float
    link: str


Line = tuple[Piece, ...]


def lines(
    pieces: Sequence[Run], room: float, size: float, letters: Letters, *, bold: bool = False
) -> list[Line]:
    """The runs in lines at most `room` millimetres wide; at least one line, if an empty one.

    A word wider than a line is broken where it must be; nothing is left out but the space at
    which a line breaks.
    """
    breaker = _Breaker(room, size, letters)
    for run in pieces:
        face = face_of(run, bold=bold)
        text = letters.drawable(run.text.replace("\t", "    "), face)
        for found in _WORDS.finditer(text):
            breaker.put(found.group(), face, run.link)
    return breaker.finish()


class _Breaker:
    def __init__(self, room: float, size: float, letters: Letters) -> None:
        self.room, self.size, self.letters = room, size, letters
        self.done: list[Line] = []
        self.line: list[Piece] = []
        self.word: list[Piece] = []

    def put(self, text: str, face: tuple[str, str], link: str) -> None:
        """The next word or the next spaces. Words of two styles without a space stay together."""
        if text == "\n":
            self._end_word()
            self._end_line()
        elif text.startswith(" "):
            self._end_word()
            space = self._piece(text, face, link)
            if _width(self.line) + space.width > self.room:
                self._end_line()
            else:
                self.line.append(space)
        else:
            self.word.append(self._piece(text, face, link))

    def finish(self) -> list[Line]:
        self._end_word()
        self._end_line()
        return self.done

    def _piece(self, text: str, face: tuple[str, str], link: str) -> Piece:
        return Piece(text, face, self.letters.width(text, face, self.size), link)

    def _end_word(self) -> None:
        word, self.word = self.word, []
        if not word:
            return
        if _width(self.line) + _width(word) > self.room and self._has_words():
            self._end_line()
        for piece in word:
            for part in self._fitting(piece):
                if _width(self.line) + part.width > self.room and self.line:
                    self._end_line()
                self.line.append(part)

    def _has_words(self) -> bool:
        return any(piece.text.strip() for piece in self.line)

    def _fitting(self, piece: Piece) -> Iterable[Piece]:
        """The piece, in parts that each fit into a line."""
        if piece.width <= self.room:
            yield piece
            return
        part = ""
        for letter in piece.text:
            if part and self.letters.width(part + letter, piece.face, self.size) > self.room:
                yield self._piece(part, piece.face, piece.link)
                part = ""
            part += letter
        yield self._piece(part, piece.face, piece.link)

    def _end_line(self) -> None:
        while self.line and not self.line[-1].text.strip(" "):
            self.line.pop()
        self.done.append(_merged(self.line))
        self.line = []


def _width(pieces: Sequence[Piece]) -> float:
    return sum(piece.width for piece in pieces)


def _merged(pieces: Sequence[Piece]) -> Line:
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and (last.face, last.link) == (piece.face, piece.link):
            merged[-1] = Piece(
                last.text + piece.text, last.face, last.width + piece.width, last.link
            )
        else:
            merged.append(piece)
    return tuple(merged)
