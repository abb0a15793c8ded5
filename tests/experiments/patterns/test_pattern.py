"""The patterns: one registry, judged as stated, on runs made by hand and on a run of the model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from experiments.patterns.arithmetic import arithmetic_of, implied_total
from experiments.patterns.observed import Observed, over_replicates
from experiments.patterns.pattern import PatternOutcome, pattern_outcomes
from experiments.patterns.reported import patterns_of
from experiments.runs.record import RunRecord
from experiments.statistics.intervals import Estimate
from sim.ledger import EVENT_INDEX, EVENTS
from sim.measures import MEASURES
from sim.scenario import Calendar, Scenario

PATTERNS = patterns_of("gansu")
FITTED = [each for each in PATTERNS if not each.is_held_out]
HELD_OUT = [each for each in PATTERNS if each.is_held_out]
ELSEWHERE = [each for each in patterns_of("zhejiang") if not each.is_national]
BY_NAME = {pattern.name: pattern for pattern in (*PATTERNS, *ELSEWHERE)}
RULES = {rule.name: rule for rule in arithmetic_of(PATTERNS)}


def observed(
    before: dict[str, float],
    after: dict[str, float],
    calendar: Calendar | None = None,
    late: dict[str, int] | None = None,
) -> Observed:
    """A run of some measures; ``late`` are events of each of the last six months of the first year, a thousand times as
    many before and after."""
    calendar = calendar or Calendar()
    months = np.arange(calendar.measures[:7], f"{int(calendar.end[:4]) + 1}-01", dtype="datetime64[M]")
    monthly = np.zeros((len(months), len(EVENTS)), np.int64)
    for name, count in (late or {}).items():
        monthly[:, EVENT_INDEX[name]] = 1000 * count
        monthly[18:24, EVENT_INDEX[name]] = count
    return Observed(RunRecord(after, before, months, monthly), Scenario(calendar=calendar))


def simulated(name: str, *runs: Observed) -> PatternOutcome:
    pattern = BY_NAME[name]
    return PatternOutcome(pattern, over_replicates(pattern.statistic.value, runs))


def test_the_registry_is_complete_and_every_entry_says_where_it_comes_from():
    assert list(dict.fromkeys(pattern.id for pattern in FITTED)) == [f"P{number}" for number in range(1, 10)]
    assert list(dict.fromkeys(pattern.id for pattern in HELD_OUT)) == ["P6", *(f"H{number}" for number in range(1, 6))]
    assert (len(FITTED), len(HELD_OUT)) == (26, 22)
    assert {pattern.id for pattern in ELSEWHERE} == {"H6"} and len(ELSEWHERE) == 5
    assert len(BY_NAME) == len(PATTERNS) + len(ELSEWHERE) and len(RULES) == 8
    for pattern in BY_NAME.values():
        assert pattern.tag in ("F", "D", "A") and all(pattern.source) and pattern.low <= pattern.high
        assert any("\u4e00" <= letter <= "\u9fff" for letter in pattern.meaning[1])
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in pattern.meaning[0] + pattern.note[0])
        assert bool(pattern.note[0]) == bool(pattern.note[1])
    weak = [pattern.name for pattern in PATTERNS if pattern.direction]
    assert weak == ["requests", "offences", "mass_incidents"]
    assert all("never fitted" in BY_NAME[name].note[0] for name in weak[1:])


def test_a_residual_is_measured_from_the_nearest_reported_value():
    pattern = replace(BY_NAME["durable_success"], tolerance=0.02)
    assert pattern.residual(0.70) == 0
    assert pattern.residual(0.60) == pytest.approx(-0.05) and pattern.residual(0.80) == pytest.approx(0.06)
    assert [pattern.is_met(value) for value in (0.629, 0.631, 0.70, 0.759, 0.761)] == [False, True, True, True, False]
    assert pattern.is_met(math.nan) is None
    falls = replace(BY_NAME["offences"], low=-0.2, high=-0.2)
    assert [falls.is_met(value) for value in (-0.01, -0.9, 0.0, 0.1)] == [True, True, False, False]
    assert falls.residual(-0.05) == pytest.approx(0.15)


def test_misses_are_told_by_their_size_beside_what_is_reported_or_the_tolerance():
    met = observed({"ratio_city_to_province": 1.5, "recorded_success": 0.95, "durable_success": 0.7}, {})
    assert simulated("city_before", met).miss == pytest.approx(0.5)
    assert simulated("recorded_success", met).miss == pytest.approx(0.01 / 0.98)
    assert simulated("durable_success", met).miss == 0
    far = observed({}, {"petitions_province": 100, "petitions_city": 100, "petitions_county": 100})
    assert simulated("distance_after", far).miss == pytest.approx(0.786 / 0.2, abs=0.005)


def test_a_direction_whose_interval_holds_zero_is_unclear():
    def runs(*after: float) -> list[Observed]:
        return [observed({"offences": 10.0}, {"offences": value}) for value in after]

    assert simulated("offences", *runs(8, 8.5, 9)).is_met is True
    assert simulated("offences", *runs(6, 9, 12)).is_met is None
    assert simulated("offences", *runs(11, 11.5, 12)).is_met is False
    assert simulated("offences", *runs(9)).is_met is True  # one replicate has its sign alone


def test_what_follows_the_reform_is_that_of_its_first_year():
    """641 visits a year against 1,000: −35.9 % in the first year, whatever the years after it hold."""
    run = observed({"visits_province": 1000}, {"visits_province": 900})
    first = replace(run.record, years={"first_year": {"visits_province": 641}})
    assert simulated("visits_province", run).simulated.mean == pytest.approx(-0.1)
    found = simulated("visits_province", replace(run, record=first))
    assert found.simulated.mean == pytest.approx(-0.359)
    assert found.residual == pytest.approx(0, abs=1e-12) and found.is_met is True


def test_means_and_intervals_are_over_replicates():
    runs = [observed({"recorded_success": value}, {}) for value in (0.94, 0.96, 0.98)]
    found = simulated("recorded_success", *runs)
    assert found.simulated.mean == pytest.approx(0.96)
    assert found.simulated.high - 0.96 == pytest.approx(4.302653 * 0.02 / math.sqrt(3), rel=1e-6)  # t, 2 degrees
    assert found.is_met is True and found.residual == pytest.approx(0, abs=1e-12)


def test_the_ratio_of_half_a_year_comes_from_the_registers_of_those_months():
    late = {
        "registered_visit_province": 60, "repeat_registered_online_province": 40,
        "registered_letter_city": 210, "registered_visit_county": 250, "repeat_registered_visit_county": 50,
        "pushed_down_visit_county": 5, "presented_visit_county": 999, "registered_visit_nation": 7,
    }  # fmt: skip
    run = observed({}, {"petitions_province": 100, "petitions_city": 100, "petitions_county": 100}, late=late)
    assert run.late_pyramid() == (600, 1260, 1830)
    assert simulated("city_late", run).simulated.mean == pytest.approx(2.1)
    assert simulated("county_late", run).simulated.mean == pytest.approx(3.05)
    assert simulated("distance_late", run).is_met is True
    assert simulated("city_after", run).simulated.mean == 1
    assert simulated("distance_after", run).simulated.mean == pytest.approx(0.786, abs=0.001)
    assert simulated("distance_after", run).is_met is False


def test_the_upside_down_pyramid_is_met_on_its_head_only():
    head = observed({"ratio_city_to_province": 0.5, "ratio_county_to_province": 0.4}, {})
    assert [simulated(name, head).simulated.mean for name in ("city_before", "county_before")] == [0.5, 0.8]
    assert simulated("city_before", head).is_met is True and simulated("county_before", head).is_met is True
    feet = observed({"ratio_city_to_province": 0.5, "ratio_county_to_province": 0.6}, {})
    assert simulated("county_before", feet).is_met is False
    assert simulated("county_before", feet).residual == pytest.approx(0.2)


def test_induced_demand_of_the_hotline_itself_is_its_own_bound():
    run = observed({"requests": 4.0, "requests_met_share": 0.53}, {"requests": 21.43, "requests_met_share": 0.97})
    found = simulated("induced_demand", run)
    assert found.simulated.mean == pytest.approx(math.log(21.43 / 4) / 0.44) == pytest.approx(3.815, abs=0.001)
    assert found.residual == 0 and found.is_met is True
    assert simulated("requests", run).is_met is True
    falls = observed({"requests": 4.0, "requests_met_share": 0.5}, {"requests": 3.0, "requests_met_share": 0.6})
    assert simulated("requests", falls).is_met is False and simulated("induced_demand", falls).is_met is False
    still = observed({"requests": 4.0, "requests_met_share": 0.5}, {"requests": 4.0, "requests_met_share": 0.5})
    assert simulated("induced_demand", still).is_met is None


def test_suits_are_the_modelled_and_the_background():
    run = observed({"suits": 2.0}, {})
    assert simulated("suits", run).simulated.mean == pytest.approx(2.0 + run.scenario.behaviour.court_background)


def test_what_a_run_does_not_measure_is_said_to_be_missing():
    found = {each.pattern.name: each for each in pattern_outcomes(FITTED, [observed({}, {})])}
    late = {"city_late", "county_late", "distance_late"}
    assert all(each.simulated is None and each.is_met is None for name, each in found.items() if name not in late)


def monthly(calendar: Calendar, **events: Sequence[int]) -> Observed:
    """A run of nothing but events, each given for the first months that are measured; none in the others."""
    run = observed({"petitions_per_1000": 5.0}, {}, calendar)
    for name, counts in events.items():
        run.record.monthly[: len(counts), EVENT_INDEX[name]] = counts
    return run


def test_shares_of_channels_and_of_the_base_count_what_is_registered_before_the_reform():
    run = monthly(
        Calendar(),
        registered_online_city=[3] * 24,
        repeat_registered_online_nation=[1] * 12,
        registered_visit_county=[5] * 12,
        registered_letter_province=[1] * 12,
        registered_persons_nation=[2] * 12,
        repeat_registered_persons_nation=[1] * 12,
        durable_village=[6] * 12,
        nominal_township=[2] * 12,
        nominal_county=[2] * 12 + [99] * 12,
        failed_village=[50] * 12,
    )
    found = {name: simulated(name, run).simulated.mean for name in ("online_share", "letter_share", "settled_at_base")}
    assert found == {"online_share": 0.4, "letter_share": 0.1, "settled_at_base": 0.8}
    assert simulated("persons_nation", run).simulated.mean == pytest.approx(5.0 * 3 / 10)


def test_months_before_the_reform_their_spread_and_february():
    year = [100, 70, 110, 100, 100, 100, 100, 100, 100, 100, 100, 120]
    run = monthly(Calendar(), registered_visit_county=year)
    mean = sum(year) / 12
    spread = math.sqrt(sum((count - mean) ** 2 for count in year) / 11) / mean
    assert simulated("spread_of_months", run).simulated.mean == pytest.approx(spread)
    assert simulated("february", run).simulated.mean == pytest.approx(70 / mean)
    later = Calendar(reform="2019-07-01")
    assert math.isnan(simulated("february", monthly(later, registered_visit_county=[1] * 18)).simulated.mean)


def test_the_long_run_is_the_fifth_year_and_the_sixth_on_the_first():
    def change(end: str, *years: int) -> float:
        calendar = Calendar(end=f"{end}-12-31")
        run = monthly(calendar, registered_letter_city=[0] * 12 + [count for count in years for _ in range(12)])
        return simulated("long_run", run).simulated.mean

    assert change("2023", 100, 50, 50, 50, 90) == pytest.approx(-0.1)
    assert change("2024", 100, 50, 50, 50, 90, 70) == pytest.approx(-0.2)
    assert change("2025", 100, 50, 50, 50, 90, 70, 10) == pytest.approx(-0.2)
    assert math.isnan(change("2022", 100, 50, 50, 50))


def test_what_courts_settle_in_name_alone():
    run = observed({"durable_success_court": 0.6, "recorded_success_court": 0.75}, {})
    assert simulated("not_kept_share", run).simulated.mean == pytest.approx(0.2)


def test_letters_and_visits_of_all_levels_after_the_reform_on_those_before():
    """10 letters and 30 visits a month before, 8 and 22 after: −25 %; what comes online is left out."""
    run = monthly(
        Calendar(),
        registered_letter_city=[10] * 12 + [8] * 12,
        repeat_registered_visit_county=[30] * 12 + [22] * 12,
        registered_online_county=[5] * 12 + [500] * 12,
    )
    assert simulated("letters_and_visits", run).simulated.mean == pytest.approx(-0.25)
    assert simulated("letters_and_visits", run).is_met is True  # −25.5 % is reported


def test_suits_and_what_is_settled_before_them_count_the_background_stream():
    """Three born of disputes before and two after, seven others: −10 %; 2 of 4 settled before filing, of 11: 18 %."""
    run = observed({"suits": 3.0}, {"suits": 2.0, "prelitigation": 4.0, "prelitigation_success": 0.5})
    run.scenario.behaviour.court_background = 7.0
    assert simulated("new_suits", run).simulated.mean == pytest.approx(-0.1)
    assert simulated("settled_before_suit", run).simulated.mean == pytest.approx(2 / 11)


def test_a_range_of_behaviours_hits_what_it_comes_near_to():
    pattern = replace(BY_NAME["online_share"], low=0.4, high=0.4, tolerance=0.05)

    def met(low: float, high: float, is_range: bool = True) -> bool | None:
        middle = (low + high) / 2
        return PatternOutcome(pattern, Estimate(middle, low, high, low, high, 9), is_range).is_met

    assert [met(0.2, 0.34), met(0.2, 0.36), met(0.44, 0.6), met(0.46, 0.6), met(0.1, 0.9)] == [
        False, True, True, False, True,
    ]  # fmt: skip
    assert [met(0.1, 0.9, False), met(0.1, 0.5, False), met(0.2, 0.6, False)] == [False, False, True]
    assert met(math.nan, math.nan) is None


def test_every_pattern_reads_measures_that_exist():
    everything = dict.fromkeys(MEASURES, 0.5)
    assert [
        each.pattern.name
        for each in pattern_outcomes(BY_NAME.values(), [observed(everything, everything)])
        if each.simulated is None
    ] == []


def test_arithmetic_of_a_ratio_of_three_two_one():
    """From 3 : 2 : 1 to exactly 1 : 2 : 3 with the province down by 35.9 %: the total rises by 92 %."""
    run = observed(
        {"petitions_province": 3000, "petitions_city": 2000, "petitions_county": 1000},
        {"petitions_province": 1923, "petitions_city": 3846, "petitions_county": 5769},
    )
    values = {name: rule.value(run) for name, rule in RULES.items() if name.startswith("petitions")}
    assert values == pytest.approx(
        {
            "petitions_share": 0.5,
            "petitions_implied": 1.923,
            "petitions_total": 1.923,
            "petitions_province": -0.359,
        }
    )
    assert implied_total(0.26, -0.359) == pytest.approx(1, abs=0.0005)
    assert over_replicates(RULES["visits_share"].value, [run]) is None
