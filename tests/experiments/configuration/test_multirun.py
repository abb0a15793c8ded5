"""Points of a multirun: enumerated in Hydra's grammar, validated, all handed over at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.configuration.application import run_application
from experiments.configuration.multirun import MultirunPoint
from sim.errors import InputError
from sim.policy import Intake


def points_of(*arguments: str) -> list[MultirunPoint]:
    """The points that ``pyramid simulate`` would run."""
    found: list[list[MultirunPoint]] = []

    def no_single_run(config: object) -> int:
        raise AssertionError("a single run")

    def keep(points: list[MultirunPoint]) -> int:
        found.append(points)
        return 0

    assert run_application("simulate", arguments, no_single_run, keep) == 0
    (points,) = found
    return points


def test_choices_make_the_product_with_the_last_key_fastest():
    points = points_of("-m", "after=one_stop,whistle", "behaviour.patience=10,20", "before=placebo")
    assert [point.swept for point in points] == [
        {"after": "one_stop", "behaviour.patience": "10"},
        {"after": "one_stop", "behaviour.patience": "20"},
        {"after": "whistle", "behaviour.patience": "10"},
        {"after": "whistle", "behaviour.patience": "20"},
    ]
    assert [point.config.after.centre.intake for point in points] == [Intake.unified] * 2 + [Intake.windows] * 2
    assert [point.config.after.centre.whistle_response for point in points] == [0.35, 0.35, 0.8, 0.8]
    assert [point.config.behaviour.patience for point in points] == [10, 20, 10, 20]
    assert points[0].label == "after=one_stop behaviour.patience=10"


def test_ranges_globs_and_enums_are_enumerated():
    points = points_of("-m", "behaviour.patience=range(10,12.1,0.5)")
    assert [point.config.behaviour.patience for point in points] == [10, 10.5, 11, 11.5, 12]
    points = points_of("-m", "stress=glob([no*,s*])", "after.petition.acceptance=loose,strict")
    assert [point.label for point in points] == [
        f"stress={stress} after.petition.acceptance={rule}"
        for stress in ("non_registration", "none", "staff_cut")
        for rule in ("loose", "strict")
    ]
    assert [point.config.stress.non_registration for point in points] == [0.33, 0.33, 0, 0, 0, 0]
    assert [point.config.after.petition.acceptance.name for point in points] == ["loose", "strict"] * 3


def test_points_are_named_as_people_write_them(tmp_path: Path):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "甲.yaml").write_text("centre: {coverage_county: 0.7}\n", "utf-8")
    share = "after.centre.coverage_city"
    points = points_of("-m", f"--config-dir={tmp_path}", "after=甲,whistle", f"{share}=range(0.6,0.8,0.1)")
    values = [(policy, level) for policy in ("甲", "whistle") for level in (0.6, 0.7)]
    assert [point.label for point in points] == [f"after={policy} {share}={level}" for policy, level in values]
    assert [point.config.after.centre.coverage_city for point in points] == [0.6, 0.7, 0.6, 0.7]
    assert points[0].config.after.centre.coverage_county == 0.7


def test_a_swept_lever_acts_on_the_policy_of_the_same_point():
    points = points_of("-m", "after=status_quo,gansu_2019", "after.centre.coverage_county=0.1,0.9")
    assert [point.config.after.centre.coverage_county for point in points] == [0.1, 0.9, 0.1, 0.9]
    assert [point.config.after.centre.coverage_township for point in points] == [0.3, 0.3, 0.97, 0.97]


def test_no_sweep_is_one_point():
    (point,) = points_of("-m", "after=whistle")
    assert point.swept == {} and point.config.after.centre.whistle_deadline == 10


def test_a_stored_sweep_runs_without_a_flag_and_gives_way_to_the_command_line(tmp_path: Path):
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "stored.yaml").write_text(
        "# @package _global_\nkind: simulate\n"
        "hydra:\n  mode: MULTIRUN\n  sweeper:\n    params:\n"
        "      after: one_stop,whistle\n      behaviour.patience: range(10,30,10)\n"
    )
    own = f"--config-dir={tmp_path}"
    assert [point.label for point in points_of(own, "study=stored")] == [
        "after=one_stop behaviour.patience=10",
        "after=one_stop behaviour.patience=20",
        "after=whistle behaviour.patience=10",
        "after=whistle behaviour.patience=20",
    ]
    points = points_of(own, "study=stored", "behaviour.patience=5")
    assert [(point.label, point.config.behaviour.patience) for point in points] == [
        ("after=one_stop", 5),
        ("after=whistle", 5),
    ]


def test_interpolations_follow_the_swept_value(tmp_path: Path):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "tied.yaml").write_text(
        "staff:\n  mediators_township: 5\n  mediators_village: ${.mediators_township}\n"
    )
    points = points_of(f"--config-dir={tmp_path}", "-m", "after=tied", "after.staff.mediators_township=4,6")
    assert [point.config.after.staff.mediators_village for point in points] == [4, 6]


def test_thousands_of_points_are_composed_once():
    points = points_of("-m", "behaviour.patience=range(5,35,0.1)", "stress.demand_shock=0,0.1,0.2,0.3,0.4,0.5")
    assert len(points) == 300 * 6
    assert points[-1].config.stress.demand_shock == 0.5
    assert points[-1].config.behaviour.patience == pytest.approx(34.9)


def test_too_many_points_are_refused():
    with pytest.raises(InputError, match="the multirun has 122,500 points; at most 100,000 are allowed"):
        points_of("-m", "behaviour.patience=range(5,40,0.1)", "behaviour.grievances=range(50,85,0.1)")


def test_a_study_without_multirun_says_so():
    with pytest.raises(InputError, match="pyramid compare has no multirun"):
        run_application("compare", ["-m", "study=configurations"], lambda config: 0)
