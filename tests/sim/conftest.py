"""Small worlds that several tests look at; each is simulated once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.model import GovernanceModel
from sim.policy import Acceptance, CentreLevers, Intake, PetitionLevers, Policy
from sim.scenario import Calendar, ProvinceChoice, Scenario

SHORT = Calendar(start="2017-01-01", end="2019-12-31", reform="2019-01-01", measures="2018-01-01")


def reform() -> Policy:
    """A policy that changes centres, rules and staff."""
    policy = Policy()
    centre = replace(
        CentreLevers(), coverage_township=1.0, coverage_county=1.0, working_share=1.0, intake=Intake.unified
    )
    petition = replace(PetitionLevers(), acceptance=Acceptance.strict, registration_county=0.97)
    staff = replace(policy.staff, mediators_township=6, mediators_county=16)
    grid = replace(policy.grid, households_per_grid=150)
    return replace(policy, centre=centre, petition=petition, staff=staff, grid=grid)


@pytest.fixture(scope="session")
def tiny() -> Scenario:
    """Three years of the tiny province, reformed on the first day of the third."""
    return Scenario(province=ProvinceChoice("tiny"), calendar=SHORT, after=reform())


@pytest.fixture(scope="session")
def finished(tiny: Scenario) -> GovernanceModel:
    """The tiny province after its three years; tests must not change it."""
    model = GovernanceModel(tiny, seed=3)
    model.run_for(tiny.calendar.days)
    return model
