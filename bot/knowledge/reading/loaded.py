"""What reading the knowledge base gave: a snapshot or none, and all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path as FilePath

from bot.knowledge.findings import Finding, Path
from bot.knowledge.passages import Passages
from bot.knowledge.snapshot import Snapshot
from bot.knowledge.yaml.document import Document
from bot.knowledge.yaml.reader import read


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file; `file` is relative to the parent of the knowledge directory."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Loaded:
    """What reading the knowledge base gave."""

    directory: FilePath
    snapshot: Snapshot | None
    """None if any finding is an error."""
    readable: Snapshot | None
    """The entries whose own shape is right, whatever else is wrong; None without a vocabulary."""
    findings: tuple[Finding, ...]
    entries: int
    """Number of entry files, the broken ones included."""
    passages: Passages | None
    """Which passages of the brief are content; None where that list cannot be read."""
    files: dict[str, FilePath] = field(repr=False)
    """File by entry id."""
    _documents: dict[str, Document] = field(default_factory=dict[str, Document], repr=False)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not any(finding.severity == "error" for finding in self.findings)

    def locate(self, entry_id: str, path: Path = (), *, key: bool = False) -> Location:
        """Where a field of an entry stands in its file, or the nearest thing around it.

        `path` is made of keys and list positions, as in `("never_say", 0, "reason")`.
        Raises KeyError if no file holds that entry.
        """
        file = self.files[entry_id]
        relative = f"{self.directory.name}/{file.relative_to(self.directory).as_posix()}"
        document = self._documents.get(entry_id)
        if document is None:
            try:
                document = read(file.read_bytes())
            except OSError:
                document = Document()
            self._documents[entry_id] = document
        place = document.place(path, key=key)
        return Location(relative, place.line, place.column)
