"""The letters of a PDF document: faces that ship with a library, and how wide a text is in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fpdf import FPDF

from bot.documents.inline import Run
from bot.documents.visible import drawable

TEXT = "text"
FIXED = "fixed"

FACES = {
    (TEXT, ""): "DejaVuSans.ttf",
    (TEXT, "B"): "DejaVuSans-Bold.ttf",
    (TEXT, "I"): "DejaVuSans-Oblique.ttf",
    (TEXT, "BI"): "DejaVuSans-BoldOblique.ttf",
    (FIXED, ""): "DejaVuSansMono.ttf",
}
"""Files by family and style."""


class Letters:
    """The faces of one document. A face is loaded when it is first used."""

    def __init__(self, document: FPDF) -> None:
        import matplotlib  # noqa: PLC0415 - slow to import

        # Its data carries free fonts with all letters of Europe: none has to be installed.
        self._folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        self._document = document
        self._known: dict[tuple[str, str], frozenset[int]] = {}
        self._widths: dict[tuple[str, str, float, str], float] = {}

    def use(self, face: tuple[str, str], size: float) -> None:
        """Choose the face and its size in points for what is drawn next."""
        self.glyphs(face)
        self._document.set_font(face[0], face[1], size)

    def width(self, text: str, face: tuple[str, str], size: float) -> float:
        """Width in millimetres of a text that has glyphs throughout."""
        key = (*face, size, text)
        if key not in self._widths:
            self.use(face, size)
            self._widths[key] = self._document.get_string_width(text)
        return self._widths[key]

    def drawable(self, text: str, face: tuple[str, str]) -> str:
        """The text with characters named that this face can't draw."""
        return drawable(text, self.glyphs(face))

    def glyphs(self, face: tuple[str, str]) -> frozenset[int]:
        """Code points that the face can draw."""
        if face not in self._known:
            self._document.add_font(face[0], face[1], self._folder / FACES[face])
            font: Any = self._document.fonts[f"{face[0]}{face[1]}"]
            self._known[face] = frozenset(font.cmap)
        return self._known[face]


def face_of(run: Run, *, bold: bool = False) -> tuple[str, str]:
    """The face for a run; `bold` where all of its paragraph is."""
    if run.code:
        return FIXED, ""
    return TEXT, ("B" if run.bold or bold else "") + ("I" if run.italic else "")
