"""A trend as it is given and as it comes, beside each other."""

from __future__ import annotations

import json

import numpy as np
import pytest

from experiments.cli.main import main
from experiments.report.text import Words
from experiments.runs.record import RunRecord
from experiments.studies.simulate.trends import PRESENTED, trend_notes, trends_of
from petition_pyramid import scenario
from sim.ledger import EVENTS
from tests.tiers import province_with

TRENDS = "year,petitions,suits\n2015,120,1\n2016,110,1\n2017,105,1\n2018,100,1\n2019,80,2\n2020,60,2\n"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return province_with(tmp_path_factory.mktemp("trends") / "mine", trends=TRENDS)


def record(presented: list[int], first: str = "2018-01") -> RunRecord:
    """So many petitions presented in each month, half of them by visit, from a month on."""
    monthly = np.zeros((len(presented), len(EVENTS)), np.int64)
    for name in ("presented_visit_county", "repeat_presented_online_nation"):
        monthly[:, EVENTS.index(name)] = presented
    return RunRecord({}, {}, np.datetime64(first, "M") + np.arange(len(presented)), monthly)


def test_what_is_given_and_what_is_counted(source: str) -> None:
    world = scenario(f"province={source}", "calendar.end=2020-12-31")
    kept = [record([10] * 12 + [7] * 12 + [5] * 12), record([10] * 12 + [9] * 12 + [5] * 12)]
    found = trends_of(world, kept)
    assert set(found) == {"petitions"} and set(found["petitions"]) == {2019, 2020}
    assert found["petitions"][2019] == pytest.approx((0.8, 0.8))
    assert found["petitions"][2020] == pytest.approx((0.6, 0.5))
    assert trend_notes(world, kept, Words("en")) == [
        "Trend of petitions presented as given and as it came with the policy before kept (2018 = 100): "
        "2019: 80.0 and 80.0; 2020: 60.0 and 50.0."
    ]
    assert len(PRESENTED) == 24


def test_years_that_are_not_whole_are_left_out(source: str) -> None:
    world = scenario(f"province={source}", "calendar.measures=2018-07-01")
    assert trends_of(world, [record([10] * 18, first="2018-07")]) == {}
    assert trends_of(scenario("province=tiny"), [record([10] * 24)]) == {}


def test_simulate_prints_it(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", f"province={source}", "calendar.end=2019-12-31", "output=json"]) == 0
    (year,) = json.loads(capsys.readouterr().out)["trends"]["petitions"].items()
    assert year[0] == "2019" and year[1]["given"] == pytest.approx(0.8)
    assert 0.6 < year[1]["achieved"] < 1.1
