"""The world of a chat test: a small knowledge base, a server with its people, and helpers."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
from simcord.components import walk_components
from simcord.env import Env
from sqlalchemy import text as sql

from bot.chat.client import RedlineBot
from bot.chat.services import Services

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "knowledge"
GOOD = ROOT / "tests" / "unit" / "knowledge" / "good"

ANALYSIS = "analysis-why-now"
SECRET = "analysis-inside-assessment"
RETIRED = "law-retired-rule"
LONG = "analysis-long-read"
REDLINE = "redline-presence-not-negotiable"
OPTION = "option-public-rejection"
RISKY = ("option-forward-brigades", "option-secondary-sanctions")
NARRATIVE = "claim-troops-are-occupiers"


def write_knowledge(root: Path) -> Path:
    """A small, sound knowledge base: one entry of each kind, and those that chat must refuse."""
    shutil.copytree(GOOD, root)
    for path in SHIPPED.glob("*.yaml"):
        shutil.copy(path, root / path.name)
    (root / "questions.yaml").unlink(missing_ok=True)
    analysis = (root / "analyses" / f"{ANALYSIS}.yaml").read_text(encoding="utf-8")
    related = (
        f"related:\n  - {{type: supports, entry: {REDLINE}}}\n"
        f"  - {{type: see-also, entry: {OPTION}}}\n"
    )
    (root / "analyses" / f"{ANALYSIS}.yaml").write_text(analysis + related, encoding="utf-8")
    secret = (
        analysis.replace(ANALYSIS, SECRET)
        .replace("tlp: clear", "tlp: amber")
        .replace("title: Why the demand comes now", "title: Inside assessment of the garrison")
        .replace("The demand tests the alliance.", "The garrison holds for nine days.")
    )
    (root / "analyses" / f"{SECRET}.yaml").write_text(secret, encoding="utf-8")
    paragraphs = "\n\n".join(
        f"  Paragraph {number} of the long read. {'It goes on and on. ' * 12}"
        for number in range(24)
    )
    long = re.sub(r"body: \|\n(  .*\n|\n)+", f"body: |\n{paragraphs}\n", analysis)
    long = long.replace(ANALYSIS, LONG).replace("Why the demand comes now", "A very long read")
    (root / "analyses" / f"{LONG}.yaml").write_text(long, encoding="utf-8")
    option = (root / "countermeasures" / f"{OPTION}.yaml").read_text(encoding="utf-8")
    for entry_id, title, domain in (
        (RISKY[0], "Move brigades forward", "military"),
        (RISKY[1], "Sanction third parties", "economic"),
    ):
        text = (
            option.replace(OPTION, entry_id)
            .replace("Reject the demand in public", title)
            .replace("domain: diplomatic", f"domain: {domain}")
            .replace("escalation_risk: low", "escalation_risk: high")
            .replace("effects: [deter, unite]", "effects: [impose-cost]")
        )
        (root / "countermeasures" / f"{entry_id}.yaml").write_text(text, encoding="utf-8")
    return root


@dataclass
class World:
    """A server with its people, and the bot in it."""

    env: Env
    services: Services
    guild: Any = field(init=False)
    channel: Any = field(init=False)
    team: Any = field(init=False)
    officer: Any = field(init=False)
    maintainer: Any = field(init=False)
    admin: Any = field(init=False)

    def __post_init__(self) -> None:
        env = self.env
        self.guild = env.create_guild("Task force")
        roles = {
            name: self.guild.create_role(name)
            for name in ("Comms Officer", "Approver", "Maintainer")
        }
        boss = self.guild.create_role("Boss", permissions=discord.Permissions(administrator=True))
        self.channel = self.guild.create_text_channel("desk")
        self.team = self.guild.add_member(env.create_user("tiina"))
        self.officer = self.guild.add_member(
            env.create_user("oskar"), roles=[roles["Comms Officer"]]
        )
        self.maintainer = self.guild.add_member(
            env.create_user("mari"), roles=[roles["Maintainer"]]
        )
        self.admin = self.guild.add_member(env.create_user("anna"), roles=[boss])

    async def restart(self) -> None:
        """Another process: a new bot, on the same services' data."""
        await self.env.restart_bot(RedlineBot(self.services))

    async def records(self) -> list[dict[str, Any]]:
        """Interactions in the journal, oldest first."""
        async with self.services.journal.engine.connect() as connection:
            rows = await connection.execute(
                sql(
                    "select i.interaction_id, i.command, i.outcome, i.error_reference, r.private,"
                    " r.public, r.user_id from interaction i join record r on r.seq = i.seq"
                    " order by r.seq"
                )
            )
            return [dict(row._mapping) for row in rows]

    async def log(self, kind: str) -> list[str]:
        """What the journal holds of one type of record."""
        async with self.services.journal.engine.connect() as connection:
            rows = await connection.execute(
                sql("select public from record where type = :kind order by seq"), {"kind": kind}
            )
            return [str(row[0]) for row in rows]


def components(result: Any) -> list[dict[str, Any]]:
    """All components of an answer, nested ones included."""
    message = result.followups[-1] if getattr(result, "followups", None) else None
    message = message or getattr(result, "response", result)
    assert message is not None, f"no answer: {result!r}"
    roots = message.components
    if roots and not isinstance(roots[0], dict):
        roots = [component.to_dict() for component in roots]
    return list(walk_components(roots))


def answer(result: Any) -> Any:
    """The message with the answer, whether or not it was deferred."""
    return result.followups[-1] if result.deferred and result.followups else result.response


def shown(result: Any) -> str:
    """All text of an answer."""
    return "\n".join(part["content"] for part in components(result) if part.get("type") == 10)


def buttons(result: Any) -> dict[str, dict[str, Any]]:
    """Buttons of an answer by action and entry: `open:analysis-x` as well as `open`."""
    found: dict[str, dict[str, Any]] = {}
    for part in components(result):
        if "custom_id" in part:
            _, action, _, _, page, entry = part["custom_id"].split(":")
            found.setdefault(action, part)
            found[f"{action}:{entry}"] = part
            found[f"{action}#{page}"] = part
    return found


async def click(actor: Any, result: Any, key: str) -> Any:
    return await actor.click(result.response, custom_id=buttons(result)[key]["custom_id"])


async def select(actor: Any, result: Any, key: str, *values: str) -> Any:
    custom_id = buttons(result)[key]["custom_id"]
    return await actor.select(result.response, list(values), custom_id=custom_id)
