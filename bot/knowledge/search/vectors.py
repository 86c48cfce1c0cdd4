"""Vectors by content hash: in memory for the process, on disk between processes."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import threading
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

SHIPPED = Path(__file__).parent / "data"
"""Vectors of the knowledge base that ships: a first start need not compute them."""

_memory: dict[str, dict[bytes, NDArray[np.float16]]] = {}
_lock = threading.Lock()


class VectorStore:
    """Vectors of texts, computed once for each text and model.

    A file that cannot be read or written costs only time: the vectors are computed again.
    """

    def __init__(self, model: str, dimension: int, cache_dir: Path | None) -> None:
        self._known = _memory.setdefault(model, {})
        self._dimension = dimension
        self._path = cache_dir / f"vectors-{model}.npz" if cache_dir else None
        self._shipped = SHIPPED / f"vectors-{model}.npz"

    def get(self, texts: Sequence[str], compute: Callable[[Sequence[str]], Floats]) -> Floats:
        """A row for each text; only rows that neither memory nor disk has are computed."""
        keys = [_key(text) for text in texts]
        with _lock:
            if any(key not in self._known for key in keys):
                self._read()
            places = {key: number for number, key in enumerate(keys)}
            missing = [number for key, number in places.items() if key not in self._known]
            if missing:
                # Texts of like length go together: a batch takes as long as its longest.
                missing.sort(key=lambda number: len(texts[number]))
                vectors = compute([texts[number] for number in missing])
                for number, vector in zip(missing, vectors, strict=True):
                    self._known[keys[number]] = vector.astype(np.float16)
                self._write(list(places), self._path)
            rows = [self._known[key] for key in keys]
        if not rows:
            return np.zeros((0, self._dimension), np.float32)
        return np.stack(rows).astype(np.float32)

    def missing(self, texts: Sequence[str]) -> int:
        """How many of the texts would have to be computed."""
        keys = {_key(text) for text in texts}
        with _lock:
            if any(key not in self._known for key in keys):
                self._read()
            return sum(key not in self._known for key in keys)

    def _read(self) -> None:
        for path in (self._path, self._shipped):
            if path is not None and path.is_file():
                self._read_file(path)

    def _read_file(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as stored:
                keys: NDArray[np.uint8] = stored["keys"]
                vectors: NDArray[np.float16] = stored["vectors"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            log.warning("vectors in %s are computed anew: %s", path, error)
            return
        if vectors.shape != (len(keys), self._dimension):
            return
        for key, vector in zip(keys, vectors, strict=True):
            self._known.setdefault(key.tobytes(), vector)

    def ship(self, texts: Sequence[str]) -> Path:
        """Write the vectors of these texts, computed before, to where those that ship lie."""
        self._write(sorted({_key(text) for text in texts}), self._shipped)
        return self._shipped

    def _write(self, keys: Sequence[bytes], path: Path | None) -> None:
        """Keep the vectors in use; those of texts that are gone are dropped."""
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as file:
                np.savez(
                    file,
                    keys=np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1),
                    vectors=np.stack([self._known[key] for key in keys]),
                )
            os.replace(file.name, path)  # noqa: PTH105 - the name is a string already
        except OSError as error:
            log.warning("vectors cannot be kept in %s: %s", path, error)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
