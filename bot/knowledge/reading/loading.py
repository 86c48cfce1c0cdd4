"""All files of the knowledge base in one run: the snapshot, and all that is wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge.checks import CHECKS, ENTRY_CHECKS, Base, Issue, Record
from bot.knowledge.codes import severity
from bot.knowledge.collecting import uncollected
from bot.knowledge.disarm import Disarm
from bot.knowledge.findings import Fault, Finding, Place
from bot.knowledge.kinds import MODELS, Entry
from bot.knowledge.passages import Passages
from bot.knowledge.reading import check_cache, files, filing
from bot.knowledge.reading.cache import EntryCache
from bot.knowledge.reading.files import KIND_OF_FOLDER, File
from bot.knowledge.reading.loaded import Loaded
from bot.knowledge.reading.shape import shape
from bot.knowledge.search.calibration import Calibration
from bot.knowledge.search.intents import Intents
from bot.knowledge.search.off_topic import OffTopic
from bot.knowledge.search.questions import Questions
from bot.knowledge.search.taught import Taught
from bot.knowledge.snapshot import Snapshot
from bot.knowledge.vocabulary import Vocabulary
from bot.knowledge.yaml.document import Document
from bot.knowledge.yaml.reader import read

log = logging.getLogger(__name__)

M = TypeVar("M", bound=BaseModel)


def load(
    directory: FilePath, *, cache_dir: FilePath | None = None, today: dt.date | None = None
) -> Loaded:
    """Read and check all files under a directory. Never raises on what the files hold."""
    with uncollected():
        return _Run(directory.resolve(), cache_dir, today or dt.datetime.now(dt.UTC).date()).load()


class _Run:
    """One run over all files."""

    def __init__(self, directory: FilePath, cache_dir: FilePath | None, today: dt.date) -> None:
        self.directory = directory
        self.today = today
        self.cache_dir = cache_dir
        self.cache = EntryCache(cache_dir)
        self.findings: set[Finding] = set()
        self.records: list[Record] = []
        self.unreadable: set[str] = set()
        self.paths: dict[str, FilePath] = {}
        self.documents: dict[str, Document] = {}
        self.by_relative: dict[str, File] = {}
        self.data: dict[str, Any] = {}
        self.digest = hashlib.sha256()
        self.count = 0

    def load(self) -> Loaded:
        if not self.directory.is_dir():
            self._find(
                self.directory.name,
                Fault(
                    "KB018",
                    Place(1, 1),
                    "there is no such directory",
                    "set KNOWLEDGE_DIR to the directory that holds the knowledge base",
                ),
            )
            return self._result(None)
        listed, faults = files.list_files(self.directory)
        for relative, fault in faults:
            self._find(relative, fault)
        for file in listed:
            self.by_relative[file.relative] = file
            try:
                self._file(file)
            except Exception:
                log.exception("Checking %s failed", file.relative)
                self._failed(file)
        for name in (files.MEANING, files.WORDING):
            self._taught(name)
        self._required()
        vocabulary = self.data.get(files.VOCABULARY)
        self._check(vocabulary)
        self.cache.save()
        return self._result(vocabulary)

    def _result(self, vocabulary: Vocabulary | None) -> Loaded:
        found = tuple(sorted(self.findings, key=lambda finding: finding.order))
        readable = None
        if vocabulary is not None:
            by_id = {record.id: record.entry for record in reversed(self.records) if record.entry}
            readable = Snapshot(
                MappingProxyType(dict(sorted(by_id.items()))),
                vocabulary,
                self.digest.hexdigest()[:12],
                self.data.get(files.INTENTS),
                self.data.get(files.CALIBRATION),
                self.data.get(files.DISARM),
                self.data.get(files.OFF_TOPIC),
                self.data.get(files.MEANING),
                self.data.get(files.WORDING),
            )
        broken = any(finding.severity == "error" for finding in found)
        return Loaded(
            self.directory,
            None if broken else readable,
            readable,
            found,
            self.count,
            self.data.get(files.PASSAGES),
            self.paths,
        )

    def _find(self, relative: str, fault: Fault) -> None:
        self.findings.add(
            Finding(
                fault.code,
                severity(fault.code),
                relative,
                fault.place.line,
                fault.place.column,
                fault.message,
                fault.hint,
            )
        )

    def _failed(self, file: File) -> None:
        self.unreadable.add(file.stem)
        self._find(
            file.relative,
            Fault(
                "KB999",
                Place(1, 1),
                "checking this file failed, by a fault of the checker and not of yours",
                "report it with this file; the other files have been checked",
            ),
        )

    def _file(self, file: File) -> None:
        try:
            content = file.read()
        except OSError as error:
            self.unreadable.add(file.stem)
            reason = error.strerror or "it cannot be opened"
            self._find(
                file.relative,
                Fault(
                    "KB018",
                    Place(1, 1),
                    f"the file cannot be read: {reason}",
                    "check that it exists and that you may read it",
                ),
            )
            return
        own = file.relative.removeprefix(f"{self.directory.name}/")
        self.digest.update(f"{own}\0{len(content)}\0".encode())
        self.digest.update(content)
        if own in files.DATA_FILES:
            self._data_file(file, own, content)
        else:
            self._entry_file(file, content)

    def _data_file(self, file: File, name: str, content: bytes) -> None:
        models: dict[str, type[BaseModel]] = {
            files.VOCABULARY: Vocabulary,
            files.DISARM: Disarm,
            files.PASSAGES: Passages,
            files.INTENTS: Intents,
            files.CALIBRATION: Calibration,
            files.QUESTIONS: Questions,
            files.OFF_TOPIC: OffTopic,
        }
        document = read(content)
        faults = document.faults
        if document.readable:
            shaped = shape(models[name], document)
            faults = [*faults, *shaped.faults]
            if shaped.model is not None:
                self.data[name] = shaped.model
        for fault in faults:
            self._find(file.relative, fault)

    def _taught(self, name: str) -> None:
        """What calibration learnt; without it the search does with less."""
        try:
            content = (self.directory / name).read_bytes()
        except OSError:
            return
        self.digest.update(f"{name}\0{len(content)}\0".encode())
        self.digest.update(content)
        self.data[name] = Taught(content=content)

    def _required(self) -> None:
        for name, why in (
            (files.VOCABULARY, "it lists the words that entries may use"),
            (files.DISARM, "it lists the DISARM identifiers that entries may name"),
            (files.PASSAGES, "it lists the passages of the source brief"),
        ):
            relative = f"{self.directory.name}/{name}"
            if relative not in self.by_relative:
                self._find(
                    relative,
                    Fault(
                        "KB021",
                        Place(1, 1),
                        f"the file {name} is missing: {why}",
                        "bring it back from the last revision that had it",
                    ),
                )

    def _entry_file(self, file: File, content: bytes) -> None:
        folder_kind = KIND_OF_FOLDER.get(file.folder)
        document: Document | None = None
        if not file.folder:
            document = read(content)
            if not (document.readable and {"id", "kind"} & document.data.keys()):
                # A list that another part of the bot reads: its YAML must be right, no more.
                for fault in document.faults:
                    self._find(file.relative, fault)
                return
        self.count += 1
        self.paths.setdefault(file.stem, file.path)
        key = f"{folder_kind}-{file.stem}-{hashlib.sha256(content).hexdigest()}"
        if folder_kind is not None:
            entry = self._remembered(key, folder_kind)
            if entry is not None:
                self.records.append(Record(file.relative, entry.id, entry.kind, entry, entry))
                return
        document = document or read(content)
        self.documents[file.relative] = document
        faults = list(document.faults)
        entry = None
        if document.readable:
            kind = filing.kind_of(document, folder_kind)
            named = document.data.get("id")
            own_id = named if isinstance(named, str) else file.stem
            self.paths.setdefault(own_id, file.path)
            if own_id != file.stem:
                # The mismatch is told; a reference to either name is not wrong as well.
                self.unreadable.add(file.stem)
            if kind is not None:
                shaped = shape(MODELS[kind], document)
                faults += shaped.faults
                if not any(severity(fault.code) == "error" for fault in faults):
                    entry = shaped.model
                faults += filing.check(document, file, kind)
                record = Record(file.relative, own_id, kind, entry or document.data, entry)
                faults += _alone(record, document)
                if entry is not None and not faults:
                    self.cache.put(key, shaped.json)
            else:
                faults += filing.check(document, file, kind)
                record = Record(file.relative, own_id, "", document.data, None)
            self.records.append(record)
        else:
            self.unreadable.add(file.stem)
        for fault in faults:
            self._find(file.relative, fault)

    def _remembered(self, key: str, kind: str) -> Entry | None:
        """The entry from the cache; None where it is not there or not whole."""
        cached = self.cache.get(key)
        if cached is None:
            return None
        try:
            return MODELS[kind].model_validate_json(cached, strict=True)
        except ValidationError:
            return None

    def _check(self, vocabulary: Vocabulary | None) -> None:
        key = self._state()
        known = check_cache.get(self.cache_dir, key)
        if known is not None:
            self.findings.update(known)
            return
        base = Base(
            tuple(self.records),
            vocabulary,
            self.data.get(files.DISARM),
            self.data.get(files.PASSAGES),
            self.today,
            frozenset(self.unreadable),
        )
        before, self.findings = self.findings, set[Finding]()
        for check in CHECKS:
            for issue in self._guarded(check(base)):
                self._find(issue.file, _fault(issue, self._document(issue.file)))
        if not any(finding.code == "KB999" for finding in before | self.findings):
            check_cache.put(self.cache_dir, key, self.findings)
        self.findings |= before

    def _state(self) -> str:
        """All that the checks look at: every file's bytes and name, the date, what is missing."""
        digest = self.digest.copy()
        missing = "\0".join(sorted(self.unreadable))
        digest.update(f"{self.directory.name}\0{self.today.isoformat()}\0{missing}".encode())
        return digest.hexdigest()

    def _guarded(self, issues: Iterator[Issue]) -> Iterator[Issue]:
        try:
            yield from issues
        except Exception:
            log.exception("A check failed")
            self._find(
                self.directory.name,
                Fault(
                    "KB999",
                    Place(1, 1),
                    "a check failed, by a fault of the checker and not of yours",
                    "report it; the other checks have been made",
                ),
            )

    def _document(self, relative: str) -> Document:
        document = self.documents.get(relative)
        if document is None:
            document = read(self.by_relative[relative].read())
            self.documents[relative] = document
        return document


def _fault(issue: Issue, document: Document) -> Fault:
    place = (
        document.place_near(issue.path, issue.needle)
        if issue.needle
        else document.place(issue.path, key=issue.key)
    )
    return Fault(issue.code, place, issue.message, issue.hint)


def _alone(record: Record, document: Document) -> list[Fault]:
    """What the entry tells without the others."""
    return [_fault(issue, document) for check in ENTRY_CHECKS for issue in check(record)]
