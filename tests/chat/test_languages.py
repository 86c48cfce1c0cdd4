"""Every language of the region: what Discord is told, what fits where, and what people read."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from chat_world import ANALYSIS, ROOT, World, buttons, shown
from simcord import interactions

from bot.chat import text

REGION = ("en", "et", "lv", "lt", "ru", "uk", "pl", "de", "fr")
LONGEST_NAME = 32
"""Characters of the name of a command or an option: small letters, digits, `-` and `_`."""

COMMAND_SIZE = 8000
"""Characters of all names and descriptions of one command, the longest language of each."""

BUTTON = 80
FORM = 45
HELP = 100


def test_all_languages_of_the_region_have_a_catalogue() -> None:
    assert set(text.languages()) == set(REGION)


def labelled() -> Iterable[str]:
    """Keys of the texts that stand on buttons."""
    for path in (ROOT / "bot" / "chat").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "CardButton"):
                continue
            for part in ast.walk(node.args[0]):
                if (
                    isinstance(part, ast.Call)
                    and getattr(part.func, "id", "") == "plain"
                    and isinstance(part.args[0], ast.Constant)
                ):
                    yield str(part.args[0].value)


@pytest.mark.parametrize("language", REGION)
def test_labels_fit_where_they_stand(language: str) -> None:
    catalogue = text.catalogue(language)
    keys = set(labelled())
    assert len(keys) > 20
    long = {key for key in keys if text.units(catalogue[key]) > BUTTON}
    for key, value in catalogue.items():
        last = key.rsplit(".", 1)[-1]
        limit = HELP if last.endswith("-help") else FORM
        if last.startswith(("form-", "field-")) and text.units(value) > limit:
            long.add(key)
    assert not long


async def test_names_and_descriptions_are_what_discord_takes(world: World) -> None:
    commands = world.env.backend.commands[None].values()
    locales = {str(locale) for locale in text.LOCALES}
    for kind in (1, 3):
        for locale in locales:
            names = [told(one, locale) for one in commands if one.get("type", 1) == kind]
            assert len(set(names)) == len(names), (locale, names)
    for command in commands:
        size = 0
        for part in walk(command):
            size += longest(part, "name") + longest(part, "description")
            size += sum(longest(choice, "name") for choice in part.get("choices") or ())
        assert size <= COMMAND_SIZE, command["name"]
        for part in walk(command):
            if command.get("type", 1) != 1:
                continue
            siblings = list(part.get("options") or ())
            for locale in locales:
                names = [told(one, locale) for one in siblings]
                assert len(set(names)) == len(names), (part["name"], locale, names)
                for name in names:
                    assert 1 <= len(name) <= LONGEST_NAME, name
                    assert all(letter.isalnum() or letter in "-_" for letter in name), name
                    assert name == name.lower()


async def test_discord_is_told_every_name_in_every_language_that_it_has(world: World) -> None:
    locales = {str(locale) for locale in text.LOCALES}
    for command in world.env.backend.commands[None].values():
        for part in walk(command):
            assert set(part.get("name_localizations") or {}) == locales, part["name"]
            if command.get("type", 1) == 1:
                assert set(part.get("description_localizations") or {}) == locales, part["name"]


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have everybody's Discord speak a language from now on."""

    def speak(locale: str) -> None:
        made = interactions.base_payload

        def in_that_language(*args: Any, **kwargs: Any) -> Any:
            record, payload = made(*args, **kwargs)
            return record, {**payload, "locale": locale}

        monkeypatch.setattr(interactions, "base_payload", in_that_language)

    return speak


@pytest.mark.parametrize(("locale", "language"), sorted(text.LOCALES.items()))
async def test_people_read_their_own_language(
    world: World, speaking: Callable[[str], None], locale: Any, language: str
) -> None:
    speaking(str(locale))
    found = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    assert text.t("confidence.moderate", language) in shown(found)
    assert text.t("card.untranslated", language) in shown(found), "it says what it lacks"
    labels = {part["label"] for part in buttons(found).values() if "label" in part}
    assert text.plain("discuss.button", language) in labels
    refused = await world.team.slash(world.channel, "kb status")
    role = text.t("error.needs-role", language, role="Maintainer")
    assert role in shown(refused)


@pytest.mark.parametrize("language", ["et", "lv"])
async def test_a_server_sets_the_language_that_discord_does_not_have(
    world: World, speaking: Callable[[str], None], language: str
) -> None:
    await world.admin.slash(world.channel, "settings language", language=language)
    found = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    assert text.t("confidence.moderate", language) in shown(found)
    speaking("de")
    found = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    assert text.t("confidence.moderate", "de") in shown(found), "one's own language comes first"


def walk(command: dict[str, Any]) -> list[dict[str, Any]]:
    return [command, *(part for option in command.get("options") or [] for part in walk(option))]


def told(part: dict[str, Any], locale: str) -> str:
    return str((part.get("name_localizations") or {}).get(locale, part["name"]))


def longest(part: dict[str, Any], field: str) -> int:
    found = [part.get(field) or "", *(part.get(f"{field}_localizations") or {}).values()]
    return max(len(str(each)) for each in found)


MENTION = re.compile(r"(?<![\w/<.])/(?P<name>[\w-]+)\b(?:\*\*)? ?(?P<sub>[\w-]+)?")
GROUPS = ("discuss", "draft", "kb", "privacy", "settings")


@pytest.mark.parametrize("language", REGION)
def test_commands_that_a_text_names_are_there_under_that_name(language: str) -> None:
    """Estonian and Latvian texts say the English names: Discord cannot show them others."""
    shown_in = "en" if language in ("et", "lv") else language
    names = [text.catalogue(shown_in), text.catalogue("en")]
    known: dict[str, set[str]] = {}
    for catalogue in names:
        for key, value in catalogue.items():
            parts = key.split(".")
            if parts[0] != "command" or parts[2:] != ["name"]:
                continue
            group, _, sub = parts[1].partition("-")
            if group in GROUPS and sub:
                known.setdefault(catalogue[f"command.{group}.name"], set()).add(value)
            else:
                known.setdefault(value, set())
    mentioned = 0
    for key, value in text.catalogue(language).items():
        for found in MENTION.finditer(value):
            if found["name"].isdigit() or "pip install" in value:
                continue
            mentioned += 1
            assert found["name"] in known, (key, found[0])
            if known[found["name"]] and found["sub"]:
                assert found["sub"] in known[found["name"]], (key, found[0])
    assert mentioned > 20
