"""KB2xx: references and closed lists."""

from __future__ import annotations

from bot.knowledge.codes.base import Code

REFERENCES = (
    Code(
        "KB201",
        "error",
        "A reference to nothing",
        "A reader who follows it ends nowhere. The nearest ids are named.",
        "sources: [src-washington-treety]",
        "sources: [src-washington-treaty]",
    ),
    Code(
        "KB202",
        "error",
        "A reference to a retired entry",
        "What is retired is no longer said; nothing in use may lean on it.",
        "related: [{type: see-also, entry: law-retired-rule}]",
        "related: [{type: see-also, entry: redline-presence-not-negotiable}]",
    ),
    Code(
        "KB203",
        "error",
        "A reference to the wrong kind",
        "Under 'sources' stand sources, under 'basis' laws, under 'phases' ladder phases.",
        "sources: [redline-presence-not-negotiable]",
        "sources: [src-washington-treaty]",
    ),
    Code(
        "KB204",
        "error",
        "A reference to itself",
        "It leads nowhere, and makes a circle in what hangs on it.",
        "related: [{type: see-also, entry: law-washington-treaty}]",
        "related: [{type: see-also, entry: redline-presence-not-negotiable}]",
    ),
    Code(
        "KB205",
        "error",
        "The same thing twice in a list",
        "A source that is listed twice looks like two sources.",
        "sources: [src-washington-treaty, src-washington-treaty]",
        "sources: [src-washington-treaty]",
    ),
    Code(
        "KB206",
        "error",
        "A word that is not in the vocabulary",
        "Domains, effects, audiences, tones, channels and situations are closed lists in "
        "knowledge/vocabulary.yaml, so that one thing has one name.",
        "domain: diplomacy",
        "domain: diplomatic",
        "countermeasure",
    ),
    Code(
        "KB207",
        "error",
        "An unknown DISARM identifier",
        "The identifiers are pinned in knowledge/disarm.yaml; one that is not there is a slip.",
        "disarm: [T9999]",
        "disarm: [T0023.001]",
        "narrative",
    ),
    Code(
        "KB208",
        "error",
        "A DISARM counter that DISARM advises against",
        "Upstream marks a few counters as not recommended; we do not propose them.",
        "disarm: {counters: [C00072]}",
        "disarm: {counters: [C00125]}",
        "countermeasure",
    ),
    Code(
        "KB209",
        "error",
        "A passage that is not in the source brief",
        "Passages are numbered P001 to P148.",
        "passages: [P200]",
        "passages: [P011]",
    ),
    Code(
        "KB210",
        "error",
        "A quote's source is not among the entry's sources",
        "An answer lists the sources of its entry; the quote's must be one of them.",
        "quotes:\n"
        "  - text: We decide for ourselves.\n"
        "    speaker: A speaker\n"
        "    role: a minister\n"
        "    date: 2025-12-01\n"
        "    source: src-brief",
        "quotes:\n"
        "  - text: We decide for ourselves.\n"
        "    speaker: A speaker\n"
        "    role: a minister\n"
        "    date: 2025-12-01\n"
        "    source: src-washington-treaty",
    ),
    Code(
        "KB211",
        "error",
        "The ladder is out of order",
        "Level 0 is the ladder as a whole and names its phases from lowest to highest; each level "
        "belongs to one phase.",
        "level: 1\nphases: [escalation-ladder]",
        "level: 1\nphases: []",
        "escalation",
    ),
    Code(
        "KB212",
        "info",
        "A source that no entry cites",
        "It may be a citation that was forgotten.",
        "a source that is named nowhere",
        "a source under 'sources' of an entry",
        None,
    ),
    Code(
        "KB214",
        "error",
        "An inner id that is already taken",
        "Indicators and wording rules are chosen by their ids, so each needs one of its own.",
        "two indicators with the id 'jamming'",
        "'jamming-at-sea' and 'jamming-in-the-air'",
        None,
    ),
)
