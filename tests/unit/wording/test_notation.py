"""What the notation of patterns finds, and how it tells what it can't read."""

from __future__ import annotations

import pytest

from bot.advice.wording.matching import Text
from bot.advice.wording.notation import MOST_RUNS, PatternError, parse

FINDS = [
    ("withdraw", "en", "They are withdrawing.", "withdrawing"),
    ("troop", "en", "Few troops came.", "troops"),
    ("negotia*", "en", "A negotiated end.", "negotiated"),
    ("=force", "en", "By force.", "force"),
    ("(troop|allied units)", "en", "The allied units left.", "allied units"),
    ("leave (the)? baltics", "en", "To leave baltics.", "leave baltics"),
    ("leave (the)? baltics", "en", "To leave the Baltics.", "leave the Baltics"),
    ("end ... (the)? presence", "en", "End at last the presence.", "End at last the presence"),
    ("peace + troops", "en", "Troops for peace.", "Troops for peace"),
    ("peace + troops", "en", "Peace for troops.", "Peace for troops"),
    ("(in (return|exchange) for) peace", "en", "In exchange for peace.", "In exchange for peace"),
    ("case-by-case", "en", "Case by case.", "Case by case"),
    ("article (5|five)", "en", "Article 5!", "Article 5"),
    ("article 5", "fr", "L'article 5 joue.", "L'article 5"),
    ("kohalolek*", "et", "Vägede kohalolekust.", "kohalolekust"),
    ("karavīrs", "lv", "Karavīriem.", "Karavīriem"),
    ("pajėga", "lt", "Pajėgų daugėja.", "Pajėgų"),
    ("войска", "ru", "Войсками.", "Войсками"),
    ("присутність", "uk", "Присутністю.", "Присутністю"),
    ("wojsko", "pl", "Wojskami.", "Wojskami"),
    ("truppe", "de", "Der Truppen.", "Truppen"),
    ("5 pant*", "lv", "Saskaņā ar 5. pantu.", "5. pantu"),
]

PASSES_OVER = [
    ("=force", "The forces."),
    ("troops ... home", "The troops stay. They go home."),
    ("troops ... home", "The troops of two, three, four, five, six, seven went home."),
    ("peace + troops", "Peace holds today in all of these places for now, as troops rest."),
    ("not our war", "It is our war."),
    ("troop", "A troupe of actors."),
]

FAULTS = [
    ("(troops|forces", "not closed"),
    ("troops)", "no bracket before it"),
    ("troops | forces", "no bracket before it"),
    ("(troops|)", "empty"),
    ("()", "empty"),
    ("... troops", "take it off the end"),
    ("troops ...", "take it off the end"),
    ("(the)? troops", "begins with a word"),
    ("tro*ps", "is no word"),
    ("troops,", "is no word"),
    ("we !withdraw", "at the beginning"),
    ("troops +", "is empty"),
    ("a + b + c + d", "at most 3"),
    ("a (b|c ... d)", "is no word"),
    ("(a|b) ((c|d) (e|f) (g|h) (i|j) (k|l) (m|n) (o|p))", f"more than {MOST_RUNS}"),
]


@pytest.mark.parametrize(("pattern", "language", "text", "found"), FINDS)
def test_pattern_finds(pattern: str, language: str, text: str, found: str) -> None:
    prepared = Text(text)
    (match,) = {(each.start, each.end) for each in prepared.find(parse(pattern), language)}
    start, end = prepared.tokens[match[0]].start, prepared.tokens[match[1] - 1].end
    assert text[start:end] == found


@pytest.mark.parametrize(("pattern", "text"), PASSES_OVER)
def test_pattern_passes_over(pattern: str, text: str) -> None:
    assert list(Text(text).find(parse(pattern), "en")) == []


@pytest.mark.parametrize(("pattern", "told"), FAULTS)
def test_fault_is_told_with_the_way_out(pattern: str, told: str) -> None:
    with pytest.raises(PatternError, match=told.replace("+", "\\+").replace("(", "\\(")):
        parse(pattern)
