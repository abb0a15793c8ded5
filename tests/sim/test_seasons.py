"""Runs in which months and days differ: grievances follow season and trend, and nothing is due on a closed day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.almanac import almanac_of
from sim.behaviour import Behaviour, Timing
from sim.ledger import DISPUTE_KINDS, event
from sim.model import GovernanceModel, run
from sim.scenario import Calendar, ProvinceChoice, Scenario
from tests.tiers import province_with

CALENDAR = Calendar(start="2018-01-01", reform="2019-01-01", measures="2018-01-01", end="2020-12-31")
LABOUR = DISPUTE_KINDS.index("labour")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tiny province with a season of labour disputes, and grievances that double."""
    seasons = "month,labour\n" + "".join(f"{month},{1.5 if month <= 6 else 0.5}\n" for month in range(1, 13))
    trends = "year,grievances\n2018,1\n2019,1.5\n2020,1.5\n"
    return province_with(tmp_path_factory.mktemp("seasonal") / "mine", seasons=seasons, trends=trends)


def test_grievances_follow_season_and_trend(source: str) -> None:
    behaviour = Behaviour(grievances=90, rate_headroom=3)
    world = Scenario(province=ProvinceChoice(source), calendar=CALENDAR, behaviour=behaviour)
    usual = replace(world, province=ProvinceChoice("tiny"))
    ours, plain = (
        np.sum([run(each, seed).counts[..., event("raised")] for seed in range(4)], axis=(0, 1))
        for each in (world, usual)
    )
    factor = almanac_of(CALENDAR, Timing(), GovernanceModel(world, 1).province.series).months["grievances"]
    expected = plain * factor
    for kinds in ([LABOUR], [kind for kind in range(len(DISPUTE_KINDS)) if kind != LABOUR]):
        for rows in (slice(0, 6), slice(6, 12), slice(24, 36)):
            got, wanted = ours[rows][:, kinds].sum(), expected[rows][:, kinds].sum()
            noise = wanted + (plain[rows][:, kinds] * factor[rows][:, kinds] ** 2).sum()
            assert abs(got - wanted) < 4.5 * np.sqrt(noise)


def test_nothing_is_due_on_a_closed_day(tmp_path: Path) -> None:
    behaviour = Behaviour(grievances=90, timing=Timing(closed_days=15))
    model = GovernanceModel(Scenario(province=ProvinceChoice("tiny"), calendar=CALENDAR, behaviour=behaviour), 5)
    model.run_for(50)
    state = model.state.disputes.copy()
    model.run_for(9)
    model.check()
    assert model.ledger().by_month("raised")[1] > 0
    rows = state["stage"] > 1
    same = ("stage", "forum", "attempts", "due")
    assert rows.any()
    now = model.state.disputes[rows]
    assert all((now[name] == state[rows][name]).all() for name in same)
