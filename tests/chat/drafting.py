"""What the tests of drafts share: people, a filled template, a board."""

from __future__ import annotations

import datetime as dt
from typing import Any

from chat_world import World, answer, buttons, click

from bot.advice.messages import examples
from bot.knowledge.kinds import Template

REDLINE = "redline-no-third-country-veto"


class Newsroom:
    """A server with two officers, two approvers and a channel for approvals."""

    def __init__(self, world: World) -> None:
        self.world = world
        env, guild = world.env, world.guild
        roles = guild.roles
        self.author = world.officer
        self.approver = guild.add_member(env.create_user("janis"), roles=[roles["Approver"]])
        self.second = guild.add_member(env.create_user("rasa"), roles=[roles["Approver"]])
        self.both = guild.add_member(
            env.create_user("greta"), roles=[roles["Comms Officer"], roles["Approver"]]
        )
        self.board = guild.create_text_channel("approvals")
        self.press = guild.create_text_channel("press")

    async def with_board(self) -> Newsroom:
        # Discord's clock and ours tell the same time: messages are looked for by it.
        env = self.world.env
        await env.advance_time((dt.datetime.now(dt.UTC) - env.now()).total_seconds())
        result = await self.world.admin.slash(
            self.world.channel, "settings channels", approvals=self.board
        )
        assert answer(result) is not None
        return self

    def template(self, channel: str = "holding-statement") -> Template:
        for entry in self.world.services.store.snapshot.entries.values():
            if (
                isinstance(entry, Template)
                and REDLINE in entry.redlines
                and entry.channel == channel
                and entry.slots
            ):
                return entry
        raise LookupError(channel)

    async def filled(self, actor: Any = None, channel: Any = None, **values: str) -> Any:
        """The card of a filled template."""
        actor = actor or self.author
        template = self.template()
        asked = await actor.slash(
            channel or self.world.channel,
            "message",
            redline=REDLINE,
            audience=template.audiences[0],
            channel=template.channel,
        )
        return await actor.submit_modal(asked, {**examples(template), **values})

    async def submitted(self, actor: Any = None) -> Any:
        actor = actor or self.author
        return await click(actor, await self.filled(actor), "dr-send")

    async def decide(self, actor: Any, key: str) -> Any:
        """Click on the latest card of the board."""
        waiting = self.posts(self.board)[0]
        return await actor.click(waiting, custom_id=buttons(waiting)[key]["custom_id"])

    async def approved(self) -> str:
        """The name of a draft that one approver has approved."""
        await self.submitted()
        await self.decide(self.approver, "dr-appr")
        assert await self.state() == "approved"
        return await self.name()

    async def name(self) -> str:
        """The latest draft with the fingerprint of its text."""
        (draft, *_) = await self.world.services.journal.drafts.find(str(self.world.guild.id))
        return f"{draft.draft_id}-{draft.sha256[:12]}"

    async def state(self) -> str:
        (draft, *_) = await self.world.services.journal.drafts.find(str(self.world.guild.id))
        return str(draft.state)

    def refuse_posts(self, channel: Any) -> None:
        """Discord takes no message of the bot there."""
        path = f"/channels/{channel.id}/messages"
        self.world.env.inject_error("POST", path, status=403, code=50001)

    def posts(self, channel: Any) -> list[Any]:
        """Messages of the bot in a channel, the latest first."""
        return [one for one in reversed(channel.history()) if one.author.bot]
