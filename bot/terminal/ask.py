"""`redline ask`: one answer in the terminal."""

from __future__ import annotations

import sys
from typing import Any, get_args

import click

from bot.knowledge.kinds.common import Language


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--lang",
    "language",
    type=click.Choice(get_args(Language)),
    help="Language of the answer; that of the question where it is left out.",
)
@click.option("--json", "as_json", is_flag=True, help="The whole answer as JSON.")
def ask(question: tuple[str, ...], language: str | None, as_json: bool) -> None:
    """Answer a question from the knowledge base; exit 1 where nothing is on file.

    \b
    Example:
      redline ask "is NATO's presence in the Baltics lawful?" --lang lv
    """
    from bot.advice.clearance import OFFICER  # noqa: PLC0415 - keeps --help fast
    from bot.terminal.answers import answer_data, show_answer  # noqa: PLC0415
    from bot.terminal.desk import console, fail, open_adviser  # noqa: PLC0415
    from bot.terminal.screen import json_text  # noqa: PLC0415

    text = " ".join(question).strip()
    if not text:
        fail('Nothing asked. Example: redline ask "what does Moscow want?"', 2)
    answer = open_adviser().ask(text, language=language, clearance=OFFICER)
    if as_json:
        data: dict[str, Any] = answer_data(answer)
        click.echo(json_text(data, indent=2))
    else:
        show_answer(answer, console())
    sys.exit(0 if answer.outcome == "answered" else 1)
