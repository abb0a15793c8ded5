"""Every lever, uncertainty and stress, moved alone, moves what it should in the direction it should, beyond noise."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sim.acting.case import Case
from tests.sim.acting.cases_caseloads import CASELOADS
from tests.sim.acting.cases_causes import CAUSES
from tests.sim.acting.cases_centres import CENTRES
from tests.sim.acting.cases_choice import CHOICE
from tests.sim.acting.cases_concessions import CONCESSIONS
from tests.sim.acting.cases_institutions import INSTITUTIONS
from tests.sim.acting.cases_levers import LEVERS
from tests.sim.acting.cases_people import PEOPLES
from tests.sim.acting.cases_places import PLACES
from tests.sim.acting.cases_police import POLICE
from tests.sim.acting.cases_registers import REGISTERS
from tests.sim.acting.cases_stresses import STRESSES
from tests.sim.acting.cases_timing import TIMING
from tests.sim.acting.world import NAMES, Runs, is_equal_but_for_noise, is_more_than_noise

CASES = (
    LEVERS
    + PEOPLES
    + PLACES
    + CAUSES
    + CENTRES
    + CHOICE
    + CONCESSIONS
    + INSTITUTIONS
    + CASELOADS
    + POLICE
    + REGISTERS
    + TIMING
    + STRESSES
)


def test_every_parameter_has_a_case_and_every_case_a_parameter() -> None:
    cases = [case.leaf for case in CASES]
    assert sorted(set(NAMES) - set(cases)) == []
    assert sorted(set(cases) - set(NAMES)) == []


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_moves_what_it_should(case: Case, runs: Runs) -> None:
    usual, moved = runs.pair(case.given, {case.leaf: case.to})
    before = np.array([case.figure(ledger) for ledger in usual])
    after = np.array([case.figure(ledger) for ledger in moved])
    if case.sign:
        assert is_more_than_noise(after - before, case.sign), (case.why, before, after)
    else:
        assert is_equal_but_for_noise(after - before, 0.0), (case.why, before, after)
    if case.equals is not None:
        assert is_equal_but_for_noise(after, case.equals), (case.why, after)
