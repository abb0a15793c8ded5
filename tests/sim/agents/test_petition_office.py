"""Registers and deadlines of petition offices."""

import numpy as np
import pytest

from sim.agents.petition_office import REVIEW_DAYS, ROUTING_DAYS, PetitionOffice, closing_days, office_of


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
