"""What the bot sends conforms to Discord's own description of its interface."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from chat_world import OPTION, RISKY, ROOT, World, click, select
from jsonschema import Draft202012Validator

OPENAPI = ROOT.parent / "shared" / "discord" / "openapi.json"

pytestmark = pytest.mark.skipif(
    not OPENAPI.is_file(), reason="Discord's OpenAPI description is not beside this checkout"
)


@cache
def description() -> dict[str, Any]:
    return json.loads(OPENAPI.read_text(encoding="utf-8"))


def conforms(value: Any, schema: str) -> None:
    root = {"$ref": f"#/components/schemas/{schema}", "components": description()["components"]}
    errors = list(Draft202012Validator(root).iter_errors(value))
    assert not errors, [f"{error.json_path}: {error.message[:300]}" for error in errors[:5]]


def with_text_ids(callback: dict[str, Any]) -> dict[str, Any]:
    """The callback with the numbers of its uploaded files as text.

    The description wants text for every id, but Discord's own examples, and discord.py, number the
    files of a message with plain numbers.
    """
    data = dict(callback.get("data") or {})
    if "attachments" in data:
        data["attachments"] = [{**each, "id": str(each["id"])} for each in data["attachments"]]
    return {**callback, "data": data} if "data" in callback else callback


def callbacks(world: World) -> list[dict[str, Any]]:
    return [
        with_text_ids(request.json)
        for request in world.env.http_requests
        if request.path.endswith("/callback") and request.json
    ]


async def test_answers_clicks_and_refusals_conform(world: World) -> None:
    answer = await world.team.slash(world.channel, "ask", question="why does the demand come now?")
    for key in ("o-red", "o-src"):
        listed = await click(world.team, answer, key)
        opened = await click(world.team, listed, "open")
        await click(world.team, opened, "back")
    options = await world.team.slash(world.channel, "options")
    compared = await select(world.team, options, "cmp", *RISKY)
    await select(world.team, compared, "add", OPTION)
    assessed = await world.team.slash(world.channel, "assess", indicator="probing-2")
    await select(world.team, assessed, "as-set", "whole-1", "whole-2")
    await world.team.slash(world.channel, "ask", question="zebra lasagne xylophone")
    await world.officer.slash(world.channel, "stats")
    gaps = await world.maintainer.slash(world.channel, "kb gaps")
    await click(world.maintainer, gaps, "gap")
    await world.team.slash(world.channel, "kb status")
    await world.maintainer.slash(world.channel, "kb status")
    await world.admin.slash(world.channel, "settings show")
    await world.team.autocomplete(world.channel, "topic", "entry", "why")
    sent = callbacks(world)
    kinds = {callback["type"] for callback in sent}
    assert kinds == {4, 7, 8}
    schemas = {
        4: "CreateMessageInteractionCallbackRequest",
        7: "UpdateMessageInteractionCallbackRequest",
        8: "ApplicationCommandAutocompleteCallbackRequest",
    }
    for callback in sent:
        conforms(callback, schemas[callback["type"]])


async def test_the_commands_conform(world: World) -> None:
    synced = next(
        request.json
        for request in world.env.http_requests
        if request.method == "PUT" and request.path.endswith("/commands")
    )
    for command in synced:
        conforms(command, "ApplicationCommandUpdateRequest")


async def test_a_component_that_discord_does_not_take_would_be_noticed() -> None:
    with pytest.raises(AssertionError):
        conforms({"type": 10, "content": ""}, "TextDisplayComponentForMessageRequest")
