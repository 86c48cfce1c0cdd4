"""The reader: values as written, hostile files, and syntax errors in plain words."""

from __future__ import annotations

import pytest

from bot.knowledge.yaml.composing import MAX_DEPTH
from bot.knowledge.yaml.reader import read
from bot.knowledge.yaml.text import MAX_BYTES


def codes(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [fault.code for fault in read(data).faults]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("~", None),
        ("null", None),
        ("", None),
        ("12:30", "12:30"),
        ("0123", "0123"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2026-11-23", "2026-11-23"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 5000, "9" * 5000),
        ("=", "="),
        ('"true"', "true"),
        ("'12'", "12"),
        ('"no"', "no"),
    ],
)
def test_scalars_follow_yaml_1_2(written: str, value: object):
    document = read(f"key: {written}\n".encode())
    assert document.faults == []
    assert document.data == {"key": value}
    assert type(document.data["key"]) is type(value)


def test_places_count_from_one_and_name_keys_and_values():
    document = read("a: 1\nb:\n  - x: ää\n    y: two\n".encode())
    assert document.place(("b", 0, "y")) == document.spots[("b", 0, "y")].value
    assert (document.place(("b", 0, "y")).line, document.place(("b", 0, "y")).column) == (4, 8)
    assert document.place(("b", 0, "y"), key=True).column == 5
    assert document.place(("b", 0, "missing", "deeper")).line == 3


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_line_breaks_and_byte_order_mark_are_harmless(break_: str):
    data = b"\xef\xbb\xbf" + break_.join(["a: 1", "b: two", ""]).encode()
    document = read(data)
    assert document.faults == []
    assert document.data == {"a": 1, "b": "two"}
    assert document.place(("b",)).line == 2


@pytest.mark.parametrize(
    ("text", "line", "column", "part", "data"),
    [
        ("title: Baltic: myth", 1, 14, "': '", {"title": "Baltic: myth"}),
        ("text: 'it's'\nb: 1", 1, 11, "closing quotation mark", {"text": "it's", "b": 1}),
        ("a: @here\nb: 1", 1, 4, "'@'", {"a": "@here", "b": 1}),
        ("a: %s of it\nb: 1", 1, 4, "'%'", {"a": "%s of it", "b": 1}),
        ("a: `x`\nb: 1", 1, 4, "'`'", {"a": "`x`", "b": 1}),
        ("a: [draft] hello\nb: 1", 1, 4, "'['", {"a": "[draft] hello", "b": 1}),
        ("a: {name} says\nb: 1", 1, 4, "'{'", {"a": "{name} says", "b": 1}),
        ("a: **Bold** x\nb: 1", 1, 4, "'*'", {"a": "**Bold** x", "b": 1}),
        ('a: "open\nb: 2', 1, 4, "not closed", {"a": "open", "b": 2}),
        ("a: [1, 2\nb: 3", 1, 4, "not closed", {"a": [1, 2], "b": 3}),
        ("a:b\nc: d", 1, 3, "space is missing", {"a": "b", "c": "d"}),
        ("a:\n  - x\n  -z\nb: 1", 3, 4, "space is missing", {"a": ["x", "z"], "b": 1}),
        ("a: x\n  c: z\nb: 1", 2, 3, "column 3", {"a": "x", "c": "z", "b": 1}),
        ("a: |text\n  more\nb: 1", 1, 5, "same line", {"a": "text", "b": 1}),
        ("a: - x\nb: 1", 1, 4, "behind its key", {"a": "- x", "b": 1}),
        ('a: "x\\d"\nb: 1', 1, 6, "backslash", {"a": "x\\\\d", "b": 1}),
        ("a: |\n  text\nlost words\nb: 1", 3, 1, "'key: value'", {"a": "text\n", "b": 1}),
    ],
)
def test_syntax_error_names_its_cause_and_reading_goes_on(text, line, column, part, data):
    document = read(text.encode())
    first = next(fault for fault in document.faults if fault.code == "KB000")
    assert (first.place.line, first.place.column) == (line, column)
    assert part in first.message
    assert first.hint
    assert document.data == data


def test_all_syntax_errors_of_a_file_are_told():
    document = read(b"a: one: two\nb: @x\nc: fine\nd: 'it's'\n")
    assert [fault.place.line for fault in document.faults] == [1, 2, 4]
    assert document.data["c"] == "fine"


def test_faults_after_a_syntax_error_are_told_in_the_same_run(base):
    base.edit("law-washington-treaty", "instrument: The", "instrument: So: The")
    base.edit("law-washington-treaty", "binding: legally-binding", "binding: half")
    assert base.codes() == ["KB000", "KB103"]


def test_alias_bomb_is_refused_before_it_grows():
    bomb = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (name, name, b",".join([b"*%c" % (name - 1)] * 9))
        for name in range(ord("b"), ord("m"))
    )
    document = read(bomb)
    assert {fault.code for fault in document.faults} == {"KB002"}


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"? "])
def test_deep_nesting_ends_in_a_finding(opening: bytes):
    found = codes(b"a: " + opening * 20_000 if opening in b"[{a: " else opening * 20_000)
    assert found
    assert set(found) <= {"KB000", "KB004", "KB008", "KB001"}


def test_nesting_up_to_the_limit_is_read():
    inner = MAX_DEPTH - 1
    assert codes("a: " + "[" * inner + "x" + "]" * inner) == []
    assert codes("a: " + "[" * (inner + 1) + "x" + "]" * (inner + 1)) == ["KB004"]


def test_file_above_the_cap_is_not_parsed():
    assert codes(b"a: " + b"x" * MAX_BYTES) == ["KB001"]
    assert codes(b"a: " + b"x" * (MAX_BYTES - 4)) == []


def test_a_large_broken_file_is_told():
    text = b"".join(b"k%d: one: two\n" % number for number in range(15_000))
    assert "KB000" in codes(text)


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system ['true']", "!!python/name:os.system", "!local x"]
)
def test_tags_build_nothing(tag: str):
    assert "KB003" in codes(f"a: {tag}\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: x\u200by", "KB014"),
        ("a: x\u202ey", "KB014"),
        ("a: x\u00ady", "KB014"),
        ("a:\u00a0x", "KB014"),
        ('a: "x\\u200by"', "KB014"),
        ("a: x\ufffdy", "KB015"),
        ("a: Ð½Ð°Ñ‚Ð¾", "KB019"),
    ],
)
def test_unseen_characters(text: str, code: str):
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        'a: "L\'alliance dit\u00a0: non"',
        "a: “Quoted” and more",
        "a: family 👨\u200d👩\u200d👧",
        "a: Šiauliai, Õismäe, Łódź, Київ",
        "a: text  # a comment",
        "a: C# is fine",
        "body: |\n  a\ttab inside",
    ],
)
def test_what_is_right_is_left_alone(text: str):
    assert codes(text) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1257", "cp1251"])
def test_other_encodings_are_told(encoding: str):
    assert set(codes("a: õšž нато".encode(encoding, errors="ignore"))) <= {
        "KB015", "KB014", "KB000", "KB006", "KB007",
    }  # fmt: skip
    assert codes("a: õšž нато".encode(encoding, errors="ignore"))


def test_reference_in_place_of_a_key_is_refused():
    document = read(b"*a: 1\nb: 2\n*a: 3\n")
    assert {fault.code for fault in document.faults} == {"KB002"}
    assert document.data == {"b": 2}
