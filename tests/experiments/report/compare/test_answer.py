"""The answer of a comparison: whom it names, what it says of them, and what it never says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.report import numbers
from experiments.report.answer import LINES
from experiments.report.compare.answer import answer
from experiments.report.compare.answer_table import answer_table
from experiments.report.compare.choice import candidates, choice_of
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.tables import Aim
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.text import Words
from sim.measures.composition import ilr

ENSEMBLE = {"name": "people", "members": 3, "sha256": "0", "uncertainties": ["patience"]}
EN, ZH = Words("en"), Words("zh")


def evidence_of(results_of, settled: dict[str, list[float]], **study) -> Evidence:
    """Worlds with given durable settlement by seed; further measures are set by ``columns``."""
    columns = study.pop("columns", {})
    results = results_of(tuple(settled), replicates=len(next(iter(settled.values()))), **study)
    runs = results.runs
    pairs = list(zip(runs["scenario"], runs["seed"], strict=True))
    for measure, values in {"durable_resolution": settled, **columns}.items():
        runs = runs.assign(**{measure: [values[name][seed] for name, seed in pairs]})
    return Evidence(replace(results, runs=runs))


def plain(text: str) -> str:
    return text.replace(numbers.NBSP, " ")


SETTLED = {
    "status_quo": [0.50, 0.50, 0.50],
    "grid_first": [0.53, 0.54, 0.52],
    "gansu_2019": [0.52, 0.53, 0.525],
    "push_down": [0.60, 0.60, 0.60],
}
"""A stress that settles more than any policy, which no world does: it must not be named all the same."""


def test_the_policy_that_settles_most_is_named_with_effect_range_and_count(results_of):
    evidence = evidence_of(results_of, SETTLED, ensemble=ENSEMBLE)
    found = answer(evidence, EN)
    assert (found.policy, found.n_of, found.of) == ("grid_first", 2, 3)  # of three behaviours, one prefers gansu_2019
    assert found.effect is not None and found.effect.value == pytest.approx(0.03)
    assert found.range == pytest.approx((0.0205, 0.0395))
    assert found.bases["range"] == "behaviours" and found.bases["tried"] == 3
    first = plain(found.text[0])
    assert "“Grid first” settles most: durable settlement per grievance, 53.0 %, +3.00 points [+2.05 to +3.95]" in first
    assert "it comes first in 2 of 3 behaviours. Next: “Gansu 2019”, +2.50 points" in first
    assert "上升3.00个百分点（2.05至3.95）；在3组行为假设中的2组居首" in answer(evidence, ZH).text[0]
    assert len(found.text) <= LINES


def test_a_stress_is_never_named_but_as_what_the_ratio_can_hide(results_of):
    evidence = evidence_of(results_of, SETTLED)
    assert candidates(evidence) == ["grid_first", "gansu_2019"]
    found = answer(evidence, Words("en", frozenset({"push_down"})))
    assert found.policy == "grid_first"
    assert "Pushed down" not in found.text[0]
    assert "What the ratio can hide: “Pushed down (stress, scored as harm)” brings it to" in found.text[1]
    alone = evidence_of(results_of, {name: SETTLED[name] for name in ("status_quo", "push_down")})
    lonely = answer(alone, EN)
    assert lonely.policy is None and lonely.text[0].startswith("Nothing but stresses is compared here")


@pytest.mark.parametrize(
    ("gains", "policy", "said"),
    [
        ([0.001, 0.002, 0.003], None, "does not move durable settlement per grievance by an amount that matters"),
        (
            [0.001, 0.010, 0.019],
            "one_stop",
            "Whether “One-stop centres” changes anything that matters (by 0.5 points or more) is open",
        ),
        ([-0.02, -0.03, -0.04], None, "“One-stop centres” does worse than “Status quo”"),
        ([0.02, 0.03, 0.04], "one_stop", "“One-stop centres” settles more"),
    ],
)
def test_what_does_not_matter_is_not_called_best(results_of, gains, policy, said):
    settled = {"status_quo": [0.5] * 3, "one_stop": [0.5 + gain for gain in gains]}
    found = answer(evidence_of(results_of, settled, ensemble=ENSEMBLE), EN)
    assert found.policy == policy and said in found.text[0]
    assert (found.cost is not None) == (policy is not None)


def test_the_ratio_without_settlement_is_no_sign_of_it(results_of):
    settled = {"status_quo": [0.5] * 3, "grid_first": [0.54] * 3, "rule_and_register": [0.501] * 3}
    second = plain(answer(evidence_of(results_of, settled), EN).text[1])
    assert "Under “Grid first” petitions registered (in batches, all channels, repeats counted) at province" in second
    assert ", and their ratio stays at 1 :" in second
    assert "“Rule and register” takes it to 1 :" in second and second.endswith("no sign that disputes are settled.")


@pytest.mark.parametrize(
    ("gain", "distance", "is_told"),
    [
        (0.009, 0.3, True),  # open whether it matters
        (0.019, 0.3, True),
        (0.021, 0.3, False),  # half of what the best settles
        (0.019, 0.59, True),
        (0.019, 0.61, False),  # half of the way
    ],
)
def test_a_ratio_that_comes_with_less_than_half_of_the_settlement_is_told_of(results_of, gain, distance, is_told):
    luck = np.array([-0.006, 0.0, 0.006])
    settled = {"status_quo": [0.5] * 3, "gansu_2019": [0.54] * 3, "rule_and_register": (0.5 + gain + luck).tolist()}
    first, second = ilr([1, 2, 3])
    away = {"status_quo": 1.0, "gansu_2019": 0.2, "rule_and_register": distance}
    columns = {
        "ilr_1": {name: [first + far] * 3 for name, far in away.items()},
        "ilr_2": dict.fromkeys(away, [second] * 3),
    }
    found = evidence_of(results_of, settled, columns=columns, ensemble=ENSEMBLE)
    english, chinese = (plain(answer(found, words).text[1]) for words in (EN, ZH))
    assert ("“Rule and register” takes it to 1 :" in english) is is_told
    assert ("how far the ratio moves does not tell how much is settled." in english) is is_told
    assert ("比例变化的幅度，并不能说明化解了多少。" in chinese) is is_told


def test_people_and_cost_by_hand(results_of):
    columns = {
        "durable_total": {"status_quo": [1000.0] * 3, "one_stop": [1100.0, 1200.0, 1300.0]},
        "durable_per_10000": {"status_quo": [10.0] * 3, "one_stop": [11.0, 12.0, 13.0]},
        "durable_reached": {"status_quo": [0.5] * 3, "one_stop": [0.6, 0.6, 0.6]},
        "cost_total": {"status_quo": [5e6] * 3, "one_stop": [7e6] * 3},
        "cost_per_resident": {"status_quo": [50.0] * 3, "one_stop": [70.0] * 3},
    }
    settled = {"status_quo": [0.5] * 3, "one_stop": [0.55, 0.56, 0.57]}
    evidence = evidence_of(results_of, settled, columns=columns, ensemble=ENSEMBLE)
    found = answer(evidence, EN)
    lines = [plain(line) for line in found.text]
    assert lines[0].startswith(
        "“One-stop centres” settles more: +200 [+105 to +295] durable settlements a year against “Status quo”, +2.00 "
        "[+1.05 to +2.95] per 10,000 residents; durable settlement per grievance, 56.0 %, +6.00 points [+5.05 to "
        "+6.95]; per matter that reached a third party, 60.0 %, +10.00 points [+10.00 to +10.00]; so in all 3 "
        "behaviours."
    )
    assert lines[2].startswith("In the worst-off group durable settlement changes by ")
    assert found.cost is not None and found.cost.uncosted == ("centre.intake",)
    assert (found.cost.yearly, found.cost.per_resident, found.cost.per_settlement) == (2e6, 20.0, 10_000.0)
    assert lines[3] == (
        "It costs 2.00 million yuan more a year, 20.00 yuan per resident and 10,000 yuan for each additional durable "
        "settlement. Uncosted, so not in it: intake."
    )
    assert answer(evidence, ZH).text[3].startswith("每年多支出200万元，人均20.00元，每多化解一件10,000元。")
    table = answer_table(evidence, EN)
    assert table is not None and "2.00 million yuan (uncosted)" in table.rows[0]


def test_another_aim_names_another_policy(results_of):
    columns = {
        "worst_group_resolution": {
            "status_quo": [0.4] * 3, "grid_first": [0.41] * 3, "gansu_2019": [0.45] * 3, "push_down": [0.9] * 3
        }
    }  # fmt: skip
    evidence = evidence_of(results_of, SETTLED, columns=columns, aim="worst_group")
    assert answer(evidence, EN).policy == "gansu_2019"
    choice = choice_of(evidence, Aim.ratio)
    assert choice is not None and choice.policy == "gansu_2019" and choice.judgement == 1
    less = {**SETTLED, "gansu_2019": [0.4] * 3}  # nearest to the target, and settles less
    choice = choice_of(evidence_of(results_of, less), Aim.ratio)
    assert choice is not None and choice.policy == "grid_first"


def test_one_behaviour_is_a_caveat_and_many_are_none(results_of):
    one, many = (evidence_of(results_of, SETTLED, **study) for study in ({}, {"ensemble": ENSEMBLE}))
    parts = parts_of("compare")
    said = [answer_of(parts, evidence, EN).caveats for evidence in (one, many)]
    assert [any("One set of assumptions about people" in each for each in caveats) for caveats in said] == [True, False]
    assert answer(one, EN).bases["range"] == "chance" and answer(one, EN).of == 3


def test_chance_is_told_apart_where_behaviours_have_two_seeds(results_of):
    settled = {"status_quo": [0.5] * 6, "one_stop": [0.55, 0.56, 0.57, 0.55, 0.58, 0.57]}
    evidence = evidence_of(results_of, settled, ensemble=ENSEMBLE)
    within = np.sqrt((0.0 + 0.0002 + 0.0) / 3)  # squared deviations of the three pairs over three degrees of freedom
    assert evidence.chance("one_stop", "durable_resolution") == pytest.approx(1.96 * within)
    assert plain(answer(evidence, EN).text[-1]).endswith(f"effect by ±{100 * 1.96 * within:.2f} points.")
    assert answer(evidence, EN).effect.value == pytest.approx(0.07)  # members 5, 7 and 7 points
