"""Statistics: effects, intervals, designs, indices, and what has no value."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import petition_pyramid as pp
from experiments.design import Design, Factor, factors_of, sample
from experiments.design.sampling import quantiles
from experiments.report.kinds import open_results
from experiments.report.sensitivity import tornado
from experiments.report.sensitivity.answer import NEGLIGIBLE
from experiments.report.sensitivity.evidence import SensitivityEvidence
from experiments.report.text import Words
from experiments.statistics.paired import paired_difference
from experiments.statistics.regret import satisficing, worst_groups
from experiments.statistics.thresholds import Threshold
from experiments.studies.sensitivity.morris import trajectories
from experiments.studies.sensitivity.sobol import indices_of, sobol_rows
from petition_pyramid import KeptResults
from sim.errors import InputError
from tests.situations.situation import situation
from tests.situations.year import YEAR

SIZE = 16


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> KeptResults:
    """Indices of petitions by how long people wait, from few rows."""
    return pp.sensitivity(
        *YEAR,
        "behaviour=neutral",
        "study.uncertainties=[patience]",
        f"study.size={SIZE}",
        "study.measures=[petitions_total]",
        results=tmp_path_factory.mktemp("analysis"),
    )


@situation(
    "statistics",
    "scipy/scipy#14418",
    "compared two samples of one and the same value; the t test found them different, p = 1e-8",
    "a difference in the last digits of the arithmetic is none: 0, [0, 0], p = 1",
)
def test_a_difference_by_rounding_is_none() -> None:
    rounded = paired_difference([0.3, 51.2, 1e6 / 3], [0.1 + 0.2, 51.2 * (1 + 4e-16), 1e6 / 3 * (1 - 2e-16)])
    assert (rounded.difference, rounded.low, rounded.high, rounded.p_value) == (0.0, 0.0, 0.0, 1.0)
    assert rounded.direction == 0 and rounded.relative == 0.0
    small = paired_difference([0.3, 0.3, 0.3], [0.3 + 1e-9, 0.3 + 2e-9, 0.3 + 3e-9])
    assert small.difference == pytest.approx(2e-9) and small.p_value == pytest.approx(0.0742, abs=1e-4)


@situation(
    "statistics",
    "convexengineering/gpkit#1483",
    "asked for x <= 70; the solution had x = 70 and some last digits, and other checks broke on it",
    "a threshold that is met but for the last digits is met; one missed by a millionth is missed",
)
def test_a_threshold_met_but_for_rounding_is_met() -> None:
    mean = np.mean([[0.1] * 10, [0.7] * 10], axis=1)  # 0.1 and 0.7, give or take the arithmetic
    for bound in (0.1, 0.7):
        value = mean[[0.1, 0.7].index(bound)] + np.array([-1e-16, 0.0, 1e-16])
        for threshold in (Threshold(at_least=bound), Threshold(at_most=bound)):
            assert (threshold.missed_by(value, value, "up") <= 0).all()
        same = Threshold(no_worse_than_reference=True)
        assert (same.missed_by(value, np.asarray(bound), "up") <= 0).all()
        better, reference = Threshold(better_by=0.03), np.asarray(bound)
        assert (better.missed_by(value + 0.03, reference, "up") <= 0).all()
        assert (better.missed_by(value - 0.03, reference, "down") <= 0).all()
        assert better.missed_by(value + 0.03 - 1e-6, reference, "up") == pytest.approx(1e-6)
    missed = Threshold(at_least=0.1).missed_by(np.array([0.1 - 1e-6]), np.array([0.1]), "up")
    assert missed[0] == pytest.approx(1e-6)


@situation(
    "statistics",
    "SALib/SALib#344",
    "an output that never changes got a sensitivity: its variance was 8e-28 and not 0",
    "what moves by rounding alone has no index, beside a measure that has its own",
)
@situation(
    "statistics",
    "SALib/SALib#619",
    "the check for constant outputs looked at one column, so some of several got nonsense for intervals",
    "each measure is looked at by itself: no index and no interval for those that stand still",
)
def test_what_moves_by_rounding_alone_has_no_index() -> None:
    rows = sobol_rows(64, 2, 0)
    moving = rows.points[:, 0] + 0.5 * rows.points[:, 1]
    still = 192.53 + np.where(moving > 0.7, 3e-14, 0.0)
    found = indices_of(np.column_stack([still, moving, 1e-9 * moving, 0 * moving]), 64, 0)
    for part in (found.first, found.total, found.first_low, found.total_high):
        assert np.isnan(part[0]).all() and np.isnan(part[3]).all()
    assert found.total[1, :2] == pytest.approx([0.8, 0.2], abs=0.1)  # variances 1 : 1/4
    assert found.total[2] == pytest.approx(found.total[1])  # small figures are figures


@pytest.mark.long
@situation(
    "statistics",
    "SALib/SALib#549",
    "gave the analysis results in the order of another design; it asks for figures alone and said nothing",
    "figures are kept with the row and matrix they are of: indices can be worked out anew in any order",
)
def test_indices_come_back_from_the_stored_design_in_any_order(analysis: KeptResults) -> None:
    design = analysis.tables["design"].sample(frac=1, random_state=1).sort_values(["matrix", "row"])
    parts = {name: part["petitions_total"].to_numpy() for name, part in design.groupby("matrix")}
    assert {len(part) for part in parts.values()} == {SIZE}
    a, b = parts["A"], parts["B"]
    variance = np.var([a, b])
    stored = analysis.effects().set_index("factor")
    for factor in ("behaviour.patience", "chance"):
        changed = parts[factor]
        assert stored.loc[factor, "first"] == pytest.approx(np.mean((b - np.mean([a, b])) * (changed - a)) / variance)
        assert stored.loc[factor, "total"] == pytest.approx(0.5 * np.mean((a - changed) ** 2) / variance)


@situation(
    "statistics",
    "SALib/SALib#102",
    "a first-order index was negative; is the analysis wrong?",
    "it is never told without its interval, which holds 0, and its factor is not said to matter",
)
def test_a_negative_index_is_told_with_its_interval(analysis: KeptResults) -> None:
    first = analysis.effects().set_index("factor").loc["behaviour.patience"]
    assert first["first_low"] < first["first"] < 0 < first["first_high"]
    index, low, high = (f"{100 * abs(first[part]):.1f}" for part in ("first", "first_low", "first_high"))
    shown = {
        row[0]: row[1] for row in tornado.table(SensitivityEvidence(open_results(analysis.path)), Words("en")).rows
    }
    assert shown["Median time before acting"].replace("\xa0", " ") == f"−{index} [−{low} to {high}]"
    assert ("Median time before acting" in str(analysis.answer("en"))) == (first["total_low"] > NEGLIGIBLE)


@situation(
    "chance and reproducing",
    "SALib/SALib#412",
    "changed the seed of a Sobol sample; the points stayed the same",
    "another seed gives other points in every design, the same seed the same ones",
)
def test_the_seed_of_a_design_has_an_effect() -> None:
    for drawn in (
        lambda seed: sobol_rows(SIZE, 2, seed).points,
        lambda seed: trajectories(4, 2, seed).points,
        lambda seed: quantiles(Design.latin_hypercube, 2, 5, seed),
        lambda seed: quantiles(Design.sobol, 2, 4, seed),
    ):
        assert np.array_equal(drawn(1), drawn(1))
        assert not np.isclose(drawn(1), drawn(2)).all()


@situation(
    "statistics",
    "SALib/SALib#581",
    "an input takes the values 1, 2, 3 only; samples had to be rounded by hand, at the ends unequally",
    "single values are drawn as they are, each equally often; intervals stay within their ends",
)
def test_single_values_are_drawn_equally_often() -> None:
    factors = [
        Factor("three", (1, 2, 3)),
        Factor("yes", (False, True)),
        Factor("ten", tuple(range(10))),
        Factor("range", low=-2.0, high=5.0),
    ]
    drawn = [[f.at(float(q)) for f, q in zip(factors, row, strict=True)] for row in quantiles(Design.sobol, 4, 512, 3)]
    three, yes, ten, ranged = zip(*drawn, strict=True)
    assert sorted(three.count(value) for value in (1, 2, 3)) == pytest.approx([170, 171, 171], abs=2)
    assert yes.count(True) == yes.count(False) == 256
    assert all(ten.count(value) == pytest.approx(51.2, abs=2) for value in range(10))
    assert -2 <= min(ranged) < -1.98 and 4.98 < max(ranged) < 5
    assert [f.at(np.nextafter(1.0, 0.0)) for f in factors[:3]] == [3, True, 9]


@situation(
    "statistics",
    "scipy/scipy#13647",
    "asked a Latin hypercube for a single sample; ValueError: low >= high",
    "a sweep of one point is a sweep, with its one run and an answer that calls nothing the best",
)
@pytest.mark.parametrize("design", ["latin_hypercube", "sobol"])
def test_a_design_of_one_point(design: str, tmp_path: Path) -> None:
    one = ("behaviour.patience=interval(5,30)", f"study.design={design}", "study.size=1", "replicates=1")
    result = pp.sweep(*YEAR, *one, results=tmp_path)
    (patience,) = result.frame()["behaviour.patience"]
    assert 5 <= patience <= 30 and len(result.frame()) == 1
    first = result.answer().lines[0]
    assert "at the only point" in first and first.endswith(f"patience {patience:.3g}.")


@situation(
    "statistics",
    "optuna/optuna#5489",
    "a grid over three values tried some of them twice and others never",
    "a value that is given twice is refused, however it is written; a point is there once",
)
@pytest.mark.parametrize("written", ["8,8.0", "0.5,1,5e-1", [10, 10.0], "16,8,16"])
def test_a_value_given_twice_is_refused(written: object) -> None:
    with pytest.raises(InputError, match="a value is given twice"):
        factors_of({"after.staff.mediators_county": written})
    two = factors_of({"after.staff.mediators_county": "8,8.5", "behaviour.patience": [10, 20]})
    assert len(sample(two, Design.grid, 1, 5, 0)) == 4


@situation(
    "statistics",
    "statsmodels/statsmodels#10010",
    "Wilson's interval of 38 of 38 ended at 1.0000000000000002, that of 0 of 77 began below 0",
    "it lies within 0 and 1 and holds the share, for none and for all of any number of futures",
)
def test_an_interval_of_a_share_stays_within_its_bounds() -> None:
    for futures in range(1, 150):
        none, every = satisficing(np.array([[False] * futures, [True] * futures]))
        assert none.low == 0 == none.share and 0 < none.high <= 1
        assert every.high == 1 == every.share and 0 <= every.low < 1
    ten = satisficing(np.array([[False] * 10]))[0]
    assert ten.high == pytest.approx(3.8415 / 13.8415, abs=1e-4)  # z² / (n + z²)


@situation(
    "values that are not defined",
    "pola-rs/polars#25838",
    "asked where the smallest value is; it named a place that has none",
    "a future in which no group has a value counts for no group, neither above nor below the line",
)
def test_nobody_fares_worst_where_nothing_is_known() -> None:
    nan = np.nan
    groups = {
        "poor": np.array([[nan, 0.4, 0.9], [nan, nan, nan]]),
        "others": np.array([[nan, 0.5, 0.2], [0.1, nan, nan]]),
    }
    first, second = worst_groups(groups)
    assert first == {"poor": 0.5, "others": 0.5}
    assert second == {"poor": 0.0, "others": 1.0}
    assert all(np.isnan(share) for share in worst_groups({"one": np.array([[nan]])})[0].values())
