"""What finished models leave in memory, freed soon.

A model refers to itself (Mesa's does), so that only Python's garbage collector frees it. The collector looks when many
small objects have come; a model is few and large ones, and hundreds of finished models would wait for it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

EVERY = 1.0
"""Seconds between two looks: a look takes some 10 ms, and the leftovers of a second are tens of megabytes."""

OF_PYTHON = 10_000
"""Objects that Python itself has put aside when it starts, at most: some hundreds."""

_looked = 0.0


@contextmanager
def cheap_to_free() -> Iterator[None]:
    """Puts aside everything that is there, so that ``free`` looks only at what comes: a tenth of the time."""
    if gc.get_freeze_count() > OF_PYTHON:  # what a caller has put aside could only be let go together with ours
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def free() -> None:
    """Frees what finished models hold, unless that was done a moment ago."""
    global _looked
    now = time.monotonic()
    if now - _looked >= EVERY:
        _looked = now
        gc.collect()
