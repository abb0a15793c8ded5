"""Offences of a reduced model over the grievances out of which they come."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.verification.queues import LOOKS_EVERY, Figures, System
from sim.agents.dispute import Stage
from sim.model import GovernanceModel
from sim.phases.arise import DAYS_A_YEAR


def observe_offences(systems: Sequence[System], seed: int) -> Figures:
    """Offences per unit of grievance and year in every county, one figure a system: what has been felt up to the end of
    the warm-up and up to the end of the run."""
    return {str(number): _offences_of(system, seed) for number, system in enumerate(systems)}


def _offences_of(system: System, seed: int) -> NDArray[np.float64]:
    calendar = system.scenario.calendar
    model = GovernanceModel(system.scenario, seed)
    model.run_for(calendar.day("measures"))
    grievance, unfelt = _grievances_of(model)
    years = unfelt
    while model.today < calendar.days:
        days, before = min(LOOKS_EVERY, calendar.days - model.today), grievance
        model.run_for(days)
        grievance, unfelt = _grievances_of(model)
        years = years + (before + grievance) / 2.0 * days / DAYS_A_YEAR
    booked = model.ledger().window(calendar.measures[:7], calendar.end[:7]).by_county("offence")
    return booked / (years - unfelt)


def _grievances_of(model: GovernanceModel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By county: grievances as they have decayed, summed, and what has been borne of them, in years, since they were
    last felt."""
    cases = model.state.disputes[model.state.disputes["stage"] != Stage.FREE]
    half_life = model.world_scenario.behaviour.grievance_half_life
    left = cases["grievance"] * np.exp2(-(model.today - cases["felt_on"]) / half_life)
    borne = (cases["grievance"] - left) * half_life / np.log(2.0) / DAYS_A_YEAR
    county = model.state.villages["county"][cases["village"]]
    counties = len(model.province.counties)
    return np.bincount(county, left, counties), np.bincount(county, borne, counties)
