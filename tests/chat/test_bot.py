"""The bot as a whole: intents, commands as Discord is told of them, texts, start and stop."""

from __future__ import annotations

import ast
import asyncio
import json
import logging
import re
from pathlib import Path
from typing import Any

import discord
import pytest
from chat_world import ANALYSIS, ROOT, World, shown
from discord import app_commands
from simcord.env import Env

from bot.chat import access, text
from bot.chat.client import INTENTS, RedlineBot
from bot.chat.services import Services, application
from bot.settings import Settings

PRIVILEGED = ("members", "presences", "message_content")
CHAT = ROOT / "bot" / "chat"
TEXT_CALLS = {"t", "plain", "localised", "UserError", "Refusal"}


def test_no_privileged_intent_is_asked_for() -> None:
    assert INTENTS.guilds
    assert not any(getattr(INTENTS, name) for name in PRIVILEGED)


async def test_the_bot_starts_where_all_privileged_intents_are_refused(services: Services) -> None:
    allowed = discord.Intents.all()
    for name in PRIVILEGED:
        setattr(allowed, name, False)
    env = Env(RedlineBot(services), approved_intents=allowed)
    await env.start()
    await env.shutdown()


async def test_commands_are_told_once_and_again_only_when_they_change(world: World) -> None:
    def syncs() -> int:
        return sum(
            request.method == "PUT" and request.path.endswith("/commands")
            for request in world.env.http_requests
        )

    assert syncs() == 1
    await world.restart()
    assert syncs() == 1
    await world.restart()
    bot = world.env.bot
    bot.tree.remove_command("topic")
    assert await bot.sync_commands()
    assert syncs() == 2


async def test_a_state_that_cannot_be_read_leads_to_a_sync(world: World) -> None:
    (world.services.settings.data_dir / "commands.json").write_text("{not json")
    assert await world.env.bot.sync_commands()


async def test_commands_are_those_of_the_contract(world: World) -> None:
    tree = world.env.bot.tree
    names = {command.name for command in tree.get_commands(type=discord.AppCommandType.chat_input)}
    assert {"ask", "topic", "redline", "options", "kb", "settings"} <= names
    menus = {command.name for command in tree.get_commands(type=discord.AppCommandType.message)}
    assert "Match this statement" in menus
    options = {
        command.name: [option.display_name for option in command.parameters]
        for command in tree.walk_commands()
        if isinstance(command, app_commands.Command)
    }
    assert options["ask"] == ["question", "language", "private"]
    assert options["topic"] == ["entry"]
    assert options["redline"] == ["entry"]
    assert options["options"] == ["domain", "phase", "max_risk", "effect"]


async def test_every_command_works_in_servers_only_and_describes_itself(world: World) -> None:
    for command in world.env.backend.commands[None].values():
        # What is on record about a person is theirs to see outside a server too.
        assert command.get("contexts") == ([0, 1] if command["name"] == "privacy" else [0])
        for part in walk(command):
            if command.get("type", 1) == 1:
                assert 1 <= len(part["description"]) <= 100, part["name"]
                assert part["description"] != "…"


def walk(command: dict[str, Any]) -> list[dict[str, Any]]:
    return [command, *(part for option in command.get("options") or [] for part in walk(option))]


def test_every_text_that_the_code_names_is_in_the_catalogue_and_none_is_left_over() -> None:
    """Keys made of a stem and a value, such as `kind.{kind}`, use every key under their stem."""
    named, stems, called = set(), set(), set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                stem = str(node.values[0].value)
                if re.fullmatch(r"[a-z]+\.([a-z-]+)?", stem):
                    stems.add(stem)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in TEXT_CALLS and isinstance(first, ast.Constant):
                    called.add(first.value)
    keys = set(text.catalogue("en"))
    assert len(called) > 80
    assert called <= keys
    unused = {key for key in keys - named if not any(key.startswith(stem) for stem in stems)}
    assert unused == set()


@pytest.mark.parametrize("language", [name for name in text.languages() if name != "en"])
def test_a_translation_has_the_same_keys_and_values(language: str) -> None:
    source, translated = text.catalogue("en"), text.catalogue(language)
    assert set(translated) == set(source)
    for key, value in translated.items():
        assert text.slots(value) == text.slots(source[key]), key
        if key.startswith("command.") and key.endswith(".name"):
            assert 1 <= len(value) <= 32, key
            assert value == value.lower() or text.catalogue("en")[key][0].isupper(), key
        if key.startswith("command.") and key.endswith(".description"):
            assert 1 <= len(value) <= 100, key


def test_kinds_sections_and_findings_all_have_a_text() -> None:
    from typing import get_args, get_type_hints

    from bot.advice import package, sections
    from bot.knowledge.kinds import MODELS
    from bot.knowledge.search.result import MatchedBy

    keys = text.catalogue("en")
    assert all(f"kind.{kind}" in keys for kind in MODELS)
    assert all(f"why.{by}" in keys for by in get_args(MatchedBy))
    codes = get_args(get_type_hints(package.PackageFinding)["code"])
    assert all(f"package.{code}" in keys for code in codes)
    source = Path(sections.__file__).read_text(encoding="utf-8")
    named = re.findall(r'(?:_points|_rules|Section)\(\s*"([a-z-]+)"', source)
    assert named
    assert all(f"section.{name}" in keys for name in named)


async def test_the_translator_gives_discord_only_what_is_translated() -> None:
    translator = text.CatalogueTranslator()
    context: Any = None
    said = text.localised("command.ask.description")
    assert await translator.translate(said, discord.Locale.japanese, context) is None
    plain = app_commands.locale_str("no key")
    assert await translator.translate(plain, discord.Locale.polish, context) is None
    polish = await translator.translate(said, discord.Locale.polish, context)
    assert (polish is not None) == ("pl" in text.languages())


async def test_health_knows_gateway_database_and_knowledge(world: World) -> None:
    report = await world.services.health.report()
    assert report["ok"]
    assert set(report) >= {"gateway", "database", "knowledge"}
    assert report["database"]["spooled"] == 0
    assert report["knowledge"]["age_seconds"] >= 0


async def test_a_probe_that_fails_is_reported_as_unwell(services: Services) -> None:
    async def fails() -> dict[str, Any]:
        raise OSError("disk")

    services.health.watch("disk", fails)
    report = await services.health.report()
    assert not report["ok"]
    assert report["disk"] == {"ok": False, "error": "OSError"}


@pytest.mark.enable_socket
async def test_health_is_served_and_says_unwell_while_discord_is_not_connected(
    settings: Settings, unused_tcp_port: int
) -> None:
    import aiohttp

    fixed = settings.model_copy(update={"health_port": unused_tcp_port})
    async with (
        application(fixed, semantic=False) as services,
        aiohttp.ClientSession() as session,
    ):
        address = f"http://127.0.0.1:{unused_tcp_port}/health"
        async with session.get(address) as response:
            assert response.status == 200
        bot = RedlineBot(services)
        async with session.get(address) as response:
            body = await response.json()
        assert response.status == 503
        assert body["gateway"] == {"ok": False}
        await bot.close()


async def test_the_watcher_takes_edits_while_the_bot_runs(
    settings: Settings, knowledge: Path
) -> None:
    async with application(settings, semantic=False) as services:
        before = services.advisers.current.snapshot.revision
        path = next(knowledge.rglob(f"{ANALYSIS}.yaml"))
        await asyncio.sleep(0.5)
        path.write_text(path.read_text().replace("The demand tests", "The demand probes"))
        for _ in range(100):
            if services.advisers.current.snapshot.revision != before:
                break
            await asyncio.sleep(0.1)
        entry = services.advisers.current.snapshot.get(ANALYSIS)
        assert entry is not None
        assert entry.summary.startswith("The demand probes")


async def test_stopping_waits_for_requests_under_way(world: World) -> None:
    bot = world.env.bot
    await world.team.slash(world.channel, "ask", question="why now")
    assert bot.under_way == set()
    await asyncio.wait_for(bot.finish(5), 1)


def test_offices_are_roles_by_name_or_as_set() -> None:
    assert set(access.ROLE_NAMES.values()) == {"Comms Officer", "Approver", "Maintainer"}


async def test_one_person_in_two_servers_has_the_rights_of_each(world: World) -> None:
    other = world.env.create_guild("Elsewhere")
    channel = other.create_text_channel("desk")
    member = other.add_member(world.officer.user)
    result = await member.slash(channel, "topic", entry="analysis-inside-assessment")
    assert "nine days" not in shown(result)


def test_nothing_in_chat_logs_what_people_write() -> None:
    """What is asked belongs to the journal, which can forget; a log can't."""
    for path in CHAT.rglob("*.py"):
        for call in re.findall(r"log\.\w+\([^)]*\)", path.read_text(encoding="utf-8")):
            assert not re.search(r"\b(question|statement|options|content)\b", call), call


def test_the_log_says_json_without_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    import io

    from bot.chat.logs import JsonFormatter, Redaction

    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB"
    redact = Redaction(["hunter2", token])
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter(redact))
    log = logging.Logger("test")
    log.addHandler(handler)
    try:
        int(f"login with {token} failed: hunter2")
    except ValueError:
        log.exception("no luck with %s", token, extra={"reference": "AB12"})
    line = json.loads(stream.getvalue())
    assert "[hidden]" in line["message"]
    assert "[hidden]" in line["traceback"]
    assert line["reference"] == "AB12"
    assert token not in stream.getvalue()
    assert "hunter2" not in stream.getvalue()
    other = "NTIzNDU2Nzg5MDEyMzQ1Njc4.Xabc_-.ZZcdefghijklmnopqrstuvwxyz0123456789AB"
    assert redact(f"x {other} y") == "x [hidden] y"
