"""How a command imports libraries: those seldom used when they are touched, and none with settings found here.

Mesa imports its grids, networks and data frames, and with them pandas, NetworkX and parts of SciPy: most of its time,
for a model that uses none of them. The modules stay what they are; whoever does use one waits for it then.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import chdir
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

DEFERRED = frozenset(
    {"pandas", "networkx", "scipy.linalg", "mesa.discrete_space", "mesa.experimental.continuous_space"}
)
"""Modules that Mesa (Numba: linear algebra) imports and a study seldom touches."""

ELSEWHERE = frozenset({"matplotlib"})
"""Modules that look for settings in the working folder when they are imported, whoever has put them there."""

COLLECT_EVERY = 100_000
"""New objects before Python looks for cycles: importing and composing make hundreds of thousands and hardly a cycle."""


def start_lightly() -> None:
    """Defers what is seldom used, and rarely looks for cycles, in this process from now on; at its end, for none."""
    if _Finder in sys.meta_path:
        return
    sys.meta_path.insert(0, _Finder)
    gc.set_threshold(COLLECT_EVERY, 20, 20)
    atexit.register(gc.freeze)  # what is left when a process ends need not be searched for what could be freed


class _Finder(PathFinder):
    """Finds the modules of ``DEFERRED``, and leaves reading them to ``_Deferred``, and those of ``ELSEWHERE``."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in DEFERRED and fullname not in ELSEWHERE:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = (_Later if fullname in DEFERRED else _Elsewhere)(spec.loader)
        return spec


class _Later(Loader):
    """A loader that leaves a module unread; ``real`` reads it."""

    def __init__(self, real: Loader) -> None:
        self.real = real

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.real.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__class__ = _Deferred


class _Elsewhere(_Later):
    """A loader that reads a module while the working folder is another."""

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = module.__loader__ = self.real
        with chdir(os.path.dirname(__file__)):
            self.real.exec_module(module)


_reading = RLock()


class _Deferred(ModuleType):
    """A module that is read when it is first asked for what only its source can give.

    ``importlib.util.LazyLoader`` reads at any attribute, and Mesa's logging asks every module for ``__file__``.
    """

    def __getattr__(self, name: str) -> Any:
        with _reading:
            spec = self.__spec__
            if spec is not None and isinstance(spec.loader, _Later):  # else read meanwhile, or being read
                spec.loader = self.__loader__ = spec.loader.real
                spec.loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]
            return object.__getattribute__(self, name)
