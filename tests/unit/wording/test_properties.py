"""Any text at all: no exception, and every place is right."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice.wording import PatternError, check, parse

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u3164\u180e\u202e"
LOOKALIKE = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "i": "і", "s": "ѕ"}
BAD = [
    ("en", "We could withdraw some troops as a gesture."),
    ("en", "Any cyberattack will automatically trigger Article 5."),
    ("en", "The Baltic states are a useful bargaining chip."),
    ("de", "Artikel 5 ist Auslegungssache."),
    ("pl", "Sojusz mógłby wycofać część wojsk."),
    ("fr", "On pourrait réduire la présence en échange de la paix."),
]
PLAIN = "we not troops withdraw Moscow demands article 5 5. but no войска не вывод вести ei väed"
MARKS = "l' n't w.i.t.h İ ß ﬁ “ ” \" . ? : ; — , - ( ' @ $ 1"
WORDS = st.sampled_from([*PLAIN.split(), *MARKS.split(), "\n", "\n\n"])
QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _assert_places_are_right(text: str, report) -> None:
    places = [(each.start, each.end) for each in report.findings]
    assert places == sorted(places)
    for each in report.findings:
        assert 0 <= each.start <= each.end <= len(text)
        assert text[each.start : each.end] == each.excerpt
        assert each.excerpt or each.kind == "must-say"


@QUIET
@given(text=st.text(max_size=300))
def test_any_text_is_checked(shipped, text: str) -> None:
    _assert_places_are_right(text, check(text, shipped))


@QUIET
@given(words=st.lists(WORDS, max_size=40), redline=st.booleans())
def test_any_mixture_of_cues_and_marks_is_checked(shipped, words: list[str], redline: bool) -> None:
    text = " ".join(words)
    line = "redline-presence-not-negotiable" if redline else None
    _assert_places_are_right(text, check(text, shipped, redline_id=line))


@QUIET
@given(bad=st.sampled_from(BAD), data=st.data())
def test_noise_hides_nothing(shipped, bad: tuple[str, str], data: st.DataObject) -> None:
    language, text = bad
    noisy: list[str] = []
    for character in text:
        disguised = data.draw(st.integers(0, 3)) == 0
        noisy.append(LOOKALIKE.get(character, character) if disguised else character)
        if data.draw(st.integers(0, 3)) == 0:
            noisy.append(data.draw(st.sampled_from(INVISIBLE)))
    report = check("".join(noisy), shipped, language=language)
    assert not report.ok
    _assert_places_are_right("".join(noisy), report)


@QUIET
@given(source=st.text(alphabet="ab(|)?.+!=*…' -é", max_size=30))
def test_any_pattern_is_read_or_refused_with_reason(source: str) -> None:
    try:
        assert parse(source).orders
    except PatternError as error:
        assert str(error)
