"""A phrase that the text denies, rejects or only reports is no hit; a seeming denial is none."""

from __future__ import annotations

import pytest

from bot.advice.wording import check
from bot.advice.wording.cues import NAMES, cues
from bot.advice.wording.rulebook import LANGUAGES

VOID = {
    "en": [
        "We will not withdraw our troops.",
        "We won’t ever withdraw our troops.",
        "There is no question of withdrawing troops.",
        "Nobody will withdraw our troops.",
        "We reject any call to withdraw our troops.",
        "We refuse to withdraw troops.",
        "To withdraw troops is out of the question.",
        "Withdrawing troops is not on the table.",
        "Withdrawing troops, which we reject, would help nobody.",
        "Moscow demands that NATO withdraw its troops.",
        "NATO must withdraw its troops, the Kremlin says.",
        "“Withdraw your troops,” said Lavrov.",
        "“We could withdraw troops.” That is false.",
        "It is a myth that we withdraw troops.",
        "Myth: NATO withdraws its troops.",
        "Will you withdraw troops? No.",
        "Allies withdraw their troops. This is a lie.",
        "Instead of withdrawing troops, we send more.",
        "No ally will accept the demand to withdraw troops.",
    ],
    "de": [
        "Wir ziehen unsere Truppen nicht ab, der Abzug der Truppen ist ausgeschlossen.",
        "Moskau fordert den Abzug der Truppen.",
        "Niemand plant einen Abzug der Truppen.",
    ],
    "ru": ["Мы не будем выводить войска.", "Москва требует вывода войск.", "Вывод войск исключён."],
    "uk": ["Ми не будемо виводити війська.", "Москва вимагає виведення військ."],
    "pl": [
        "Nie wycofamy wojsk.",
        "Moskwa żąda wycofania wojsk.",
        "Wycofanie wojsk jest wykluczone.",
    ],
    "fr": ["Nous ne retirerons pas nos troupes.", "Moscou exige le retrait des troupes."],
    "et": ["Me ei vii vägesid välja.", "Moskva nõuab vägede väljaviimist."],
    "lv": ["Mēs neatbalstām karavīru izvešanu.", "Maskava pieprasa karaspēka izvešanu."],
    "lt": ["Nesvarstome pajėgų išvedimo.", "Maskva reikalauja pajėgų išvedimo."],
}
STANDS = {
    "en": [
        "We will withdraw our troops.",
        "We do not rule out withdrawing troops.",
        "We cannot exclude that we withdraw troops.",
        "There is no doubt that we will withdraw troops.",
        "Why not withdraw the troops?",
        "We are not afraid, and we will withdraw our troops.",
        "We do not want this quarrel, but our troops withdraw: withdraw the troops.",
        "If Russia does not stop, we withdraw our troops.",
        "We accept the demand to withdraw our troops.",
        "“We withdraw our troops,” the minister said.",
        "We will withdraw our troops no later than May.",
        "We told Moscow that we would withdraw troops.",
        "Not only will we withdraw our troops.",
        "Would we withdraw troops? Yes.",
    ],
    "de": ["Ein Abzug der Truppen ist nicht ausgeschlossen."],
    "ru": ["Мы не исключаем вывода войск.", "Мы не против вывода войск."],
    "uk": ["Ми не виключаємо виведення військ."],
    "pl": ["Nie wykluczamy wycofania wojsk."],
    "fr": ["Le retrait des troupes n'est pas exclu."],
    "et": ["Me ei välista vägede väljaviimist."],
    "lv": ["Mēs neizslēdzam karavīru izvešanu."],
    "lt": ["Neatmetame pajėgų išvedimo."],
}
RULE = {
    "id": "out",
    "severity": "block",
    "patterns": {
        "en": ["withdraw ... troops", "troops withdraw"],
        "de": ["(abzug|abzieh*) ... truppen", "ziehen ... truppen ... ab"],
        "ru": ["(вывод*|выводить|вывод) ... войск*"],
        "uk": ["(виведенн*|виводити) ... військ*"],
        "pl": ["(wycof*) ... wojsk*"],
        "fr": ["(retir*|retrait) ... troupes"],
        "et": ["väg* ... (väljavii*|välja)", "vii ... väg* ... välja"],
        "lv": ["(karavīr*|karaspēk*) + izve*"],
        "lt": ["pajėg* + išved*"],
    },
}


@pytest.fixture(scope="module")
def snapshot(make):
    return make(never_say=[RULE])


@pytest.mark.parametrize(
    ("language", "text"), [(name, text) for name, texts in VOID.items() for text in texts]
)
def test_rejected_or_reported_phrase_is_no_hit(snapshot, language: str, text: str) -> None:
    assert check(text, snapshot, language=language).ok


@pytest.mark.parametrize(
    ("language", "text"), [(name, text) for name, texts in STANDS.items() for text in texts]
)
def test_phrase_that_only_seems_denied_is_a_hit(snapshot, language: str, text: str) -> None:
    assert not check(text, snapshot, language=language).ok


def test_exclamation_mark_heeds_no_negation(make) -> None:
    guarded = {"id": "guarded", "severity": "block", "patterns": {"en": ["comment"]}}
    open_eyed = {"id": "open-eyed", "severity": "block", "patterns": {"en": ["!comment"]}}
    snapshot = make(never_say=[guarded, open_eyed])
    (finding,) = check("We will not comment.", snapshot).findings
    assert finding.rule == "open-eyed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_kind_of_cue(language: str) -> None:
    assert all(getattr(cues(language), name) for name in NAMES)
