"""JSON Schema for editors: draft-07, the newest that YAML editors understand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast, get_args

from pydantic import BaseModel

from bot.knowledge.guide import help_for
from bot.knowledge.kinds import FOLDERS, MODELS
from bot.knowledge.vocabulary import Vocabulary

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = "_schema"

CLOSED_LISTS = {
    "situation": "situations",
    "domain": "domains",
    "effects": "effects",
    "audiences": "audiences",
    "tone": "tones",
    "channel": "channels",
}


def modeline(kind: str) -> str:
    """The comment line by which an editor finds the schema of an entry."""
    return f"# yaml-language-server: $schema=../{FOLDER}/{kind}.json"


def schema(kind: str, vocabulary: Vocabulary | None = None) -> dict[str, Any]:
    """The schema of one kind; with a vocabulary, its words are completed and checked."""
    model = MODELS[kind]
    raw = model.model_json_schema(ref_template="#/definitions/{model}")
    definitions = cast("dict[str, Any]", raw.pop("$defs", {}))
    _describe(raw, model)
    for nested in _nested_models(model):
        if nested.__name__ in definitions:
            _describe(definitions[nested.__name__], nested)
    if vocabulary is not None:
        _close(raw, vocabulary)
    head = {
        "$schema": DRAFT,
        "$id": f"{kind}.json",
        "title": f"Redline knowledge base: {kind} (knowledge/{FOLDERS[kind]}/)",
    }
    raw.pop("title", None)
    return {**head, **raw, "definitions": definitions}


def write(directory: Path, vocabulary: Vocabulary | None = None) -> list[Path]:
    """Write one schema file a kind into a directory; returns the files."""
    directory.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for kind in MODELS:
        path = directory / f"{kind}.json"
        text = json.dumps(schema(kind, vocabulary), indent=2, ensure_ascii=False) + "\n"
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _describe(definition: dict[str, Any], model: type[BaseModel]) -> None:
    """Give each key its sentence, and drop titles that only repeat the key."""
    for name, entry in definition.get("properties", {}).items():
        entry.pop("title", None)
        if text := help_for(model, name):
            entry["description"] = text


def _nested_models(model: type[BaseModel]) -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()

    def visit(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation not in found:
                found.add(annotation)
                for field in annotation.model_fields.values():
                    visit(field.annotation)
            return
        for argument in get_args(annotation):
            visit(argument)

    visit(model)
    return found - {model}


def _close(raw: dict[str, Any], vocabulary: Vocabulary) -> None:
    properties = cast("dict[str, Any]", raw["properties"])
    for name, words in CLOSED_LISTS.items():
        if name in properties:
            allowed = list(getattr(vocabulary, words))
            target = properties[name]
            if target.get("type") == "array":
                target = target["items"]
            target["enum"] = allowed
