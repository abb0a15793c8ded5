"""Indices against functions whose indices are known, chance as a factor, and a study from end to end."""

from __future__ import annotations

import json

import numpy as np
import pytest

from experiments.cli.main import main
from experiments.report.kinds import open_results
from experiments.report.measure_text import title_of
from experiments.report.text import Words
from experiments.studies.sensitivity.morris import morris_effects, trajectories
from experiments.studies.sensitivity.sobol import convergence_of, indices_of, sobol_rows
from tests.experiments.pages import check_report

N = 1024


def figures(function, rows):
    return np.column_stack([function(rows.points, rows.all_seeds)])


def ishigami(points, seeds):
    x = (2 * points - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def noise(seeds, deviation):
    return np.array([np.random.default_rng(seed).normal(0, deviation) for seed in seeds])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ishigami(seed):
    # a = 7, b = 0.1: Ishigami & Homma 1990; values in the closed form of Saltelli et al. 2008
    found = indices_of(figures(ishigami, sobol_rows(N, 3, seed)), N, seed)
    first, total = [0.3139, 0.4424, 0.0, 0.0], [0.5576, 0.4424, 0.2437, 0.0]
    assert found.first[0] == pytest.approx(first, abs=0.06)
    assert found.total[0] == pytest.approx(total, abs=0.04)
    for column in range(3):
        assert found.total_low[0, column] - 0.03 < total[column] < found.total_high[0, column] + 0.03
    assert found.whole == N


@pytest.mark.parametrize("seed", [1, 2])
def test_sobol_g(seed):
    a = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])
    parts = 1 / (3 * (1 + a) ** 2)
    variance = np.prod(1 + parts) - 1
    first = parts / variance
    total = parts * np.prod(1 + parts) / (1 + parts) / variance

    def g(points, seeds):
        return np.prod((np.abs(4 * points - 2) + a) / (1 + a), axis=1)

    found = indices_of(figures(g, sobol_rows(N, 6, seed)), N, seed)
    assert found.first[0, :6] == pytest.approx(first, abs=0.07)
    assert found.total[0, :6] == pytest.approx(total, abs=0.05)
    assert found.total[0, 6] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_chance_is_a_factor_with_its_share_of_the_variance(seed):
    # Var f = 13.845; noise of variance 4 has 4 / 17.845 = 0.2242 of it, and the factors the rest
    found = indices_of(figures(lambda p, s: ishigami(p, s) + noise(s, 2.0), sobol_rows(N, 3, seed)), N, seed)
    assert found.total[0, 3] == pytest.approx(0.2242, abs=0.035)
    assert found.first[0, 3] == pytest.approx(0.2242, abs=0.09)
    assert found.total[0, 0] == pytest.approx(0.5576 * 0.7758, abs=0.05)


def test_rows_keep_their_luck_and_the_first_rows_stay_when_there_are_more():
    half, whole = sobol_rows(32, 2, 5), sobol_rows(64, 2, 5)
    assert np.array_equal(whole.a[:32], half.a) and np.array_equal(whole.b[:32], half.b)
    assert np.array_equal(whole.seeds[0][:32], half.seeds[0])
    seeds = half.all_seeds.reshape(5, 32)
    assert np.array_equal(seeds[0], seeds[2]) and np.array_equal(seeds[0], seeds[3])
    assert np.array_equal(seeds[1], seeds[4]) and not np.intersect1d(seeds[0], seeds[1]).size
    mixed = half.points.reshape(5, 32, 2)[3]
    assert np.array_equal(mixed[:, 0], half.a[:, 0]) and np.array_equal(mixed[:, 1], half.b[:, 1])


def test_a_failed_row_is_left_out_and_a_figure_that_never_moves_has_no_index():
    rows = sobol_rows(64, 3, 1)
    values = np.column_stack([ishigami(rows.points, None), np.full(len(rows.points), 7.0)])
    values[3, 0] = np.nan
    found = indices_of(values, 64, 1)
    assert found.whole.tolist() == [63, 64]
    assert np.isnan(found.total[1]).all() and np.isfinite(found.total[0]).all()


def test_a_figure_without_values_has_no_index_and_takes_none_from_the_others():
    rows = sobol_rows(64, 3, 1)
    whole = figures(ishigami, rows)
    lacking = whole.copy()
    lacking[[1, 3, 5], 0] = np.nan  # three of the first 16 rows, in the matrix A
    both = indices_of(np.column_stack([whole, lacking]), 64, 1)
    assert both.whole.tolist() == [64, 61]
    alone = indices_of(whole, 64, 1)
    assert np.array_equal(both.total[0], alone.total[0]) and np.array_equal(both.first_low[0], alone.first_low[0])
    first = indices_of(np.column_stack([whole, lacking]), 64, 1, rows=16)
    assert first.whole.tolist() == [16, 13]
    assert np.isnan(first.total[1]).all() and np.isfinite(first.total[0]).all()


def test_one_trajectory_has_an_effect_and_no_interval():
    walks = trajectories(3, 2, 1)
    x = walks.all_points
    values = np.column_stack([3 * x[:, 0], 3 * x[:, 0]])
    values[[0, 3], 1] = np.nan  # a run of the first and one of the second trajectory
    found = morris_effects(walks, values)
    assert found.whole.tolist() == [3, 1]
    assert found.mu_star == pytest.approx(np.array([[3, 0, 0], [3, 0, 0]]))
    assert np.isnan(found.half[1]).all() and np.isnan(found.sigma[1]).all()
    assert found.half[0] == pytest.approx([0, 0, 0])  # three alike do have one
    values[6, 1] = np.nan
    found = morris_effects(walks, values)
    assert found.whole.tolist() == [3, 0] and np.isnan(found.mu_star[1]).all() and found.mu_star[0, 0] == 3


def test_convergence_is_of_the_first_rows():
    values = figures(ishigami, sobol_rows(256, 3, 1))
    steps = convergence_of(values, 256, 1)
    assert [rows for rows, _ in steps] == [32, 64, 128, 256]
    alone = indices_of(figures(ishigami, sobol_rows(64, 3, 1)), 64, 1)
    assert np.allclose(steps[1][1].total, alone.total)
    widths = [float((each.total_high - each.total_low)[0, 0]) for _, each in steps]
    assert widths[3] < widths[0] / 2


def test_morris_on_a_line_and_on_a_product():
    walks = trajectories(40, 3, 1)
    x = walks.all_points
    line = 1 * x[:, 0] - 2 * x[:, 1] + 0.5 * (walks.all_seeds % 2)
    product = 4 * x[:, 0] * x[:, 1]
    found = morris_effects(walks, np.column_stack([line, product]))
    assert found.mu_star[0] == pytest.approx([1, 2, 0, 0.5])
    assert found.sigma[0, :3] == pytest.approx([0, 0, 0], abs=1e-12)
    # the slope in x0 is 4 x1, with x1 on the levels 0, 1/3, 2/3, 1: mean 2, deviation 4 · √(5/36)
    assert found.mu_star[1, 0] == pytest.approx(2, abs=0.75)
    assert found.sigma[1, 0] == pytest.approx(4 * np.sqrt(5 / 36), abs=0.4)


@pytest.fixture
def study(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["sensitivity", *short, "study.name=trial", f"results={to}", *arguments])

    return run


SUITS = title_of("suits", Words("en"))
UNCERTAIN = ("study.uncertainties=[patience,grievances]", "study.size=16", "study.measures=[grievances,suits]")


@pytest.mark.long
def test_a_study_says_what_grievances_depend_on(study, results, capsys):
    assert study(*UNCERTAIN, "output=json") == 0
    entries = json.loads(capsys.readouterr().out)["indices"]
    total = {entry["factor"]: entry["total"] for entry in entries if entry["measure"] == "grievances"}
    assert total["behaviour.grievances"] > 0.7 > 5 * total["behaviour.patience"]
    design = open_results(results / "trial" / "latest").tables["design"]
    assert len(design) == 16 * 5 and sorted(set(design["matrix"]))[:2] == ["A", "B"]
    changed = design[design["matrix"] == "chance"].set_index("row").sort_index()
    same = design[design["matrix"] == "A"].set_index("row").sort_index()
    assert changed["behaviour.patience"].equals(same["behaviour.patience"])
    assert set(changed["seed"] - same["seed"]) == {1}


@pytest.mark.long
def test_with_a_reference_it_is_the_paired_difference(study, results):
    assert study(*UNCERTAIN, "after=placebo", "study.reference=status_quo") == 0
    design = open_results(results / "trial" / "latest").tables["design"]
    assert design["suits"].abs().max() == 0


@pytest.mark.long
def test_the_same_bytes_whoever_runs_it_and_a_larger_one_goes_on(study, tmp_path, monkeypatch):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        assert study(*UNCERTAIN, f"executor={folder.name}", "executor.workers=2", to=folder) == 0
    for name in ("design", "indices", "convergence"):
        contents = [next(folder.glob(f"trial/*/{name}.parquet")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]
    asked: list[int] = []
    from experiments.studies import study as shared

    real = shared.carry_out
    monkeypatch.setattr(shared, "carry_out", lambda runs, *r, **n: (asked.append(len(runs)), real(runs, *r, **n))[1])
    assert study(*UNCERTAIN[:1], "study.size=32", UNCERTAIN[2], to=folders[0]) == 0
    assert asked == [80]


def test_morris_from_end_to_end(study, capsys):
    assert study("study.method=morris", "study.size=4", *UNCERTAIN[::2], "output=json") == 0
    entries = json.loads(capsys.readouterr().out)["indices"]
    effect = {entry["factor"]: entry["mu_star"] for entry in entries if entry["measure"] == "grievances"}
    # grievances arise in proportion to their rate: two thirds of 40 … 90 over, per full range
    assert effect["behaviour.grievances"] == pytest.approx(50, rel=0.35)
    assert effect["behaviour.grievances"] > 10 * effect["behaviour.patience"]


@pytest.mark.long
def test_tables_are_in_the_language_and_of_the_measures_asked_for(study, capsys):
    assert study(*UNCERTAIN, "language=zh", "output=full") == 0
    out = capsys.readouterr().out
    table = out[out.index("指标 ") :]
    assert table.splitlines()[0].split() == ["指标", "因素", "单独", "95%区间", "含交互", "95%区间"]
    assert "采取行动前等待时间的中位数" in table and "占各指标方差的比例" in table
    assert study(*UNCERTAIN, "measures=[suits]", "output=table") == 0
    shown = capsys.readouterr().out
    assert SUITS in shown and "Grievances raised" not in shown.partition("Measure ")[2].replace(SUITS, "")
    assert study(*UNCERTAIN, "measures=[suits]", "output=json") == 0
    assert {entry["measure"] for entry in json.loads(capsys.readouterr().out)["indices"]} == {"suits"}


def undefined(monkeypatch, measure, runs):
    """Takes a measure's value from some runs, by their number."""
    from experiments.studies.sensitivity import study as module

    real = module.figures_of

    def figures_of(*arguments):
        found, failed = real(*arguments)
        found[runs, arguments[0].measures.index(measure)] = np.nan
        return found, failed

    monkeypatch.setattr(module, "figures_of", figures_of)


@pytest.mark.long
def test_a_measure_without_a_value_in_some_rows_keeps_the_others(results, short, capsys, monkeypatch):
    undefined(monkeypatch, "suits", [0, 1])
    command = ["sensitivity", *short, "study.name=trial", f"results={results}", *UNCERTAIN]
    assert main([*command, "name=first", "output=full"]) == 0
    captured = capsys.readouterr()
    assert f"{SUITS}: not defined here, because only 14 of 16 rows have a value, and 16 are needed" in captured.out
    assert "failed" not in captured.err
    stored = open_results(results / "trial" / "first")
    table = stored.tables["indices"].set_index("measure")["total"]
    assert table["grievances"].notna().all() and table["suits"].isna().all()
    assert main([*command, "study.measures=[suits,grievances]", "name=second"]) == 0
    page = (results / "trial" / "second" / "report" / "report.en.html").read_text("utf-8")
    assert "is not defined here, because it has no value in too many runs" in page


@pytest.mark.long
def test_without_any_index_it_is_said_what_lacks(study, capsys, monkeypatch):
    undefined(monkeypatch, "suits", [0, 1])
    assert study(*UNCERTAIN[:2], "study.measures=[suits]") == 2
    said = capsys.readouterr().err
    assert "0 of 80 runs failed, and of 16 rows at most 14 have a value of a measure in all their runs" in said


def test_effects_of_one_trajectory_have_no_interval(study, results, capsys, monkeypatch):
    undefined(monkeypatch, "suits", [0])
    assert study("study.method=morris", "study.size=2", *UNCERTAIN[::2], "output=full") == 0
    printed = capsys.readouterr().out
    assert f"{SUITS}: not defined here, because only 1 of 2 trajectories have a value, and 2 are needed" in printed
    lines = printed[printed.index("Measure ") :].splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{SUITS} "))
    assert [line.split()[-2] for line in lines[at : at + 3]] == ["–"] * 3 and "±–" not in printed
    assert all("±" in line for line in lines[2:5])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to vary"),
        (("study.uncertainties=[patience]", "study.leave_out=[patience]"), "nothing to vary"),
        (("study.uncertainties=[patience]", "study.leave_out=[patiens]"), "patiens is not among study.uncertainties"),
        (("study.uncertainties=[patiens]",), "there is no uncertainty 'patiens'"),
        (("study.uncertainties=[staff_lost]",), "is a stress"),
        (("study.factors={stress.staff_lost: declared}",), "a stress is a world of its own"),
        ((*UNCERTAIN[:1], "study.size=48"), "a power of two from 16 on"),
        ((*UNCERTAIN[:1], "study.measures=[nix]"), "there is no measure 'nix'"),
        ((*UNCERTAIN[:1], "replicates=3"), "every row has a seed of its own"),
        ((*UNCERTAIN[:1], "study.factors={behaviour.patience: declared}"), "is among study.uncertainties too"),
        ((*UNCERTAIN[:1], "study.reference=nix"), "there is no policy 'nix'"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(study, results, capsys, arguments, said):
    assert study(*arguments) == 2
    assert said in capsys.readouterr().err
    assert not (results / "trial").exists()


@pytest.mark.long
def test_a_report_in_both_languages(results, short):
    command = ["sensitivity", *short, "study.name=trial", f"results={results}", *UNCERTAIN]
    for name, chosen, figures in (
        ("sobol", ("study.size=32",), {"tornado", "importance", "convergence"}),
        ("morris", ("study.method=morris", "study.size=4"), {"effects", "importance"}),
    ):
        assert main([*command, *chosen, f"name={name}"]) == 0
        folder = results / "trial" / name / "report"
        check_report(folder, figures)
        assert "随机性" in (folder / "report.zh.html").read_text("utf-8")
