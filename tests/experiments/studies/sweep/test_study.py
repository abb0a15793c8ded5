"""Sweeps: what is run and kept, references in the same world, precision, groups, and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

from experiments.cli.main import main
from experiments.report.kinds import open_results
from experiments.report.sweep.evidence import SweepEvidence
from experiments.report.text import Words
from experiments.studies.finished_point import FinishedPoint, ranked
from petition_pyramid import scenario, simulate
from sim.ledger import Ledger
from sim.scenario import Scenario


@pytest.fixture
def sweep(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["sweep", *short, "study.name=trial", f"results={to}", *arguments])

    return run


def tables(results):
    return open_results(results / "trial" / "latest").tables


@pytest.mark.long
def test_every_point_is_the_scenario_that_it_says(sweep, results, short):
    assert sweep("after=status_quo,whistle", "behaviour.patience=10,20", "replicates=2", "seed=4") == 0
    found = tables(results)
    points = list(found["points"][["point", "after", "behaviour.patience"]].itertuples(index=False, name=None))
    assert points == [
        ("p1", "status_quo", 10.0), ("p2", "status_quo", 20.0), ("p3", "whistle", 10.0), ("p4", "whistle", 20.0)
    ]  # fmt: skip
    alone = simulate(scenario(*short, "after=whistle", "behaviour.patience=20"), "replicates=2", "seed=4")
    mine = found["runs"].query("scenario == 'p4'").sort_values("seed")
    for record, row in zip(alone.records, mine.to_dict("records"), strict=True):
        assert {name: row[name] for name in record.after} == pytest.approx(record.after, nan_ok=True)
    assert found["reference_runs"].empty


@pytest.mark.long
def test_a_reference_shares_people_and_stress_with_its_point(sweep, results, short, capsys):
    arguments = ("after=rule_and_register", "behaviour.patience=10,20", "stress=staff_cut", "replicates=3")
    assert sweep(*arguments, "study.reference=status_quo", "output=json") == 0
    points = json.loads(capsys.readouterr().out)["points"]
    for point in points:
        patience = point["factors"]["behaviour.patience"]
        both = [
            simulate(
                scenario(*short, f"after={policy}", "stress=staff_cut", f"behaviour.patience={patience}"),
                "replicates=3",
            )
            for policy in ("status_quo", "rule_and_register")
        ]
        reference, mine = (
            np.array([record.after["durable_resolution"] for record in result.records]) for result in both
        )
        difference = point["measures"]["durable_resolution"]["difference"]
        assert difference["difference"] == pytest.approx((mine - reference).mean())
        assert point["scored_as_harm"] == {"staff_lost": 0.5}
    runs = tables(results)["reference_runs"]
    assert len(runs) == 6 and runs["scenario"].nunique() == 2


@pytest.mark.long
def test_the_reference_may_be_the_past_that_goes_on(sweep, results):
    arguments = ("before=status_quo,one_stop", "after=one_stop", "study.reference=before", "replicates=2")
    assert sweep(*arguments) == 0
    found = tables(results)
    same = found["points"].query("before == 'one_stop'").iloc[0]
    runs, kept = found["runs"], found["reference_runs"]
    runs = runs[runs["scenario"] == same["point"]].sort_values("seed")
    kept = kept[kept["scenario"] == same["reference_id"]].sort_values("seed")
    assert runs["durable_resolution"].tolist() == kept["durable_resolution"].tolist()


@pytest.mark.long
def test_finished_runs_are_not_run_again_and_a_sweep_can_be_extended(sweep, results, monkeypatch):
    asked: list[int] = []
    from experiments.studies import study

    real = study.carry_out

    def counted(runs, *rest, **named):
        asked.append(len(runs))
        return real(runs, *rest, **named)

    monkeypatch.setattr(study, "carry_out", counted)
    assert sweep("behaviour.patience=10,20", "replicates=2") == 0
    assert sweep("behaviour.patience=10,20", "replicates=2") == 0
    assert sweep("behaviour.patience=10,20,30", "replicates=3") == 0
    assert asked == [4, 0, 5]


@pytest.mark.long
def test_the_same_bytes_whoever_runs_it(sweep, tmp_path):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        arguments = ("behaviour.patience=interval(10,20)", "study.design=sobol", "study.size=4", "replicates=1")
        assert sweep(*arguments, f"executor={folder.name}", "executor.workers=2", to=folder) == 0
    for name in ("runs", "points", "reference_runs"):
        contents = [next(folder.glob(f"trial/*/{name}.parquet")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]


REFORMS = (
    "calendar.reform=2018-07-01,2019-01-01",
    "calendar.end=2019-12-31",
    "study.rank_by=cost_total",
    "replicates=2",
)


@pytest.mark.long
def test_points_whose_windows_differ_are_ranked_by_what_a_year_has(sweep, results, capsys):
    assert sweep(*REFORMS, "after=gansu_2019", "study.reference=status_quo", "output=json") == 0
    points = {each["factors"]["calendar.reform"]: each for each in json.loads(capsys.readouterr().out)["points"]}
    found = tables(results)
    evidence = SweepEvidence(open_results(results / "trial" / "latest"))
    for name, reform in {"p1": "2018-07-01", "p2": "2019-01-01"}.items():
        other = found["points"].set_index("point").loc[name, "reference_id"]
        mine, kept = (
            rows[rows["scenario"] == of].sort_values("seed")["cost_total"].to_numpy()
            for rows, of in ((found["runs"], name), (found["reference_runs"], other))
        )
        told = points[reform]["measures"]["cost_total"]
        assert told["unit"] == "yuan/year" and told["mean"]["mean"] == pytest.approx(mine.mean())
        assert told["difference"]["difference"] == pytest.approx((mine - kept).mean())
        assert evidence.estimate(name, "cost_total").mean == pytest.approx(mine.mean())
        assert evidence.effect(name, "cost_total").difference == pytest.approx((mine - kept).mean())
        assert points[reform]["measures"]["durable_resolution"]["unit"] == "share"
    ranks = sorted(points, key=lambda reform: points[reform]["measures"]["cost_total"]["mean"]["mean"])
    assert [points[reform]["rank"] for reform in ranks] == [1, 2]  # the least a year first
    assert [evidence.value_of(name, "calendar.reform") for name in evidence.ranked] == ranks


def test_a_stock_is_not_ranked_over_calendars_of_other_lengths(sweep, capsys):
    assert sweep("calendar.end=2018-12-31,2019-12-31", "study.rank_by=open_cases") == 2
    assert "study.rank_by: open_cases is what has gathered" in (told := capsys.readouterr().err)
    assert "calendars of 24 and 36 months do not compare" in told


def test_constraints_leave_points_out(sweep, results, capsys):
    constraint = "study.constraints=['after.staff.mediators_county > after.staff.mediators_township']"
    factors = ("after.staff.mediators_county=4,8", "after.staff.mediators_township=4,6")
    assert sweep(*factors, constraint, "replicates=1", "output=full") == 0
    assert "2 points did not meet the constraints" in capsys.readouterr().out
    kept = tables(results)["points"][["after.staff.mediators_county", "after.staff.mediators_township"]]
    assert kept.values.tolist() == [[8.0, 4.0], [8.0, 6.0]]


@pytest.mark.long
def test_replicates_go_on_until_the_interval_is_narrow(sweep, results, capsys):
    arguments = ("behaviour.patience=10,20", "precision=0.05", "of=petitions_total", "replicates=3", "output=json")
    assert sweep(*arguments, "replicates_max=40") == 0
    document = json.loads(capsys.readouterr().out)
    for point in document["points"]:
        found = point["measures"]["petitions_total"]["mean"]
        enough = (found["high"] - found["low"]) / 2 <= 0.05 * found["mean"]
        assert enough or document["replicates"][point["point"]] == 40
        assert document["replicates"][point["point"]] > 3
    assert tables(results)["points"]["replicates"].tolist() == list(document["replicates"].values())


def test_where_no_precision_can_be_reached_it_is_said_why(sweep, results, capsys):
    arguments = ("behaviour.patience=10,20", "precision=0.05", "replicates=3", "replicates_max=40")
    assert (
        sweep(*arguments, "of=wait_city", "output=full") == 0
    )  # the tiny province has no centre of a city: nobody ever waits there
    assert (
        "The interval of wait_city is within ±5 % at 0 of 2 points; not defined at 2, because fewer than two "
        "replicates have a value or their mean is 0." in capsys.readouterr().out
    )
    assert tables(results)["points"]["replicates"].tolist() == [3, 3]


def test_the_note_on_precision_counts_each_point_once():
    from types import SimpleNamespace

    from experiments.studies.sweep.study import _precision_note

    def point(name, *values):
        return FinishedPoint(name, {}, {seed: {"suits": value} for seed, value in enumerate(values)})

    points = [point("narrow", 10, 10), point("wide", 1, 30), point("undefined", 10, np.nan), point("zero", -1, 1)]
    study = SimpleNamespace(config=SimpleNamespace(of="suits", precision=0.1, replicates_max=4))
    said = _precision_note(study, points, {"narrow": 2, "wide": 4, "undefined": 2, "zero": 2}, Words("en"))
    assert said == (
        "The interval of suits is within ±10 % at 1 of 4 points; 4 replicates did not do it at 1; not defined at 2, "
        "because fewer than two replicates have a value or their mean is 0."
    )
    said = _precision_note(study, points[:1], {"narrow": 2}, Words("en"))
    assert said == "The interval of suits is within ±10 % at every point."
    said = _precision_note(study, points[:1], {"narrow": 2}, Words("zh"))
    assert said == "所有组合的“每千人每年民事诉讼”区间都在±10%以内。"


def test_groups_are_measured_apart(sweep, results, short):
    from experiments.runs.record import record_of
    from sim.model import run

    assert sweep("behaviour.patience=10,20", "replicates=1", "study.groups={one: [910102], rest: [910103, 9102]}") == 0
    row = tables(results)["runs"].query("scenario == 'p2'").iloc[0]
    world: Scenario = scenario(*short, "behaviour.patience=20")
    ledger: Ledger = run(world, 0)
    expected = record_of(ledger.of_counties(np.flatnonzero(ledger.county_codes == 910102)), world.calendar)
    assert row["grievances@one"] == pytest.approx(expected.after["grievances"])
    assert row["before_suits@one"] == pytest.approx(expected.before["suits"])
    assert row["petitions_total@one"] + row["petitions_total@rest"] == row["petitions_total"]


def test_points_are_ranked_in_the_direction_that_is_better():
    def point(name: str, value: float) -> FinishedPoint:
        return FinishedPoint(name, {}, {0: {"wait_county": value, "durable_resolution": value}})

    points = [point("a", 2), point("b", 3), point("c", 1), point("d", float("nan"))]
    assert [each.name for each in ranked(points, "durable_resolution")] == ["b", "a", "c", "d"]
    assert [each.name for each in ranked(points, "wait_county")] == ["c", "a", "b", "d"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to vary"),
        (("after=status_quo,nix",), "after=nix: there is no policy 'nix'"),
        (("behaviour.patience=10,900",), "behaviour.patience=900 is not allowed"),
        (("behaviour.patience=10,900",), "(first at point behaviour.patience=900)"),
        (("behaviour.patience=10,20", "study.rank_by=nix"), "study.rank_by: there is no measure 'nix'"),
        (("behaviour.patience=10,20", "study.measures=[nix]"), "study.measures: there is no measure 'nix'"),
        (("behaviour.patience=10,20", "study.measures=[suits@x]"), "there is no group 'x'"),
        (("behaviour.patience=10,20", "study.groups={x: []}"), "study.groups.x is empty"),
        (("behaviour.patience=10,20", "study.groups={x: [6201]}"), "6201 is no city or county of the province"),
        (("behaviour.patience=10,20", "study.reference=nix"), "there is no policy 'nix'"),
        (("behaviour.patience=10,20", "study.constraints=['behaviour.patience > 30']"), "none of 2 points meets"),
        (("behaviour.patience=10,20", "study.design=cube"), "study.design=cube is not allowed"),
        (("behaviour.patience=interval(10,20)", "study.design=sobol", "study.size=5"), "such as 4 or 8"),
        (("behaviour.patience=10,20", "precision=0.1", "of=nix"), "of: there is no measure 'nix'"),
        (("behaviour.patience=10,20", "study.nope=1"), "unknown key 'study.nope'"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(sweep, results, capsys, arguments, said):
    assert sweep(*arguments) == 2
    assert said in capsys.readouterr().err
    assert not (results / "trial").exists()


def test_a_value_on_the_command_line_fixes_a_factor_of_the_study(no_report, results, short, capsys):
    command = ["sweep", "study=coverage_by_staff", *short, "places=[]", f"results={results}", "replicates=1"]
    assert (
        main([*command, "after.centre.coverage_township=0.5", "after.staff.mediators_township=2,4", "output=json"]) == 0
    )
    document = json.loads(capsys.readouterr().out)
    assert list(document["factors"]) == ["after.staff.mediators_township"]
    assert [point["factors"] for point in document["points"]] != []
    assert {point["factors"]["after.staff.mediators_township"] for point in document["points"]} == {2, 4}


def test_a_single_lever_holds_under_every_policy_of_a_sweep(sweep, capsys):
    """Visits are 8 a day under the status quo and would be 12 under the reform of 2019."""
    arguments = ("after=status_quo,gansu_2019", "after.grid.visits_per_day=9", "replicates=1", "output=json")
    assert sweep(*arguments) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    assert [point["factors"]["after"] for point in points] != []
    assert [point["factors"]["after.grid.visits_per_day"] for point in points] == [9, 9]


@pytest.mark.long
def test_the_terminal_prints_the_measures_asked_for_in_the_chosen_language(sweep, capsys):
    arguments = ("after.staff.mediators_county=4,8", "study.reference=status_quo", "replicates=1", "measures=[suits]")
    assert sweep(*arguments, "output=table", "language=zh") == 0
    header = next(
        line for line in capsys.readouterr().out.splitlines() if "县级调解员" in line and "与参照之差" in line
    )
    assert header.split() == ["县级调解员", "每件诉求的稳定化解率", "与参照之差", "每千人每年民事诉讼"]
    assert sweep(*arguments, "output=json") == 0
    (first, _) = json.loads(capsys.readouterr().out)["points"]
    assert set(first["measures"]) == {"durable_resolution", "suits"}
    assert sweep(*arguments[:-1], "measures=[siuts]") == 2
    assert "did you mean suits?" in capsys.readouterr().err


def test_the_answer_of_kept_results_is_that_of_the_terminal(sweep, results, capsys):
    import petition_pyramid as pp

    assert sweep("after.staff.mediators_county=4,8", "replicates=2", "output=answer") == 0
    printed = capsys.readouterr().out.split("\n\n")[0]
    kept = str(pp.open_results(results / "trial" / "latest").answer()).replace("\xa0", " ")
    assert kept.splitlines() == printed.splitlines()


@pytest.mark.long
def test_levers_without_a_price_are_kept_by_point(sweep, results):
    import petition_pyramid as pp

    assert sweep("after=status_quo,whistle", "study.reference=status_quo", "replicates=1") == 0
    points = tables(results)["points"].set_index("after")
    kept = [name for name in points if name.startswith("uncosted.")]
    assert "uncosted.centre.whistle_response" in kept
    assert not points.loc["status_quo", kept].any() and points.loc["whistle", "uncosted.centre.whistle_response"]
    frame = pp.open_results(results / "trial" / "latest").frame()
    assert not [name for name in frame if name.startswith("uncosted.")]


@pytest.mark.long
def test_places_are_set_side_by_side_by_name_without_ranks(sweep, results, capsys):
    assert sweep("places=[9102],[910102,910103]", "after=whistle", "replicates=2", "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    assert [(point["rank"], point["factors"]["places"]) for point in document["points"]] == [
        (None, [9102]), (None, [910102, 910103])
    ]  # fmt: skip
    assert document["answer"]["policy"] is None
    found = open_results(results / "trial" / "latest")
    assert found.tables["points"]["places"].tolist() == ["[9102]", "[910102,910103]"]
    assert found.study["place_names"]["[910102,910103]"] == {
        "en": "Hedong District, Shanyang County", "zh": "河东区、山阳县",
    }  # fmt: skip
    assert found.tables["points"]["missing_levels"].tolist() == ["county", ""]  # the first city has no counties
    assert sweep("places=[9102],[910102,910103]", "after=whistle", "replicates=2", "output=table", "language=zh") == 0
    said = capsys.readouterr().out
    assert "  西原市" in said and "不设县级" in said and "不排名次" in said
