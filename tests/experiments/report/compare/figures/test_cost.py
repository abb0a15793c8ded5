"""Cost against durable settlement: who is on the frontier, and how often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report import theme
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import cost
from experiments.report.compare.figures.crowds import crowds_of
from experiments.report.text import Words

POLICIES = ("status_quo", "grid_first", "one_stop")


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
    "one_stop": ([50.0, 50.0], [0.51, 0.51]),
}


def test_nobody_outdoes_the_frontier():
    points = {"a": (1, 0.5), "b": (1, 0.6), "c": (2, 0.6), "d": (3, 0.7), "e": (3, 0.7), "f": (4, 0.65)}
    assert cost.not_outdone(points) == ["b", "d", "e"]  # d and e are alike: neither outdoes the other


def test_frontier_is_counted_replicate_by_replicate(results_of):
    evidence = Evidence(with_costs(results_of(POLICIES, replicates=2), VALUES))
    # at equal cost the status quo settles less with seed 0 and more with seed 1
    assert cost.times_on_frontier(evidence) == ({"status_quo": 1, "grid_first": 2, "one_stop": 1}, 2)


def test_table_has_paired_differences(results_of):
    results = with_costs(results_of(POLICIES, replicates=2), {**VALUES, "one_stop": ([52.0] * 2, [0.50, 0.52])})
    reference, grid, centre = cost.table(Evidence(results), Words("en")).rows
    assert reference == ["Status quo", "50.0", "–", "51.0\u00a0%", "–", "50,000", "–", "yes (2\u00a0of\u00a02)"]
    # costs differ by 10 and 12: 11 ± t(1) · sd / √2 = 11 ± 12.706 · 1
    assert grid[1:3] == ["61.0", "+11.00 [−1.71\u00a0to\u00a0+23.71]"]
    assert grid[3:5] == ["56.0\u00a0%", "+5.00 [+5.00\u00a0to\u00a0+5.00]"]
    assert grid[5:] == ["61,000", "+11,000 [−1,706\u00a0to\u00a0+23,706]", "yes (2\u00a0of\u00a02)"]
    assert centre[7] == "no (0\u00a0of\u00a02)" and centre[4] == "0.00 [0.00\u00a0to\u00a00.00]"
    chinese = cost.table(Evidence(results), Words("zh")).rows
    assert [row[7] for row in chinese] == ["是（2/2）", "是（2/2）", "否（0/2）"]


def test_outdone_policies_are_hollow_and_the_frontier_climbs_in_steps(results_of):
    values = {**VALUES, "one_stop": ([52.0] * 2, [0.50, 0.52])}
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
    results = results_of(("status_quo", "grid_first", "one_stop", "push_down"), replicates=2)
    evidence = Evidence(with_costs(results, values))
    assert cost.times_on_frontier(evidence) == ({"status_quo": 1, "grid_first": 2, "one_stop": 1}, 2)
    row = next(row for row in cost.table(evidence, Words("en")).rows if row[0].startswith("Pushed down"))
    assert (row[1], row[7]) == ("40.0", "–")


def test_there_is_no_frontier_without_a_reference(results_of):
    assert not cost.available(Evidence(results_of(("gansu_2019",), replicates=2)))


def test_marks_on_top_of_one_another_are_named_together():
    assert crowds_of([(0, 0), (100, 0), (30, 0), (15, 0), (100, 15), (100, 40)]) == [[0, 2, 3], [1, 4], [5]]
