"""Cards for maintainers: the state of the knowledge base, a reload, an entry as it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.advice.adviser import Adviser
from bot.advice.clearance import label
from bot.chat.cards.answer import Setting
from bot.chat.cards.layout import Card, CardButton, bullets, titled
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, plain, safe_line, t
from bot.knowledge.findings import Finding
from bot.knowledge.kinds import MODELS, Entry
from bot.knowledge.snapshot import Snapshot, references
from bot.knowledge.store import KnowledgeStore, ReloadReport

MARKS = {"error": "⛔", "warning": "⚠️", "info": "💡"}
MOST_FINDINGS = 15
"""More are listed by `redline kb check`, which the card then names."""


def status_card(
    store: KnowledgeStore,
    adviser: Adviser,
    health: Mapping[str, Mapping[str, Any]],
    setting: Setting,
) -> Card:
    """Revision, age, number of entries by kind, search in use, health, findings."""
    language, snapshot = setting.language, adviser.snapshot
    card = Card(language=language, accent="fault" if store.stale else "green")
    card.header = Markdown(f"## {t('kb.status', language)}")
    if store.stale:
        card.blocks.append(Markdown("> ⛔ " + t("kb.stale", language)))
    card.blocks.append(
        bullets(
            [
                t("kb.revision", language, revision=snapshot.revision),
                t(
                    "kb.loaded",
                    language,
                    loaded=Markdown(discord.utils.format_dt(snapshot.loaded_at, "R")),
                    checked=Markdown(discord.utils.format_dt(store.checked_at, "R")),
                ),
                t("kb.entries", language, count=len(snapshot.entries)),
                t(f"kb.search-{adviser.engine.mode}", language),
            ]
        )
    )
    counts = [(kind, len(snapshot.of_kind(kind))) for kind in MODELS]
    card.blocks.append(
        Markdown(
            "-# "
            + " · ".join(
                f"{t(f'kind.{kind}', language)} {count}" for kind, count in counts if count
            )
        )
    )
    parts = [f"{'✅' if part['ok'] else '⛔'} {safe_line(name)}" for name, part in health.items()]
    card.blocks.append(titled(t("kb.health", language), " · ".join(parts)))
    card.blocks.append(_findings(store.findings, language))
    return card


def reload_card(report: ReloadReport, setting: Setting) -> Card:
    """What a reload changed, or why it was refused."""
    language = setting.language
    card = Card(language=language, accent="fault" if report.refused else "green")
    key = "refused" if report.refused else "changed" if report.changed else "unchanged"
    card.header = Markdown(f"## {t(f'kb.reload-{key}', language)}")
    card.blocks = [t("kb.revision", language, revision=report.revision)]
    for name, ids in (
        ("added", report.added),
        ("removed", report.removed),
        ("edited", report.changed_ids),
    ):
        if ids:
            listed = bullets(f"`{entry_id}`" for entry_id in ids)
            card.blocks.append(titled(t(f"kb.{name}", language, count=len(ids)), listed))
    card.blocks.append(_findings(report.findings, language))
    return card


def broken_card(report: ReloadReport, setting: Setting) -> Card:
    """The warning that what is on disk can't be used."""
    language = setting.language
    errors = [finding for finding in report.findings if finding.severity == "error"]
    card = Card(language=language, accent="fault")
    card.header = Markdown(f"## {t('kb.reload-refused', language)}")
    card.blocks = [
        t("kb.broken", language, count=len(errors), revision=report.revision),
        _findings(errors, language),
    ]
    return card


def entry_card(entry: Entry, snapshot: Snapshot, store: KnowledgeStore, setting: Setting) -> Card:
    """An entry as its maintainers see it: file, status, dates, aliases, what refers to it."""
    language = setting.language
    card = Card(language=language, accent=entry.tlp)
    card.header = Markdown(f"## {safe_line(entry.title)}\n-# `{entry.id}@{snapshot.revision}`")
    facts = [
        t("kb.file", language, file=_file(entry.id, store)),
        t("kb.marking", language, marking=label(entry.tlp), status=entry.status),
        t(
            "kb.dates",
            language,
            reviewed=entry.reviewed.isoformat(),
            review_by=entry.review_by.isoformat(),
        ),
    ]
    if entry.passages:
        facts.append(t("card.passages", language, passages=", ".join(entry.passages)))
    card.blocks = [bullets(facts)]
    aliases = [
        f"{language_code}: {safe_line(', '.join(phrases))}"
        for language_code, phrases in entry.aliases.items()
    ]
    if aliases:
        card.blocks.append(titled(t("kb.aliases", language), bullets(aliases)))
    for key, ids in (
        ("kb.refers-to", tuple(dict.fromkeys(references(entry)))),
        ("kb.referred-by", snapshot.referrers.get(entry.id, ())),
        ("kb.sources", entry.sources),
    ):
        if ids:
            card.blocks.append(titled(t(key, language), ", ".join(f"`{one}`" for one in ids)))
    translations = [
        f"{code}: {safe_line(translation.review)}"
        for code, translation in entry.translations.items()
    ]
    if translations:
        card.blocks.append(titled(t("kb.translations", language), bullets(translations)))
    own = [finding for finding in store.findings if finding.file.endswith(f"/{entry.id}.yaml")]
    card.blocks.append(_findings(own, language))
    card.rows = [
        [
            CardButton(
                plain("card.open", language), Ref("open", setting.origin, language, 0, entry.id)
            )
        ]
    ]
    return card


def _file(entry_id: str, store: KnowledgeStore) -> str:
    try:
        return store.loaded.locate(entry_id).file
    except KeyError:
        return f"{entry_id}.yaml"


def _findings(findings: Sequence[Finding], language: str) -> Markdown:
    if not findings:
        return t("kb.no-findings", language)
    shown = [
        f"{MARKS[finding.severity]} `{finding.code}` "
        f"{safe_line(f'{finding.file}:{finding.line}:{finding.column}')} "
        f"{safe_line(finding.message)} *{safe_line(finding.hint)}*"
        for finding in findings[:MOST_FINDINGS]
    ]
    if len(findings) > MOST_FINDINGS:
        shown.append(t("kb.more-findings", language, count=len(findings) - MOST_FINDINGS))
    return titled(t("kb.findings", language, count=len(findings)), bullets(shown))
