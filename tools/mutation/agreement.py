"""Mutants of rules that their own tests miss, tried on the second implementation: a mutant that changes what happens to
anybody on any day of a world is found there."""

from __future__ import annotations

from collections.abc import Sequence

WORLDS: dict[str, Sequence[str]] = {
    "sim/causes.py": ("causes with several claimants", "joint action"),
    "sim/centre_use.py": ("centres become known", "nameplates"),
    "sim/cohorts.py": ("queues are left",),
    "sim/costs.py": ("part-time posts", "another mix and training", "pools of enterprises", "busy halls"),
    "sim/past.py": ("a past",),
    "sim/phases/alert.py": ("early warning that acts",),
    "sim/phases/cohorts.py": ("queues are left", "talks that do not hold"),
    "sim/phases/collective.py": ("joint action", "coming together"),
    "sim/phases/departments.py": ("several departments", "leverage from above"),
    "sim/phases/grievance.py": ("long memories", "petitioners"),
    "sim/phases/linked.py": ("joint action", "causes with several claimants"),
    "sim/phases/reception.py": ("petition reception inside", "nameplates", "townships refer up"),
    "sim/phases/refused.py": ("requests refused",),
    "sim/phases/together.py": ("coming together", "joint action"),
    "sim/phases/wait.py": ("queues are left", "petitions while waiting"),
}
"""Worlds of ``tests/reference/worlds.py`` in which the rules of a file act."""

SECONDS = 120
"""Of processor time for one world; a year of one city takes eight."""


def prepare() -> None:
    """Imports both implementations, which takes longer than many a mutant lives; to be called before the forks."""
    from tests.reference import compare, worlds  # noqa: F401


def agrees(name: str) -> bool:
    """Whether both implementations agree on a year of a city under a world."""
    from tests.reference.compare import compare
    from tests.reference.worlds import EASTERN_CITY, ONE_YEAR, world

    return bool(compare(world(name, EASTERN_CITY, *ONE_YEAR), seed=7))
