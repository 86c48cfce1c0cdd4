"""Pictures as they are drawn: real PNGs, measured."""

from __future__ import annotations

import builtins
import io
import itertools
import threading
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.advice.assessment import assess
from bot.advice.ladder import phases_of
from bot.documents.extras import MissingExtra
from bot.documents.pictures import (
    Bar,
    ColumnPanel,
    LadderRung,
    LadderSign,
    Picture,
    Words,
    bars_picture,
    colours,
    columns_picture,
    ladder_picture,
)
from bot.documents.pictures.canvas import HEIGHT, LEADING, MOST_ALT, SHARPNESS, WIDTH, Canvas
from bot.documents.pictures.columns import scale
from bot.knowledge.reading import load
from bot.knowledge.snapshot import Snapshot

HOSTILE = [
    "$x^2$ and $\\frac{1}{2}$",
    "\\frac{a}{b}",
    "$",
    "$$",
    "100 % of $5 and $6",
    "{count} %s {0.__class__}",
    "_under_ ^up^ ~ # & \\\\",
    "a" * 300,
    "Lielvārdes ķirši, šūpoles un ģīmis",
    "Žąsų ėdžios, įlankų ūkai",
    "Õöäü šž",
    "Подъём, щётка, ґанок, їжак, є",
    "\u202eright to left\u202c \x00\x1b[2J\ttab\nline",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 漢字 🦓",
    "",
    "   ",
]


@cache
def sheet() -> Canvas:
    """A canvas to measure on."""
    return Canvas()


@cache
def shipped() -> Snapshot:
    loaded = load(Path(__file__).parents[3] / "knowledge")
    assert loaded.readable is not None
    return loaded.readable


def pixels(picture: Picture) -> np.ndarray[Any, Any]:
    image = Image.open(io.BytesIO(picture.png))
    image.load()
    assert image.format == "PNG"
    if image.mode == "RGBA":
        assert image.getextrema()[3] == (255, 255), "the panel must be opaque"
    return np.asarray(image.convert("RGB"))


def rgb(colour: str) -> tuple[int, int, int]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))  # type: ignore[return-value]


def share(picture: Picture, colour: str) -> float:
    """Share of the pixels that have exactly this colour."""
    return float((pixels(picture) == rgb(colour)).all(axis=2).mean())


def rungs(count: int = 3, text: str = "A sign is seen", seen: int = 2) -> list[LadderRung]:
    return [
        LadderRung(
            str(level),
            f"Phase {level}: {text}",
            f"{seen} of 6",
            tuple(LadderSign(text, 1 + n % 3, n < seen) for n in range(6)),
            here=level == count,
        )
        for level in range(1, count + 1)
    ]


def ladder(words: Words, steps: list[LadderRung], tlp: str = "clear") -> Picture:
    return ladder_picture(words, steps, tlp=tlp, here="Here", more="{count} more", name="l.png")


def every_kind(text: str) -> list[Picture]:
    words = Words(text or "Title", text, text)
    return [
        ladder(words, rungs(text=text)),
        bars_picture(words, [Bar(text, 3, text[:20]), Bar("b", 0, "0")], name="b.png"),
        columns_picture(words, [ColumnPanel(text, ((text[:12], 3), ("b", 0)))], name="c.png"),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_label_is_drawn_as_it_is(text: str) -> None:
    for picture in every_kind(text):
        found = pixels(picture)
        assert found.shape[1] == WIDTH * SHARPNESS
        assert 240 * SHARPNESS <= found.shape[0] <= HEIGHT * SHARPNESS
        assert share(picture, colours.PANEL) > 0.05
        sample = found[::3, ::3].astype(int) @ (1, 256, 65536)
        assert len(np.unique(sample)) > 20, "blank"
        assert len(picture.alt) <= MOST_ALT


def test_a_formula_is_not_interpreted() -> None:
    canvas = Canvas()
    as_written = canvas.measure("$x^2$", 20)
    letters = sum(canvas.measure(letter, 20) for letter in "$x^2$")
    assert as_written == pytest.approx(letters, rel=0.15)
    one = bars_picture(Words("$x$"), [Bar("a", 1, "1")], name="a.png")
    other = bars_picture(Words("x"), [Bar("a", 1, "1")], name="a.png")
    assert (pixels(one) != pixels(other)).any()


def test_text_and_marks_stand_out_from_every_ground() -> None:
    for ground in (colours.PANEL, colours.CARD, colours.STRONG_CARD):
        assert colours.contrast(colours.TEXT, ground) >= 7
        assert colours.contrast(colours.QUIET, ground) >= 4.5
        assert colours.contrast(colours.SIGNAL, ground) >= 4.5
    assert colours.contrast(colours.ON_SIGNAL, colours.SIGNAL) >= 4.5
    for text in colours.MARKINGS.values():
        assert colours.contrast(text, colours.MARKING_GROUND) >= 4.5
    assert colours.contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_the_contrast_that_is_promised_is_in_the_file() -> None:
    picture = ladder(Words("A title of some length"), rungs())
    found = pixels(picture)
    title = found[20 * SHARPNESS : 56 * SHARPNESS, 28 * SHARPNESS : 400 * SHARPNESS]
    brightest = title.reshape(-1, 3)[title.sum(axis=2).argmax()]
    darkest = title.reshape(-1, 3)[title.sum(axis=2).argmin()]

    def as_hex(colour: Any) -> str:
        return "#" + "".join(f"{int(part):02X}" for part in colour)

    assert colours.contrast(as_hex(brightest), as_hex(darkest)) >= 7


def test_colours_of_tlp_mean_a_marking_alone() -> None:
    own = {
        value
        for name, value in vars(colours).items()
        if name.isupper() and isinstance(value, str) and name != "MARKING_GROUND"
    }
    assert not own & set(colours.MARKINGS.values())
    without = bars_picture(Words("T"), [Bar("a", 1, "1", second=True)], name="b.png")
    for colour in set(colours.MARKINGS.values()) - {"#FFFFFF"}:
        assert share(without, colour) == 0
    for tlp, colour in colours.MARKINGS.items():
        assert share(ladder(Words("T"), rungs(), tlp), colour) > 0


def test_colour_is_never_the_only_sign() -> None:
    """Observed indicators are filled, others outlined; a second series is hatched: seen as grey."""

    def grey(picture: Picture) -> np.ndarray[Any, Any]:
        return np.asarray(Image.open(io.BytesIO(picture.png)).convert("L")).astype(int)

    plain = bars_picture(Words("T"), [Bar("a", 1, "1")], name="b.png")
    second = bars_picture(Words("T"), [Bar("a", 1, "1", second=True)], name="b.png")
    inside = (slice(150, 190), slice(1100, 1600))
    assert grey(plain)[inside].std() < 1
    assert grey(second)[inside].std() > 10
    none, all_seen = ladder(Words("T"), rungs(seen=0)), ladder(Words("T"), rungs(seen=6))
    assert abs(grey(none) - grey(all_seen)).max() > 60


@pytest.mark.parametrize("count", range(1, 11))
def test_any_number_of_rungs_has_room(count: int) -> None:
    picture = ladder(Words("Title", "Subtitle", "Footnote"), rungs(count))
    assert pixels(picture).shape == (HEIGHT * SHARPNESS, WIDTH * SHARPNESS, 3)
    assert share(picture, colours.SIGNAL) > 0


@pytest.mark.parametrize("count", [0, 1, 5, 12])
def test_any_number_of_bars_has_room(count: int) -> None:
    bars = [Bar("A rather long name of an entry " * 4, n, str(n)) for n in range(count)]
    pixels(bars_picture(Words("T"), bars, name="b.png"))


def test_without_rungs_or_columns_there_is_still_a_picture() -> None:
    pixels(ladder(Words("T"), []))
    pixels(columns_picture(Words("T"), [], name="c.png"))
    pixels(columns_picture(Words("T"), [ColumnPanel("P", ())], name="c.png"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.text(max_size=200), st.sampled_from(HOSTILE)),
    st.integers(40, 600),
    st.integers(20, 120),
    st.booleans(),
)
def test_wrapped_text_fits_its_box(text: str, width: int, height: int, bold: bool) -> None:
    canvas = sheet()
    lines, size = canvas.fit(text, width, height, 27, 12, bold=bold)
    assert all(canvas.measure(line, size, bold=bold) <= width for line in lines)
    assert len(lines) == 1 or len(lines) * size * LEADING <= height


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.integers(60, 600))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    from bot.documents.pictures.canvas import drawable

    wrapped = "".join(sheet().wrap(text, width, 14))
    assert wrapped.replace(" ", "") == "".join(drawable(text).split())


def test_the_title_is_inside_the_panel_however_long_it_is() -> None:
    picture = ladder(Words("W" * 400, "M" * 400, "Q" * 400), rungs(), "amber+strict")
    found = pixels(picture)
    edge = 6 * SHARPNESS
    text = np.array(rgb(colours.TEXT))
    for strip in (found[:edge], found[-edge:], found[:, :edge], found[:, -edge:]):
        assert not (strip == text).all(axis=2).any()


def test_names_under_columns_do_not_overlap() -> None:
    days = tuple((f"2026-11-{day:02}", day) for day in range(1, 31))
    picture = columns_picture(Words("T"), [ColumnPanel("By day", days)], name="c.png")
    found = pixels(picture)
    band = found[-(18 + 17) * SHARPNESS : -18 * SHARPNESS]
    lit = (abs(band.astype(int) - np.array(rgb(colours.PANEL))).sum(axis=2) > 60).any(axis=0)
    runs = [len(list(group)) for on, group in itertools.groupby(lit[20:-20]) if not on]
    gaps = [run for run in runs if run >= 8 * SHARPNESS]
    assert len(gaps) >= 5, "names run into one another"


@given(st.integers(0, 10**9))
def test_the_scale_is_round_and_reaches_the_highest_value(most: int) -> None:
    steps = scale(most)
    assert steps[0] == 0
    assert steps[-1] >= most
    assert 3 <= len(steps) <= 5
    assert len({b - a for a, b in itertools.pairwise(steps)}) == 1


@pytest.mark.parametrize("language", ["en", "et", "lv", "lt", "ru", "uk", "pl", "de", "fr"])
def test_no_label_of_the_shipped_ladder_is_cut(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    real = Canvas.text

    def noted(self: Canvas, x: float, y: float, text: str, size: float, **style: Any) -> float:
        width = real(self, x, y, text, size, **style)
        left = {"left": x, "center": x - width / 2, "right": x - width}[style.get("align", "left")]
        assert left > 0
        assert left + width < WIDTH, text
        drawn.append(text)
        return width

    monkeypatch.setattr(Canvas, "text", noted)
    snapshot = shipped()
    for phase in (None, *phases_of(snapshot)):
        seen = [item.id for item in phase.indicators] if phase else []
        found = assess(snapshot, seen, language=language)
        steps = [
            LadderRung(
                str(rung.level),
                rung.title,
                f"{len(rung.observed)} of {len(rung.signs)} indicators, weight {rung.seen}",
                tuple(LadderSign(sign.text, sign.weight, sign.seen) for sign in rung.signs),
                rung.id == found.phase,
            )
            for rung in found.rungs
        ]
        ladder(Words(found.phase_title or "No phase yet"), steps, found.tlp)
    assert drawn
    assert not [text for text in drawn if text.endswith("…")]


def test_the_text_alternative_says_what_the_picture_shows() -> None:
    told = ladder(Words("Phase two", "Moderate"), rungs(2)).alt
    assert told.startswith("Phase two. Moderate.")
    assert "(Here)" in told
    assert told.count("A sign is seen.") == 4
    bars = bars_picture(Words("T"), [Bar("Law", 3, "3 (60%)")], name="b.png").alt
    assert "Law: 3 (60%)." in bars
    columns = columns_picture(Words("T"), [ColumnPanel("P", (("08", 3), ("09", 0)))], name="c.png")
    assert "P: 08 3." in columns.alt


def test_threads_draw_at_the_same_time_and_get_the_same() -> None:
    expected = ladder(Words("Title"), rungs()).png
    drawn: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: drawn.append(ladder(Words("Title"), rungs()).png))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [expected] * 4


def test_no_window_library_is_loaded() -> None:
    import sys

    every_kind("x")
    assert "matplotlib.pyplot" not in sys.modules


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == "matplotlib":
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"redline-bot\[documents\]") as caught:
        ladder(Words("T"), rungs())
    assert caught.value.extra == "documents"
