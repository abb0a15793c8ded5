"""The report of a sweep: figures in both languages, and the arithmetic behind them against hand-made results."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from experiments.cli.main import main
from experiments.report.sweep import pilots
from experiments.report.sweep.curves import within_seeds
from experiments.report.sweep.surface import fit_surface, surface_of
from experiments.report.text import Words
from tests.experiments.pages import check_report

SOBOL = ("study.design=sobol", "study.size=16")


def durable(*values):
    return {(point, seed): {"durable_resolution": v} for point, row in enumerate(values) for seed, v in enumerate(row)}


def test_what_seeds_share_is_taken_out_of_a_band(made):
    evidence = made(["behaviour.patience"], [(1.0,), (2.0,), (3.0,)], durable((0.1, 0.5), (0.2, 0.6), (0.3, 0.7)))
    half = within_seeds(evidence, [["p1"], ["p2"], ["p3"]], "durable_resolution")
    assert half == pytest.approx([0, 0, 0], abs=1e-12)
    # deviations of p1 from its seed's mean: −0.1 and −0.2 → spread 0.0707 · √(3/2); t(0.975, 1) = 12.706; √2
    evidence = made(["behaviour.patience"], [(1.0,), (2.0,), (3.0,)], durable((0.1, 0.4), (0.2, 0.6), (0.3, 0.8)))
    half = within_seeds(evidence, [["p1"], ["p2"], ["p3"]], "durable_resolution")
    assert half[0] == pytest.approx(12.7062 * 0.0707107 * 1.2247449 / 1.4142136, rel=1e-4)


def test_a_surface_gives_a_quadratic_back():
    random = np.random.default_rng(1)
    scaled = random.uniform(-1, 1, (40, 2))
    x, y = scaled.T
    surface = fit_surface(scaled, 3 + 2 * x - y + 0.5 * x**2 + 4 * x * y)
    assert surface.coefficients == pytest.approx([3, 2, -1, 0.5, 0, 4])
    assert surface.explained == pytest.approx(1)
    noise = fit_surface(scaled, random.normal(size=40))
    assert noise.explained < 0.2


def test_a_surface_is_of_the_points_own_factors(made):
    values = [(x, y) for x in (10.0, 15.0, 20.0) for y in (0.0, 1.0, 2.0, 4.0)]
    runs = durable(
        *[(0.5 + 0.01 * (x - 15) + 0.02 * (y - 2), 0.5 + 0.01 * (x - 15) + 0.02 * (y - 2)) for x, y in values]
    )
    evidence = made(["behaviour.patience", "after.staff.mediators_county"], values, runs, design="sobol")
    surface = surface_of(evidence, "durable_resolution")
    assert surface.coefficients == pytest.approx([0.5, 0.05, 0.04, 0, 0, 0], abs=1e-9)


def test_naive_comparisons_and_the_truth_by_hand(made):
    def run(pilots_after, others_after, pilots_before, others_before):
        return {
            "durable_resolution": 0.5,
            "durable_resolution@pilots": pilots_after,
            "durable_resolution@others": others_after,
            "before_durable_resolution@pilots": pilots_before,
            "before_durable_resolution@others": others_before,
        }

    # pilots began 0.10 above; the reform gives them 0.04, and the others, had they reformed, 0.09
    runs = {
        (0, 0): run(0.74, 0.60, 0.70, 0.60),
        (0, 1): run(0.76, 0.62, 0.72, 0.62),
        (1, 0): run(0.74, 0.69, 0.70, 0.60),
        (1, 1): run(0.76, 0.71, 0.72, 0.62),
    }
    without = {
        (point, seed): run(0.70 + 0.02 * seed, 0.60 + 0.02 * seed, 0.7, 0.6) for point in (0, 1) for seed in (0, 1)
    }
    evidence = made(
        [pilots.LATER], [(12.0,), (0.0,)], runs, without, reference="before", groups={"pilots": [1], "others": [2]}
    )
    assert pilots.available(evidence) and pilots.shown_points(evidence) == ["p1"]
    found = {name: value.mean for name, value in pilots.estimators(evidence, "p1", "durable_resolution").items()}
    assert found == pytest.approx({"cross_section": 0.14, "differences": 0.04, "truth": 0.04, "truth_elsewhere": 0.09})


def test_what_one_province_would_see_of_its_pilots_by_hand(made):
    """Changes of .03, .04, .05 (variance .0001) beside 0 and .02 (.0002): .03 apart, with a squared error of
    .0001 / 3 + .0002 / 2 and, by Welch and Satterthwaite, 1.6842 degrees of freedom."""
    changes = {1: 0.03, 2: 0.04, 3: 0.05, 4: 0.0, 5: 0.02}
    places = {f"before_durable_resolution@{code}": 0.6 for code in changes}
    places |= {f"durable_resolution@{code}": 0.6 + change for code, change in changes.items()}
    groups = {"pilots": [1, 2, 3], "others": [4, 5]}
    runs = {(0, seed): {"durable_resolution": 0.6, **places} for seed in (0, 1)}
    evidence = made([pilots.LATER], [(12.0,)], runs, groups=groups)
    half = stats.t.ppf(0.975, 1.6842) * math.sqrt(0.0001 / 3 + 0.0002 / 2)
    expected = [pytest.approx((0.03 - half, 0.03 + half), abs=1e-5)] * 2
    assert pilots.seen_by_seed(evidence, "p1", "durable_resolution") == expected
    assert pilots.seen_by_seed(evidence, "p1", "recorded_success") == []  # not measured place by place
    told = pilots.estimates_by_seed(evidence, "p1", "durable_resolution")
    assert list(told) == ["cross_section", "differences", "truth"]  # the others are never seen to reform


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "figures"),
    [
        (
            (
                "after.assessment.weight_recorded=0,0.5,1",
                "after.assessment.audit_rate=0,0.4",
                "study.reference=status_quo",
            ),
            {"ranking", "curves", "heat", "recorded_success"},
        ),
        (
            (
                "behaviour.patience=interval(8,30)",
                "behaviour.trust_gain=declared",
                "study.design=sobol",
                "study.size=16",
            ),
            {"ranking", "surface"},
        ),
    ],
)
def test_a_report_has_its_figures_in_both_languages(results, short, arguments, figures):
    command = [
        "sweep",
        *short,
        "study.name=trial",
        f"results={results}",
        "replicates=2",
        "study.reference=status_quo",
        *arguments,
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a glyph that no font has is a warning of Matplotlib's
        assert main(command) == 0
    folder = Path(results / "trial" / "latest" / "report")
    check_report(folder, figures)


def test_words_of_groups_and_points():
    words = Words("zh")
    assert words.group("pilots") == "试点" and words.group("mine") == "mine"
