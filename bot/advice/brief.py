"""What goes into a briefing: an entry, and what stands around it, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from bot.advice.adviser import Adviser
from bot.advice.answer import Answer
from bot.advice.brief_data import (
    Brief,
    BriefMessage,
    BriefOption,
    BriefPoint,
    BriefRedline,
    Contested,
    Note,
    Saying,
    Term,
    Worded,
)
from bot.advice.clearance import ORDER, Clearance, highest
from bot.advice.composition import ORIGINAL, source_line
from bot.advice.ladder import translation_of
from bot.advice.messages.fill import put_in
from bot.advice.options import option_row, rank
from bot.knowledge.kinds import (
    Countermeasure,
    Entry,
    Law,
    Perspective,
    Redline,
    Source,
    Template,
)
from bot.knowledge.snapshot import Snapshot, references

MOST_REDLINES = 4
MOST_OPTIONS = 8
MOST_MESSAGES = 6
MOST_VOICES = 4
"""A briefing is read before a meeting: beyond these the nearest are kept and the rest counted."""

E = TypeVar("E", bound=Entry)


def brief(
    adviser: Adviser,
    *,
    entry: str | None = None,
    question: str | None = None,
    language: str | None = None,
    clearance: Clearance,
) -> Brief:
    """The briefing on an entry (by id) or on what answers a question: exactly one of the two.

    Nothing in it is above the clearance. `language` None is that of the question, else English.
    Raises ValueError for both or neither.
    """
    if (entry is None) == (question is None):
        raise ValueError("a briefing is on an entry or on a question: give exactly one")
    if question is not None:
        answer = adviser.ask(question, language=language, clearance=clearance)
        asked_in = language or answer.language
    else:
        asked_in = language or ORIGINAL
        answer = adviser.topic(str(entry), language=asked_in, clearance=clearance, command="brief")
    subject = adviser.snapshot.get(answer.entry_id) if answer.entry_id else None
    if subject is None:
        return Brief(
            answer, None, (), (), (), (), (), (), (), (), (), answer.tlp, asked_in, (), True
        )
    return _Gathering(adviser.snapshot, clearance, asked_in).around(subject, answer)


class _Gathering:
    """What stands around one entry, for one reader."""

    def __init__(self, snapshot: Snapshot, clearance: Clearance, language: str) -> None:
        self.snapshot, self.clearance, self.language = snapshot, clearance, language

    def around(self, subject: Entry, answer: Answer) -> Brief:
        near = list(self._near(subject, answer))
        redlines, more_redlines = _first(near, Redline, MOST_REDLINES)
        options, more_options = _first(near, Countermeasure, MOST_OPTIONS)
        every_message = list(self._for_many_channels(near))
        messages, more_messages = _first(every_message, Template, MOST_MESSAGES)
        laws, more_laws = _first(near, Law, MOST_VOICES)
        voices, more_voices = _first(near, Perspective, MOST_VOICES)
        options.sort(key=rank)
        shown: list[Entry] = [subject, *redlines, *options, *messages, *voices, *laws]
        shown = list({entry.id: entry for entry in shown}.values())
        contested = tuple(
            Contested(item.claim, item.correction, item.sources)
            for entry in [subject, *(line for line in redlines if line is not subject)]
            for item in entry.caveats
        )
        cited = [key for entry in shown for key in source_ids(entry)]
        cited += [key for item in contested for key in item.sources]
        sources = self._sources(cited)
        tlp = highest([*(entry.tlp for entry in shown), *(source.tlp for source in sources)])
        return Brief(
            answer=answer,
            main=self._worded(subject),
            redlines=tuple(self._redline(entry) for entry in redlines),
            options=tuple(self._option(entry) for entry in options),
            messages=tuple(self._message(entry) for entry in messages),
            perspectives=tuple(
                BriefPoint(self._worded(entry), entry.speak_to[0]) for entry in voices
            ),
            laws=tuple(BriefPoint(self._worded(entry), entry.limits[0]) for entry in laws),
            contested=contested,
            sources=tuple(source_line(source) for source in sources),
            left_out=tuple(
                (kind, count)
                for kind, count in (
                    ("redline", more_redlines),
                    ("countermeasure", more_options),
                    ("template", more_messages),
                    ("perspective", more_voices),
                    ("law", more_laws),
                )
                if count
            ),
            entries=tuple(entry.id for entry in shown),
            tlp=tlp,
            language=self.language,
            raised_by=tuple(
                self._worded(entry).title
                for entry in [*shown, *sources]
                if entry.tlp == tlp and subject.tlp != tlp
            ),
            body_translated=self._has_body(subject),
        )

    def _near(self, subject: Entry, answer: Answer) -> Iterator[Entry]:
        """The subject, then what is linked to it, nearest first, then one step further."""
        yield subject
        seen = {subject.id}
        direct = [link for link in answer.links if link.relation != "by-way-of"]
        onward = [link for link in answer.links if link.relation == "by-way-of"]
        bearing = [
            link.id
            for link in direct
            if link.relation != "match" and link.kind in {"redline", "narrative", "analysis"}
        ]
        further = [key for near in bearing for key in self._named_by(near)]
        closed = ORDER.index(highest(["green", subject.tlp]))
        first = {link.id for link in direct}
        for key in [*(link.id for link in direct), *further, *(link.id for link in onward)]:
            entry = self.snapshot.get(key)
            if entry is None or key in seen or not self._may_show(entry):
                continue
            # What is only near must not close a document that could otherwise be shared.
            if key not in first and ORDER.index(entry.tlp) > closed:
                continue
            seen.add(key)
            yield entry

    def _has_body(self, entry: Entry) -> bool:
        translation = translation_of(entry, self.language)
        translated = translation is not None and translation.body is not None
        return self.language == ORIGINAL or translated

    def _named_by(self, key: str) -> Iterator[str]:
        """One step on from a neighbour: what it names, and what carries out a red line."""
        entry = self.snapshot.get(key)
        if entry is None or not self._may_show(entry):
            return
        yield from references(entry)
        if isinstance(entry, Redline):
            for referrer in self.snapshot.referrers.get(key, ()):
                if isinstance(self.snapshot.get(referrer), Countermeasure):
                    yield referrer

    def _may_show(self, entry: Entry) -> bool:
        return entry.status != "retired" and self.clearance.admits(entry.tlp)

    def _for_many_channels(self, near: Sequence[Entry]) -> Iterable[Template]:
        """Templates, one a channel first; those in the reader's language before others."""
        templates = [entry for entry in near if isinstance(entry, Template)]
        templates.sort(key=lambda entry: self.language not in entry.variants)
        firsts = {entry.channel: entry for entry in reversed(templates)}
        yield from (entry for entry in templates if firsts[entry.channel] is entry)
        yield from (entry for entry in templates if firsts[entry.channel] is not entry)

    def _sources(self, keys: Iterable[str]) -> list[Source]:
        found = [self.snapshot.get(key) for key in dict.fromkeys(keys)]
        return [entry for entry in found if isinstance(entry, Source) and self._may_show(entry)]

    def _worded(self, entry: Entry) -> Worded:
        sources = source_ids(entry)
        translation = translation_of(entry, self.language)
        if translation is None:
            note: Note = "" if self.language == ORIGINAL else "untranslated"
            return Worded(entry.id, entry.title, entry.summary, note, sources)
        note = "" if translation.review == "native-reviewed" else "awaiting-native-review"
        return Worded(entry.id, translation.title, translation.summary, note, sources)

    def _redline(self, entry: Redline) -> BriefRedline:
        return BriefRedline(
            about=self._worded(entry),
            line=entry.line,
            must_say=tuple(Saying(rule.reason, rule.say_instead) for rule in entry.must_say),
            never_say=tuple(Saying(rule.reason, rule.say_instead) for rule in entry.never_say),
            crossed_when=entry.crossed_when,
            not_crossed_when=entry.not_crossed_when,
        )

    def _option(self, entry: Countermeasure) -> BriefOption:
        titles = self.snapshot.vocabulary.effects
        return BriefOption(
            row=option_row(entry, self.language),
            effects=tuple(Term(each, titles.get(each, each)) for each in entry.effects),
            sources=source_ids(entry),
        )

    def _message(self, entry: Template) -> BriefMessage:
        has = {str(key): variant for key, variant in entry.variants.items()}
        language = self.language if self.language in has else next(iter(has))
        language = ORIGINAL if ORIGINAL in has and self.language not in has else language
        vocabulary = self.snapshot.vocabulary
        channel = vocabulary.channels.get(entry.channel)
        return BriefMessage(
            id=entry.id,
            title=self._worded(entry).title,
            channel=Term(entry.channel, channel.title if channel else entry.channel),
            audiences=tuple(
                Term(each, vocabulary.audiences.get(each, each)) for each in entry.audiences
            ),
            text=put_in(has[language].text, {}, entry.slots, language),
            language=language,
            review=has[language].review,
            sources=source_ids(entry),
        )


def source_ids(entry: Entry) -> tuple[str, ...]:
    """Ids of the sources of an entry's text and quotes, each once."""
    own = (entry.id,) if isinstance(entry, Source) else ()
    quoted = (quote.source for quote in entry.quotes)
    return tuple(dict.fromkeys([*own, *entry.sources, *quoted]))


def _first(entries: Iterable[Entry], kind: type[E], most: int) -> tuple[list[E], int]:
    """The first entries of a kind, and how many more there are."""
    found = iter([entry for entry in entries if isinstance(entry, kind)])
    return list(islice(found, most)), sum(1 for _ in found)
