"""The index: scores, missing leaves, colours, windows; the shipped tree is what it says."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from ledgers import ledger
from trees import leaf, read, small, with_change

from sim.ledger import MONTHLY_FIGURES, event
from sim.measures import MEASURES
from sim.measures.index import Branch, Index, Leaf, values_by_month, weighted_mean

SHIPPED = Path(__file__).parents[3] / "configs" / "index" / "pingan.yaml"


def test_a_leaf_scores_in_the_direction_of_its_limits_and_is_clipped():
    up = Leaf("up", "", "", 1, "durable_resolution", worst=0.2, best=0.7)
    assert up.score([0.1, 0.2, 0.325, 0.45, 0.7, 0.9]).tolist() == pytest.approx([0, 0, 25, 50, 100, 100])
    down = Leaf("down", "", "", 1, "relapses", worst=10, best=2)
    assert down.score([12, 10, 8, 4, 2, 0]).tolist() == pytest.approx([0, 0, 25, 75, 100, 100])
    assert np.isnan(up.score(np.nan))


def test_scores_are_weighted_means_level_by_level():
    scores = read(small()).scores([0.45, 1.0, 2.0])  # leaves score 50, 90, 50
    assert list(scores) == ["small", "settled", "resolved", "relapsed", "prompt", "doors"]
    assert scores["settled"] == pytest.approx((2 * 50 + 90) / 3)
    assert scores["small"] == pytest.approx((3 * (2 * 50 + 90) / 3 + 50) / 4)


def test_missing_leaves_leave_their_weight_to_their_siblings():
    scores = read(small()).scores([[np.nan, 1.0, 2.0], [0.45, 1.0, np.nan], [np.nan, np.nan, 2.0], [np.nan] * 3])
    assert scores["settled"].tolist() == pytest.approx([90, 190 / 3, math.nan, math.nan], nan_ok=True)
    assert scores["small"].tolist() == pytest.approx([(3 * 90 + 50) / 4, 190 / 3, 50, math.nan], nan_ok=True)


def test_weighted_means_of_any_shape():
    parts = np.array([[[10.0, 20.0], [np.nan, 20.0]], [[10.0, np.nan], [np.nan, np.nan]]])
    assert weighted_mean(parts, [3, 1]).ravel().tolist() == pytest.approx([12.5, 20, 10, math.nan], nan_ok=True)
    assert np.isnan(weighted_mean([5.0, np.nan], [0, 1]))  # what is known weighs nothing


def test_scores_keep_the_shape_of_units():
    index = read(small())
    assert index.scores(np.zeros((4, 5, 3)))["settled"].shape == (4, 5)
    for values in ([1.0, 2.0], 3.0, [[1.0], [2.0], [3.0]]):
        with pytest.raises(ValueError, match="values of 3 leaves"):
            index.scores(values)


def test_overall_weights_are_shares_of_each_level():
    weights = read(small()).overall_weights()
    assert weights == pytest.approx(
        {"small": 1, "settled": 0.75, "prompt": 0.25, "resolved": 0.5, "relapsed": 0.25, "doors": 0.25}
    )


def test_colours_are_the_files():
    index = read(small())
    scores = [100, 80, 79.99, 60, 59.9, 40, 39.9, 0]
    assert [index.colour(score) for score in scores] == [
        "green", "green", "blue", "blue", "orange", "orange", "red", "red"
    ]  # fmt: skip
    assert index.colour(math.nan) == ""
    own = read(with_change("colours", {"good": 50, "bad": 0}))
    assert [own.colour(50), own.colour(49)] == ["good", "bad"]


def test_comparisons_weigh_the_children_of_a_node():
    values = with_change("comparisons", [[1, 4], ["1/4", 1]])
    for child in values["indicators"].values():
        del child["weight"]
    index = read(values)
    assert index.root.shares == pytest.approx([0.8, 0.2])
    assert index.scores([0.45, 1.0, 2.0])["small"] == pytest.approx(0.8 * 190 / 3 + 0.2 * 50)


def test_entropy_weighs_by_the_scores_of_units():
    """Scores of the two leaves over two units are (25, 75) and (10, 90): the weights of (1, 3) and (1, 9)."""
    values = with_change("indicators.settled.entropy", True)
    for child in values["indicators"]["settled"]["indicators"].values():
        del child["weight"]
    index = read(values)
    assert index.needs_units and not read(small()).needs_units
    units = np.array([[0.325, 9.0, 2.0], [0.575, 1.0, 2.0]])
    weighed = index.weighted_by(units)
    branch = weighed.root.children[0]
    assert isinstance(branch, Branch) and branch.shares == pytest.approx([0.2622, 0.7378], abs=5e-5)
    assert weighed.root.shares.tolist() == [0.75, 0.25]
    assert weighed.scores(units)["settled"][0] == pytest.approx(0.2622 * 25 + 0.7378 * 10, abs=1e-2)
    assert read(small()).weighted_by(units) == read(small())


def test_entropy_of_branches_is_of_their_own_scores():
    values = with_change("entropy", True)
    for child in values["indicators"].values():
        del child["weight"]
    units = np.array([[0.45, 1.0, 3.0], [0.45, 1.0, 1.0]])  # settled is the same in both units, prompt is not
    assert read(values).weighted_by(units).root.shares.tolist() == [0, 1]


def test_values_come_from_windows_that_end_with_the_month():
    made = ledger(months=24, start="2018-01")
    raised, durable = event("raised"), event("durable_village")
    made.counts[0, :, 0, raised] = 10
    made.counts[0, :, 0, durable] = np.arange(24) % 12  # per month 0 to 11, twice
    values = with_change("indicators.settled.indicators.resolved.months", 3)
    months = made.months[[0, 11, 12, 23]]
    found = values_by_month(read(values), made, months, MEASURES)
    assert found.shape == (4, 3)
    assert found[:, 0] == pytest.approx([0, (9 + 10 + 11) / 30, (10 + 11 + 0) / 30, (9 + 10 + 11) / 30])
    assert found[:, 1].tolist() == [0, 0, 0, 0]
    assert np.isnan(found[:, 2]).all()  # no closed case, no doors


def test_yearly_figures_are_known_in_every_month_by_a_window_of_a_year():
    made = ledger(months=24, start="2018-01")
    made.trust[:, 0, 0], made.trust[:, 1, 0] = 0.01, 0.02
    values = with_change("indicators.prompt.indicators.doors", leaf("trust_local", -0.1, 0.1, months=12))
    found = values_by_month(read(values), made, made.months[[0, 10, 11, 12, 22, 23]], MEASURES)
    assert found[:, 2] == pytest.approx([math.nan, math.nan, 0.01, 0.01, 0.01, 0.02], nan_ok=True)


def test_counts_may_be_taken_per_residents_and_stocks_see_the_whole_past():
    made = ledger(months=24, start="2018-01")
    made.counts[0, 0, 0, event("raised")] = 100
    made.counts[0, 20, 0, event("durable_village")] = 20
    values = with_change("indicators.prompt.indicators.doors", leaf("open_cases", 5, 0, per_residents=1000))
    found = values_by_month(read(values), made, made.months[[1, 23]], MEASURES)
    assert found[:, 2] == pytest.approx([100 / 40, 80 / 40])  # 40,000 residents


def test_kinds_of_dispute_are_counted_alone():
    made = ledger()
    made.counts[:, :, 0, event("raised")] = 10  # neighbour
    made.counts[:, :, 0, event("durable_village")] = 5
    made.counts[:, :, 4, event("raised")] = 20  # labour
    made.counts[:, :, 4, event("durable_county")] = 20
    for kinds, expected in ((["neighbour"], 0.5), (["labour"], 1.0), (["neighbour", "labour"], 5 / 6), ([], 5 / 6)):
        values = with_change("indicators.settled.indicators.resolved.kinds", kinds)
        found = values_by_month(read(values), made, made.months[-1:], MEASURES)
        assert found[0, 0] == pytest.approx(expected), kinds


# The shipped tree


@pytest.fixture(scope="module")
def pingan_values() -> dict[str, Any]:
    return yaml.safe_load(SHIPPED.read_text("utf-8"))


@pytest.fixture(scope="module")
def pingan(pingan_values: dict[str, Any]) -> Index:
    return read(pingan_values)


def test_the_shipped_tree_names_known_measures(pingan_values):
    named: list[str] = []

    def collect(node: dict[str, Any]) -> None:
        for child in node["indicators"].values():
            if "indicators" in child:
                collect(child)
            else:
                named.append(child["measure"])

    collect(pingan_values)
    assert len(named) == 106
    assert sorted(set(named) - set(MEASURES)) == []


def test_the_shipped_tree_has_the_reported_numbers_of_indicators(pingan):
    assert pingan.counts == (9, 32, 106)
    assert len(pingan.leaves) == 106
    assert all(isinstance(node, Leaf) == (level == 3) for level, node in pingan.root.walk())


def test_the_shipped_tree_says_that_it_is_illustrative(pingan_values):
    first = SHIPPED.read_text("utf-8").splitlines()[0]
    assert first.startswith("# Illustrative")
    assert "illustrative" in pingan_values["name_en"] and "示意" in pingan_values["name_zh"]


def test_no_two_leaves_of_the_shipped_tree_score_the_same(pingan):
    scored = [(leaf.measure, leaf.kinds) for leaf in pingan.leaves]
    assert len(set(scored)) == len(scored)
    for language in ("name_en", "name_zh"):
        paths = [(branch.name, getattr(leaf, language)) for branch in _lowest(pingan) for leaf in branch.children]
        assert len(set(paths)) == 106


def _lowest(index: Index) -> list[Branch]:
    return [node for level, node in index.root.walk() if level == 2 and isinstance(node, Branch)]


def test_counts_of_the_shipped_tree_are_per_residents_and_yearly_figures_over_a_year(pingan):
    counted = ("cases", "grievances", "disputes", "requests")
    for one in pingan.leaves:
        unit = MEASURES[one.measure].unit
        assert (one.per_residents > 0) == (unit in counted), one.name
        if one.measure.startswith(("trust_", "satisfaction_", "concealment")):
            assert one.months == 12, one.name


def test_the_shipped_tree_never_scores_how_many_petitions_there_are(pingan):
    """Nor joint visits or suits: a ledger with twice as many of each, all else equal, scores the same."""
    base = {"raised": 4800, "durable_village": 2400, "offence": 4, "closed_cases": 2600, "doors": 3000, "trips": 2700}
    names = ("presented", "registered")
    petitions = {f"{what}_{channel}_county": 960 for what in names for channel in ("visit", "letter", "online")}
    scores = []
    for times in (1, 2):
        made = ledger({**base, **{name: times * count for name, count in petitions.items()}})
        extra = {"suit_filed": 240 * times, "joint_visit_county": 24 * times, "joint_visit_person": 120 * times}
        for name, count in extra.items():
            made.counts[0, :, 4, event(name)] = count // 12
        made.monthly[..., MONTHLY_FIGURES.index("requests")] = 100
        scores.append(pingan.scores(values_by_month(pingan, made, made.months[-1:], MEASURES))["pingan"])
    assert scores[0] == scores[1]
    assert 0 < scores[0] < 100


def test_tags_of_the_shipped_tree_are_the_named_ones_only(pingan):
    tags = {tag for leaf in pingan.leaves for tag in leaf.tags}
    assert tags == {
        "goal:rule_of_law", "goal:morals", "goal:self_governance", "veto:public_safety", "veto:sense_of_security"
    }  # fmt: skip


def test_weights_of_the_shipped_tree_add_up(pingan):
    weights = pingan.overall_weights()
    for level in (1, 2, 3):
        assert sum(weights[node.name] for depth, node in pingan.root.walk() if depth == level) == pytest.approx(1)
    by_name = {node.name: node for _, node in pingan.root.walk()}
    resolution = by_name["resolution"]
    assert isinstance(resolution, Branch) and resolution.shares == pytest.approx([1 / 3, 1 / 6, 1 / 6, 1 / 3])
