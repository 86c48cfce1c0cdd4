"""The real bot in a simulated Discord, on a small knowledge base of its own."""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from simcord.env import Env

sys.path.insert(0, str(Path(__file__).parent))

from chat_world import World, write_knowledge

from bot.chat.client import RedlineBot
from bot.chat.services import Services, application
from bot.settings import Settings


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "faulty: the test makes the bot fail on purpose")


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_knowledge(tmp_path_factory.mktemp("kb") / "knowledge")


@pytest.fixture
def knowledge(pristine: Path, tmp_path: Path) -> Path:
    """A copy that a test may edit."""
    return Path(shutil.copytree(pristine, tmp_path / "knowledge"))


@pytest.fixture
def settings(knowledge: Path, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        DISCORD_TOKEN=None,
        DATABASE_URL=None,
        KNOWLEDGE_DIR=knowledge,
        REDLINE_DATA_DIR=tmp_path / "data",
    )  # type: ignore[call-arg]


@pytest_asyncio.fixture
async def services(settings: Settings) -> AsyncIterator[Services]:
    async with application(settings, semantic=False, watch=False) as running:
        yield running


@pytest_asyncio.fixture
async def env(services: Services) -> AsyncIterator[Env]:
    """A simulated Discord with the bot in it."""
    running = Env(RedlineBot(services))
    await running.start()
    try:
        yield running
    finally:
        await running.shutdown()


@pytest.fixture
def world(
    env: Env,
    services: Services,
    caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
) -> Iterator[World]:
    """The world of a test. A fault that the test does not expect fails it."""
    caplog.set_level(logging.INFO)
    logging.getLogger("discord").setLevel(logging.WARNING)
    yield World(env, services)
    if request.node.get_closest_marker("faulty") is None:
        faults = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert not faults, [record.getMessage() for record in faults]
