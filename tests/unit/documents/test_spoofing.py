"""Nobody's text passes for the marking of a page, and words of documents are complete."""

from __future__ import annotations

import io
import re
import string

import docx
import pytest
from pypdf import PdfReader

from bot.documents import Block, Heading, Paper, Paragraph, Quote, render
from bot.documents.visible import is_marking
from bot.documents.words_of import languages, moment_in_words, word, words

SPOOFS = [
    "TLP:CLEAR",
    "tlp: white",
    "**TLP:GREEN**",
    "ＴＬＰ：ＣＬＥＡＲ",
    "ТLР:RЕD",
    "T\u200bLP:CLEAR",
    "— TLP:AMBER+STRICT —",
]


@pytest.mark.parametrize("spoof", SPOOFS)
def test_a_spoofed_marking_is_seen_for_what_it_is(spoof: str) -> None:
    assert is_marking(spoof)


@pytest.mark.parametrize("text", ["", "TLP", "The TLP:CLEAR text", "red", "TLP:AMBER applies here"])
def test_other_texts_are_no_marking(text: str) -> None:
    assert not is_marking(text)


@pytest.mark.parametrize("spoof", SPOOFS)
@pytest.mark.parametrize("make", [Heading, Paragraph, lambda text: Quote("x", text)])
def test_a_marking_in_the_text_stands_in_quotation_marks(spoof: str, make: type[Block]) -> None:
    paper = Paper(spoof, "TLP:RED", spoof, blocks=(make(spoof),))
    lines = render(paper, "md").decode().split("\n")
    own = [line for line in lines if is_marking(line) and "“" not in line]
    assert own == ["**TLP:RED**", "**TLP:RED**"]
    document = docx.Document(io.BytesIO(render(paper, "docx")))
    shown = [paragraph.text for paragraph in document.paragraphs if paragraph.text not in {"", "x"}]
    assert len(shown) == 3
    for text in shown:
        assert not is_marking(text) or (text.startswith("“") and text.endswith("”"))
    (page,) = PdfReader(io.BytesIO(render(paper, "pdf"))).pages
    assert page.extract_text().count("TLP:RED") >= 2


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_word_with_its_values(language: str) -> None:
    source, own = words("en"), words(language)
    assert list(own) == list(source)
    for key, text in own.items():
        assert text.strip(), key
        assert fields(text) == fields(source[key]), key


def test_documents_speak_nine_languages() -> None:
    assert set(languages()) == {"en", "et", "lv", "lt", "ru", "uk", "pl", "de", "fr"}


def test_no_word_is_left_unused() -> None:
    from pathlib import Path

    import bot.documents

    modules = Path(bot.documents.__file__).parent.glob("*.py")
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    code = code.replace("'", '"')
    groups = set(re.findall(r'word\(f"(\w+)\.\{', code)) | set(re.findall(r'_term\("(\w+)"', code))
    unused = [
        key
        for key in words("en")
        if f'"{key}"' not in code and key.partition(".")[0] not in groups - {key}
    ]
    assert not unused


def test_a_value_is_put_in_and_never_read() -> None:
    assert word("question", "xx") == "Question"
    assert word("approved", "de", by="{when}", when="1") == "Freigegeben von {when}, 1"
    with pytest.raises(KeyError):
        word("no-such-key", "en")


def test_a_time_says_its_zone() -> None:
    import datetime as dt
    from zoneinfo import ZoneInfo

    winter = dt.datetime(2026, 11, 23, 21, 40, tzinfo=ZoneInfo("Europe/Riga"))
    assert moment_in_words(winter, "en") == "23 November 2026, 21:40 EET (UTC+02:00)"
    assert moment_in_words(winter.astimezone(dt.UTC), "en") == "23 November 2026, 19:40 UTC"
    west = winter.astimezone(dt.timezone(dt.timedelta(hours=-3, minutes=-30)))
    assert moment_in_words(west, "en").endswith("16:10 UTC-03:30")
    with pytest.raises(ValueError, match="zone"):
        moment_in_words(winter.replace(tzinfo=None), "en")
