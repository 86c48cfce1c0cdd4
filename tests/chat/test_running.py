"""`redline run`: refused tokens, signals, and secrets that stay secret."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import discord
import pytest
from aiohttp import web
from chat_world import ROOT
from pydantic import SecretStr

from bot.chat import running
from bot.chat.client import RedlineBot
from bot.chat.services import Services
from bot.settings import Settings

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB"


def test_without_a_token_run_says_what_to_set_and_where_to_try_it(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert result.stdout == ""
    assert "DISCORD_TOKEN" in result.stderr
    assert "redline preview" in result.stderr


@pytest.mark.parametrize("command", [["run"], ["preview", "--no-open"]])
def test_a_database_without_its_driver_ends_with_the_extra_that_brings_it(
    tmp_path: Path, command: list[str]
) -> None:
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "asyncpg.py").write_text("raise ModuleNotFoundError('asyncpg')")
    result = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": f"{absent}{os.pathsep}{ROOT}",
            "DISCORD_TOKEN": TOKEN,
            "DATABASE_URL": "postgresql+asyncpg://nobody@127.0.0.1:1/none",
            "REDLINE_DATA_DIR": str(tmp_path / "data"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 1
    assert "redline-bot[postgres]" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.enable_socket
async def test_a_token_that_discord_refuses_ends_with_a_sentence_and_without_the_token(
    settings: Settings, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch, capfd
) -> None:
    async def refuse(_request: web.Request) -> web.Response:
        return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{unused_tcp_port}")
    with_token = settings.model_copy(update={"discord_token": SecretStr(TOKEN)})
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    try:
        code = await running.run_on_discord(with_token)
    finally:
        await runner.cleanup()
    said = capfd.readouterr().err
    assert code == 1
    assert "does not accept the token" in said
    assert TOKEN not in said
    assert all(json.loads(line) for line in said.splitlines() if line.startswith("{"))


async def test_a_broken_knowledge_base_ends_with_the_first_error(
    settings: Settings, knowledge: Path, capfd, monkeypatch: pytest.MonkeyPatch
) -> None:
    (knowledge / "laws" / "law-broken.yaml").write_text("id: law-broken\n")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    code = await running.run_on_discord(
        settings.model_copy(update={"discord_token": SecretStr(TOKEN)})
    )
    assert code == 1
    assert "law-broken.yaml" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
async def test_sigterm_waits_for_the_requests_under_way_and_then_closes(
    services: Services,
) -> None:
    class Waiting(RedlineBot):
        """Connected, as far as it knows."""

        async def start(self, token: str, *, reconnect: bool = True) -> None:
            await asyncio.Event().wait()

    class UnderWay:
        done = asyncio.Event()

    bot = Waiting(services)
    bot.under_way.add(UnderWay())  # type: ignore[arg-type]
    ended = asyncio.create_task(running._until_stopped(bot, TOKEN))
    await asyncio.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.2)
    assert not ended.done(), "a request is still under way"
    UnderWay.done.set()
    await asyncio.wait_for(ended, 5)
    assert bot.is_closed()
