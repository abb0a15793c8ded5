"""What an index answers, on scores made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.configuration.ensemble import Ensemble
from experiments.report.text import Words
from experiments.studies.index.answer import answer_of, correlation
from experiments.studies.index.result import IndexResult
from sim.measures import MEASURES
from sim.measures.index_reader import read_index
from sim.scenario import Scenario

TREE = {
    "name": "own",
    "name_en": "own",
    "name_zh": "自己的指数",
    "colours": {"high": 60, "low": 0},
    "indicators": {
        "doors": {"name_en": "doors", "name_zh": "门数", "measure": "doors_per_case", "worst": 100, "best": 0},
    },
}
MONTHS = np.arange("2018-01", "2020-01", dtype="datetime64[M]")


def result_of(
    scores: list[list[float]],
    true: list[float],
    recorded: list[float],
    ensemble: Ensemble | None = None,
    measure: str = "doors_per_case",
) -> IndexResult:
    """An index of some scores by replicate and city in the second year, 0 in the first."""
    tree = {**TREE, "indicators": {"doors": {**TREE["indicators"]["doors"], "measure": measure}}}
    if MEASURES[measure].better == "up":
        tree["indicators"]["doors"] |= {"worst": 0, "best": 100}
    index = read_index(tree, MEASURES)
    replicates, cities = len(scores), len(true)
    wanted = np.array(scores, float) if MEASURES[measure].better == "up" else 100 - np.array(scores, float)
    values = np.full((replicates, cities, 24, 1), 100.0)
    values[:, :, 12:, 0] = wanted[:, :, None]
    beside = np.zeros((replicates, cities, 3, 2))
    beside[:, :, 0, 0], beside[:, :, 0, 1] = true, recorded
    names = tuple((code, f"City {code}", f"{code}市") for code in range(cities))
    return IndexResult(index, Scenario(), tuple(range(replicates)), names, MONTHS, values, beside, ensemble)


SIX = [60.0, 61.0, 62.0, 63.0, 64.0, 65.0]
TRUE = [0.60, 0.62, 0.61, 0.64, 0.66, 0.70]
RECORDED = [0.96, 0.97, 0.98, 0.97, 0.97, 0.96]


def test_a_single_run():
    answer = answer_of(result_of([SIX], TRUE, RECORDED), Words("en"))
    assert [line.replace("\xa0", " ") for line in answer.text] == [
        "The index is illustrative: its indicators, weights, limits and colours are assumptions, and it ranks no city.",
        "Over the 12 months to 2019-12 it lies between 60.0 and 65.0 in 6 cities, with a median of 62.5 of 100.",
        "Of the cases that mediators closed, 96.0 to 98.0 % are recorded as successful and 60.0 to 70.0 % hold for "
        "twelve months.",
        "Across the 6 cities the index goes with durable success: rank correlation +0.94 [+0.38 to +1.00].",
    ]
    assert answer.policy is None and answer.effect.measure == "durable_success"
    assert answer.effect.value == pytest.approx(1 - 6 * 2 / (6 * 35))  # two neighbours change places
    assert answer.bases["range"] == "cities" and answer.bases["behaviours"] is None
    assert answer.caveats[-1].startswith("Stylised and synthetic;")
    assert answer.caveats[0].startswith("One set of assumptions about people")


def test_the_same_in_chinese():
    lines = answer_of(result_of([SIX], TRUE, RECORDED), Words("zh")).text
    assert lines[1] == "截至2019-12的12个月，6个市的指数在60.0至65.0之间，中位数62.5（满分100）。"
    assert lines[2] == "调解办结案件中，台账记为成功的占96.0%至98.0%，十二个月内未反复的占60.0%至70.0%。"
    assert lines[3] == "在6个市之间，指数与稳定成功率同向变化：秩相关+0.94 [+0.38至+1.00]。"


def test_an_index_may_go_against_what_lasts_or_tell_nothing():
    against = answer_of(result_of([SIX], TRUE[::-1], RECORDED), Words("en")).text[3]
    assert against.startswith("Across the 6 cities the index goes against durable success: rank correlation −0.94")
    assert against.endswith("A higher index does not mean more that lasts.")
    nothing = answer_of(result_of([SIX], [0.6, 0.7, 0.6, 0.7, 0.6, 0.7], RECORDED), Words("en")).text[3]
    assert nothing.startswith("Whether cities with a higher index have more durable success cannot be told:")
    few = answer_of(result_of([SIX[:4]], TRUE[:4], RECORDED[:4]), Words("en"))
    assert few.text[3].endswith("cannot be told of 4: at least 5 are needed.")
    assert few.effect is None and few.range is None


def test_an_index_that_scores_durable_success_is_said_to():
    part = answer_of(result_of([SIX], TRUE, RECORDED, measure="durable_success"), Words("en")).text[3]
    assert part.endswith("Durable success is one of its own indicators, so some of that is built in.")


def test_replicates_tell_how_far_one_city_ranges():
    two = answer_of(result_of([SIX, [each + 2 for each in SIX]], TRUE, RECORDED), Words("en"))
    # means 1 apart from either: half a t interval is 12.706 · √2 / √2
    assert two.text[4] == (
        "Over chance (95 %) a city's index ranges over 25.4 points, and the cities differ by 5.0: these differences "
        "tell nothing."
    ).replace("5 %", "5\xa0%")
    near = answer_of(result_of([SIX, [each + 0.1 for each in SIX]], TRUE, RECORDED), Words("en"))
    assert near.text[4].endswith("a city's index ranges over 1.3 points; the cities differ by 5.0.")
    people = Ensemble("people", ("patience",), ((10.0,), (20.0,)), "")
    spread = answer_of(result_of([SIX, [each + 2 for each in SIX]], TRUE, RECORDED, people), Words("en"))
    assert spread.text[1].startswith("Over the 12 months to 2019-12 it lies between 61.0 and 66.0")
    assert (
        spread.text[4]
        .replace("\xa0", " ")
        .startswith("Over what people may be like (middle 95 %) a city's index ranges over 1.9 points")
    )


def test_one_city_and_no_value():
    alone = answer_of(result_of([[60.0], [62.0]], [0.7], [0.96]), Words("en")).text
    assert alone[1] == "Over the 12 months to 2019-12 it is 61.0 of 100 in the one city."
    assert alone[2].replace("\xa0", " ") == (
        "Of the cases that mediators closed, 96.0 % are recorded as successful and 70.0 % hold for twelve months."
    )
    assert alone[4].replace("\xa0", " ") == "Over chance (95 %) it ranges over 25.4 points."
    nothing = answer_of(result_of([[math.nan] * 6], TRUE, RECORDED), Words("en")).text
    assert nothing[1] == "The index has no value here."


def test_a_rank_correlation_and_its_interval():
    one = np.arange(10.0)
    assert correlation(one, one) == pytest.approx((1.0, 1.0, 1.0))
    other = one.copy()
    other[[0, 1]] = 1.0, 0.0
    value = 1 - 6 * 2 / (10 * 99)
    half = 1.959964 * math.sqrt((1 + value**2 / 2) / 7)
    ends = [math.tanh(math.atanh(value) + sign * half) for sign in (-1, 1)]
    assert correlation(one, other) == pytest.approx((value, *ends), rel=1e-6)
    assert all(map(math.isnan, correlation(one, np.ones(10))))
    assert all(map(math.isnan, correlation(one[:4], one[:4])))
