"""A finished message as files: plain text, and a document where the extra is there."""

from __future__ import annotations

import datetime as dt

from bot.advice.messages import ApprovalLine, FilledMessage, file_name, plain_text
from bot.advice.messages.export import review_note
from bot.documents import MissingExtra, render
from bot.documents.release import release_paper


def message_files(
    message: FilledMessage,
    language_name: str,
    reader: str,
    at: dt.datetime,
    *,
    approval: ApprovalLine | None = None,
) -> list[tuple[str, bytes]]:
    """Names and contents; without the extra `documents`, the plain text alone.

    `language_name` is that of the message's language, `reader` the language of the document's own
    words, `at` the time of the export,
    `approval` whose word it goes out on. Slow: called in a thread.
    """
    text = plain_text(message, language_name=language_name, approval=approval, at=at)
    files = [(file_name(message), text.encode())]
    paper = release_paper(
        message.text,
        title=message.title,
        marking=message.marking,
        channel=message.channel_title,
        length=message.measure.label,
        template=message.reference,
        message_language=message.language,
        language_name=language_name,
        made_at=at,
        approval=approval,
        note=review_note(message),
        language=reader,
    )
    try:
        files.append((file_name(message, "docx"), render(paper, "docx")))
    except MissingExtra:
        return files
    return files
