"""Which files belong to the knowledge base, and which cannot."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.findings import Fault, Place
from bot.knowledge.kinds import FOLDERS
from bot.knowledge.yaml.text import MAX_BYTES

MAX_FILES = 20_000
VOCABULARY, DISARM, PASSAGES = "vocabulary.yaml", "disarm.yaml", "passages.yaml"
INTENTS, CALIBRATION, QUESTIONS = "intents.yaml", "calibration.yaml", "questions.yaml"
OFF_TOPIC, MEANING, WORDING = "off-topic.yaml", "meaning.npz", "wording.npz"
DATA_FILES = frozenset({VOCABULARY, DISARM, PASSAGES, INTENTS, CALIBRATION, QUESTIONS, OFF_TOPIC})
"""Files beside the folders of entries."""

KIND_OF_FOLDER = {folder: kind for kind, folder in FOLDERS.items()}
YAML_LIKE = (".yml", ".yaml.txt", ".yml.txt")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the knowledge base. `relative` begins with the knowledge directory's own name."""

    path: Path
    relative: str
    folder: str
    """First folder under the knowledge directory, or empty."""

    @property
    def stem(self) -> str:
        return self.path.name.removesuffix(".yaml")

    def read(self) -> bytes:
        """The bytes, at most one more than a file may have. Raises OSError."""
        with self.path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)


def list_files(directory: Path) -> tuple[list[File], list[tuple[str, Fault]]]:
    """All YAML files sorted by path, and faults by relative path of what cannot be read."""
    root = directory.resolve()
    files: list[File] = []
    faults: list[tuple[str, Fault]] = []
    for current, folders, names in os.walk(root):
        # Once for a folder and in plain strings: with ten thousand files, paths cost more than
        # reading.
        folder = Path(current).relative_to(root).as_posix().removeprefix(".")
        prefix = f"{root.name}/{folder}/" if folder else f"{root.name}/"
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(folders):
            if (Path(current) / name).is_symlink():
                relative = _relative(root, Path(current) / name)
                faults.append((relative, _outside("folder")))
        for name in sorted(names):
            if name.startswith((".", "#", "~")) or name.endswith("~"):
                continue
            relative = prefix + name
            if name.lower().endswith(YAML_LIKE) or (
                name.lower().endswith(".yaml") and not name.endswith(".yaml")
            ):
                faults.append((relative, _misnamed(name)))
            if not name.endswith(".yaml"):
                continue
            path = Path(current, name)
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                faults.append((relative, _outside("file")))
                continue
            files.append(File(path, relative, folder))
    files.sort(key=lambda file: file.relative)
    if len(files) > MAX_FILES:
        faults.append(
            (
                files[MAX_FILES].relative,
                Fault(
                    "KB017",
                    Place(1, 1),
                    f"the knowledge base has {len(files):,} files; {MAX_FILES:,} is the most",
                    "check that the knowledge directory is the right one",
                ),
            )
        )
        del files[MAX_FILES:]
    return files, faults


def _relative(root: Path, path: Path) -> str:
    return f"{root.name}/{path.relative_to(root).as_posix()}"


def _outside(what: str) -> Fault:
    return Fault(
        "KB018",
        Place(1, 1),
        f"this {what} is a link to a place outside the knowledge directory, or a linked folder",
        "copy what it points to into the knowledge directory",
    )


def _misnamed(name: str) -> Fault:
    stem = name.split(".", maxsplit=1)[0]
    return Fault(
        "KB111",
        Place(1, 1),
        "the file's name does not end in .yaml, so the entry is not read",
        f"rename it to {stem}.yaml",
    )
