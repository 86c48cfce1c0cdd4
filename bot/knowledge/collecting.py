"""A pause of the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """No collection meanwhile: millions of new objects, all of which stay, only cost it time.

    What was made counts as old afterwards, so the next quick collection does not go through it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                # Freezing moves all objects out of the young generations, and thawing moves them
                # to the oldest, where a full collection still finds them.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
