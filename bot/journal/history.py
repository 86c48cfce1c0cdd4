"""Full-text search over all that was asked, noted, said and drafted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal import terms
from bot.journal.database import reading
from bot.journal.desk_tables import GIVEN
from bot.journal.index import Condition
from bot.journal.log import Log, stored
from bot.journal.projections import text_of
from bot.journal.records import StoredRecord, moment
from bot.journal.snippets import Snippet, snippet
from bot.journal.tables import HEAD, RECORD

CANDIDATES = 100
"""Records that are ranked: the newest that match. A word that most records hold finds the latest
of them; a rarer one, and several words together, find all."""

MOST_WORDS = 12
"""Words of a query that count: more only narrow what is found to nothing."""

PAGES = 20
"""Pages of candidates at most that are read where few of them pass the exact filters."""

FIRST_DAY = dt.date(2015, 1, 1)
"""Nothing is older: Discord began that year."""

TYPES = ("interaction", "discussion-start", "discussion-event", "draft-step")
"""Types of record that hold words."""

MOST_TERMS = 60
"""Choices of one filter in the index's query; more are filtered after it."""

FEW = 6
"""Channels that cost the index as little as their whole server, and let in nothing else."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """What somebody may see.

    Their own records always; of others, in their server and in these channels (or threads under
    them; None: all), what was said among people, marked `tlp` at most. Questions to the bot are
    their asker's alone unless `all_questions`, drafts of messages their authors' unless `drafts`.
    """

    user_id: str
    guild_id: str | None
    channel_ids: frozenset[str] | None
    tlp: str = "GREEN"
    all_questions: bool = False
    drafts: bool = False

    def admits(self, record: StoredRecord) -> bool:
        public = record.public
        if record.guild_id != self.guild_id:
            return False
        if record.user_id == self.user_id:
            return True
        if self.guild_id is None:
            return False
        if record.type == "interaction" and not self.all_questions:
            return False
        if record.type == "draft-step" and not self.drafts:
            return False
        if terms.tlp_level(str(public.get("tlp") or "CLEAR")) > terms.tlp_level(self.tlp):
            return False
        return self.channel_ids is None or bool(
            {record.channel_id, public.get("parent_id")} & self.channel_ids
        )


@dataclass(frozen=True, slots=True)
class Query:
    """What to find. `viewer` None sees all: for whoever runs the bot. Times are ISO 8601 with a
    zone, `since` inclusive, `until` exclusive. Without `text`: the latest that the filters let
    through."""

    text: str = ""
    viewer: Viewer | None = None
    person: str | None = None
    channel: str | None = None
    entry: str | None = None
    guild: str | None = None
    discussion: str | None = None
    types: Collection[str] = TYPES
    since: str | None = None
    until: str | None = None
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A record that matches. `score` is from 0 to 1: how much of the query it holds, and how
    closely together."""

    record: StoredRecord
    score: float
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Reading:
    """One record in full: what was said, and the answer as it was given, where it was kept."""

    record: StoredRecord
    text: str
    given: str | None


class History:
    """The search over a journal's records."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def search(self, query: Query) -> tuple[Found, ...]:
        """The best matches, best first; the newer first where two are as good.

        Records with all words come before those with some. Raises ValueError for a time that is
        none, and what a failing database raises.
        """
        wanted = list(dict.fromkeys(terms.words(query.text)))[:MOST_WORDS]
        nothing = query.text.strip() and not wanted
        if nothing or (
            query.since is not None
            and query.until is not None
            and moment(query.until) <= moment(query.since)
        ):
            return ()
        found: dict[int, StoredRecord] = {}
        async with reading(self._log.engine).connect() as connection:
            head = (await connection.execute(select(HEAD.c.seq))).scalar_one()
            for every in (True, False) if len(wanted) > 1 else (True,):
                if len(found) >= query.limit:
                    break
                conditions = [
                    _condition(query, wanted, every=every, closeness=closeness)
                    for closeness in range(3)
                ]
                for record in await self._candidates(connection, query, conditions, head):
                    found[record.seq] = record
        ranked = sorted(
            ((score(wanted, terms.words(text_of(record))), record) for record in found.values()),
            key=lambda pair: (-pair[0], -pair[1].seq),
        )
        return tuple(
            Found(record, round(value, 4), snippet(text_of(record), wanted))
            for value, record in ranked[: query.limit]
        )

    async def read(self, seq: int, viewer: Viewer | None = None) -> Reading | None:
        """One record that a search may find; None where there is none that the viewer may see."""
        async with reading(self._log.engine).connect() as connection:
            found = await _records(connection, [seq])
            record = found[0] if found else None
            if record is None or not _fits(Query(viewer=viewer), record):
                return None
            sha256 = record.public.get("answer_sha256")
            query = select(GIVEN.c.text).where(GIVEN.c.sha256 == sha256)
            given = (await connection.execute(query)).scalar() if sha256 else None
        return Reading(record, text_of(record), given)

    async def _candidates(
        self,
        connection: AsyncConnection,
        query: Query,
        conditions: Sequence[Condition],
        head: int,
    ) -> list[StoredRecord]:
        """The newest records that fit exactly, page by page where the index's terms let in more.

        The first page asks the index for less than what must fit, the next ones for more of it:
        terms that a great part of all records hold cost the index more than reading a few records.
        """
        found: list[StoredRecord] = []
        most = max(CANDIDATES, query.limit)
        for page in range(PAGES):
            condition = conditions[min(page, len(conditions) - 1)]
            seqs = await self._log.index.find(connection, condition, most=most, head=head)
            records = await _records(connection, seqs)
            found += (record for record in records if _fits(query, record))
            if len(seqs) < most or len(found) >= max(CANDIDATES // 2, query.limit):
                break
            head = min(seqs) - 1
        return found


def score(wanted: Sequence[str], said: Sequence[str]) -> float:
    """From 0 to 1. Four fifths for the words that are there (an inflected form counts for less),
    one fifth for how closely together they stand at their closest."""
    if not wanted:
        return 1.0
    stems = [terms.cut(word) for word in wanted]
    exact: list[list[int]] = [[] for _ in wanted]
    kin: list[list[int]] = [[] for _ in wanted]
    start = tuple(stems)
    for place, other in enumerate(said):
        if not other.startswith(start):
            continue
        for number, word in enumerate(wanted):
            if other == word:
                exact[number].append(place)
            elif other.startswith(stems[number]):
                kin[number].append(place)
    held = sum(1.0 if exact[n] else 0.7 if kin[n] else 0.0 for n in range(len(wanted)))
    places = [places for n in range(len(wanted)) if (places := exact[n] or kin[n])]
    near = len(places) / _span(places) * len(places) / len(wanted) if places else 0.0
    return 0.8 * held / len(wanted) + 0.2 * min(near, 1.0)


def _span(places: Sequence[Sequence[int]]) -> int:
    """Words in the shortest stretch that holds one place of each."""
    heads = [0] * len(places)
    shortest = 0
    while True:
        now = [column[head] for column, head in zip(places, heads, strict=True)]
        first, last = min(now), max(now)
        shortest = min(shortest or last - first + 1, last - first + 1)
        behind = now.index(first)
        heads[behind] += 1
        if heads[behind] == len(places[behind]):
            return max(shortest, len(places))


def _condition(
    query: Query, wanted: Sequence[str], *, every: bool, closeness: int = 2
) -> Condition:
    """What the index is asked for: words, what was asked to narrow them, and where the viewer may
    look: 0 in their server, 1 in their channels, 2 what is marked and of the kinds asked for.
    `_fits` checks all of it in any case."""
    viewer = query.viewer
    place = viewer.guild_id if viewer is not None else query.guild
    all_of: list[tuple[str, ...]] = []
    if query.person is not None:
        person = terms.own_term(query.person, place) if place else terms.user_term(query.person)
        all_of.append((person,))
    for value, term in (
        (query.channel, terms.channel_term),
        (query.entry, terms.entry_term),
        (query.guild, terms.guild_term),
        (query.discussion, terms.discussion_term),
    ):
        if value is not None:
            all_of.append((term(value),))
    if query.since is not None or query.until is not None:
        all_of.append(_time_terms(query))
    if viewer is not None:
        all_of += _seen_terms(viewer, closeness)
    every_kind = set(query.types) >= set(TYPES)
    if not (wanted or all_of) or (closeness > 1 and not every_kind):
        all_of.append(tuple(terms.kind_term(kind) for kind in query.types))
    past = query.until is not None
    return Condition(tuple(map(terms.cut, wanted)), every, tuple(all_of), past)


def _seen_terms(viewer: Viewer, closeness: int) -> Iterable[tuple[str, ...]]:
    """Where the viewer may look, as near as the index knows it.

    First in their server: who sees most of its channels loses little, and two terms cost the index
    far less than forty. Then in their channels, where they are not too many, then the markings.
    """
    mine = terms.own_term(viewer.user_id, viewer.guild_id)
    if viewer.guild_id is None:
        yield (mine,)
        return
    highest = terms.tlp_level(viewer.tlp)
    shared = not viewer.all_questions and highest <= terms.tlp_level("GREEN")
    channels = sorted(viewer.channel_ids or ())
    few = viewer.channel_ids is not None and len(channels) <= (MOST_TERMS if closeness else FEW)
    if viewer.all_questions:
        places = map(terms.channel_term, channels) if few else (terms.guild_term(viewer.guild_id),)
    else:
        term = terms.shared_term if shared else terms.said_term
        places = map(term, channels if few else (viewer.guild_id,))
    yield (*places, mine)
    if not shared and closeness > 1 and highest < len(terms.TLP_ORDER) - 1:
        yield (*map(terms.level_term, range(highest + 1)), mine)


def _time_terms(query: Query) -> tuple[str, ...]:
    """Days, months and years that cover the time asked for; the exact bounds are checked after."""
    first = dt.date.fromisoformat(moment(query.since)[:10]) if query.since else FIRST_DAY
    today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    last = today
    if query.until:  # up to midnight means: nothing of that day
        last = (dt.datetime.fromisoformat(moment(query.until)) - dt.timedelta.resolution).date()
    return terms.days_covered(max(first, FIRST_DAY), last)


def _fits(query: Query, record: StoredRecord) -> bool:
    """The exact check of what the index's terms stand for."""
    public = record.public
    if record.erased or record.type not in query.types:
        return False
    if query.viewer is not None and not query.viewer.admits(record):
        return False
    if query.since is not None and record.created_at < moment(query.since):
        return False
    if query.until is not None and record.created_at >= moment(query.until):
        return False
    return (
        (query.person is None or record.user_id == query.person)
        and (query.guild is None or record.guild_id == query.guild)
        and (query.channel is None or query.channel in (record.channel_id, public.get("parent_id")))
        and (query.entry is None or query.entry in (public.get("entries") or ()))
        and (query.discussion is None or query.discussion == public.get("discussion_id"))
    )


async def _records(connection: AsyncConnection, seqs: Iterable[int]) -> list[StoredRecord]:
    numbers = sorted(seqs)
    if not numbers:
        return []
    rows = await connection.execute(select(RECORD).where(RECORD.c.seq.in_(numbers)))
    return [stored(row) for row in rows.all()]
