"""Cost against durable settlement: who is on the frontier, and how often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report import theme
from experiments.report.compare import page as compared
from experiments.report.compare.comparison_table import comparison_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import cost, forest
from experiments.report.compare.figures.crowds import crowds_of
from experiments.report.compare.margin import margin_table
from experiments.report.compare.sections import paragraphs_of
from experiments.report.text import Words

POLICIES = ("status_quo", "grid_first", "more_mediators")


def with_costs(results, values: dict[str, tuple[list[float], list[float]]]):
    """Results with the cost and durable settlement given by policy, each by seed."""
    rows = list(zip(results.runs["scenario"], results.runs["seed"], strict=True))
    spent, settled = ([values[name][which][seed] for name, seed in rows] for which in (0, 1))
    columns = {
        "cost_per_resident": spent,
        "durable_resolution": settled,
        "cost_per_durable": [1000 * each for each in spent],
    }
    return replace(results, runs=results.runs.assign(**columns))


VALUES = {
    "status_quo": ([50.0, 50.0], [0.50, 0.52]),
    "grid_first": ([60.0, 62.0], [0.55, 0.57]),
    "more_mediators": ([50.0, 50.0], [0.51, 0.51]),
}


def test_nobody_outdoes_the_frontier():
    points = {"a": (1, 0.5), "b": (1, 0.6), "c": (2, 0.6), "d": (3, 0.7), "e": (3, 0.7), "f": (4, 0.65)}
    assert cost.not_outdone(points) == ["b", "d", "e"]  # d and e are alike: neither outdoes the other


def test_frontier_is_counted_replicate_by_replicate(results_of):
    evidence = Evidence(with_costs(results_of(POLICIES, replicates=2), VALUES))
    # at equal cost the status quo settles less with seed 0 and more with seed 1
    assert cost.times_on_frontier(evidence) == ({"status_quo": 1, "grid_first": 2, "more_mediators": 1}, 2)


def test_table_has_paired_differences(results_of):
    results = with_costs(results_of(POLICIES, replicates=2), {**VALUES, "more_mediators": ([52.0] * 2, [0.50, 0.52])})
    reference, grid, centre = cost.table(Evidence(results), Words("en")).rows
    assert reference == ["Status quo", "50.0", "–", "51.0\u00a0%", "–", "50,000", "–", "yes (2\u00a0of\u00a02)", "–"]
    # costs differ by 10 and 12: 11 ± t(1) · sd / √2 = 11 ± 12.706 · 1
    assert grid[1:3] == ["61.0", "+11.00 [−1.71\u00a0to\u00a0+23.71]"]
    assert grid[3:5] == ["56.0\u00a0%", "+5.00 [+5.00\u00a0to\u00a0+5.00]"]
    assert grid[5:] == ["61,000", "+11,000 [−1,706\u00a0to\u00a0+23,706]", "yes (2\u00a0of\u00a02)", "–"]
    assert centre[7] == "no (0\u00a0of\u00a02)" and centre[4] == "0.00 [0.00\u00a0to\u00a00.00]"
    chinese = cost.table(Evidence(results), Words("zh")).rows
    assert [row[7] for row in chinese] == ["是（2/2）", "是（2/2）", "否（0/2）"]


def test_outdone_policies_are_hollow_and_the_frontier_climbs_in_steps(results_of):
    values = {**VALUES, "more_mediators": ([52.0] * 2, [0.50, 0.52])}
    evidence = Evidence(with_costs(results_of(POLICIES, replicates=2), values))
    with theme.drawing():
        figure = cost.draw(evidence, Words("en"))
    (axes,) = figure.axes
    drawn = {
        (round(float(line.get_xdata()[0]), 9), round(float(line.get_ydata()[0]), 9)): line
        for line in axes.lines
        if len(line.get_xdata()) == 1
    }
    hollow = {point for point, line in drawn.items() if line.get_markerfacecolor() == "white"}
    assert len(drawn) == 3 and hollow == {(52.0, 51.0)}
    steps = next(line for line in axes.lines if len(line.get_xdata()) > 2)
    assert steps.get_xdata()[:3] == pytest.approx([50, 61, 61])
    assert steps.get_ydata()[:3] == pytest.approx([51, 51, 56])


def test_nobody_chooses_a_stress(results_of):
    values = {**VALUES, "push_down": ([40.0] * 2, [0.60] * 2)}
    results = results_of(("status_quo", "grid_first", "more_mediators", "push_down"), replicates=2)
    evidence = Evidence(with_costs(results, values))
    assert cost.times_on_frontier(evidence) == ({"status_quo": 1, "grid_first": 2, "more_mediators": 1}, 2)
    row = next(row for row in cost.table(evidence, Words("en")).rows if row[0].startswith("Pushed down"))
    assert (row[1], row[7]) == ("40.0", "–")


def test_what_is_uncosted_stands_on_no_frontier_and_is_cheaper_than_none(results_of):
    """The centres with one register settle most for least, but nobody knows what the register takes."""
    values = {**VALUES, "one_stop": ([40.0] * 2, [0.60] * 2)}
    results = results_of((*POLICIES, "one_stop"), replicates=2)
    evidence = Evidence(with_costs(results, values))
    assert evidence.uncosted("one_stop") == ("centre.intake",) and evidence.uncosted("grid_first") == ()
    assert cost.times_on_frontier(evidence) == ({"status_quo": 1, "grid_first": 2, "more_mediators": 1}, 2)
    *_, row = cost.table(evidence, Words("en")).rows
    assert (row[0], row[1], row[7], row[8]) == ("One-stop centres (uncosted)", "40.0", "–", "intake")
    *_, row = cost.table(evidence, Words("zh")).rows
    assert (row[0], row[8]) == ("一站式中心（未计成本）", "受理方式")
    with theme.drawing():
        (axes,) = cost.draw(evidence, Words("en")).axes
    lines = {float(line.get_xdata()[0]): line for line in axes.lines if len(line.get_xdata()) == 1}
    assert lines[40.0].get_fillstyle() == "left" and lines[61.0].get_fillstyle() == "full"
    steps = next(line for line in axes.lines if len(line.get_xdata()) > 2)
    assert min(steps.get_xdata()) == 50 and max(steps.get_ydata()) == pytest.approx(56)


def test_costs_of_what_is_uncosted_are_marked_wherever_they_stand(results_of):
    values = {name: VALUES["grid_first"] for name in ("status_quo", "one_stop")}
    asked = ["durable_resolution", "cost_per_resident"]
    evidence = Evidence(with_costs(results_of(tuple(values), replicates=2, measures=asked), values))
    for language, mark in (("en", "(uncosted)"), ("zh", "（未计成本）")):
        words = Words(language)
        paid = words.measure("cost_per_resident")
        rows = {(row[0], row[1].split(mark)[0].strip()): row for row in forest.table(evidence, words).rows}
        marked = [row[1] for (measure, _), row in rows.items() if mark in row[1]]
        assert len(marked) == 1 and rows[paid, words.scenario("one_stop")][1] == marked[0]
        beside = next(row for row in margin_table(evidence, words).rows if row[0].startswith(paid))
        assert mark not in beside[1] and mark in beside[2]
        (table,) = [comparison_table("", ["cost_per_resident"], evidence, words)]
        assert [mark in cell for cell in table.rows[0][-2:]] == [False, True]
        said = paragraphs_of("cost", evidence, words)
        assert len(said) == 2 and words.quoted("one_stop") in said[1]
        assert said[1] in compared.caption("forest", evidence, words)
    costed = Evidence(results_of(("status_quo", "grid_first"), replicates=2))
    assert len(paragraphs_of("cost", costed, Words("en"))) == 1


def test_where_only_the_reference_is_fully_costed_the_frontier_is_level(results_of):
    values = {name: VALUES[name] for name in ("status_quo",)} | {"one_stop": ([40.0] * 2, [0.60] * 2)}
    evidence = Evidence(with_costs(results_of(tuple(values), replicates=2), values))
    assert cost.times_on_frontier(evidence) == ({"status_quo": 2}, 2)
    with theme.drawing():
        cost.draw(evidence, Words("zh"))


def test_there_is_no_frontier_without_a_reference(results_of):
    assert not cost.available(Evidence(results_of(("gansu_2019",), replicates=2)))


def test_marks_on_top_of_one_another_are_named_together():
    assert crowds_of([(0, 0), (100, 0), (30, 0), (15, 0), (100, 15), (100, 40)]) == [[0, 2, 3], [1, 4], [5]]
