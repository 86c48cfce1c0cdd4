"""What the tests of discussions share."""

from __future__ import annotations

from typing import Any

from chat_world import World


def pings(world: World) -> list[Any]:
    """What messages and answers of the bot were allowed to ping, where they were at all."""
    found = []
    for sent in world.env.http_requests:
        body = sent.json if isinstance(sent.json, dict) else {}
        data = body.get("data") if isinstance(body.get("data"), dict) else body
        if sent.method == "PATCH" or "components" not in data or "custom_id" in data:
            continue  # no message, or a form
        allowed = data.get("allowed_mentions")
        assert allowed is not None, sent
        if allowed.get("parse") or allowed.get("users") or allowed.get("roles"):
            found.append(allowed)
    return found
