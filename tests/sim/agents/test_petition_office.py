"""Petition offices: three counts kept apart, and the deadlines of the 2005 Regulations."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.dispute import Forum
from sim.agents.petition_office import PetitionOffice, closing_days, is_late, office_of
from sim.parameters import record_type
from sim.phases.petition import ineligible_acceptance, office_level
from sim.policy import Policy
from sim.regime import REGIME


def test_presented_registered_and_accepted_are_three_counts():
    offices = np.zeros(1, PetitionOffice.record)
    office = offices[0]
    for is_registered in (True, False, True):
        PetitionOffice.receive(office, is_registered)
    PetitionOffice.accept(office)
    names = ("presented", "registered", "accepted", "in_process")
    assert [int(office[name]) for name in names] == [3, 2, 1, 1]
    PetitionOffice.close(office)
    assert [int(office[name]) for name in names] == [3, 2, 1, 0]


def test_every_office_has_a_row_of_its_own():
    counties, cities = 7, 3
    rows = {int(office_of(0, county, 0, counties, cities)) for county in range(counties)}
    rows |= {int(office_of(level, 0, city, counties, cities)) for level in (1, 2, 3) for city in range(cities)}
    assert rows == set(range(counties + 3 * cities))


@pytest.mark.parametrize(
    ("complexity", "deadline"),
    [(0.5, 60), (1.2499, 60), (1.25, 90), (1.5, 90)],  # Art. 33: 60 days, 30 more if complex
)
def test_deadlines(complexity, deadline):
    assert closing_days(complexity) == deadline
    assert not is_late(deadline, complexity)
    assert is_late(deadline + 1, complexity)


PETITIONS = (Forum.PETITION_COUNTY, Forum.PETITION_CITY, Forum.PETITION_PROVINCE, Forum.PETITION_NATION)


def test_levels_with_and_without_a_county_tier():
    """Where there is no county tier the city is the level above townships and the county has no office."""
    assert [office_level(forum, 1.0) for forum in PETITIONS] == [1, 2, 3, 4]
    assert [office_level(forum, 0.0) for forum in PETITIONS] == [-1, 1, 2, 3]
    assert {office_level(forum, tier) for forum in range(Forum.PETITION_COUNTY) for tier in (0.0, 1.0)} == {0}


def test_a_changed_rule_is_known_after_a_time_of_one_s_own():
    assert set(record_type(Policy).names) < set(REGIME.names)
    regime = np.zeros(1, REGIME)
    regime["rule_changed_on"] = 100.0
    regime["acceptance_ineligible"], regime["acceptance_known"] = (0.1, 0.2, 0.3, 0.4), (0.5, 0.6, 0.7, 0.8)
    row = regime[0]
    assert ineligible_acceptance(row, Forum.PETITION_PROVINCE, 130, 29.5) == 0.3
    assert ineligible_acceptance(row, Forum.PETITION_PROVINCE, 130, 30.5) == 0.7
    assert ineligible_acceptance(row, Forum.PETITION_CITY, 99, 0.0) == 0.6  # the rule has not changed yet
