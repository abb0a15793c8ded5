"""Sweeps over places: set side by side, told apart from chance or not, and none of them the best."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.report.factors import factor_label
from experiments.report.sweep import heat, places, ranking
from experiments.report.sweep.answer import answer
from experiments.report.sweep.closing_tables import tables
from experiments.report.sweep.effects import main_effects
from experiments.report.sweep.page import caption
from experiments.report.text import Words

EN, ZH = Words("en"), Words("zh")
NAMES = {
    "gansu": {"en": "Gansu", "zh": "甘肃"},
    "tibet": {"en": "Tibet", "zh": "西藏"},
    "beijing": {"en": "Beijing", "zh": "北京"},
}
RECORD = {"recorded_success": 0.965, "durable_success": 0.7, "petitions_total": 100.0, "petitions_province": 40.0}


def runs_of(*levels, noise=0.0, seeds=4, **beside):
    """Durable settlement by point and seed: a level and noise of the point's own; other measures as told."""
    luck = noise * np.random.default_rng(1).standard_normal((len(levels), seeds))
    return {
        (point, seed): {
            "durable_resolution": level + luck[point, seed],
            **RECORD,
            **{name: values[point] for name, values in beside.items()},
        }
        for point, level in enumerate(levels)
        for seed in range(seeds)
    }


@pytest.fixture
def of_provinces(made):
    def evidence(runs, *provinces, **settings):
        points = [(each,) for each in provinces]
        return made(["province.source"], points, runs, place_names=NAMES, **settings)

    return evidence


def test_two_places_are_told_apart_where_chance_cannot_do_it(of_provinces):
    evidence = of_provinces(runs_of(0.60, 0.65), "gansu", "tibet")
    found = answer(evidence, EN)
    assert found.policy is None
    assert found.text == (
        "“Durable settlement per grievance”: Gansu 60.0 [60.0\xa0to\xa060.0] %, Tibet 65.0 [65.0\xa0to\xa065.0] %. "
        "The second differs from the first by +5.00 [+5.00\xa0to\xa0+5.00] points: more than chance, and enough to "
        "matter.",
    )
    assert found.effect and found.effect.value == pytest.approx(0.05)
    assert found.range == pytest.approx((0.05, 0.05)) and found.bases["range"] == "chance"
    assert found.caveats[0].startswith("Places are set side by side, not ranked: they differ by what the model knows")
    chinese = answer(evidence, ZH)
    assert "甘肃60.0 [60.0\xa0至\xa060.0]%、西藏65.0" in chinese.text[0]
    assert "后者与前者相差+5.00 [+5.00\xa0至\xa0+5.00]个百分点：超出随机性，且有实际意义。" in chinese.text[0]
    assert "不排名次" in chinese.caveats[0]


@pytest.mark.parametrize(
    ("levels", "noise", "seeds", "said"),
    [
        ((0.600, 0.602), 0.0, 4, "too little to matter."),
        ((0.60, 0.62), 0.03, 4, "whether by as much as matters cannot be told from chance."),
        ((0.60, 0.65), 0.0, 1, "with one replicate, nothing tells it from chance."),
    ],
)
def test_what_chance_or_little_makes_is_said_so(of_provinces, levels, noise, seeds, said):
    found = answer(of_provinces(runs_of(*levels, noise=noise, seeds=seeds), "gansu", "tibet"), EN)
    assert found.text[0].endswith(said)


def test_of_several_those_told_apart_are_named_beside_what_chance_would_give(of_provinces):
    noisy = runs_of(0.60, 0.60, 0.72, noise=0.002)
    found = answer(of_provinces(noisy, "gansu", "tibet", "beijing"), EN)
    told = (
        "clearly above the mean of all in Beijing; clearly below the mean of all in Gansu and Tibet. Places spread by"
    )
    assert told in found.text[0]
    assert (
        found.text[0].startswith("“Durable settlement per grievance” in 3 places (Gansu 60.") and found.effect is None
    )
    same = of_provinces(runs_of(0.60, 0.60, 0.60, noise=0.02), "gansu", "tibet", "beijing")
    assert "none is told apart from the mean of all" in answer(same, EN).text[0]
    spread = places.spread_of(same, same.places[0], "durable_resolution")
    values = [np.array(list(same.by_seed(name, "durable_resolution").values())) for name in same.names]
    assert spread.observed == pytest.approx(np.std([each.mean() for each in values], ddof=1))
    assert spread.chance == pytest.approx(np.sqrt(np.mean([each.var(ddof=1) / 4 for each in values])))


def test_places_keep_the_order_of_the_study_and_have_no_rank(of_provinces):
    evidence = of_provinces(runs_of(0.60, 0.65, 0.55), "tibet", "gansu", "beijing")
    assert evidence.ranked == ["p1", "p2", "p3"] and main_effects(evidence) == []
    table = ranking.table(evidence, EN)
    assert table.header[:2] == ["province", "Durable settlement per grievance (%)"]
    assert [row[0] for row in table.rows] == ["Tibet", "Gansu", "Beijing"]
    assert "not ranked" in caption("ranking", evidence, EN) and "不分名次" in caption("ranking", evidence, ZH)
    assert "best" not in " ".join(answer(evidence, EN).text)


def test_tables_have_a_row_a_place_and_nothing_of_a_first_one(of_provinces):
    evidence = of_provinces(runs_of(0.60, 0.60, 0.72, noise=0.002), "gansu", "tibet", "beijing")
    beside, record = tables("ranking", evidence, EN)
    assert [row[0] for row in beside.rows] == ["Gansu", "Tibet", "Beijing"]
    assert [row[3] for row in beside.rows] == ["yes", "yes", "yes"]
    assert beside.rows[2][2].startswith("+8.") and beside.header[0] == factor_label("province.source", EN) == "Province"
    assert record.caption == "What is recorded, and what is" and len(record.rows) == 3


def test_a_missing_level_is_words_in_the_place_that_lacks_it(made):
    ratios = {"ratio_city_to_province": [1.2, 1.5], "ratio_county_to_province": [1.1, float("nan")]}
    evidence = made(
        ["places"],
        [("[6203]",), ("[6202]",)],
        runs_of(0.60, 0.60, **ratios),
        columns={"missing_levels": ["", "county"]},
        measures=["durable_resolution", "ratio_county_to_province"],
        place_names={"[6203]": {"en": "Jinchang", "zh": "金昌市"}, "[6202]": {"en": "Jiayuguan", "zh": "嘉峪关市"}},
    )
    said = "Jiayuguan has no county level: what speaks of that level, such as the ratio, is not compared there."
    assert answer(evidence, EN).caveats[1:] == (said,)
    assert answer(evidence, ZH).caveats[1].startswith("嘉峪关市不设县级")
    beside, record = tables("ranking", evidence, EN)
    assert [row[4] for row in beside.rows] == ["1.10", "no county level"]
    assert [row[-1] for row in record.rows] == ["1\xa0:\xa01.20\xa0:\xa01.10", "no county level"]
    assert [row[-1] for row in ranking.table(evidence, EN).rows] == ["1.10", "no county level"]


def test_what_a_policy_does_is_told_for_each_place_against_its_own_reference(of_provinces):
    evidence = of_provinces(runs_of(0.62, 0.64), "gansu", "tibet", references=runs_of(0.60, 0.63))
    assert answer(evidence, EN).text[1] == (
        "Against “Status quo” in the same place it changes by: Gansu +2.00 [+2.00\xa0to\xa0+2.00] points, "
        "Tibet +1.00 [+1.00\xa0to\xa0+1.00] points."
    )


def test_factors_beside_places_are_told_as_ever_and_no_point_is_best(made):
    evidence = made(
        ["province.source", "after.centre.coverage_township"],
        [("gansu", 0.0), ("gansu", 1.0), ("tibet", 0.0), ("tibet", 1.0)],
        runs_of(0.60, 0.64, 0.61, 0.65),
        place_names=NAMES,
    )
    assert not heat.available(evidence)  # shades from the lowest to the highest would show chance
    found = answer(evidence, EN)
    assert found.policy is None and len(found.text) == 2
    assert "Gansu 62.0 [62.0\xa0to\xa062.0] %, Tibet 63.0 [63.0\xa0to\xa063.0] %" in found.text[0]
    assert found.text[1] == (
        "Township coverage from 0 to 1 changes “Durable settlement per grievance” by "
        "+4.00 [+4.00\xa0to\xa0+4.00] points, whatever the province."
    )
