"""What a sensitivity analysis answers, on indices made by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.configuration.command import Invocation
from experiments.design import Factor, Variation
from experiments.design.factors import CHANCE
from experiments.report.answer import Answer
from experiments.report.sensitivity.answer import answer
from experiments.report.sensitivity.evidence import SensitivityEvidence
from experiments.report.text import Words
from experiments.studies.sensitivity.plan import Analysis
from experiments.studies.sensitivity.schema import Method, SensitivityChoice, SensitivityConfig
from sim.scenario import Scenario
from tests.experiments.report.made_up.kept import keep

MEASURE = "durable_resolution"


def analysed(
    folder: Path,
    totals: dict[str, tuple[float, float, float]],
    figures: list[float] | None = None,
    reference: str = "before",
    steps: tuple[float, float] | None = None,
    method: Method = Method.sobol,
) -> SensitivityEvidence:
    """Indices of some uncertainties (value, low, high) for one measure; ``steps`` are those of the first factor."""
    choice = SensitivityChoice(name="trial", method=method, size=16, reference=reference, measures=[MEASURE])
    keys = {name: name if name == CHANCE else f"behaviour.{name}" for name in totals}
    varied = tuple(Factor(key, low=0.0, high=1.0) for key in keys.values() if key != CHANCE)
    variation = Variation(Scenario(), None)
    study = Analysis(SensitivityConfig(study=choice), Invocation("sensitivity"), varied, variation)
    indices = []
    for name, (value, low, high) in totals.items():
        row = {"measure": MEASURE, "factor": keys[name]}
        if method is Method.sobol:
            row |= {"first": value / 2, "first_low": low / 2, "first_high": high / 2}
            row |= {"total": value, "total_low": low, "total_high": high}
        else:
            row |= {"mu_star": value, "half": high - value, "sigma": value}
        indices.append(row)
    drawn = [0.0] if figures is None else figures
    design = pd.DataFrame(
        {"matrix": ["A", "B"][: len(drawn)] * (len(drawn) // 2 or 1), "row": range(len(drawn)), "seed": 0}
    )
    if figures is not None:
        design[MEASURE] = figures
        design = pd.concat([design, design.assign(matrix="chance", **{MEASURE: figures[::-1]})])
    first = next(iter(keys.values()))
    parts = dict.fromkeys(("first", "first_low", "first_high", "total_low", "total_high"), 0.0)
    convergence = [
        {"measure": MEASURE, "factor": first, "rows": rows, "total": value, **parts}
        for rows, value in zip((8, 16), steps or (), strict=False)
    ]
    empty = pd.DataFrame([{"measure": "", "factor": "", "rows": 0, "total": 0.0, **parts}]).iloc[:0]
    tables = {
        "design": design,
        "indices": pd.DataFrame(indices),
        "convergence": pd.DataFrame(convergence) if convergence else empty,
    }
    return SensitivityEvidence(keep(folder, "sensitivity", study.as_dict(), tables, 32))


def lines(found: Answer) -> list[str]:
    return [line.replace("\xa0", " ") for line in found.text]


TOTALS = {
    "patience": (0.60, 0.50, 0.70),
    "loose_acceptance": (0.20, 0.10, 0.30),
    CHANCE: (0.15, 0.12, 0.18),
    "trust_mean": (0.05, 0.01, 0.09),  # as likely negligible as not
    "grievances": (0.01, 0.005, 0.015),
    "repeats": (0.0, 0.0, 0.02),  # the bound itself: not below
}
FIGURES = [0.01 * each for each in range(-1, 19)]  # −1 to 18 points


def test_what_matters_what_is_chance_and_what_is_negligible(tmp_path):
    found = answer(analysed(tmp_path, TOTALS, FIGURES, steps=(0.57, 0.60)), Words("en"))
    assert lines(found) == [
        "2 of 5 factors matter for durable settlement per grievance: “Median time before acting” (a part in 60.0 "
        "[50.0 to 70.0] % of its variance) and “Ineligible petitions accepted under loose rules” (a part in 20.0 "
        "[10.0 to 30.0] % of its variance).",
        "Over all of them its difference from “No reform” is +8.50 [−0.52 to +17.52] points, with 95 of 100 of 20 "
        "draws within the brackets; it is above 0 in 18 of them.",
        "Chance has a part in 15.0 [12.0 to 18.0] % of the variance; 50 % is owed to no single factor but to "
        "interactions.",
        "1 of 5 factors are negligible, with less than 2 % each, interval and all: who is right about them makes no "
        "difference here. For 2 it cannot be told.",
        "The indices have settled: the last doubling of rows moved none by more than 3.0 points.",
    ]
    assert found.policy == "behaviour.patience" and (found.n_of, found.of) == (2, 5)
    assert found.effect.measure == MEASURE and found.effect.value == pytest.approx(0.60)
    assert found.range == pytest.approx((0.50, 0.70)) and found.bases["negligible"] == ["behaviour.grievances"]


def test_the_same_in_chinese(tmp_path):
    found = answer(analysed(tmp_path, TOTALS, FIGURES, steps=(0.3, 0.60)), Words("zh"))
    assert lines(found) == [
        "对“每件诉求的稳定化解率”有影响的因素，5个中有2个：“采取行动前等待时间的中位数”（占方差60.0 [50.0 至 70.0]%）和"
        "“宽松规则下受理的越级信访”（占方差20.0 [10.0 至 30.0]%）。",
        "各因素一并变动时，其与“不改革”之差为+8.50 [−0.52 至 +17.52]个百分点（20次抽取中的中间95%）；其中18次高于0。",
        "随机性参与方差的15.0 [12.0 至 18.0]%；有50%不归于任何单个因素，而来自交互作用。",
        "5个因素中有1个可以忽略，各自所占连同区间均不足2%：对它们的不同看法在此并不改变结果。另有2个无法判断。",
        "指数尚未稳定：最后一次行数加倍使某个指数变动30.0个百分点；只宜看次序，不宜看数值。",
    ]


def test_a_negligible_factor_is_never_named(tmp_path):
    totals = {CHANCE: (0.99, 0.98, 1.0), "patience": (0.01, 0.0, 0.019), "repeats": (0.005, 0.0, 0.01)}
    found = answer(analysed(tmp_path, totals, FIGURES), Words("en"))
    assert found.policy is None and found.effect is None
    assert lines(found)[0] == (
        "No factor matters for durable settlement per grievance by itself: none of 2 surely has a part in more than "
        "2 % of its variance."
    )
    assert lines(found)[-1].startswith("2 of 2 factors are negligible")
    assert not any("Median time" in line for line in found.text)


def test_one_that_matters_and_none_that_is_negligible(tmp_path):
    totals = {CHANCE: (0.5, 0.4, 0.6), "patience": (0.5, 0.4, 0.6), "repeats": (0.03, 0.0, 0.06)}
    found = answer(analysed(tmp_path, totals, reference=""), Words("en"))
    assert lines(found)[0].startswith("One of 2 factors matters for durable settlement per grievance: “Median time")
    assert lines(found)[-1] == "None of 2 factors is surely negligible. For 1 it cannot be told."


def test_more_than_three_are_counted(tmp_path):
    names = ("patience", "loose_acceptance", "trust_mean", "grievances", "repeats")
    totals = {name: (0.2, 0.1, 0.3) for name in names} | {CHANCE: (0.0, 0.0, 0.0)}
    assert lines(answer(analysed(tmp_path, totals), Words("en")))[0].endswith(" and 2 more.")


def test_a_measure_itself_has_its_range(tmp_path):
    found = answer(analysed(tmp_path, TOTALS, [0.5 + each for each in FIGURES], reference=""), Words("en"))
    assert lines(found)[1] == (
        "Over all of them it is 58.5 [49.5 to 67.5] %, with 95 of 100 of 20 draws within the brackets."
    )


def test_nothing_moves_or_nothing_is_defined(tmp_path):
    nothing = {name: (math.nan, math.nan, math.nan) for name in TOTALS}
    still = answer(analysed(tmp_path / "still", nothing, [0.5] * 4), Words("en"))
    assert lines(still) == ["Nothing that was varied moves durable settlement per grievance."]
    lacking = answer(analysed(tmp_path / "lacking", nothing, [0.5, np.nan, 0.6, 0.7]), Words("zh"))
    assert lines(lacking) == ["“每件诉求的稳定化解率”取决于什么，此处无定义：它在过多的运行中没有数值。"]


def test_a_screening_compares_with_another_seed(tmp_path):
    sizes = {
        "patience": (0.08, 0.06, 0.10),
        CHANCE: (0.03, 0.02, 0.04),
        "trust_mean": (0.035, 0.02, 0.05),
        "grievances": (0.01, 0.0, 0.02),
    }
    found = answer(analysed(tmp_path, sizes, method=Method.morris), Words("en"))
    assert lines(found) == [
        "One of 3 factors moves durable settlement per grievance by as much as matters and more than another seed "
        "does: “Median time before acting” (8.00 [6.00 to 10.00] points).",
        "Another seed moves it by 3.00 [2.00 to 4.00] points.",
        "1 of 3 factors are negligible, moving it less than matters or than another seed does, interval and all. For 1 "
        "it cannot be told.",
        "A screening tells which factors to look at more closely; how much each is worth takes study.method=sobol.",
    ]
    assert found.effect.unit == "share" and found.effect.value == pytest.approx(0.08)
    chinese = lines(answer(analysed(tmp_path / "zh", sizes, method=Method.morris), Words("zh")))
    assert chinese[2] == "3个因素中有1个可以忽略，其影响连同区间没有实际意义或小于随机性。另有1个无法判断。"


def test_what_moves_a_figure_by_less_than_matters_does_not_matter_however_large_its_part(tmp_path):
    """95 of 100 of the draws lie within 1 point, so that half a point is a quarter of the variance."""
    totals = {"patience": (0.5, 0.3, 0.7), "repeats": (0.2, 0.1, 0.24), "grievances": (0.24, 0.2, 0.3)}
    figures = [0.01 / 0.95 * each / 1000 for each in range(1001)][:1000]
    found = answer(analysed(tmp_path / "one", totals | {CHANCE: (0.1, 0.1, 0.1)}, figures), Words("en"))
    assert found.bases["matters"] == ["behaviour.patience"] and found.bases["negligible"] == ["behaviour.repeats"]
    assert "with less than 25 % each" in lines(found)[3]
    little = [0.4 * each for each in figures]  # within 0.4 points
    none = answer(analysed(tmp_path / "none", totals | {CHANCE: (0.1, 0.1, 0.1)}, little), Words("en"))
    assert none.policy is None and none.n_of is None
    assert (
        lines(none)[0] == "All 3 factors together do not move durable settlement per grievance by as much as matters."
    )


def test_a_screened_factor_matters_from_the_smallest_effect_on(tmp_path):
    """Another seed moves it by a tenth of a point; half a point is what matters."""
    sizes = {
        "patience": (0.006, 0.0051, 0.0069),
        "repeats": (0.0055, 0.0045, 0.0065),
        "grievances": (0.003, 0.002, 0.004),
    }
    found = answer(analysed(tmp_path, sizes | {CHANCE: (0.001, 0.001, 0.001)}, method=Method.morris), Words("en"))
    assert found.bases["matters"] == ["behaviour.patience"] and found.bases["negligible"] == ["behaviour.grievances"]
