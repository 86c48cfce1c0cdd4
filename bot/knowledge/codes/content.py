"""KB3xx lifecycle, KB4xx templates and languages, KB5xx tradecraft, KB6xx marking, KB9xx faults."""

from __future__ import annotations

from bot.knowledge.codes.base import Code

_SLOTS = (
    "slots:\n"
    "  place:\n"
    "    type: place\n"
    "    label: Place\n"
    "    help: Where it happened\n"
    "    example: Tapa\n"
)


def _text(english: str, estonian: str = "") -> str:
    lines = f"variants:\n  en:\n    review: original\n    text: {english}"
    if estonian:
        lines += f"\n  et:\n    review: awaiting-native-review\n    text: {estonian}"
    return lines


CONTENT = (
    Code(
        "KB301",
        "warning",
        "The review is overdue",
        "Answers from an entry that nobody has read for long say so; better read it again.",
        "reviewed: 2020-01-01\nreview_by: 2020-06-01",
        "reviewed: 2026-01-01\nreview_by: 2028-06-01",
    ),
    Code(
        "KB302",
        "error",
        "The next review lies before the last",
        "One of the two dates is a slip.",
        "reviewed: 2026-01-02\nreview_by: 2026-01-01",
        "reviewed: 2026-01-02\nreview_by: 2028-01-01",
    ),
    Code(
        "KB303",
        "warning",
        "Reviewed in the future",
        "An entry counts as reviewed on the day on which somebody has read it.",
        "reviewed: 2098-01-01\nreview_by: 2099-01-01",
        "reviewed: 2026-01-01\nreview_by: 2028-06-01",
    ),
    Code(
        "KB304",
        "warning",
        "The next review is too far away",
        "After three years something in it is out of date.",
        "reviewed: 2026-01-01\nreview_by: 2036-01-01",
        "reviewed: 2026-01-01\nreview_by: 2028-01-01",
    ),
    Code(
        "KB305",
        "error",
        "Two values in the wrong order",
        "Nothing ends before it begins, and nothing is read before it is published.",
        "began: 1958-11-27\nended: 1951-11-09",
        "began: 1958-11-27\nended: 1961-11-09",
        "precedent",
    ),
    Code(
        "KB401",
        "error",
        "A slot that is not declared",
        "The form asks only for declared slots; this one would go out as a bracket with a name.",
        _SLOTS + _text('"Seen at {plaec} today and at {place}."'),
        _SLOTS + _text('"Seen at {place} today and tomorrow."'),
        "template",
    ),
    Code(
        "KB402",
        "error",
        "A slot that no text uses",
        "The officer would be asked for something that is then thrown away.",
        _SLOTS + _text("Nothing was seen today."),
        _SLOTS + _text('"Seen at {place} today."'),
        "template",
    ),
    Code(
        "KB403",
        "error",
        "Slots differ between languages",
        "What one language says and the other leaves out is no translation.",
        _SLOTS + _text('"Seen at {place} today."', "Nähti täna hommikul."),
        _SLOTS + _text('"Seen at {place} today."', '"Nähti täna: {place}."'),
        "template",
    ),
    Code(
        "KB404",
        "error",
        "No original, or several",
        "One language is the one that the others were translated from.",
        "slots: {}\nvariants:\n  en:\n    review: awaiting-native-review\n"
        "    text: Nothing was seen today.",
        "slots: {}\n" + _text("Nothing was seen today."),
        "template",
    ),
    Code(
        "KB405",
        "error",
        "A slot that does not fit its own rules",
        "The example must be something that the slot accepts.",
        _SLOTS.replace("example: Tapa", "example: Tapa\n    max_length: 3")
        + _text('"Seen at {place} today."'),
        _SLOTS.replace("example: Tapa", "example: Tapa\n    max_length: 30")
        + _text('"Seen at {place} today."'),
        "template",
    ),
    Code(
        "KB406",
        "error",
        "Too long for the channel",
        "A text that is over the limit when its slots are filled cannot be sent in a hurry.",
        "channel: sms\nslots: {}\n" + _text("Nothing was seen today. " * 8),
        "channel: sms\nslots: {}\n" + _text("Nothing was seen today."),
        "template",
    ),
    Code(
        "KB407",
        "error",
        "A word with letters of two alphabets",
        "A Cyrillic letter in a Latin word looks right, but no search and no checker finds the "
        "word.",
        "instrument: The Wаshington Treaty",
        "instrument: The Washington Treaty",
    ),
    Code(
        "KB408",
        "error",
        "A text under the wrong language",
        "It is written in letters that this language does not use.",
        "questions:\n  de:\n    - На чём основано присутствие войск",
        "questions:\n  ru:\n    - На чём основано присутствие войск",
    ),
    Code(
        "KB409",
        "warning",
        "A letter of a neighbouring language",
        "Ukrainian and Russian have letters of their own; one in the other is a slip or a text "
        "in the wrong place.",
        "questions:\n  ru:\n    - Чи має право країна запросити війська",
        "questions:\n  uk:\n    - Чи має право країна запросити війська",
    ),
    Code(
        "KB410",
        "error",
        "A bracket that is no slot",
        "Slots are lower-case names between { and }. Anything else would go out as it stands.",
        "slots: {}\n" + _text('"Seen at {Place} today."'),
        _SLOTS + _text('"Seen at {place} today."'),
        "template",
    ),
    Code(
        "KB411",
        "error",
        "English as a translation",
        "The entry itself is English.",
        "translations:\n  en:\n    title: A title\n    summary: A summary.\n"
        "    review: awaiting-native-review",
        "translations:\n  et:\n    title: Pealkiri\n    summary: Kokkuvõte.\n"
        "    review: awaiting-native-review",
    ),
    Code(
        "KB501",
        "error",
        "Own words without a quote",
        "What we say for somebody is a reconstruction and is called so.",
        "voice: own-words\nquotes: []",
        "voice: analyst-reconstruction\nquotes: []",
        "perspective",
    ),
    Code(
        "KB502",
        "warning",
        "Likelihood and confidence in one sentence",
        "ICD 203 keeps them apart: how likely something is, and how sure we are of that, are two "
        "things.",
        "summary: With high confidence we say that an attack is unlikely.",
        "summary: An attack is unlikely.",
        "analysis",
    ),
    Code(
        "KB503",
        "warning",
        "The text says another likelihood than its field",
        "The seven terms of ICD 203 stand for ranges; text and field must name the same one.",
        "judgements:\n"
        "  - text: The demand is probably a test.\n"
        "    likelihood: very-unlikely\n"
        "    basis: Nothing was offered in return.",
        "judgements:\n"
        "  - text: The demand is probably a test.\n"
        "    likelihood: likely\n"
        "    basis: Nothing was offered in return.",
        "analysis",
    ),
    Code(
        "KB504",
        "warning",
        "High confidence on too few sources",
        "High confidence needs independent sources that agree, or a text that is itself the thing, "
        "such as a treaty.",
        "confidence: high\nsources: [src-brief]",
        "confidence: moderate\nsources: [src-brief]",
        "analysis",
    ),
    Code(
        "KB505",
        "warning",
        "High confidence on unreliable sources",
        "Sources of reliability E or F cannot carry it, however many they are.",
        "confidence: high\nsources: [src-state-agency]",
        "confidence: low\nsources: [src-state-agency]",
        "analysis",
    ),
    Code(
        "KB506",
        "warning",
        "A phase without words or options",
        "Whoever reaches the phase must find what to say and what to do.",
        "level: 1\nphases: []\nsay: []",
        "level: 1\nphases: []\nsay: [tpl-holding-presence]",
        "escalation",
    ),
    Code(
        "KB507",
        "error",
        "A rule that misses its bad example",
        "The examples are the rule's tests. A rule that does not hit what it is there for gives "
        "false comfort.",
        "a bad example without any of the words that the patterns look for",
        "a bad example that the patterns hit",
        None,
    ),
    Code(
        "KB508",
        "error",
        "A rule that hits its good example",
        "A rule that objects to right wording is soon switched off by those who write.",
        "a good example with words that the patterns look for",
        "a good example that the patterns leave alone",
        None,
    ),
    Code(
        "KB509",
        "error",
        "A pattern that can't be read",
        "The check of texts passes over such a pattern, so what it is there for goes unnoticed.",
        "(this|that",
        "(this|that)",
        None,
    ),
    Code(
        "KB601",
        "error",
        "Marked lower than what it cites",
        "An entry that draws on something restricted would let it out.",
        "tlp: clear\nsources: [src-restricted-report]",
        "tlp: amber\nsources: [src-restricted-report]",
    ),
    Code(
        "KB999",
        "error",
        "The checker itself failed",
        "That is never the author's fault. The other files have been checked all the same.",
        "",
        "",
        None,
    ),
)
