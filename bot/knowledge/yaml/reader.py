"""A file's bytes as a document: every fault of the text in it, never an exception."""

from __future__ import annotations

import yaml

from bot.knowledge.findings import Fault, Place
from bot.knowledge.yaml.document import Document, compose
from bot.knowledge.yaml.syntax import explain
from bot.knowledge.yaml.text import decode


def read(data: bytes) -> Document:
    """Read a YAML text whose top level must hold keys."""
    source = decode(data)
    if isinstance(source, Fault):
        return Document(faults=[source], readable=False)
    try:
        document = compose(source)
    except yaml.YAMLError as error:
        return Document(faults=[*source.faults, *explain(error, source)], readable=False)
    document.faults[:0] = source.faults
    if not document.readable:
        return document
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
    return document
