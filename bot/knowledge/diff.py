"""What changed between two states of the knowledge base, in words."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bot.knowledge.snapshot import Snapshot

LONGEST = 90
GIT_SECONDS = 60


class RevisionError(Exception):
    """An earlier revision cannot be shown; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that is in both states, and what changed in it, a sentence a field."""

    id: str
    kind: str
    title: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What was added, changed and removed, each sorted by id. Pairs are (id, title)."""

    added: tuple[tuple[str, str], ...]
    changed: tuple[EntryChange, ...]
    removed: tuple[tuple[str, str], ...]
    vocabulary: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not (self.added or self.changed or self.removed or self.vocabulary)


def compare(old: Snapshot, new: Snapshot) -> Difference:
    """The difference from an older state to a newer one."""
    before, after = old.entries, new.entries
    changed: list[EntryChange] = []
    for key in sorted(before.keys() & after.keys()):
        if before[key] != after[key]:
            was, now = before[key].model_dump(mode="json"), after[key].model_dump(mode="json")
            changed.append(
                EntryChange(key, after[key].kind, after[key].title, tuple(_fields(was, now, "")))
            )
    return Difference(
        tuple((key, after[key].title) for key in sorted(after.keys() - before.keys())),
        tuple(changed),
        tuple((key, before[key].title) for key in sorted(before.keys() - after.keys())),
        tuple(
            _fields(
                old.vocabulary.model_dump(mode="json"), new.vocabulary.model_dump(mode="json"), ""
            )
        ),
    )


def _fields(was: dict[str, Any], now: dict[str, Any], prefix: str) -> Iterator[str]:
    for name in dict.fromkeys([*was, *now]):
        label = f"{prefix}{name}"
        old, new = was.get(name), now.get(name)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _fields(
                cast("dict[str, Any]", old), cast("dict[str, Any]", new), f"{label}."
            )
        elif isinstance(old, list) and isinstance(new, list):
            yield from _items(cast("list[Any]", old), cast("list[Any]", new), label)
        elif old in (None, "", [], {}):
            yield f"{label}: added {_show(new)}"
        elif new in (None, "", [], {}):
            yield f"{label}: removed {_show(old)}"
        elif isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > LONGEST:
            yield f"{label}: reworded, {_first_difference(old, new)}"
        else:
            yield f"{label}: was {_show(old)}, now {_show(new)}"


def _items(old: list[Any], new: list[Any], label: str) -> Iterator[str]:
    gone = [item for item in old if item not in new]
    come = [item for item in new if item not in old]
    if not gone and not come:
        yield f"{label}: put in another order"
    for item in gone:
        yield f"{label}: removed {_show(item)}"
    for item in come:
        yield f"{label}: added {_show(item)}"


def _first_difference(old: str, new: str) -> str:
    """The place where two long texts part, with some words around it."""
    same = next(
        (at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two),
        min(len(old), len(new)),
    )
    start = max(old.rfind(" ", 0, max(same - 15, 0)) + 1, 0)
    return f"from {_show(old[start:])} to {_show(new[start:])}"


def _show(value: Any) -> str:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        text = ", ".join(f"{key} {_plain(each)}" for key, each in pairs if each not in (None, []))
    else:
        text = _plain(value)
    text = " ".join(text.split())
    return f"'{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}'"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_plain(each) for each in cast("list[Any]", value))
    if isinstance(value, dict):
        return ", ".join(
            f"{key} {_plain(each)}" for key, each in cast("dict[str, Any]", value).items()
        )
    return str(value)


def check_out(directory: Path, revision: str, into: Path) -> Path:
    """Write the knowledge base of a git revision into a directory; returns where it lies there.

    Raises RevisionError if git, the repository or the revision is missing.
    """
    directory = directory.resolve()
    top = Path(_git(directory, "rev-parse", "--show-toplevel").decode().strip()).resolve()
    inside = directory.relative_to(top).as_posix()
    commit = _git(
        directory, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    name = commit.decode().strip()
    if not _git(top, "ls-tree", "--name-only", name, "--", f"{inside}/"):
        raise RevisionError(f"revision {revision} has no {inside}/; choose a later one")
    archive = _git(top, "archive", "--format=tar", name, "--", f"{inside}/")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files:
            content = files.extractfile(member) if member.isfile() else None
            if content is None:
                continue
            target = into / directory.name / Path(member.name).relative_to(inside)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())
    return into / directory.name


def _git(directory: Path, *arguments: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise RevisionError("git is not installed; install it to compare with an earlier revision")
    try:
        done = subprocess.run(  # noqa: S603 - arguments are ours, the revision follows --end-of-options
            [program, "-C", str(directory), *arguments],
            capture_output=True,
            check=False,
            timeout=GIT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RevisionError(f"git failed: {error}") from error
    if done.returncode == 0:
        return done.stdout
    if "--show-toplevel" in arguments:
        raise RevisionError(
            f"{directory} is not in a git repository, so there is no earlier revision of it"
        )
    if "--verify" in arguments:
        raise RevisionError(
            f"git knows no revision '{arguments[-1].removesuffix('^{commit}')}'; "
            "write a commit, a tag, a branch, or HEAD~1 for the one before the last"
        )
    raise RevisionError(f"git failed: {done.stderr.decode(errors='replace').strip()}")
