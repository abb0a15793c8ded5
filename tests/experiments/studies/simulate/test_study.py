"""``pyramid simulate`` and the functions for notebooks."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from experiments.cli.main import main
from experiments.configuration.scenarios import simulate_config
from experiments.report.numbers import NBSP
from experiments.report.text import Words
from experiments.runs.record import record_of
from experiments.statistics.intervals import summarise
from experiments.studies.simulate.stored import summaries_of
from petition_pyramid import scenario, simulate, simulate_many
from sim.behaviour.prices import Prices
from sim.errors import InputError
from sim.measures import MEASURES
from sim.measures.petitions import petitions
from sim.model import run


def table_of(out: str) -> list[str]:
    """What is printed beneath the answer."""
    return out.split("\n\n", 1)[1].splitlines()


def test_a_table_of_every_measure_before_and_after(capsys, short):
    assert main(["simulate", *short, "after=rule_and_register", "replicates=2", "seed=5", "output=full"]) == 0
    lines = table_of(capsys.readouterr().out)
    parts = ("before", "after", "change", "if kept", "after less kept")
    assert lines[0].split() == ["measure", "unit", *" 95 % ".join([*parts, ""]).split()]
    notes = lines[2 + len(MEASURES) :]
    assert [line.split()[0] for line in lines[2 : -len(notes)]] == list(MEASURES)
    assert notes[0].startswith("Means of 2 replicates (seeds 5 to 6) with 95 % t intervals")
    assert notes[0].endswith(". Differences of shares are in percentage points.")
    assert notes[1].startswith("If kept: the policy before the reform kept after it, on the same seeds")
    assert notes[2].startswith("Replicates that have a value, where not all do: ")


def test_one_replicate_has_values_and_no_intervals(capsys, short):
    assert main(["simulate", *short, "output=full"]) == 0
    lines = table_of(capsys.readouterr().out)
    assert " ".join(lines[0].split()) == "measure unit before after change if kept after less kept"
    assert lines[2 + len(MEASURES)] == (
        "One replicate (seed 0): no intervals. Differences of shares are in percentage points."
    )


def test_tables_are_in_chinese_throughout(capsys, short):
    assert main(["simulate", *short, "replicates=2", "output=full", "language=zh"]) == 0
    lines = table_of(capsys.readouterr().out)
    assert lines[0].split()[:4] == ["指标", "单位", "改革前", "95%区间"]
    assert lines[2].startswith(Words("zh").measure(next(iter(MEASURES))))
    assert "2次重复（种子0至1）的均值及95% t区间" in lines[2 + len(MEASURES)]
    assert main(["simulate", "-m", *short, "after=status_quo,whistle", "language=zh"]) == 0
    header, _, *rest = capsys.readouterr().out.splitlines()
    assert "每件诉求的稳定化解率" in header and "durable" not in header
    assert "各组合按首项指标由好到差排列" in rest[2] and "行为假设" not in rest[2]
    assert main(["simulate", "-m", *short, "after=status_quo,whistle", "behaviour=gansu_ensemble"]) == 0
    assert "Behaviours: those of gansu_ensemble, another one for each seed;" in capsys.readouterr().out


def test_over_an_ensemble_figures_are_medians_with_the_range_of_its_members(capsys, short, tmp_path):
    (tmp_path / "people.csv").write_text("patience\n10\n20\n40\n")
    over = ["simulate", *short, f"ensemble={tmp_path / 'people.csv'}", "replicates=3"]
    assert main([*over, "output=json"]) == 0
    found = json.loads(capsys.readouterr().out)["measures"]["durable_resolution"]["effect"]
    effects = []
    for seed, days in enumerate((10, 20, 40)):
        alone = simulate(scenario(*short, f"behaviour.patience={days}"), f"seed={seed}")
        effects.append(alone.measures()["durable_resolution"].effect.mean)
    low, middle, high = sorted(effects)
    assert found["mean"] == pytest.approx(middle) and found["replicates"] == 3
    assert found["low"] == pytest.approx(low + 0.05 * (middle - low))
    assert found["high"] == pytest.approx(high - 0.05 * (high - middle))
    in_python = simulate(scenario(*short), f"ensemble={tmp_path / 'people.csv'}", "replicates=3")
    assert in_python.measures()["durable_resolution"].effect.mean == found["mean"]
    assert main([*over, "output=full"]) == 0
    assert "Medians of 3 of the 3 behaviours of " in capsys.readouterr().out


def test_a_placebo_changes_nothing_however_much_the_province_still_fills_up(capsys, short):
    placebo = ["simulate", *short, "after=status_quo", "replicates=6"]
    assert main([*placebo, "output=full"]) == 0
    out = capsys.readouterr().out
    assert "Warning: 0 months of warm-up before the measures begin on 2017-01-01, where 36" in out
    lines = table_of(out)
    assert lines[3 + len(MEASURES)].startswith("The policy after the reform is the one before it: nothing changes")
    assert main([*placebo, "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    measures = document["measures"]
    assert measures["durable_resolution"]["change"]["low"] > 0  # as if something had helped
    for found in measures.values():
        assert found["kept"] == found["after"]
        assert found["effect"]["mean"] == (0 if found["after"]["replicates"] else None)
    assert "0 months of warm-up" in document["answer"]["caveats"][0]
    assert document["answer"]["policy"] is None and document["answer"]["effect"]["value"] == 0
    assert main([*placebo, "replicates=1", "calendar.start=2014-01-01", "output=json"]) == 0
    assert not any("warm-up" in each for each in json.loads(capsys.readouterr().out)["answer"]["caveats"])


def test_what_the_reform_does_is_after_less_the_policy_kept(short):
    chosen = scenario(*short, "after=rule_and_register")
    result = simulate(chosen, "replicates=3", "seed=2")
    kept = simulate(chosen.vary({"after": chosen.before}), "replicates=3", "seed=2")
    for name in ("petitions_total", "durable_resolution", "cost_total"):
        values = [[record.after[name] for record in each.records] for each in (result, kept)]
        found = result.measures()[name]
        assert found.kept.mean == pytest.approx(np.mean(values[1]))
        assert found.effect.mean == pytest.approx(np.mean(values[0]) - np.mean(values[1]))
        frame = result.frame()
        assert frame[f"kept_{name}"].tolist() == values[1] and frame[name].tolist() == values[0]
        row = result.effects().set_index("measure")
        if name in row.index:
            assert row.loc[name, "kept_difference"] == pytest.approx(found.effect.mean)
    assert result.measures()["petitions_total"].effect.mean > 0
    total, durable = (result.measures()[name] for name in ("petitions_total", "durable_resolution"))
    told = str(result.answer())
    assert f"{100 * durable.effect.mean:+.2f} points [".replace("-", "−") in told.splitlines()[0]
    assert "against the policy before the reform kept" in told.splitlines()[0]
    change = 100 * total.effect.mean / total.kept.mean
    assert f"at all levels by {change:+.1f} % [" in told.splitlines()[1].replace(NBSP, " ")


def test_a_placebo_over_a_longer_window_changes_nothing(capsys):
    arguments = ("province=tiny", "calendar.end=2020-12-31", "after=placebo")
    result = simulate(scenario(*arguments), "replicates=8", "seed=1")
    total = result.measures()["petitions_total"]
    before, after = (
        np.array([getattr(record, window)["petitions_total"] for record in result.records])
        for window in ("before", "after")
    )
    assert (total.before.mean, total.after.mean) == (before.mean(), after.mean())
    assert total.change.low < 0 < total.change.high and total.effect.mean == 0
    assert result.effects().set_index("measure").loc["petitions_total", "unit"] == "petitions/year"
    assert main(["simulate", *arguments, "output=json"]) == 0
    found = json.loads(capsys.readouterr().out)["measures"]
    assert found["petitions_total"]["unit"] == "petitions/year" and found["cost_total"]["unit"] == "yuan/year"
    calls, residents = found["police_calls_per_1000"], 12_000  # posts cost a year the same; calls are paid each
    more = (calls["after"]["mean"] - calls["before"]["mean"]) * residents / 1000
    assert found["cost_total"]["change"]["mean"] == pytest.approx(more * Prices().cost_police_call, abs=1e-6)
    assert more != 0 and found["cost_total"]["effect"]["mean"] == 0


def test_points_of_a_multirun_with_other_calendars_are_told_of_a_year(capsys):
    sweep = ["simulate", "-m", "province=tiny", "calendar.end=2019-12-31,2020-12-31"]
    assert main([*sweep, "output=json"]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    for point, last, years in zip(points, (2019, 2020), (1, 2), strict=True):
        registered = run(scenario("province=tiny", f"calendar.end={last}-12-31"), 0).window("2019-01", f"{last}-12")
        measured = point["measures"]["petitions_total"]
        assert measured["after"]["mean"] == pytest.approx(petitions(registered, "total") / years)
        assert measured["unit"] == "petitions/year"


def test_a_run_that_failed_with_the_policy_kept_leaves_the_others(monkeypatch, short):
    from experiments.runs import execute

    chosen = scenario(*short, "after=rule_and_register")
    real = execute.run_groups

    def run_groups(runs, *arguments, **named):
        (after, kept), _ = real(runs, *arguments, **named)
        return [after[1:], kept[:-1]], [("seed 0", "broken"), ("seed 2", "broken")]

    monkeypatch.setattr(execute, "run_groups", run_groups)
    config = simulate_config((*short, "replicates=3"), None)
    (records,), (kept,), errors = execute.run_beside_unchanged([chosen], 3, 0, config.executor)
    found = next(each for each in summaries_of(records, kept) if each.name == "petitions_total")
    assert len(errors) == 2 and (list(records), list(kept)) == ([1, 2], [0, 1])
    assert (found.after.n, found.kept.n, found.effect.n) == (2, 1, 1)  # of seeds 1 and 2, and of 1 alone
    difference = records[1].after["petitions_total"] - kept[1].after["petitions_total"]
    assert found.effect.mean == difference


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
    assert main(["simulate", *short, "stress=staff_cut", "stress.city_door_closed=0.25", "output=full"]) == 0
    told = "Under stress, scored as harm: "
    note = table_of(capsys.readouterr().out)[2 + len(MEASURES)]
    assert note.startswith(
        f"One replicate (seed 0): no intervals. Differences of shares are in percentage points. {told}"
    )
    assert "0.25" in note and "0.5" in note
    assert main(["simulate", "-m", *short, "stress=none,staff_cut", "after=status_quo"]) == 0
    lines = capsys.readouterr().out.splitlines()
    harmed = {line.split()[1]: "scored as harm" in line for line in lines[2:4]}
    assert harmed == {"none": False, "staff_cut": True}
    assert main(["simulate", "-m", *short, "stress=none,staff_cut", "output=json"]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    assert [point["scored_as_harm"] for point in points] == [{}, {"staff_lost": 0.5}]


def test_the_same_from_a_notebook(short, tmp_path):
    first, second = simulate_many(
        [scenario(*short, "after=status_quo"), scenario(*short, "after=rule_and_register")], "replicates=2", "seed=1"
    )
    alone = simulate(scenario(*short, "after=rule_and_register"), "replicates=2", "seed=1", "executor.workers=1")
    assert second.frame().equals(alone.frame())
    total = first.measures()["petitions_total"]
    values = [record.after["petitions_total"] for record in first.records]
    assert total.after.mean == np.mean(values) and total.after.n == 2
    assert len(first.monthly()) == 2 * 24
    with pytest.raises(InputError, match="there is no such policy"):
        scenario("after=nope")
    with pytest.raises(InputError, match=r"behaviour\.patience=1\.0 is not allowed"):
        scenario("behaviour.patience=1")


def test_measures_asked_for_are_summed_up_alone_and_without_a_run_they_are_not_known():
    summaries = summarise([], ["durable_resolution", "petitions_total"])
    assert [summary.name for summary in summaries] == ["durable_resolution", "petitions_total"]
    assert all(summary.change.n == 0 and math.isnan(summary.after.mean) for summary in summaries)
