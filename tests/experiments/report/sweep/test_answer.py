"""What a sweep answers: the first point and whether it matters, the factors, the record beside the truth, the cost."""

from __future__ import annotations

import math

import pytest

from experiments.report.sweep.answer import answer
from experiments.report.sweep.closing_tables import tables
from experiments.report.sweep.effects import held_at_ends, interaction, main_effects
from experiments.report.text import Words

COVERAGE, STAFF = "after.centre.coverage_township", "after.staff.mediators_township"
EN, ZH = Words("en"), Words("zh")


def runs_of(*levels, seeds=2, **beside):
    """Durable settlement by point, the same step from point to point in every seed; other measures as told."""
    return {
        (point, seed): {
            "durable_resolution": level + 0.02 * seed,
            **{name: values[point] for name, values in beside.items()},
        }
        for point, level in enumerate(levels)
        for seed in range(seeds)
    }


def test_a_point_that_matters_is_named_with_what_it_changes(made):
    evidence = made(
        [COVERAGE],
        [(0.0,), (1.0,)],
        runs_of(0.61, 0.65),
        runs_of(0.60, 0.60),
    )
    found = answer(evidence, EN)
    assert found.policy == "after.centre.coverage_township=1"
    assert found.effect and found.effect.measure == "durable_resolution"
    assert found.effect.value == pytest.approx(0.05)
    assert found.range == pytest.approx((0.05, 0.05)) and found.bases["range"] == "chance"
    assert (found.n_of, found.of) == (2, 2)
    assert found.text[0] == (
        "“Durable settlement per grievance” is highest with township coverage 1, 66.0 [53.3\xa0to\xa078.7] %, and "
        "lowest with township coverage 0, 62.0 [49.3\xa0to\xa074.7] %: a difference of +4.00 [+4.00\xa0to\xa0+4.00] "
        "points. Against “Status quo” in the same world, township coverage 1 changes it by "
        "+5.00 [+5.00\xa0to\xa0+5.00] points (so in 2 of 2 replicates)."
    )
    assert found.text[1] == (
        "Township coverage from 0 to 1 changes “Durable settlement per grievance” by "
        "+4.00 [+4.00\xa0to\xa0+4.00] points."
    )
    assert answer(evidence, ZH).text[1] == (
        "乡镇覆盖率由0到1，“每件诉求的稳定化解率”变化+4.00 [+4.00\xa0至\xa0+4.00]个百分点。"
    )


def test_what_does_not_matter_is_not_called_best(made):
    evidence = made([COVERAGE], [(0.0,), (1.0,)], runs_of(0.650, 0.653), runs_of(0.60, 0.60))
    found = answer(evidence, EN)
    assert found.policy is None and found.cost is None
    assert found.effect and found.effect.value == pytest.approx(0.003)
    assert "too little to matter (so in 2 of 2 replicates)" in found.text[0]
    assert "every point changes it, by +5.00 to +5.30 points: what the points have in common does that" in found.text[0]
    assert found.text[1].endswith("by +0.30 [+0.30\xa0to\xa0+0.30] points, too little to matter.")
    assert "没有实际意义" in answer(evidence, ZH).text[0]


def test_a_first_point_that_gains_nothing_against_the_reference_is_not_named(made):
    evidence = made([COVERAGE], [(0.0,), (1.0,)], runs_of(0.60, 0.65), runs_of(0.65, 0.65))
    found = answer(evidence, EN)
    assert found.policy is None
    assert "changes it by 0.00 [0.00\xa0to\xa00.00] points, too little to matter" in found.text[0]


def test_what_chance_hides_is_left_open(made):
    runs = {
        (point, seed): {"durable_resolution": value}
        for point, row in enumerate(((0.60, 0.70), (0.70, 0.68)))
        for seed, value in enumerate(row)
    }
    found = answer(made([COVERAGE], [(0.0,), (1.0,)], runs), EN)
    assert found.policy is None and (found.n_of, found.of) == (1, 2)  # +10 points, then −2
    assert found.text[0].startswith(
        "“Durable settlement per grievance” may depend on township coverage by as much as matters, or by less"
    )
    assert found.text[0].endswith("which matters in 1 of 2 replicates.")
    assert "which may be more or less than matters" in found.text[1]


def test_a_stressed_point_is_never_named(made):
    evidence = made([COVERAGE], [(0.0,), (0.5,), (1.0,)], runs_of(0.60, 0.65, 0.80), stressed=("p3",))
    found = answer(evidence, EN)
    assert found.policy == "after.centre.coverage_township=0.5"
    assert not any("80.0" in line or "township coverage 1," in line for line in found.text)
    alone = answer(made([COVERAGE], [(0.0,), (1.0,)], runs_of(0.6, 0.8), stressed=("p1", "p2")), EN)
    assert alone.policy is None and alone.effect is None
    assert alone.text[0].startswith("Every point is under a stress, which is scored as harm")


def test_more_or_fewer_petitions_are_never_best(made):
    runs = runs_of(0.6, 0.6, petitions_total=(1000.0, 2000.0))
    found = answer(made([COVERAGE], [(0.0,), (1.0,)], runs, rank_by="petitions_total"), EN)
    assert found.policy is None
    assert found.text[0].startswith("“Petitions registered, all levels” is highest with township coverage 1, 2,000")
    assert "best" not in " ".join(found.text)


def test_the_lowest_cost_comes_first_where_less_is_better(made):
    runs = runs_of(0.6, 0.6, cost_per_resident=(50.0, 80.0))
    found = answer(made([COVERAGE], [(0.0,), (1.0,)], runs, rank_by="cost_per_resident"), EN)
    assert found.policy == "after.centre.coverage_township=0"
    assert found.text[0].startswith("“Cost per resident a year” is lowest with township coverage 0, 50.0")


def test_a_cost_without_all_prices_says_what_it_leaves_out(made):
    runs = runs_of(0.6, 0.6, cost_per_resident=(50.0, 80.0))
    columns = {"uncosted.centre.coverage_township": [True, False]}
    found = answer(made([COVERAGE], [(0.0,), (1.0,)], runs, rank_by="cost_per_resident", columns=columns), EN)
    assert found.policy is None  # a cost that leaves something out is not called lower than another
    assert found.text[-1] == "Uncosted, so not in it: township coverage."
    found = answer(made([COVERAGE], [(0.0,), (1.0,)], runs, columns=columns), EN)
    assert found.text[-1] == (
        "Yearly cost per resident lies between 50.0 yuan with township coverage 0 and 80.0 with township coverage 1. "
        "Uncosted, so not in it: township coverage."
    )


def test_pilots_are_told_first_with_how_far_a_comparison_is_off(made):
    def run(pilots_after, others_after, pilots_before, others_before, petitions):
        return {
            "durable_resolution": 0.5,
            "durable_resolution@pilots": pilots_after,
            "durable_resolution@others": others_after,
            "before_durable_resolution@pilots": pilots_before,
            "before_durable_resolution@others": others_before,
            "petitions_per_1000": 5.0,
            "petitions_per_1000@pilots": petitions,
            "petitions_per_1000@others": 6.0,
            "before_petitions_per_1000@pilots": 4.0,
            "before_petitions_per_1000@others": 4.0,
        }

    # pilots began 10 points above the others and gain 4: levels say 14; petitions fall short of the others', yet rise
    runs = {(0, seed): run(0.74 + 0.02 * seed, 0.60 + 0.02 * seed, 0.70, 0.60, 5.0) for seed in (0, 1)}
    without = {(0, seed): run(0.70 + 0.02 * seed, 0.60 + 0.02 * seed, 0.70, 0.60, 4.0) for seed in (0, 1)}
    evidence = made(
        ["before"], [("keen_base",)], runs, without, reference="before", groups={"pilots": [1], "others": [2]},
        measures=["durable_resolution", "petitions_per_1000"],
    )  # fmt: skip
    lines = answer(evidence, EN).text
    assert "Comparing levels is off by +10.00 [+10.00\xa0to\xa0+10.00] points, comparing changes by" in lines[0]
    assert lines[1] == (
        "For “Petitions per 1,000 a year” even the direction is wrong (Pilots with a better base): comparing levels "
        "suggests −1.00 [−1.00\xa0to\xa0−1.00], and the truth in the pilots is +1.00 [+1.00\xa0to\xa0+1.00]."
    )
    assert answer(evidence, ZH).text[1].startswith("“每千人每年登记信访”连方向都相反（试点基础更好）：比较水平得出")


def test_one_replicate_has_no_range(made):
    found = answer(made([COVERAGE], [(0.0,), (1.0,)], runs_of(0.60, 0.65, seeds=1), replicates=1), EN)
    assert (
        found.policy == "after.centre.coverage_township=1" and found.range is None and (found.n_of, found.of) == (1, 1)
    )
    assert "replicates)" not in found.text[0] and "[" not in found.text[0]


def test_a_measure_without_a_value_is_said_to_be_missing(made):
    found = answer(made([COVERAGE], [(0.0,), (1.0,)], runs_of(math.nan, math.nan)), EN)
    assert found.text == (EN("answer.missing"),) and found.policy is None


def test_a_single_point_has_its_value_alone(made):
    found = answer(made([COVERAGE], [(1.0,)], runs_of(0.60)), EN)
    assert (
        found.text[0]
        == (
            "“Durable settlement per grievance” is 61.0 [48.3\xa0to\xa073.7] % at the only point under no stress, "
            "township coverage 1. "
        ).rstrip()
        and found.effect is None
    )


def grid(made, *levels):
    points = [(0.0, 1.0), (0.0, 12.0), (1.0, 1.0), (1.0, 12.0)]
    return made([COVERAGE, STAFF], points, runs_of(*levels))


def test_each_factor_is_told_with_the_other_one_held(made):
    # coverage: −0.02 with one mediator, +0.04 with twelve; by itself +0.01
    evidence = grid(made, 0.60, 0.60, 0.58, 0.64)
    by_factor = {each.factor.key: each for each in main_effects(evidence)}
    coverage = by_factor[COVERAGE]
    assert coverage.effect.difference == pytest.approx(0.01) and coverage.judgement == 1
    held = [(value, each.effect.difference) for _, value, each in held_at_ends(evidence, coverage)]
    assert held == [(1.0, pytest.approx(-0.02)), (12.0, pytest.approx(0.04))]
    assert interaction(evidence, coverage) == 1
    line = next(line for line in answer(evidence, EN).text if line.startswith("Township coverage"))
    assert line == (
        "Township coverage from 0 to 1 changes “Durable settlement per grievance” by −2.00 [−2.00\xa0to\xa0−2.00] "
        "points with township mediators 1 and +4.00 [+4.00\xa0to\xa0+4.00] points with township mediators 12."
    )


def test_a_factor_that_does_the_same_whatever_the_other_is_told_so(made):
    evidence = grid(made, 0.60, 0.62, 0.63, 0.65)
    assert [interaction(evidence, each) for each in main_effects(evidence)] == [0, 0]
    lines = answer(evidence, EN).text
    assert "points, whatever the township mediators." in lines[1]
    assert "points, whatever the township coverage." in lines[2]


def test_a_record_that_improves_alone_is_told_apart(made):
    key = "after.assessment.weight_recorded"
    runs = runs_of(
        0.600, 0.601, recorded_success=(0.90, 0.95), petitions_total=(1000.0, 800.0), petitions_province=(300.0, 200.0)
    )
    measures = ["durable_resolution", "recorded_success", "petitions_total", "petitions_province"]
    found = answer(made([key], [(0.0,), (1.0,)], runs, measures=measures), EN)
    assert found.text[1] == (
        "Weight on petitions from 0 to 1 changes “Durable settlement per grievance” by +0.10 [+0.10\xa0to\xa0+0.10] "
        "points, too little to matter. It also changes “Recorded success per case closed” by +5.00 points, “Petitions "
        "registered, all levels” by −20.0\xa0% and “Petitions registered, province” by −33.3\xa0%. So the record looks "
        "better, and no more is settled for good."
    )


@pytest.mark.parametrize(
    ("recorded", "petitions", "durable", "said"),
    [
        (0.95, 800.0, 0.65, "more is settled for good as well (+5.00 points per grievance)"),
        (0.95, 800.0, 0.60, "the record looks better, and no more is settled for good (0.00 points per grievance)"),
        (0.90, 1000.0, 0.65, "more is settled for good (+5.00 points per grievance), which the record does not show"),
        (0.90, 1000.0, 0.60, "neither the record nor what is settled for good"),
        (0.95, 800.0, 0.55, "whatever the record says, less is settled for good (−5.00 points per grievance)"),
    ],
)
def test_the_record_stands_beside_the_truth(made, recorded, petitions, durable, said):
    def rows(level, recorded, petitions):
        return runs_of(
            level, recorded_success=(recorded,), durable_success=(0.7,), petitions_total=(petitions,),
            petitions_province=(petitions / 4,),
        )  # fmt: skip

    evidence = made([COVERAGE], [(1.0,)], rows(durable, recorded, petitions), rows(0.60, 0.90, 1000.0))
    lines = answer(evidence, EN).text
    assert said in next(line for line in lines if line.startswith("Record beside truth"))


def test_cost_is_that_of_the_point_and_names_what_has_no_price(made):
    evidence = made(
        [COVERAGE],
        [(0.0,), (1.0,)],
        runs_of(0.61, 0.65, cost_per_resident=(41.0, 55.0), durable_per_10000=(100.0, 120.0)),
        runs_of(0.60, 0.60, cost_per_resident=(40.0, 40.0), durable_per_10000=(90.0, 90.0)),
        columns={"uncosted.centre.intake": [False, True]},
    )
    found = answer(evidence, EN)
    assert found.cost and found.cost.per_resident == pytest.approx(15)
    assert found.cost.per_settlement == pytest.approx(5000)  # 15 yuan for each of 10,000 people, 30 settlements
    assert found.cost.uncosted == ("centre.intake",) and math.isnan(found.cost.yearly)
    assert found.text[-1] == (
        "Township coverage 1 changes yearly cost per resident by +15.0 [+15.0\xa0to\xa0+15.0] yuan; durable "
        "settlements per 10,000 residents a year change by +30.0 [+30.0\xa0to\xa0+30.0]; 5,000 yuan for each "
        "additional one. Uncosted, so not in it: intake."
    )
    assert answer(evidence, ZH).text[-1].endswith("每多稳定化解一件需5,000元。未计成本、不在其内的手段：受理方式。")


def test_over_behaviours_the_range_is_theirs(made):
    # seed modulo 3 is the behaviour: gains of 2, 4 and 6 points, two seeds each
    runs = {
        (point, seed): {"durable_resolution": 0.6 + point * 0.02 * (seed % 3 + 1)}
        for point in (0, 1)
        for seed in range(6)
    }
    people = {"name": "people", "members": 3, "sha256": "0", "uncertainties": ["patience"]}
    found = answer(made([COVERAGE], [(0.0,), (1.0,)], runs, ensemble=people, replicates=6), EN)
    assert found.effect and found.effect.value == pytest.approx(0.04)
    assert found.range == pytest.approx((0.021, 0.059)) and found.bases["range"] == "behaviours"
    assert (found.n_of, found.of) == (3, 3)
    assert "(so in 3 of 3 behaviours)" in found.text[0]


def test_every_closing_table_has_its_rows(made):
    evidence = grid(made, 0.60, 0.60, 0.58, 0.64)
    factors, changes = tables("ranking", evidence, EN)
    assert [row[:4] for row in factors.rows][:3] == [
        ["township mediators", "1", "12", "–"],
        ["township mediators", "1", "12", "township coverage 0"],
        ["township mediators", "1", "12", "township coverage 1"],
    ]
    last = "township coverage 1, township mediators 1"
    assert changes.rows == [[last, "+6.00 [+6.00\xa0to\xa0+6.00] points"]]
    assert tables("responses", evidence, EN) == []
