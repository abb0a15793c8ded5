"""``pyramid simulate`` and the functions for notebooks."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from experiments.cli.main import main
from experiments.runs.record import record_of
from experiments.statistics.intervals import summarise
from petition_pyramid import scenario, simulate, simulate_many
from sim.errors import InputError
from sim.measures import MEASURES
from sim.model import run


def test_a_table_of_every_measure_before_and_after(capsys, short):
    assert main(["simulate", *short, "after=rule_and_register", "replicates=2", "seed=5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["measure", "unit", "before", "95", "%", "after", "95", "%", "change", "95", "%"]
    assert [line.split()[0] for line in lines[2:-1]] == list(MEASURES)
    assert lines[-1].startswith("Means of 2 replicates (seeds 5 to 6) with 95 % t intervals")


def test_one_replicate_has_values_and_no_intervals(capsys, short):
    assert main(["simulate", *short]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["measure", "unit", "before", "after", "change"]
    assert lines[-1] == "One replicate (seed 0): no intervals."


def test_json_has_what_the_model_gives(capsys, short):
    assert main(["simulate", *short, "after=whistle", "seed=3", "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["seeds"] == [3] and document["failed"] == []
    assert document["scenario"]["after"]["centre"]["whistle_response"] == 0.8
    chosen = scenario(*short, "after=whistle")
    expected = record_of(run(chosen, 3), chosen.calendar)
    for name in ("petitions_total", "durable_resolution", "open_cases"):
        found = document["measures"][name]
        assert found["after"]["mean"] == expected.after[name]
        assert found["before"]["mean"] == expected.before[name]
        assert found["change"]["mean"] == pytest.approx(expected.after[name] - expected.before[name])
    assert document["measures"]["durable_resolution"]["unit"] == "share"
    assert document["measures"]["petitions_per_1000@9101"]["unit"] == "1/1000/year"  # of one city


def test_a_multirun_prints_one_row_a_point_on_the_same_seeds(capsys, short):
    sweep = ["simulate", "-m", *short, "after=status_quo,placebo,rule_and_register", "replicates=2"]
    assert main(sweep) == 0
    lines = capsys.readouterr().out.splitlines()
    cells = [line.split() for line in lines[2:5]]
    assert sorted(row[1] for row in cells) == ["placebo", "rule_and_register", "status_quo"]
    alike = {row[1]: row[2:] for row in cells}
    assert alike["status_quo"] == alike["placebo"] != alike["rule_and_register"]
    assert [float(row[2]) for row in cells] == sorted((float(row[2]) for row in cells), reverse=True)
    assert main([*sweep, "output=json"]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    assert [point["point"] for point in points] == [
        {"after": "status_quo"}, {"after": "placebo"}, {"after": "rule_and_register"}
    ]  # fmt: skip
    assert points[0]["measures"] == points[1]["measures"]


def test_a_stress_is_said_to_be_one(capsys, short):
    assert main(["simulate", *short, "stress=staff_cut", "stress.city_door_closed=0.25"]) == 0
    told = "Under a stress, scored as harm: city_door_closed 0.250, staff_lost 0.500."
    assert capsys.readouterr().out.splitlines()[-1] == f"One replicate (seed 0): no intervals. {told}"
    assert main(["simulate", "-m", *short, "stress=none,staff_cut", "after=status_quo"]) == 0
    lines = capsys.readouterr().out.splitlines()
    harmed = {line.split()[1]: "stress, scored as harm" in line for line in lines[2:4]}
    assert harmed == {"none": False, "staff_cut": True}
    assert main(["simulate", "-m", *short, "stress=none,staff_cut", "output=json"]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    assert [point["scored_as_harm"] for point in points] == [{}, {"staff_lost": 0.5}]


def test_the_same_from_a_notebook(short, tmp_path):
    first, second = simulate_many(
        [scenario(*short, "after=status_quo"), scenario(*short, "after=rule_and_register")], "replicates=2", "seed=1"
    )
    alone = simulate(scenario(*short, "after=rule_and_register"), "replicates=2", "seed=1", "executor.workers=1")
    assert second.frame().drop(columns="scenario_id").equals(alone.frame().drop(columns="scenario_id"))
    total = first.measures()["petitions_total"]
    values = [record.after["petitions_total"] for record in first.records]
    assert total.after.mean == np.mean(values) and total.after.replicates == 2
    assert len(first.monthly()) == 2 * 24
    with pytest.raises(InputError, match="there is no such policy"):
        scenario("after=nope")
    with pytest.raises(InputError, match=r"behaviour\.patience=1\.0 is not allowed"):
        scenario("behaviour.patience=1")


def test_measures_asked_for_are_summed_up_alone_and_without_a_run_they_are_not_known():
    summaries = summarise([], ["durable_resolution", "petitions_total"])
    assert [summary.name for summary in summaries] == ["durable_resolution", "petitions_total"]
    assert all(summary.change.replicates == 0 and math.isnan(summary.after.mean) for summary in summaries)
