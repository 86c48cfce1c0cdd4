"""An entry made into an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot.advice.answer import Answer, SourceLine
from bot.advice.clearance import Clearance, highest
from bot.advice.links import links_of
from bot.advice.sections import ORIGINAL, sections_of
from bot.knowledge.kinds import Entry, Source
from bot.knowledge.search.result import Reason, SearchResult
from bot.knowledge.snapshot import Snapshot


def compose(
    entry: Entry,
    snapshot: Snapshot,
    *,
    command: str,
    language: str,
    clearance: Clearance,
    query: str | None = None,
    result: SearchResult | None = None,
    why: tuple[Reason, ...] = (),
) -> Answer:
    """The answer that gives this entry, in `language` where it is translated, else English."""
    title, summary, points, body = entry.title, entry.summary, entry.key_points, entry.body
    wanted = language
    translation = entry.translations.get(language)  # type: ignore[call-overload]
    note = ""
    if translation is not None:
        title, summary = translation.title, translation.summary
        points = translation.key_points or points
        body = translation.body or body
        note = "" if translation.review == "native-reviewed" else "awaiting-native-review"
    elif language != ORIGINAL:
        language, note = ORIGINAL, "untranslated"
    source_ids = dict.fromkeys(_source_ids(entry))
    sources = [found for key in source_ids if isinstance(found := snapshot.get(key), Source)]
    return Answer(
        outcome="answered",
        command=command,
        query=query,
        entry_id=entry.id,
        kind=entry.kind,
        title=title,
        bottom_line=summary,
        key_points=points,
        sections=sections_of(entry, snapshot, body, wanted),
        caveats=tuple(f"“{item.claim}” {item.correction}" for item in entry.caveats),
        confidence=entry.confidence,
        tlp=highest([entry.tlp, *(source.tlp for source in sources)]),
        status=entry.status,
        reviewed=entry.reviewed,
        review_overdue=entry.review_by < dt.datetime.now(dt.UTC).date(),
        sources=tuple(source_line(source) for source in sources),
        passages=entry.passages,
        links=links_of(entry, snapshot, clearance, result),
        why=why,
        entries=(entry.id, *(hit.entry.id for hit in result.hits if hit.entry.id != entry.id))
        if result
        else (entry.id,),
        language=language,
        language_note=note,
        revision=snapshot.revision,
    )


def source_line(source: Source) -> SourceLine:
    return SourceLine(
        source.id,
        source.title,
        source.publisher,
        source.url,
        source.published,
        source.reliability,
    )


def _source_ids(entry: Entry) -> Iterable[str]:
    if isinstance(entry, Source):
        yield entry.id
    yield from entry.sources
    yield from (quote.source for quote in entry.quotes)
    for caveat in entry.caveats:
        yield from caveat.sources
