"""Filling: what is typed stands in the text once, clean, or is refused with its reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.messages import FilledMessage, NoSuchVariant, examples, fill, pages, slot_text
from bot.advice.messages.cleaning import clean, mention, spoofed_marking
from bot.knowledge.kinds import Template
from bot.knowledge.kinds.template import Slot
from bot.knowledge.snapshot import Snapshot

Make = Callable[..., Template]
MakeSlot = Callable[..., dict[str, Any]]


@pytest.fixture
def put(
    snapshot: Snapshot, make_template: Make, make_slot: MakeSlot
) -> Callable[..., FilledMessage]:
    """Fill one slot of this type, which stands between `<` and `>`, with this value."""

    def filled(kind: str, value: str, language: str = "en", **changes: Any) -> FilledMessage:
        template = make_template(
            "<{it}> in a text",
            {"it": make_slot(kind, **changes)},
            variants={
                "en": {"text": "<{it}> in a text", "review": "original"},
                "de": {"text": "<{it}> im Text", "review": "awaiting-native-review"},
            },
        )
        return fill(snapshot, template, language, {"it": value})

    return filled


Put = Callable[..., FilledMessage]


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        ("text", "  a   word ", "a word"),
        ("text", "line one\nline two", "line one line two"),
        ("place", "Narva", "Narva"),
        ("spokesperson", "Anna Kask, Government Office", "Anna Kask, Government Office"),
        ("number", "1200", "1,200"),
        ("number", "1 200 000,5", "1,200,000.5"),
        ("number", "12 %", "12%"),
        ("number", "-3", "-3"),
        ("datetime", "2026-11-23 14:30 EET", "14:30 EET (12:30 UTC), 23 November 2026"),
        ("link", "HTTPS://www.NATO.int/a?b=c#d", "https://www.NATO.int/a?b=c#d"),
    ],
)
def test_each_type_writes_its_value(put: Put, kind: str, typed: str, written: str) -> None:
    message = put(kind, typed)
    assert message.problems == ()
    assert message.text == f"<{written}> in a text"
    assert message.ready


def test_the_language_decides_how_it_is_written(put: Put) -> None:
    assert put("number", "1200000", "de").text == "<1.200.000> im Text"
    assert put("datetime", "2026-03-01 10:00 UTC", "de").text == "<10:00 UTC, 1. März 2026> im Text"


@pytest.mark.parametrize(
    ("kind", "typed", "code", "fault"),
    [
        ("text", "", "missing", "it is empty"),
        ("text", " \t\n ", "missing", "it is empty"),
        ("text", "\u200b\u2060\ufeff", "invisible", "invisible characters"),
        ("text", "a" * 101, "too-long", "101 characters; there is room for 100"),
        ("text", "a" * 4001, "too-long", "4,001 characters; 100 at most"),
        ("text", "TLP:CLEAR", "marking", "'TLP:CLEAR' reads like a marking"),
        ("text", "tlp – red", "marking", "reads like a marking"),
        ("text", "Т\u200bLР:СLЕАR", "marking", "reads like a marking"),
        ("text", "ＴＬＰ：ＧＲＥＥＮ", "marking", "reads like a marking"),
        ("text", "This is APPROVED", "marking", "'APPROVED' reads like"),
        ("text", "Approved by: the Minister", "marking", "reads like"),
        ("text", "УТВЕРЖДЕНО", "marking", "reads like"),
        ("text", "NATO SECRET", "marking", "reads like"),
        ("text", "ping @everyone now", "mention", "'@everyone' would become a mention"),
        ("text", "@\u200beveryone", "mention", "would become a mention"),
        ("text", "ask <@123456789012345678>", "mention", "would become a mention"),
        ("text", "in <#123>", "mention", "would become a mention"),
        ("text", "at <t:1700000000:R>", "mention", "would become a mention"),
        ("place", "59.4, 24.7", "form", "coordinates alone are not for publication"),
        ("spokesperson", "Anna", "form", "name and office are needed"),
        ("number", "about ten", "form", "'about ten' is no number"),
        ("number", "1.200", "form", "could mean two numbers: write 1200"),
        ("datetime", "2026-11-23 14:30", "form", "the time zone is missing"),
        ("link", "http://nato.int", "form", "a link begins with https://"),
        ("link", "javascript:alert(1)", "form", "a link begins with https://"),
        ("link", "https://nato.int@evil.ee/", "form", "hides where it leads"),
        ("link", "https://nato", "form", "the host's name is not complete"),
        ("link", "https://127.0.0.1/", "form", "the host's name is not complete"),
        ("link", "https://nаto.int/", "form", "cannot stand in a link"),
        ("link", "https://xn--nto-5cd.int/", "form", "can look like another"),
        ("link", "https://nato.int:8080/", "form", "not served at port 8080"),
        ("link", "https://nato.int:99999/", "form", "not a link that a browser would open"),
        ("link", "https://nato.int/a b", "form", "a space cannot stand in a link"),
        ("link", "https://nato.int/](x)<y>", "form", "cannot stand in a link"),
    ],
)
def test_what_does_not_do_is_refused_by_name(
    put: Put, kind: str, typed: str, code: str, fault: str
) -> None:
    message = put(kind, typed)
    (problem,) = message.problems
    assert (problem.slot, problem.code, problem.example) == ("it", code, "An example")
    assert fault in problem.message
    assert str(problem) == f"The {kind}: {problem.message}. For instance: An example"
    assert not message.ready
    assert message.text == f"<[The {kind}]> in a text"


def test_ordinary_words_are_no_marking() -> None:
    for text in (
        "The government approved the deployment of a NATO battlegroup.",
        "The Secretary General released a statement.",
        "We cleared the road to the secretariat.",
        "Contact @NATO or press@gov.ee",
        "a < b and c > d",
    ):
        assert spoofed_marking(text) is None
        assert mention(text) is None


def test_a_choice_is_one_of_its_choices(put: Put) -> None:
    choices = {"choices": ["Estonia", "Latvia"], "example": "Latvia"}
    assert put("choice", " ESTONIA ", **choices).text == "<Estonia> in a text"
    (problem,) = put("choice", "Estonai", **choices).problems
    assert problem.message == "did you mean 'Estonia'? choose 'Estonia' or 'Latvia'"


def test_a_value_is_never_read_as_a_template(
    snapshot: Snapshot, make_template: Make, make_slot: MakeSlot
) -> None:
    template = make_template("{first} and {second}", {"first": make_slot(), "second": make_slot()})
    message = fill(
        snapshot, template, "en", {"first": "{second} {0} %s {x.__class__}", "second": "$two"}
    )
    assert message.text == "{second} {0} %s {x.__class__} and $two"


def test_values_side_by_side_make_no_marking_either(
    snapshot: Snapshot, make_template: Make, make_slot: MakeSlot
) -> None:
    template = make_template("{first}{second} again", {"first": make_slot(), "second": make_slot()})
    for first, second, code in (("TLP:", "CLEAR", "marking"), ("@every", "one", "mention")):
        (problem,) = fill(snapshot, template, "en", {"first": first, "second": second}).problems
        assert problem.code == code


def test_an_empty_optional_slot_takes_its_line_along(
    snapshot: Snapshot, make_template: Make, make_slot: MakeSlot
) -> None:
    template = make_template(
        "First line.\n\nMore: {link}\n\nSaid {who} , too.",
        {"link": make_slot("link", required=False), "who": make_slot(required=False)},
    )
    assert fill(snapshot, template, "en", {"who": "she"}).text == "First line.\n\nSaid she , too."
    assert fill(snapshot, template, "en", {}).text == "First line."
    both = make_template(
        "It was {when} {why}, they said.",
        {"when": make_slot(required=False), "why": make_slot(required=False)},
    )
    assert fill(snapshot, both, "en", {"when": "late"}).text == "It was late, they said."


def test_a_long_text_slot_keeps_its_paragraphs(put: Put) -> None:
    message = put("text", "one\r\n\r\n\r\n  two  \x0bthree", max_length=300)
    assert message.text == "<one\n\ntwo\nthree> in a text"


def test_a_slot_that_is_not_there(snapshot: Snapshot, make_template: Make) -> None:
    message = fill(snapshot, make_template(), "en", {"plaec": "Narva", "place": "Narva"})
    (problem,) = message.problems
    assert (problem.code, problem.slot) == ("unknown-slot", "plaec")
    assert "did you mean 'place'" in problem.message


def test_what_is_missing_is_named_in_the_language_of_the_text(snapshot: Snapshot) -> None:
    template = snapshot.get("tpl-holding-presence")
    assert isinstance(template, Template)
    message = fill(snapshot, template, "et", {})
    assert message.text.startswith("[Kõneisik]\nTeema: [Teema]")
    assert [problem.label for problem in message.problems] == [
        "Kõneisik",
        "Teema",
        "Järgmine teade",
    ]
    assert slot_text(template.slots["speaker"], "en").label == "Spokesperson"


def test_a_language_that_is_not_there(snapshot: Snapshot, make_template: Make) -> None:
    with pytest.raises(NoSuchVariant, match="has no text in 'fr': choose 'en'") as caught:
        fill(snapshot, make_template(), "fr", {"place": "Narva"})
    assert caught.value.languages == ("en",)


def test_what_travels_with_the_text(snapshot: Snapshot) -> None:
    template = snapshot.get("tpl-post-presence")
    assert isinstance(template, Template)
    message = fill(snapshot, template, "et", examples(template))
    assert message.marking == "TLP:CLEAR"
    assert message.reference == f"tpl-post-presence@{snapshot.revision}"
    assert message.review == "awaiting-native-review"
    assert message.title.startswith("Postitus")
    assert (message.limit, message.measure.unit) == (280, "x-weighted")
    assert message.length == message.measure.length <= 280
    other = fill(snapshot, template, "et", {})
    assert other.ready
    assert other.sha256 != message.sha256


def test_too_long_for_the_channel_is_not_ready(
    snapshot: Snapshot, make_template: Make, make_slot: MakeSlot
) -> None:
    template = make_template("{it} {it} {it}", {"it": make_slot(max_length=100)}, channel="x")
    message = fill(snapshot, template, "en", {"it": "a" * 100})
    assert message.problems == ()
    assert (message.length, message.fits, message.ready) == (302, False, False)


def test_pages_hold_five(make_slot: MakeSlot) -> None:
    slots = {f"slot_{number}": Slot.model_validate(make_slot()) for number in range(7)}
    assert [[name for name, _ in page] for page in pages(slots)] == [
        [f"slot_{number}" for number in range(5)],
        ["slot_5", "slot_6"],
    ]
    assert pages({}) == ()


HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("`@<>#&!*_~|[](){}\\\n\r\t\u202e\u200b\u2066\ufe0f\u3164TLPtlp:CLEAR"),
    ),
    max_size=120,
)


@given(HOSTILE)
def test_nothing_hidden_is_left(value: str) -> None:
    cleaned = clean(value)
    assert cleaned == clean(cleaned)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert "`" not in cleaned
    assert not {unicodedata.category(letter) for letter in cleaned} & {"Cc", "Cf", "Co", "Cs", "Cn"}
    assert cleaned == cleaned.strip()


@given(HOSTILE, HOSTILE)
def test_hostile_values_never_harm_the_text(
    snapshot: Snapshot, make_template: Make, make_slot: MakeSlot, first: str, second: str
) -> None:
    template = make_template(
        "Head {one} middle {two} end.",
        {"one": make_slot(required=False, max_length=200), "two": make_slot(required=False)},
    )
    message = fill(snapshot, template, "en", {"one": first, "two": second})
    if not message.problems:
        assert "```" not in message.text
        assert "@everyone" not in message.text.lower()
        assert spoofed_marking(message.text) is None
        assert mention(message.text) is None
        if message.text:
            assert message.text.startswith("Head")
            assert message.text.endswith("end.")


@given(st.text(alphabet="abcdefg ŠžЖї.,", min_size=1, max_size=90))
def test_honest_values_stand_in_the_text_as_they_are(
    snapshot: Snapshot, make_template: Make, make_slot: MakeSlot, value: str
) -> None:
    template = make_template("<{it}>" + " " * 4 + "end of text", {"it": make_slot()})
    message = fill(snapshot, template, "en", {"it": value})
    words = " ".join(unicodedata.normalize("NFC", value).split())
    if words:
        assert message.text == f"<{words}>    end of text"
    else:
        assert [problem.code for problem in message.problems] == ["missing"]
