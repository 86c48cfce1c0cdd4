"""The faults of an entry's shape in plain words: what is wrong, and what to type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.knowledge import guide, words
from bot.knowledge.findings import Fault, Path, Place
from bot.knowledge.reading.annotations import annotation_at, model_at, value_at
from bot.knowledge.yaml.document import Document, Spot

PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": (
        "KB107",
        "is not an id: ids are lower-case letters and digits in words joined by single hyphens",
    ),
    r"^P\d{3}$": ("KB112", "is not a passage number: these are P and three digits, as in P007"),
    r"^https://\S+$": ("KB110", "is not a link: links begin with https:// and have no spaces"),
    r"^[a-z][a-z0-9_]{1,30}$": (
        "KB112",
        "is not a slot name: lower-case letters, digits and _, from 2 to 31 characters, "
        "a letter first",
    ),
    r"^C\d{5}$": ("KB112", "is not a DISARM counter: these are C and five digits, as in C00125"),
    r"^D\d{2}$": ("KB112", "is not a DISARM response: these are D and two digits, as in D03"),
    r"^T\d{4}(\.\d{3})?$": (
        "KB112",
        "is not a DISARM technique: these are T and four digits, as in T0042 or T0023.001",
    ),
}
"""Code and sentence by the pattern that a text does not fit."""

TYPE_WORDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a group of keys",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
}
SYNONYMS = {"white": "clear", "amber-strict": "amber+strict", "medium": "moderate"}
"""Words of older or other scales that people type, and ours."""

SHORT_LIST = 12
"""So many words are named in a hint; more would drown it."""

QUOTED = re.compile(r"'([^']*)'")


def subject(path: Path) -> str:
    """What to call a value: `'title'`, `item 2 of 'sources'`, `'label' in 'slots.place'`."""
    if not path:
        return "the entry"
    last, outer = path[-1], path[:-1]
    if isinstance(last, int):
        return f"item {last + 1} of {holder(outer)}" if outer else f"item {last + 1}"
    return f"'{last}' in {holder(outer)}" if outer else f"'{last}'"


def holder(path: Path) -> str:
    """What to call a group of keys or a list: `'slots.place'`, `item 2 of 'related'`."""
    if isinstance(path[-1], int):
        return subject(path)
    return f"'{'.'.join(str(each + 1 if isinstance(each, int) else each) for each in path)}'"


def faults(
    errors: Iterable[ErrorDetails], model: type[BaseModel], document: Document
) -> list[Fault]:
    """One fault for each place that is wrong."""
    by_path: dict[tuple[Path, bool], list[ErrorDetails]] = {}
    for error in errors:
        path, is_key = _real_path(error["loc"], document)
        if error["type"] == "missing":
            path = tuple(error["loc"])
        if error["type"] == "too_short" and _long_enough(error, path, document):
            continue
        by_path.setdefault((path, is_key), []).append(error)
    return [
        _fault(found, path, is_key, model, document) for (path, is_key), found in by_path.items()
    ]


def _long_enough(error: ErrorDetails, path: Path, document: Document) -> bool:
    """Whether a list only seems too short because items of it are wrong, which is told already."""
    value = value_at(document.data, path)
    least = int(error.get("ctx", {}).get("min_length", 0))
    return isinstance(value, list | dict) and len(cast("list[Any]", value)) >= least


def _real_path(loc: tuple[int | str, ...], document: Document) -> tuple[Path, bool]:
    """The part of an error's location that is in the file, and whether a key itself is meant."""
    is_key = bool(loc) and loc[-1] == "[key]"
    path: Path = loc[:-1] if is_key else loc
    while path and path not in document.spots:
        path = path[:-1]
    return path, is_key


def _fault(
    found: list[ErrorDetails],
    path: Path,
    is_key: bool,
    model: type[BaseModel],
    document: Document,
) -> Fault:
    error = found[0]
    kind = error["type"]
    context: dict[str, Any] = error.get("ctx") or {}
    place = document.place(path, key=is_key or kind == "extra_forbidden")
    value = path[-1] if is_key else value_at(document.data, path)
    spot = document.spots.get(path)
    if kind == "missing":
        return _missing(path, model, document)
    if kind == "extra_forbidden":
        return _unknown_key(path, place, model, document)
    if value in (None, "") and not is_key:
        return _empty(path, place, model)
    if all(each["type"] == "literal_error" for each in found):
        allowed = [word for each in found for word in QUOTED.findall(each["ctx"]["expected"])]  # pyright: ignore[reportTypedDictNotRequiredAccess]
        return _not_in_list(path, place, value, allowed, is_key)
    if kind == "string_pattern_mismatch":
        return _wrong_form(place, value, context["pattern"])
    if kind.startswith("date"):
        return _date(path, place, value)
    if kind in {"string_too_short", "string_too_long", "too_short", "too_long"}:
        return _length(path, place, value, kind, context)
    if kind in {"greater_than_equal", "less_than_equal"}:
        return Fault(
            "KB105",
            place,
            f"{subject(path)} is {value}, which is out of range",
            f"write a whole number of {context['ge']} or more"
            if "ge" in context
            else f"write a whole number of {context['le']} or less",
        )
    return _wrong_type(path, place, value, spot, kind)


def _missing(path: Path, model: type[BaseModel], document: Document) -> Fault:
    outer = path[:-1]
    around = f" in {holder(outer)}" if outer else ""
    return Fault(
        "KB102",
        document.place(outer),
        f"the key '{path[-1]}' is missing{around}",
        f"add it: {_example_line(str(path[-1]), annotation_at(model, path))}",
    )


def _example_line(name: str, annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is tuple:
        return f"'{name}:' and below it a list, each line beginning with '- '"
    if origin is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return f"'{name}:' and below it its own keys, two spaces further in"
    allowed = get_args(annotation)
    if allowed and all(isinstance(word, str) for word in allowed):
        return (
            f"'{name}: {allowed[0]}' (or {words.either(allowed[1:])})"
            if allowed[1:]
            else f"'{name}: {allowed[0]}'"
        )
    return f"'{name}: …'"


def _unknown_key(path: Path, place: Place, model: type[BaseModel], document: Document) -> Fault:
    part = model_at(model, path[:-1])
    known = list(part.model_fields) if part else []
    key = str(path[-1])
    near = words.nearest(key, known)
    around = f" in {holder(path[:-1])}" if path[:-1] else ""
    present: Any = value_at(document.data, path[:-1]) or {}
    if near and near[0] in present and words.same_but_for_typing(key, near[:1]):
        hint = f"'{near[0]}' is already there: delete one of the two"
    elif near:
        hint = f"did you mean {words.either(near)}? otherwise delete it"
    elif 0 < len(known) <= SHORT_LIST:
        hint = f"delete it; the keys here are {words.either(known)}"
    else:
        hint = "delete it, and put its text under a key that this kind has"
    return Fault("KB101", place, f"unknown key '{key}'{around}", hint)


def _empty(path: Path, place: Place, model: type[BaseModel]) -> Fault:
    part = model_at(model, path[:-1])
    field = part.model_fields.get(str(path[-1])) if part else None
    required = field is None or field.is_required()
    hint = f"write it: {about}" if (about := guide.about(path, model)) else "write a value"
    hint = hint if required else "write a value, or delete the key"
    if path and isinstance(path[-1], int):
        hint = "write a value after the '- ', or delete the line"
    return Fault("KB102" if required else "KB104", place, f"{subject(path)} is empty", hint)


def _not_in_list(path: Path, place: Place, value: Any, allowed: list[str], is_key: bool) -> Fault:
    shown = _show(value)
    what = f"the key {shown}" if is_key else f"{shown} for {subject(path)}"
    near = words.nearest(str(value), allowed, limit=1, cutoff=60)
    hint = f"write one of these: {words.either(allowed)}"
    if near:
        hint = f"did you mean '{near[0]}'? allowed: {words.either(allowed)}"
    meant = SYNONYMS.get(str(value).lower().removeprefix("tlp:"), str(value).lower()[4:])
    if meant in allowed:
        hint = f"write '{meant}'"
    return Fault("KB103", place, f"{what} is not in the list of allowed words", hint)


def _wrong_form(place: Place, value: Any, pattern: str) -> Fault:
    code, sentence = PATTERNS.get(pattern, ("KB112", "does not have the form that is needed here"))
    hint = "correct the spelling"
    text = str(value)
    if code == "KB107":
        wanted = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        hint = f"write '{wanted}'" if len(wanted) >= 3 else "write it like law-host-nation-consent"
    elif code == "KB110":
        hint = (
            f"write 'https://{text.removeprefix('http://')}'"
            if re.fullmatch(r"(http://)?[\w.-]+\.\w+(/\S*)?", text)
            else "copy the address from the browser; delete the key if there is none"
        )
    elif digits := re.fullmatch(r"[pP]\.?\s*(\d{1,3})", text):
        hint = f"write 'P{int(digits[1]):03d}'"
    return Fault(code, place, f"{_show(value)} {sentence}", hint)


def date_fault(path: Path, place: Place, value: Any) -> Fault:
    """A date that is not written as year-month-day, or not a day of the calendar."""
    return _date(path, place, value)


def _date(path: Path, place: Place, value: Any) -> Fault:
    hint = "write year-month-day with two digits each, as in 2026-11-23"
    turned = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", str(value))
    short = re.fullmatch(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})", str(value))
    if turned and (int(turned[1]) > 12 or "." in str(value)):
        hint = f"write {turned[3]}-{int(turned[2]):02d}-{int(turned[1]):02d}"
    elif short and short[0] != f"{short[1]}-{int(short[2]):02d}-{int(short[3]):02d}":
        hint = f"write {short[1]}-{int(short[2]):02d}-{int(short[3]):02d}"
    elif short:
        hint = "check the month and the day: the calendar has no such day"
    return Fault("KB106", place, f"{_show(value)} for {subject(path)} is not a date", hint)


def _length(path: Path, place: Place, value: Any, kind: str, context: dict[str, Any]) -> Fault:
    unit = "character" if kind.startswith("string") else "item"
    actual = len(value) if isinstance(value, str | list | dict) else 0  # pyright: ignore[reportUnknownArgumentType]
    if kind.endswith("long"):
        most = int(context["max_length"])
        over = actual - most
        return Fault(
            "KB105",
            place,
            f"{subject(path)} has {words.count(actual, unit)}; {most:,} is the most",
            f"take out at least {words.count(over, unit)}" if over > 0 else "shorten it",
        )
    least = int(context["min_length"])
    return Fault(
        "KB105",
        place,
        f"{subject(path)} has {words.count(actual, unit)}; {least:,} is the least",
        f"add at least {words.count(max(least - actual, 1), unit)}",
    )


def _wrong_type(path: Path, place: Place, value: Any, spot: Spot | None, kind: str) -> Fault:
    wanted = TYPE_WORDS.get(kind, "another kind of value")
    got = _type_of(value)
    hint = f"write {wanted} here"
    if wanted == "text":
        raw = spot.raw if spot and spot.raw is not None else None
        if raw is not None:
            hint = f'put it in double quotes: "{raw}"'
        elif isinstance(value, dict):
            hint = "if this is one text with ': ' in it, put the whole text in double quotes"
        elif isinstance(value, list):
            hint = "write one text; if it begins with '[', put the whole text in double quotes"
    elif wanted == "a whole number" and isinstance(value, str) and spot and not spot.plain:
        hint = f"write the number without quotes: {value}" if value.isdecimal() else hint
    elif wanted == "a list":
        hint = "write each item on a line of its own below the key, beginning with '- '"
        if isinstance(value, dict):
            hint = "begin each item with '- '"
    elif wanted == "a group of keys":
        hint = "write its own keys below it, two spaces further in, as in   key: value"
    return Fault("KB104", place, f"{subject(path)} is {got}, but must be {wanted}", hint)


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a group of keys"


def _show(value: Any) -> str:
    if isinstance(value, dict | list):
        return _type_of(value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text if len(text) <= 60 else text[:57] + '…'}'"
