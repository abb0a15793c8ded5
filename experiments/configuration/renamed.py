"""What users type or store and what it was called before: one table, so that an old name is understood or explained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Renamed:
    """One name that changed.

    Attributes:
        what: ``figure``, ``key``, ``option``, ``column`` or ``module``.
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
    Renamed("figure", "recorded", "recorded_success", "0.2.0"),
    Renamed("figure", "converging", "convergence", "0.2.0"),
    Renamed("figure", "failing", "failures", "0.2.0"),
    Renamed("figure", "regretted", "regrets", "0.2.0"),
    Renamed("figure", "stressed", "stresses", "0.2.0"),
    Renamed("figure", "flowing", "flows", "0.2.0"),
    Renamed("figure", "changing", "changes", "0.2.0"),
    Renamed("figure", "searching", "search", "0.2.0"),
    Renamed("figure", "kept", "members", "0.2.0"),
)
"""Every name that changed, in order. An old name without a message is understood as the new one."""


def current(what: str, name: str) -> str:
    """The name that something has now."""
    return next((each.new for each in RENAMED if (each.what, each.old) == (what, name) and not each.message), name)
