"""What people wrote, seen from the command line: it cannot steer the terminal that shows it."""

from __future__ import annotations

import asyncio
import csv
import io
import json

import pytest
from chat_world import World
from click.testing import CliRunner, Result
from hostile import EVERY_ATOM, STEERING
from rich.text import Text

from bot.settings import Settings
from bot.terminal import redline
from bot.terminal.screen import Screen, json_text, printable

PAINTED = "The presence is \x1b[31mnegotiable\x1b[0m \x9b2J\u202enegotiable\u202c."


@pytest.fixture
def terminal(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """The command line on the data of the bot that is running."""
    monkeypatch.setenv("KNOWLEDGE_DIR", str(settings.knowledge_dir))
    monkeypatch.setenv("REDLINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    async def run(*words: str, stdin: str | None = None) -> Result:
        def invoke() -> Result:
            return CliRunner().invoke(redline, list(words), input=stdin)

        result = await asyncio.to_thread(invoke)
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        return result

    return run


def sound(result: Result) -> str:
    assert result.output
    steering = STEERING.search(result.output)
    assert steering is None, repr(result.output[max(0, steering.start() - 60) :][:120])
    return result.stdout


async def test_the_journal_on_the_screen_and_in_files(world: World, terminal) -> None:
    thrown = [*EVERY_ATOM, f"zebra lasagne {PAINTED}"]
    for text in thrown:
        await world.team.slash(world.channel, "ask", question=text[:1500])
    sound(await terminal("journal", "search", "--limit", "100"))
    sound(await terminal("journal", "search", "negotiable", "--json"))
    sound(await terminal("journal", "gaps"))
    sound(await terminal("journal", "gaps", "--json"))
    sound(await terminal("journal", "stats"))
    sound(await terminal("journal", "export", "--format", "md"))
    rows = sound(await terminal("journal", "export", "--format", "jsonl")).splitlines()
    asked = [json.loads(row)["options"]["question"] for row in rows]
    assert PAINTED in asked[-1], "JSON keeps every character, as an escape"
    table = sound(await terminal("journal", "export", "--format", "csv"))
    assert len(list(csv.reader(io.StringIO(table, newline="")))) == len(thrown) + 1


async def test_questions_and_texts_given_to_commands(terminal) -> None:
    for text in (*EVERY_ATOM[:3], PAINTED):
        words = text.encode("utf-8", "replace").decode().replace("\x00", "")
        sound(await terminal("ask", "--", f"why does the demand come now {words}"))
        sound(await terminal("search", "--lexical", "--json", "--", words))
        sound(await terminal("kb", "show", "--", words))
        sound(await terminal("message", "check", "--redline", words, "--text", "-", stdin="x"))
    found = await terminal("message", "check", "--text", "-", stdin="We are \x1bopen to\x9b talks.")
    assert "BLOCK line 1" in sound(found)
    sound(await terminal("message", "check", "--json", "--text", "-", stdin=PAINTED))
    line = json.dumps({"qid": "1", "query": PAINTED}) + "\n"
    sound(await terminal("search", "--lexical", "--batch", stdin=line))


def test_a_screen_keeps_its_own_styles_and_nobody_elses() -> None:
    out = io.StringIO()
    screen = Screen(file=out, force_terminal=True, color_system="standard", width=80)
    screen.print(Text("bold", "bold"), Text("\x1b[31mred\x07"))
    assert "\x1b[1mbold" in out.getvalue()
    assert "\x1b[31m" not in out.getvalue()
    assert "·[31mred" in out.getvalue()


def test_json_escapes_what_steers_and_reads_back_the_same() -> None:
    value = {"text": PAINTED + "\ud800\U000e0041\u2028", "name": "Kõik 行"}
    written = json_text(value, indent=2)
    assert not STEERING.search(written)
    assert "Kõik 行" in written
    assert json.loads(written) == value


def test_line_breaks_and_tabs_stay() -> None:
    assert printable("a\tb\r\nc\x1bd") == "a\tb\nc·d"
