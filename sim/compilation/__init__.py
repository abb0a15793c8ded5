"""How rules are compiled: each once, as a part of what Python calls.

A rule is a Python function with a decorator, written and read as such. Numba as its manual has it makes machine code of
every decorated function by itself, and again wherever another one calls it: the day of this model, two hundred
functions deep, took a compiler over a minute, a gigabyte of memory and 150 MB of disk. Here

- only what Python calls becomes machine code (``cache.Whole``): the day, and some functions that found a run;
- a rule below it is typed and brought into LLVM's form once (``part.Part``) and linked in wherever it is called, so
  that LLVM sees a whole day and optimises it as one;
- ``World``, a tuple of forty arrays, is handed on by reference (``by_reference``).

The same rules give the same bytes, compiled in this way, in the ordinary way, or not at all (``sim.plain``). The first
two points reach below Numba's documented interface. Under a version of Numba that the tests have not seen, or with
``PYRAMID_ORDINARY_COMPILATION=1``, everything is compiled in the ordinary way.

What Numba offers in public was tried first. ``inline="always"`` writes out every rule in its callers and types the
whole day as one function, which had not ended after a quarter of an hour. A ``structref`` for ``World`` needs reference
counting, which rules do without, so that nothing is allocated in a day. A single entry changes nothing by itself: the
day is one, and every rule below it is still made machine code on its own before it is linked.

A function of your own under a plain ``numba.njit`` may call rules: they are linked into it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import Any

import numba

from sim.compilation.by_reference import by_reference as _by_reference
from sim.compilation.by_reference import local, origin
from sim.compilation.cache import DIRECTORY, VERSIONS, CacheWarning, Whole, cache_directory
from sim.compilation.part import IS_ORDINARY, Compiled
from sim.plain import uncompiled

MODEL_VERSION = VERSIONS.model
"""Hash of the model's sources: two runs with the same scenario, seed and version have the same ledger, to the byte."""

MEASURES_VERSION = VERSIONS.measures
"""Hash of the measures' sources: two ledgers that are the same give the same figures."""

IS_PLAIN = bool(getattr(numba.config, "DISABLE_JIT", False))
"""Whether rules stay plain Python (``NUMBA_DISABLE_JIT=1``): ``sim/plain.py``."""


def is_cold() -> bool:
    """True while the day has not been compiled for these sources on this machine."""
    return not IS_PLAIN and not any(DIRECTORY.glob("day.run_days-*.nbc"))


def by_reference(cls: type) -> type:
    """Decorator of a named tuple that compiled functions hand on by reference."""
    return cls if IS_PLAIN or IS_ORDINARY else _by_reference(cls)


def _compiled(function: Callable[..., Any], **options: Any) -> Any:
    if IS_PLAIN:
        return uncompiled(function)
    shared = {"nogil": True, "error_model": "numpy", **options}
    if IS_ORDINARY:
        return Whole(function, shared)
    return Compiled(function, shared, lambda function: Whole(function, shared))


def compiled(function: Callable[..., Any]) -> Any:
    """Compiles a function of the day with Numba: cached, without the GIL, without fast-math, inlined.

    Numba's reference counting is switched off: arrays are borrowed from the caller, nothing may be allocated. That
    keeps the day loop free of allocations by construction, and made it three times faster.
    """
    return _compiled(function, forceinline=True, _nrt=False)


def compiled_apart(function: Callable[..., Any]) -> Any:
    """As ``compiled``, for a rule that is seldom due: it stands in the machine code once, away from what is always due,
    and is called. A caller gives it ``origin(world)``.
    """
    return _compiled(function, forceinline=False, _nrt=False)


def compiled_once(function: Callable[..., Any]) -> Any:
    """Compiles a function that may allocate, for work done once a run and not once a day."""
    return _compiled(function)


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


__all__ = [
    "MEASURES_VERSION",
    "MODEL_VERSION",
    "CacheWarning",
    "by_reference",
    "cache_directory",
    "compiled",
    "compiled_apart",
    "compiled_once",
    "is_cold",
    "local",
    "origin",
    "rule",
]
