"""What identifies a run, and how runs are grouped."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest

from experiments.runs.groups import PLACE_MEASURES
from experiments.runs.record import RunRecord
from experiments.runs.run import Batch, Outcome, batches, digest, runs_of, tables_fingerprint
from experiments.runs.windows import windows_of
from experiments.statistics.intervals import estimate
from sim.measures import MEASURES
from sim.policy import Policy
from sim.province import folder_of
from sim.scenario import Calendar, ProvinceChoice, Scenario
from sim.stress import Stress

TINY = Scenario(province=ProvinceChoice("tiny"))
SHORT = replace(TINY, calendar=Calendar("2017-01-01", "2018-12-31", "2018-01-01", "2017-01-01"))


def keys(scenario: Scenario, seed: int = 0) -> str:
    return runs_of(scenario, [seed])[0].key


def test_everything_that_determines_a_run_is_in_its_key():
    other_policy = replace(TINY, after=replace(Policy(), services=replace(Policy().services, one_window=0.6)))
    variants = [
        TINY,
        other_policy,
        replace(TINY, stress=Stress(demand_shock=0.1)),
        replace(TINY, calendar=Calendar(start="2016-01-01")),
        replace(TINY, province=ProvinceChoice("tiny", [6101])),
    ]
    assert len({keys(each) for each in variants} | {keys(TINY, 1)}) == 6
    assert keys(replace(TINY, after=Policy())) == keys(TINY)


def test_tables_count_by_content_not_by_place(tmp_path):
    shipped = folder_of("tiny")
    for name in ("one", "two"):
        shutil.copytree(shipped, tmp_path / name)
    (tmp_path / "two" / "cities.csv").write_bytes((tmp_path / "two" / "cities.csv").read_bytes() + b"\n")
    one, two = (replace(TINY, province=ProvinceChoice(str(tmp_path / name))) for name in ("one", "two"))
    assert keys(one) == keys(TINY) != keys(two)


def test_identities_are_digests_of_the_scenario_as_it_is_written():
    other = replace(TINY, after=replace(Policy(), staff=replace(Policy().staff, mediators_county=1e-7 + 3)))
    stressed = replace(other, stress=Stress(demand_shock=1 / 3), province=ProvinceChoice("tiny", [6101, 6102]))
    for scenario in (TINY, other, stressed, other):
        values = scenario.as_dict()
        values["province"]["source"] = tables_fingerprint("tiny")
        (run,) = runs_of(scenario, [0])
        assert run.scenario_id == digest(values)[:24]
        assert run.warm_up == digest({name: values[name] for name in ("behaviour", "before", "calendar", "province")})


def test_digest_does_not_depend_on_the_order_of_keys():
    assert digest({"a": 1, "b": [1.5, None]}) == digest({"b": [1.5, None], "a": 1}) != digest({"a": 1, "b": [1.5]})


def test_runs_that_share_seed_and_warm_up_share_a_batch():
    whistle = replace(TINY, after=replace(Policy(), services=replace(Policy().services, one_window=0.6)))
    elsewhere = replace(TINY, calendar=Calendar(start="2016-01-01"))
    runs = [run for each in (TINY, whistle, elsewhere, TINY) for run in runs_of(each, [0, 1])]
    work = batches(runs, workers=2)
    assert [(batch.runs[0].seed, len(batch.runs), batch.threads) for batch in work] == [
        (0, 2, 1), (1, 2, 1), (0, 1, 1), (1, 1, 1)
    ]  # fmt: skip
    (alone,) = batches(runs_of(TINY, [0]), workers=3)
    assert alone.threads == 3


def test_a_large_group_is_split_among_idle_workers():
    many = [replace(TINY, stress=Stress(demand_shock=i / 100)) for i in range(10)]
    work = batches([runs_of(each, [0])[0] for each in many], workers=2)
    assert sorted(len(batch.runs) for batch in work) == [5, 5]
    assert batches([], workers=2) == []


def test_branches_measure_their_common_years_once_and_to_the_same():
    worlds = [replace(SHORT, stress=Stress(demand_shock=shock)) for shock in (0.0, 0.2, 0.4)]
    groups = (("pilots", (910102,)),)
    runs = [run for each in worlds for kind in ((), groups) for run in runs_of(each, [3], groups=kind)]
    (batch,) = batches(runs, 1)
    together, alone = {}, {}
    batch.carry_out(lambda outcome: together.update({outcome.key: outcome.record}), lambda: False)
    for run in runs:
        Batch((run,)).carry_out(lambda outcome: alone.update({outcome.key: outcome.record}), lambda: False)
    assert len(together) == 6 and together == alone and None not in alone.values()
    records = [RunRecord.from_bytes(together[run.key]) for run in runs]
    raised = [[part["grievances"] for part in (record.before, record.after)] for record in records]
    assert raised[0] == raised[1] and raised[0][0] == raised[2][0] and raised[0][1] < raised[2][1] < raised[4][1]
    places = 2 * len(PLACE_MEASURES)
    assert [len(record.before) - places for record in records[:2]] == [len(MEASURES), 2 * len(MEASURES)]


def test_what_is_done_is_taken_out_of_a_batch():
    (batch,) = batches([*runs_of(TINY, [0]), *runs_of(replace(TINY, stress=Stress(staff_lost=0.5)), [0])], 1)
    first, second = (run.key for run in batch.runs)
    rest = batch.without({first})
    assert rest is not None and [run.key for run in rest.runs] == [second]
    assert batch.without({first, second}) is None


def test_a_batch_whose_first_run_cannot_start_reports_every_run():
    broken = replace(TINY, province=ProvinceChoice("tiny", [9999]))
    runs = [run for each in (broken, replace(broken, stress=Stress(staff_lost=0.5))) for run in runs_of(each, [0])]
    (batch,) = batches(runs, 1)
    outcomes: list[Outcome] = []
    batch.carry_out(outcomes.append, lambda: False)
    assert [outcome.key for outcome in outcomes] == [run.key for run in runs]
    assert all(outcome.record is None and "9999" in outcome.error for outcome in outcomes)


def test_windows_are_cut_at_the_reform():
    assert windows_of(Calendar()) == {"before": ("2018-01", "2018-12"), "after": ("2019-01", "2021-12")}
    assert windows_of(Calendar(measures="2019-01-01")) == {"after": ("2019-01", "2021-12")}
    assert windows_of(Calendar(measures="2019-04-01")) == {"after": ("2019-04", "2021-12")}
    assert windows_of(Calendar(reform="2018-07-01")) == {
        "before": ("2018-01", "2018-06"),
        "after": ("2018-07", "2021-12"),
    }


def test_an_estimate_is_a_mean_with_its_t_interval():
    found = estimate([1.0, 2.0, 3.0, float("nan")])
    # t(0.975, 2) = 4.302653; half width = 4.302653 · 1 / √3
    assert (found.mean, found.n) == (2.0, 3)
    assert (found.low, found.high) == pytest.approx((2 - 2.484138, 2 + 2.484138))
    alone = estimate([5.0])
    assert alone.mean == 5 and np.isnan(alone.low) and alone.as_dict()["low"] is None
    assert estimate([]).n == 0
