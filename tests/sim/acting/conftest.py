"""One set of runs for all tables: the years before the reform are simulated once a seed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.behaviour import Behaviour
from tests.sim.acting.cases_causes import CAUSES
from tests.sim.acting.cases_concessions import CONCESSIONS
from tests.sim.acting.cases_institutions import INSTITUTIONS
from tests.sim.acting.cases_levers import LEVERS
from tests.sim.acting.cases_people import PEOPLES
from tests.sim.acting.cases_places import PLACES
from tests.sim.acting.cases_registers import REGISTERS
from tests.sim.acting.cases_stresses import HARMS, STRESSES
from tests.sim.acting.world import GROUP, NAMES, Changes, Runs, unlike_counties

CASES = LEVERS + PEOPLES + PLACES + CAUSES + CONCESSIONS + INSTITUTIONS + REGISTERS + STRESSES


def changes_people(changes: Changes) -> bool:
    """Whether changes need a run of their own: behaviour acts from the first day."""
    return any(leaf != "places" and GROUP[NAMES[leaf]] is Behaviour for leaf in changes)


@pytest.fixture(scope="module", autouse=True)
def unlike() -> Iterator[None]:
    """Counties of the acting world are unlike wherever counties may differ, and no others: a folder without
    ``__init__.py`` is no package, whose fixtures would last to the end of the session."""
    with unlike_counties():
        yield


@pytest.fixture(scope="session")
def runs() -> Runs:
    """Runs of the acting world; room is reserved for every policy that a table names."""
    wanted: list[Changes] = [case.given for case in CASES]
    wanted += [{**case.given, case.leaf: case.to} for case in CASES]
    wanted += [harm.given for harm in HARMS] + [{**harm.given, **harm.stress} for harm in HARMS]
    return Runs([changes for changes in wanted if not changes_people(changes)])
