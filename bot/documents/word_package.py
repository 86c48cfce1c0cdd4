"""A DOCX file whose bytes depend on its content alone."""

from __future__ import annotations

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold; readers ignore it."""


def settled(document: bytes) -> bytes:
    """The same package with its parts in order and without the time of writing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled_file,
    ):
        # The list of content types comes first: some readers guess the format from it.
        for name in sorted(
            given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)
        ):
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            settled_file.writestr(part, given.read(name))
    return out.getvalue()
