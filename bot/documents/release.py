"""The document of a finished message: the exact text, and all that must travel with it."""

from __future__ import annotations

import datetime as dt

from bot.advice.messages.export import ApprovalLine
from bot.advice.messages.fill import fingerprint
from bot.documents.inline import escaped
from bot.documents.paper import Block, Heading, Paper, Paragraph, Quote
from bot.documents.words_of import moment_in_words, word


def release_paper(
    text: str,
    *,
    title: str,
    marking: str,
    channel: str,
    length: str,
    template: str,
    message_language: str,
    language_name: str,
    made_at: dt.datetime,
    approval: ApprovalLine | None = None,
    note: str = "",
    language: str = "en",
) -> Paper:
    """The paper of one message.

    `marking` as FIRST writes it, `channel` and `length` as people read them, `template` its id
    with the revision, `message_language` the code and `language_name` the name of the text's
    language, `note` what a reader must know (a translation not yet reviewed). `language` is that
    of the document's own words. An approval of another text than this one counts as none.
    """
    sha256 = fingerprint(text)
    facts = [
        (word("channel", language), channel),
        (word("length", language), length),
        (word("language", language), language_name),
        (word("template", language), template),
        (word("approval", language), _approval(approval, sha256, language)),
        (word("fingerprint", language), sha256),
        (word("made", language), moment_in_words(made_at, language)),
    ]
    blocks: list[Block] = [Heading(word("text", language)), Quote(text, language=message_language)]
    if note:
        blocks.append(Paragraph(f"*{escaped(note)}*"))
    return Paper(
        title=title,
        marking=marking,
        subtitle=word("message", language),
        facts=tuple(facts),
        blocks=tuple(blocks),
        language=language,
        made_at=made_at,
    )


def _approval(approval: ApprovalLine | None, sha256: str, language: str) -> str:
    if approval is None:
        return word("not-approved", language)
    if approval.sha256 != sha256:
        return word("changed", language)
    when = moment_in_words(approval.at, language)
    lines = [word("approved", language, by=" ".join(approval.by.split()), when=when)]
    if approval.override:
        reason = " ".join(approval.override.split())
        lines.append(word("overridden", language, reason=reason))
    return "\n".join(lines)
