"""The after-action pack: all that a discussion decided on and was told, in one zip file."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from bot.journal import minutes
from bot.journal.database import reading
from bot.journal.desk_tables import GIVEN
from bot.journal.discussions import Discussions
from bot.journal.drafts import Drafts, StoredDraft
from bot.journal.log import End, Log, stored
from bot.journal.records import StoredRecord, now
from bot.journal.safe_text import json_line
from bot.journal.tables import HEAD, INTERACTION, RECORD, SHARE

MOST_DRAFTS = 1000


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a pack."""

    discussion: minutes.Discussion
    answers: tuple[dict[str, Any], ...]
    drafts: tuple[StoredDraft, ...]
    end: End
    withheld: int = 0
    """Answers and drafts left out because their marking does not admit the reader."""


class Packs:
    """After-action packs of a journal's discussions."""

    def __init__(self, log: Log, discussions: Discussions, drafts: Drafts) -> None:
        self._log = log
        self._discussions = discussions
        self._drafts = drafts

    async def write(
        self, discussion_id: str, path: Path, *, names: minutes.Names, zone: ZoneInfo = minutes.UTC
    ) -> Contents | None:
        """Write the pack to a file; None where there is no such discussion. Raises OSError, and
        what a failing database raises."""
        contents = await self.gather(discussion_id)
        if contents is not None:
            await asyncio.to_thread(write_zip, contents, path, names, zone)
        return contents

    async def gather(
        self, discussion_id: str, markings: Collection[str] | None = None
    ) -> Contents | None:
        """The pack's contents as plain data; None where there is no such discussion.

        `markings` are those that the reader may see, in capitals as the journal has them; answers
        and drafts with another are counted and left out. None takes all.
        """
        discussion = await self._discussions.get(discussion_id)
        if discussion is None:
            return None
        answers = await self._answers(discussion)
        found = await self._drafts.find(
            discussion.guild_id, discussion_id=discussion_id, limit=MOST_DRAFTS
        )
        drafts = [draft for one in found if (draft := await self._drafts.get(one.draft_id))]
        async with reading(self._log.engine).connect() as connection:
            head = (await connection.execute(select(HEAD))).one()
        drafts.sort(key=lambda draft: draft.steps[0].seq)
        admitted = tuple(one for one in drafts if markings is None or one.tlp in markings)
        seen = tuple(one for one in answers if markings is None or one.get("tlp") in markings)
        withheld = len(drafts) - len(admitted) + len(answers) - len(seen)
        return Contents(discussion, seen, admitted, (head.seq, head.hash), withheld)

    async def _answers(self, discussion: minutes.Discussion) -> tuple[dict[str, Any], ...]:
        """Answers given in the discussion's thread, and the one it began with, as given.

        What somebody asked for themselves stays theirs: question and person are told only of
        answers that were shared, and of the one that the discussion began with.
        """
        query = (
            select(RECORD)
            .join(INTERACTION, INTERACTION.c.seq == RECORD.c.seq)
            .where(
                or_(
                    RECORD.c.channel_id == discussion.thread_id,
                    INTERACTION.c.interaction_id == discussion.interaction_id,
                ),
                RECORD.c.guild_id == discussion.guild_id,
            )
            .order_by(RECORD.c.seq)
        )
        async with reading(self._log.engine).connect() as connection:
            records = [stored(row) for row in (await connection.execute(query)).all()]
            ids = [record.public["interaction_id"] for record in records]
            shares = await connection.execute(
                select(SHARE.c.interaction_id).where(SHARE.c.interaction_id.in_(ids))
            )
            told = {*shares.scalars(), discussion.interaction_id}
            shas = {record.public.get("answer_sha256") for record in records}
            given = await connection.execute(select(GIVEN).where(GIVEN.c.sha256.in_(shas - {None})))
            texts: dict[str, str] = {row.sha256: row.text for row in given.all()}
        return tuple(_answer(record, texts, told) for record in records)


def _answer(record: StoredRecord, texts: dict[str, str], told: set[str | None]) -> dict[str, Any]:
    found = record.flat()
    if record.public["interaction_id"] not in told:
        found.update(user_id=None, options=None)
    found["answer"] = texts.get(record.public.get("answer_sha256") or "")
    return found


def write_zip(
    contents: Contents,
    path: Path,
    names: minutes.Names,
    zone: ZoneInfo,
    more: Mapping[str, bytes] | None = None,
) -> None:
    """The zip file, complete or not there at all. `more` are further files, by name."""
    discussion = contents.discussion
    texts = {
        "report.md": minutes.as_markdown(discussion, names, zone),
        "timeline.csv": minutes.as_csv(discussion, names),
        "discussion.jsonl": minutes.as_jsonl(discussion),
        "answers.jsonl": "".join(map(json_line, contents.answers)),
    }
    for number, draft in enumerate(contents.drafts, 1):
        texts[f"drafts/{number:02d}.md"] = minutes.draft_as_markdown(draft, names, zone)
    files = {name: text.encode() for name, text in texts.items()} | dict(more or {})
    revisions = {discussion.knowledge_revision, *_revisions(contents)}
    manifest = {
        "discussion_id": discussion.discussion_id,
        "made_at": now(),
        "tlp": discussion.tlp,
        "knowledge_revisions": sorted(revision for revision in revisions if revision),
        "journal_end": {"seq": contents.end[0], "hash": contents.end[1]},
        "withheld": contents.withheld,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    files["manifest.json"] = (json.dumps(manifest, indent=2) + "\n").encode()
    part = path.with_name(f"{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as pack:
            for name, content in files.items():
                pack.writestr(name, content)
        os.replace(part, path)  # noqa: PTH105 - Path.replace is the same
    finally:
        part.unlink(missing_ok=True)


def _revisions(contents: Contents) -> set[str]:
    steps = (step for draft in contents.drafts for step in draft.steps)
    return {
        *(str(answer.get("knowledge_revision") or "") for answer in contents.answers),
        *(str(step.public.get("knowledge_revision") or "") for step in steps),
    }
