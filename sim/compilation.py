"""How rules are compiled, and where the compiled code is kept.

Numba's own cache does not notice a change in a *called* module, and a stale kernel is a wrong result: the cache
directory is therefore named by the hash of all of ``sim/``'s sources and the versions of Numba and NumPy.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import MethodType
from typing import Any

import numba
import numpy as np

from sim.plain import uncompiled

SOURCES = Path(__file__).parent


def _hash_of_sources() -> str:
    digest = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*.py")):
        digest.update(path.relative_to(SOURCES).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


MODEL_VERSION = _hash_of_sources()[:16]
"""Hash of the model's sources: two runs with the same scenario, seed and version have the same bytes."""


def cache_directory() -> Path:
    """Directory of the compiled code of exactly these sources; ``PYRAMID_CACHE_DIR`` overrides its parent."""
    given = os.environ.get("PYRAMID_CACHE_DIR")
    user = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    parent = Path(given) if given else Path(user) / "petition-pyramid"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    name = f"{MODEL_VERSION}-python{python}-numba{numba.__version__}-numpy{np.__version__}"
    directory = parent / name
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError:  # a read-only home
        directory = _of_this_user_alone() / name
        directory.mkdir(parents=True, exist_ok=True)
    return directory


def _of_this_user_alone() -> Path:
    """A directory below the temporary one that nobody else can have filled: compiled code is run as it is found."""
    directory = Path(tempfile.gettempdir()) / f"petition-pyramid-{os.getuid()}"
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
        status = directory.lstat()
        if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022:
            return directory
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="petition-pyramid-"))  # compiled anew, once a process


_DIRECTORY = cache_directory()

IS_PLAIN = bool(getattr(numba.config, "DISABLE_JIT", False))
"""Whether rules stay plain Python (``NUMBA_DISABLE_JIT=1``): ``sim/plain.py``."""


def is_cold() -> bool:
    """True while the day has not been compiled for these sources on this machine (one to two minutes)."""
    return not IS_PLAIN and not any(_DIRECTORY.rglob("*run_days*.nbc"))


def _cached(function: Callable[..., Any], **options: Any) -> Any:
    if IS_PLAIN:
        return uncompiled(function)
    config: Any = numba.config
    outside = config.CACHE_DIR
    config.CACHE_DIR = str(_DIRECTORY)
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy", **options)(function)
    finally:
        config.CACHE_DIR = outside


def compiled(function: Callable[..., Any]) -> Any:
    """Compiles a function of the day with Numba: cached, without the GIL, without fast-math, inlined.

    Numba's reference counting is switched off: arrays are borrowed from the caller, nothing may be allocated. That
    keeps the day loop free of allocations by construction, and made it three times faster.
    """
    return _cached(function, forceinline=True, _nrt=False)


def compiled_once(function: Callable[..., Any]) -> Any:
    """Compiles a function that may allocate, for work done once a run and not once a day."""
    return _cached(function)


class rule:
    """Marks a method of a record agent as a rule of the model.

    Looked up on the class it is the compiled function of a record; looked up on an agent it is the same source as
    plain Python, bound to that agent.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.compiled = compiled(function)
        self.__doc__ = function.__doc__

    def __get__(self, agent: Any, owner: type) -> Any:
        if agent is None:
            return self.compiled
        return MethodType(self.function, agent)


__all__ = ["MODEL_VERSION", "cache_directory", "compiled", "compiled_once", "is_cold", "rule"]
