"""Results that lack something still get the report that they allow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.cli.report_command import redraw
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import FIGURES
from experiments.report.write import write_report
from sim.errors import InputError

POLICIES = ("status_quo", "grid_first")


def drawable(results) -> set[str]:
    evidence = Evidence(results)
    return {name for name, figure in FIGURES.items() if figure.available(evidence)}


@pytest.mark.long
def test_missing_measures_cost_their_figures_only(results_of):
    results = results_of(POLICIES, replicates=2)
    assert drawable(results) == set(FIGURES) - {
        "behaviours",
        "parts",
    }  # these need an ensemble, and worlds of their own
    without = replace(results, runs=results.runs.drop(columns=["ilr_1", "before_ilr_1", "distance_to_target"]))
    assert drawable(without) == set(FIGURES) - {"behaviours", "parts", "ratios", "ternary", "together"}
    paths = write_report(without, language="en", formats=())
    page = paths[0].read_text("utf-8")
    assert "The measures that this sentence needs are not in these results." in page
    with pytest.raises(InputError, match="figure='ternary' cannot be drawn"):
        write_report(without, figures=("ternary",))


@pytest.mark.long
def test_no_window_before_and_one_policy_leaves_nothing_to_compare(results_of):
    calendar = {"start": "2015-01-01", "end": "2019-12-31", "reform": "2019-01-01", "measures": "2019-01-01"}
    results = results_of(("gansu_2019",), replicates=3, calendar=calendar)
    assert drawable(results) == {"ratios", "pyramid", "ternary", "settled", "equity", "satisfaction", "monthly"}
    page = write_report(results, language="en", formats=())[0].read_text("utf-8")
    assert "there is nothing to compare with" in page
    assert "Nothing to compare: these results hold no second policy" in page


def test_failed_runs_are_left_out_and_counted(results_of):
    results = results_of(POLICIES, replicates=4)
    failed = (results.runs["scenario"] == "grid_first") & (results.runs["seed"] == 3)
    runs = results.runs.assign(status=results.runs["status"].mask(failed, "failed"))
    evidence = Evidence(replace(results, runs=runs))
    assert (evidence.replicates, evidence.failed) == (3, 1)
    effect = evidence.effect("grid_first", "petitions_total")
    assert effect is not None and effect.n == 3


def test_nothing_finished_is_an_error(results_of):
    results = results_of(POLICIES, replicates=2)
    nothing = replace(results, runs=results.runs.assign(status="failed"))
    with pytest.raises(InputError, match="holds no finished run"):
        write_report(nothing)


def test_study_without_a_calendar_is_an_error(results_of):
    with pytest.raises(InputError, match=r"study.yaml is damaged: calendar is missing"):
        results_of(POLICIES, replicates=2, calendar=None)


@pytest.mark.long
def test_policies_of_users_keep_their_names(results_of, monkeypatch):
    results = results_of(POLICIES, replicates=2)
    renamed = replace(
        results,
        runs=results.runs.replace("grid_first", "my <policy>"),
        monthly=results.monthly.replace("grid_first", "my <policy>"),
        study={**results.study, "worlds": {"status_quo": {}, "my <policy>": {}}},
    )
    page = write_report(renamed, language="zh", formats=())[0].read_text("utf-8")
    assert "“my &lt;policy&gt;”" in page and "my <policy>" not in page


def test_lines_behind_maps_are_drawn_from_a_file_when_the_report_is(results_of, tmp_path, capsys):
    results = results_of(POLICIES, replicates=2)
    file = tmp_path / "own.geojson"
    file.write_text('{"type": "LineString", "coordinates": [[97, 33], [107, 33], [107, 41], [97, 41]]}', "utf-8")
    drawing = [str(results.path), "figure=places", "format=svg", "language=en"]
    path = results.path / "report" / "figures" / "places.en.svg"
    assert redraw(drawing) == 0
    without = path.read_bytes()
    assert redraw([*drawing, f"map={file}"]) == 0
    assert capsys.readouterr().out == f"{path}\n" * 2
    assert path.read_bytes() != without and b"#a8a8a8" in path.read_bytes() and b"#a8a8a8" not in without
    with pytest.raises(InputError, match=r"own\.geojson is not needed: what is drawn of .* has no map of places"):
        redraw([str(results.path), "figure=ratios", f"map={file}"])
    with pytest.raises(InputError, match=r"map=.*none\.geojson is no file"):
        redraw([*drawing, f"map={tmp_path / 'none.geojson'}"])
