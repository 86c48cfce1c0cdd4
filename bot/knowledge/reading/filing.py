"""Whether an entry lies where it belongs: its kind's folder, its id's name."""

from __future__ import annotations

import re
from copy import deepcopy

from bot.knowledge import words
from bot.knowledge.findings import Fault
from bot.knowledge.kinds import FOLDERS, MODELS
from bot.knowledge.reading.files import KIND_OF_FOLDER, File
from bot.knowledge.reading.shape import shape
from bot.knowledge.yaml.document import Document

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def kind_of(document: Document, folder_kind: str | None) -> str | None:
    """The kind to check by: what the entry says, or what its folder says if that fits better.

    A wrong word under `kind` would otherwise make every other key look wrong.
    """
    said = document.data.get("kind")
    if not isinstance(said, str) or said not in MODELS:
        return folder_kind
    if folder_kind is None or folder_kind == said:
        return said
    as_said = shape(MODELS[said], deepcopy(document))
    elsewhere = deepcopy(document)
    elsewhere.data["kind"] = folder_kind
    as_filed = shape(MODELS[folder_kind], elsewhere)
    if len(as_filed.faults) < len(as_said.faults):
        document.data["kind"] = folder_kind
        return folder_kind
    return said


def check(document: Document, file: File, kind: str | None) -> list[Fault]:
    """Faults of folder and file name; `kind` is what `kind_of` gave."""
    return [*_folder(document, file, kind), *_name(document, file)]


def _folder(document: Document, file: File, kind: str | None) -> list[Fault]:
    spot = document.spots.get(("kind",))
    said = spot.raw if spot and spot.raw in MODELS else None
    if kind is not None and file.folder == FOLDERS[kind] and said in (None, kind):
        return []
    shown = f"knowledge/{file.folder}/" if file.folder else "knowledge/"
    what = f"an entry of kind {said}" if said else "an entry"
    folders = words.either([f"{folder}/" for folder in KIND_OF_FOLDER], quote=False)
    hint = f"the folders are {folders}"
    if said is not None:
        hint = f"move the file to knowledge/{FOLDERS[said]}/"
        if file.folder in KIND_OF_FOLDER:
            hint += f", or write 'kind: {KIND_OF_FOLDER[file.folder]}'"
    message = f"{what} does not belong in {shown}"
    return [Fault("KB109", document.place(("kind",)), message, hint)]


def _name(document: Document, file: File) -> list[Fault]:
    own_id = document.data.get("id")
    if not isinstance(own_id, str) or not ID.fullmatch(own_id) or own_id == file.stem:
        return []
    return [
        Fault(
            "KB108",
            document.place(("id",)),
            f"the id is '{own_id}', but the file is named '{file.path.name}'",
            f"rename the file to {own_id}.yaml, or write 'id: {file.stem}'",
        )
    ]
