"""Registers and deadlines of petition offices."""

import numpy as np
import pytest

from sim.agents.dispute import Forum
from sim.agents.petition_office import (
    REVIEW_DAYS,
    ROUTING_DAYS,
    PetitionOffice,
    closing_days,
    has_office,
    next_level,
    office_level,
    office_of,
)
from sim.compilation import compiled_once
from sim.regime import REGIME


@compiled_once
def _chain(regime) -> tuple[list, list, list]:
    """By petition level: whether there is an office, and which level is next; and the chain of the forums."""
    has = [has_office(level, regime[0]) for level in range(4)]
    following = [next_level(level, regime[0]) for level in range(-1, 3)]
    return has, following, [office_level(forum, regime[0]) for forum in range(5, 10)]


@pytest.mark.parametrize(
    ("county", "city", "has", "following", "chain"),
    [
        (1, 1, [True, True, True, True], [0, 1, 2, 3], [0, 1, 2, 3, 4]),
        (0, 1, [False, True, True, True], [1, 1, 2, 3], [0, -1, 1, 2, 3]),
        (1, 0, [True, False, True, True], [0, 2, 2, 3], [0, 1, -1, 2, 3]),
        (0, 0, [False, False, True, True], [2, 2, 2, 3], [0, -1, -1, 1, 2]),
    ],
)
def test_where_a_level_is_missing_the_chain_goes_on_to_the_next(county, city, has, following, chain) -> None:
    regime = np.zeros(1, REGIME)
    regime["county_tier"], regime["city_tier"] = county, city
    assert list(Forum)[5:] == [Forum.COURT, *(forum for forum in Forum if forum >= Forum.PETITION_COUNTY)]
    assert _chain(regime) == (has, following, chain)


@pytest.mark.parametrize(("complexity", "days"), [(0.0, 60), (1.24, 60), (1.25, 90), (3.0, 90)])
def test_deadlines_of_the_regulations(complexity: float, days: int) -> None:
    assert closing_days(complexity, False) == days
    assert closing_days(complexity, True) == REVIEW_DAYS == 30  # Art. 34 and 35 know no extension
    assert ROUTING_DAYS == 15


def test_rows_of_registers() -> None:
    """Five counties, two cities: the counties, then city, province and nation with a register per city."""
    assert [office_of(0, county, 0, 5, 2) for county in range(5)] == [0, 1, 2, 3, 4]
    assert [office_of(level, 4, city, 5, 2) for level in (1, 2, 3) for city in (0, 1)] == [5, 6, 7, 8, 9, 10]


def test_a_register_counts() -> None:
    records = np.zeros(2, PetitionOffice.record)
    office = PetitionOffice(None, records, 1)
    for is_registered in (True, False, True):
        office.receive(is_registered)
    office.accept()
    office.accept()
    office.close()
    counted = [records[name].tolist() for name in ("presented", "registered", "accepted", "in_process")]
    assert counted == [[0, 3], [0, 2], [0, 2], [0, 1]]
