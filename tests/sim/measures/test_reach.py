"""Matters that reach a third party: what is worked out from the ledger against every matter followed day by day."""

from dataclasses import replace

import numpy as np
import pytest

from sim.agenda import Phase
from sim.agents.dispute import Forum, Stage
from sim.behaviour import Police
from sim.measures.reach import reached
from sim.model import GovernanceModel
from sim.phases.patrol import NOT_AGAIN

SEEDS = range(1, 6)


def followed(model: GovernanceModel, days: int) -> list[int]:
    """Steps a model; the days on which matters first reached somebody other than a grid worker who settled them.

    Of the police, those who settle a matter or pass it on.
    """
    first: dict[int, int] = {}
    for day in range(days):
        model.step()
        disputes = model.disputes.records
        is_open = disputes["stage"] != Stage.FREE
        by_police = (disputes["phase"] == Phase.SETTLE) & (disputes["forum"] == Forum.NOTHING)
        has_gone = (disputes["forum"] > Forum.BILATERAL) | (disputes["noticed_at"] >= np.float32(NOT_AGAIN))
        for key in disputes["key"][is_open & has_gone | by_police].tolist():
            first.setdefault(key, day)
    return list(first.values())


@pytest.mark.parametrize("calls", [0, 1])
def test_the_number_worked_out_is_nearly_that_of_matters_followed_one_by_one(tiny, calls):
    """Two years of five seeds, before and after the reform: some 2,700 matters."""
    exact = about = 0.0
    scenario = replace(tiny, behaviour=replace(tiny.behaviour, police=Police(police_calls=calls)))
    since = int((np.datetime64(tiny.calendar.measures) - np.datetime64(tiny.calendar.start)).astype(int))
    for seed in SEEDS:
        model = GovernanceModel(scenario, seed)
        days = followed(model, tiny.calendar.days)
        window = model.ledger().window("2018-01", "2019-12")
        exact += sum(day >= since for day in days) + window.total("settled_on_spot")
        about += reached(window)
    assert exact > 2000
    assert abs(about / exact - 1) < 0.03, (about, exact)
