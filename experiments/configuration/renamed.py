"""What users type or store and what it was called before: one table, so that an old name is understood or explained."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


@dataclass(frozen=True)
class Renamed:
    """One name that changed.

    Attributes:
        what: ``figure``, ``key``, ``option``, ``column``, ``kind`` (of results) or ``module``.
        old, new: the names; ``new`` is empty for what is gone.
        since: version of the toolkit.
        message: what to do, where the old name is no longer understood.
    """

    what: str
    old: str
    new: str
    since: str
    message: str = ""


RENAMED = (
    Renamed("module", "experiments.api", "petition_pyramid", "0.2.0", "write  import petition_pyramid as pp"),
    Renamed("kind", "comparison", "compare", "0.2.0", "run the study again"),
    Renamed("kind", "optimisation", "optimise", "0.2.0", "run the study again"),
    Renamed("kind", "calibration", "calibrate", "0.2.0", "run the study again"),
    Renamed("figure", "recorded", "recorded_success", "0.2.0"),
    Renamed("figure", "converging", "convergence", "0.2.0"),
    Renamed("figure", "failing", "failures", "0.2.0"),
    Renamed("figure", "regretted", "regrets", "0.2.0"),
    Renamed("figure", "stressed", "stresses", "0.2.0"),
    Renamed("figure", "flowing", "flows", "0.2.0"),
    Renamed("figure", "changing", "changes", "0.2.0"),
    Renamed("figure", "searching", "search", "0.2.0"),
    Renamed("figure", "kept", "members", "0.2.0"),
    Renamed("figure", "cities", "places", "0.2.0"),
)
"""Every name that changed, in order. An old name without a message is understood as the new one."""


def current(what: str, name: str) -> str:
    """The name that something has now."""
    return next((each.new for each in RENAMED if (each.what, each.old) == (what, name) and not each.message), name)


def explained(what: str, name: str) -> str:
    """What became of an old name that is no longer understood, in words; empty for any other."""
    found = next((each for each in RENAMED if (each.what, each.old) == (what, name) and each.message), None)
    return "" if found is None else f"{name} is {found.new or 'gone'} since version {found.since}: {found.message}"


class OldModules(MetaPathFinder):
    """Says what became of a module that is asked for by its old name."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Finds nothing; raises ``ImportError`` for an old name."""
        if message := explained("module", fullname):
            raise ImportError(message, name=fullname)
        return None


sys.meta_path.append(OldModules())
