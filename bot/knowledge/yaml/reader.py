"""A file's bytes as a document: every fault of the text in it, never an exception."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import yaml

from bot.knowledge.findings import Fault, Place
from bot.knowledge.yaml.composing import compose
from bot.knowledge.yaml.document import Document
from bot.knowledge.yaml.syntax import diagnose
from bot.knowledge.yaml.text import LINE_BREAK, Source, decode

MAX_MENDED = 40
"""Syntax errors that one file can have before the reader gives up on it."""


def read(data: bytes) -> Document:
    """Read a YAML text whose top level must hold keys.

    Where the syntax is broken and the line tells what was meant, reading goes on with that, so
    that later faults are found too; `readable` then stays true, and a fault says what is wrong.
    """
    source = decode(data)
    if isinstance(source, Fault):
        return Document(faults=[source], readable=False)
    document = _compose(source)
    document.faults[:0] = source.faults
    if document.readable:
        _expect_keys(document)
    return document


def _compose(source: Source) -> Document:
    faults: list[Fault] = []
    mended: Counter[int] = Counter()
    for _ in range(MAX_MENDED):
        try:
            document = compose(source)
        except yaml.YAMLError as error:
            diagnosis = diagnose(error, source)
            if diagnosis.fault is not None:
                faults.append(diagnosis.fault)
            mended[diagnosis.line] += 1
            if diagnosis.mended is None or mended[diagnosis.line] > 2:
                break
            text = diagnosis.mended
            source = replace(source, text=text, lines=tuple(LINE_BREAK.split(text)))
        else:
            document.faults[:0] = faults
            return document
    return Document(faults=faults, readable=False)


def _expect_keys(document: Document) -> None:
    if document.data is None:
        document.faults.append(
            Fault(
                "KB006",
                Place(1, 1),
                "the file is empty",
                "write an entry into it (redline kb new KIND ID), or delete the file",
            )
        )
        document.readable = False
    elif not isinstance(document.data, dict):
        document.faults.append(
            Fault(
                "KB007",
                document.place(()),
                "the file does not begin with a key",
                "write keys with values, as in   title: Why the demand fails",
            )
        )
        document.readable = False
