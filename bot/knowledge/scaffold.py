"""A new entry to fill in: every key with a comment, what is known filled in, the rest blank."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.knowledge import words
from bot.knowledge.guide import help_for
from bot.knowledge.kinds import MODELS
from bot.knowledge.reading.annotations import strip_annotated
from bot.knowledge.schema_export import CLOSED_LISTS, modeline
from bot.knowledge.seed import Seed
from bot.knowledge.vocabulary import Vocabulary

REVIEW_AFTER = dt.timedelta(days=182)
WIDTH = 98


def scaffold(
    kind: str, entry_id: str, vocabulary: Vocabulary, today: dt.date, seed: Seed | None = None
) -> str:
    """The text of a new entry. Only its blanks (`""` or nothing) are left for the author.

    A seed fills in what is known of it already.
    """
    filled = {
        "id": entry_id,
        "kind": kind,
        "situation": next(iter(vocabulary.situations)),
        "status": "draft",
        "reviewed": today.isoformat(),
        "review_by": (today + REVIEW_AFTER).isoformat(),
    }
    lines = [modeline(kind), "# Fill in what is blank, then run: redline kb check", ""]
    if seed is not None and seed.note:
        lines[2:2] = [f"# {line}" for line in textwrap.wrap(seed.note, WIDTH)]
    known = _known(seed) if seed is not None else {}
    model = MODELS[kind]
    for name, field in model.model_fields.items():
        lines += _comment(_about(model, name, field, vocabulary), 0)
        if name in filled:
            lines.append(f"{name}: {filled[name]}")
        elif name in known:
            lines += known[name]
        elif field.is_required():
            lines += _key(name, field, 0)
        else:
            lines += [f"# {line}" for line in _key(name, field, 0)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _known(seed: Seed) -> dict[str, list[str]]:
    """Lines by key for what the seed knows."""
    found: dict[str, list[str]] = {}
    if seed.title:
        found["title"] = [f"title: {_quoted(seed.title)}"]
    for name, phrases in (("aliases", seed.aliases), ("questions", seed.questions)):
        if phrases:
            found[name] = [f"{name}:"]
            for language, texts in phrases.items():
                found[name] += [f"  {language}:", *(f"    - {_quoted(text)}" for text in texts)]
    return found


def _quoted(text: str) -> str:
    """A text between quotation marks, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)


def _about(model: type[BaseModel], name: str, field: FieldInfo, vocabulary: Vocabulary) -> str:
    text = help_for(model, name)
    if name in CLOSED_LISTS:
        text += f" Allowed: {words.either(list(getattr(vocabulary, CLOSED_LISTS[name])))}."
    elif allowed := _literal(field.annotation):
        missing = [word for word in allowed if word not in text]
        if missing and name != "kind":
            text += f" Allowed: {words.either(allowed)}."
    if not field.is_required():
        text += " Optional: take away the # to use it."
    return text


def _comment(text: str, indent: int) -> list[str]:
    lead = " " * indent
    return [
        f"{lead}# {line}" for line in textwrap.wrap(text, WIDTH - indent, break_on_hyphens=False)
    ]


def _literal(annotation: Any) -> list[str]:
    arguments = get_args(strip_annotated(annotation))
    return [word for word in arguments if isinstance(word, str)]


def _key(name: str, field: FieldInfo, indent: int) -> list[str]:
    """A key with a blank value of the right shape."""
    annotation = strip_annotated(field.annotation)
    lead = " " * indent
    origin = get_origin(annotation)
    if origin is tuple:
        least = max([1, *(getattr(each, "min_length", 0) or 0 for each in field.metadata)])
        item = strip_annotated(get_args(annotation)[0])
        return [f"{lead}{name}:", *(_item(item, indent + 2) * least)]
    if origin is dict:
        value = strip_annotated(get_args(annotation)[1])
        key = "en" if "en" in _literal(get_args(annotation)[0]) else "slot_name"
        key = "et" if name == "translations" else key
        return [f"{lead}{name}:", *_language(key, value, indent + 2)]
    if _is_model(annotation):
        return [f"{lead}{name}:", *_group(annotation, indent + 2)]
    return [f"{lead}{name}:" if annotation is int else f'{lead}{name}: ""']


def _language(key: str, value: Any, indent: int) -> list[str]:
    lead = " " * indent
    if get_origin(value) is tuple:
        return [f"{lead}{key}:", f'{lead}  - ""']
    if _is_model(value):
        return [f"{lead}{key}:", *_group(value, indent + 2)]
    return [f'{lead}{key}: ""']


def _item(item: Any, indent: int) -> list[str]:
    lead = " " * indent
    if not _is_model(item):
        return [f'{lead}- ""']
    first, *rest = _group(item, indent + 2, comments=False)
    return [f"{lead}- {first.strip()}", *rest]


def _group(model: type[BaseModel], indent: int, *, comments: bool = True) -> list[str]:
    """The required keys of a part of an entry."""
    lines: list[str] = []
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    for name, field in model.model_fields.items():
        if required and name not in required:
            continue
        if comments:
            lines += _comment(help_for(model, name), indent)
        lines += _key(name, field, indent)
    return lines


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
