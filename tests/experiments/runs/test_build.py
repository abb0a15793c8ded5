"""How far a policy is built, by hand from the roll-out, and the years that runs of a longer calendar measure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.results.folder import RunRow, runs_frame
from experiments.runs.build import build_of, stored_build, years_beside, years_of
from experiments.runs.record import RunRecord
from experiments.runs.run import Batch, runs_of
from petition_pyramid import scenario
from sim.measures import MEASURES, SummedLedger
from sim.model import run
from sim.province import load_province
from sim.scenario import Calendar

YEAR = "calendar.end=2019-12-31"
"""A calendar of one year after the reform."""
FIRST, LAST = ("2019-01", "2019-12"), ("2021-01", "2021-12")

# the tiny province: 8,000 residents in a city of batch 1, 4,000 in one of batch 2, which starts six months later
EARLY = sum(range(1, 13)) / 12 / 12
LATE = sum(range(1, 7)) / 12 / 12


def tiny(*arguments: str):
    return scenario("province=tiny", *arguments)


def year(*arguments: str):
    return tiny(YEAR, *arguments)


def test_what_builds_up_is_weighed_by_months_and_residents():
    found = build_of(year("after=grid_first"))
    assert found.full == "2020-06"  # month 12 of a ramp that begins in July 2019
    assert found.share == pytest.approx((8 * EARLY + 4 * LATE) / 12)
    assert found.is_unfinished and found.end == "2021-12-31" and found.years == {"first_year": FIRST}
    two_years = build_of(tiny("after=grid_first", "calendar.end=2020-12-31"))
    late = (21 + sum(range(7, 13)) + 6 * 12) / 12  # months 0 to 23 of batch 2, in months of full build
    assert two_years.share == pytest.approx((8 * (6.5 + 12) + 4 * late) / 12 / 24)
    assert two_years.is_unfinished and two_years.years == {"first_year": FIRST}  # 2020 begins before the full build


def test_rules_of_what_builds_up_come_with_the_start_of_a_city():
    found = build_of(year("after=whistle"))
    assert (found.full, found.end) == ("2019-07", "2020-12-31")
    assert found.share == pytest.approx((8 + 4 * 6 / 12) / 12)


@pytest.mark.parametrize("policy", ["status_quo", "rule_and_register", "placebo"])
def test_what_moves_no_such_lever_is_there_at_once(policy):
    found = build_of(year(f"after={policy}"))
    assert (found.full, found.share, found.is_unfinished) == ("2019-01", 1.0, False)
    assert found.years == {"first_year": FIRST, "full_year": FIRST}
    assert build_of(year(f"after={policy}"), moves_all=True).share == pytest.approx((8 * EARLY + 4 * LATE) / 12)


def test_the_pace_is_that_of_the_policy_and_of_the_cities_where_it_builds():
    at_once = ("after=grid_first", "after.roll_out.ramp=0", "after.roll_out.batch_2_start=0")
    assert (build_of(tiny(*at_once)).full, build_of(tiny(*at_once)).share) == ("2019-01", 1.0)
    pilots = build_of(tiny("after=grid_first", "after.roll_out.ramp=0", "after.roll_out.batch_2_start=48"))
    assert (pilots.full, pilots.end) == ("2023-01", "2023-12-31")  # a January: that year has all of it
    assert pilots.share == pytest.approx(8 / 12)
    alone = year("after=status_quo").vary({"after.places": {"9101": {"staff": {"mediators_county": 30}}}})
    assert build_of(alone).full == "2019-12" and build_of(alone).share == pytest.approx(EARLY)


def test_townships_build_at_their_own_pace_and_count_with_their_residents():
    slow = {"910102001": {"staff": {"mediators_village": 6}, "roll_out": {"ramp": 24}}}
    quick = {"910103": {"staff": {"mediators_village": 6}, "roll_out": {"ramp": 0}}}
    found = build_of(year("after=status_quo").vary({"after.places": slow | quick}))
    assert found.full == "2020-12"  # the last month of two years
    townships = load_province("tiny").townships
    residents = {code: int(number) for code, number in townships[["code", "population"]].tolist()}
    one, others = residents[910102001], residents[910103100] + residents[910103400]
    half_a_year = sum(month / 24 for month in range(1, 13)) / 12
    assert found.share == pytest.approx((one * half_a_year + others) / (one + others))


def test_a_window_that_begins_after_the_build_shows_all_of_it():
    late = tiny("after=grid_first", "calendar.measures=2021-01-01")
    assert build_of(late).share == 1 and not build_of(late).is_unfinished
    assert build_of(late).years == {"full_year": LAST} and years_beside(late) == {}


def test_years_are_whole_and_within_what_is_measured():
    assert years_of(Calendar(), "2020-06") == {"first_year": FIRST, "full_year": LAST}
    assert years_of(Calendar(), "2021-02") == {"first_year": FIRST}
    half = Calendar(reform="2019-07-01", end="2020-12-31")
    assert years_of(half) == {"first_year": ("2019-07", "2020-06"), "full_year": ("2020-01", "2020-12")}
    assert years_of(Calendar(reform="2019-07-01", end="2019-12-31")) == {}


def test_a_study_keeps_what_is_unfinished_taken_together():
    fast = year("after=grid_first", "after.roll_out.ramp=6")
    slow, rules = year("after=grid_first"), year("after=rule_and_register")
    shares = [build_of(each).share for each in (slow, fast)]
    assert stored_build([rules, slow, fast, slow]) == {
        "build": {
            "first": "2019-01", "last": "2019-12", "full": "2020-06", "low": shares[0], "high": shares[1],
            "end": "2021-12-31",
        }
    }  # fmt: skip
    assert shares[0] < shares[1] == pytest.approx((8 * (3.5 + 6) / 12 + 4 * 3.5 / 12) / 12)
    assert stored_build([rules]) == stored_build([tiny("after=grid_first")]) == {}


def test_runs_measure_both_years_where_they_are_not_all_of_the_window():
    chosen = tiny("after=grid_first")
    assert years_beside(chosen) == {"first_year": FIRST, "full_year": LAST}
    (batch,) = [Batch((each,)) for each in runs_of(chosen, [3], groups=(("pilots", (9101,)),))]
    kept: list[bytes] = []
    batch.carry_out(lambda outcome: kept.append(outcome.record), lambda: False)
    record = RunRecord.from_bytes(kept[0])
    assert record.to_bytes() == kept[0] and list(record.years) == ["first_year", "full_year"]
    ledger = run(chosen, 3)
    for name, window in (("first_year", FIRST), ("full_year", LAST)):
        during, until = ledger.window(*window), ledger.window("2015-01", window[1])
        for measure in ("petitions_province", "durable_resolution", "unresolved_stock"):
            assert record.years[name][measure] == MEASURES[measure].value(during, until)
        part = SummedLedger.of(ledger.of_counties(np.flatnonzero(ledger.city_codes[ledger.county_city] == 9101)))
        assert record.years[name]["cost_total@pilots"] == MEASURES["cost_total"].value(part.window(*window), part)
        assert record.years[name]["durable_resolution@9101"] == record.years[name]["durable_resolution@pilots"]
    frame = runs_frame([RunRow("a", "a", 3, record), RunRow("b", "b", 3, replace(record, years={}))])
    assert frame["full_year_petitions_total"].tolist()[0] == record.years["full_year"]["petitions_total"]
    assert np.isnan(frame["first_year_petitions_total"][1]) and frame["petitions_total"].notna().all()


def test_a_year_after_the_reform_is_not_measured_twice():
    assert years_beside(year("after=rule_and_register")) == {}
    unfinished = years_beside(tiny("after=grid_first", "calendar.end=2020-12-31"))
    assert unfinished == {"first_year": FIRST}  # no year of the full build
    (batch,) = [Batch((each,)) for each in runs_of(year("after=rule_and_register"), [0])]
    kept: list[bytes] = []
    batch.carry_out(lambda outcome: kept.append(outcome.record), lambda: False)
    assert RunRecord.from_bytes(kept[0]).years == {}
    columns = runs_frame([RunRow("a", "a", 0, RunRecord.from_bytes(kept[0]))]).columns
    assert not [name for name in columns if name.startswith(("first_year_", "full_year_"))]
