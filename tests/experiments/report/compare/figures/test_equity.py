"""Equity: gaps, the worst-off group, and where the ring is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.report import theme
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import equity
from experiments.report.compare.rows import window_rows
from experiments.report.text import Words

POLICIES = ("status_quo", "grid_first")


def rows_by_label(table):
    return {row[0]: dict(zip(table.header, row, strict=True)) for row in table.rows}


def test_gaps_are_in_points_with_paired_differences(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=5))
    found = rows_by_label(equity.gaps_table(evidence, Words("en")))
    gap = found["Gap, urban less rural"]  # 0.01 + 0.03; a point less under grid_first, in every replicate
    assert (gap["Unit"], gap["Better"], gap["Status quo"]) == ("points", "nearer 0", "+4.0")
    assert gap["Grid first"] == "+3.0 (−1.00 [−1.00\u00a0to\u00a0−1.00])"
    assert found["Gap, against residents less agencies"]["Grid first"] == "+8.0 (+2.00 [+2.00\u00a0to\u00a0+2.00])"
    chinese = rows_by_label(equity.gaps_table(evidence, Words("zh")))
    assert chinese["化解率差距：城镇减农村"]["网格先行"] == "+3.0（−1.00 [−1.00\u00a0至\u00a0−1.00]）"


def test_the_worst_group_is_named(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=5))
    named = rows_by_label(equity.gaps_table(evidence, Words("en")))["Worst-off group (in how many replicates)"]
    assert (named["Status quo"], named["Grid first"]) == (
        "moved in (5\u00a0of\u00a05)",
        "against agencies (5\u00a0of\u00a05)",
    )


def test_the_worst_group_is_the_one_that_is_so_most_often(results_of):
    results = results_of(POLICIES, replicates=3)
    lower = np.where(results.runs["seed"] == 0, 0.01, 0.50)  # the lowest mean of all, but for one replicate's sake
    runs = results.runs.assign(resolution_far=lower, resolution_migrant=0.4)
    evidence = Evidence(replace(results, runs=runs))
    row = next(row for row in window_rows(evidence, Words("en")) if row.label == "Status quo")
    assert equity.worst_of(evidence, row) == ("migrant", 2, 3)


def test_divisions_start_with_the_group_usually_better_off(results_of):
    results = results_of(POLICIES, replicates=2)
    found = equity.divisions_of(Evidence(results))
    assert found["income"] == ["income_high", "income_middle", "income_low"]
    assert found["distance"] == ["near", "far"] and len(found) == 5
    nobody = replace(results, runs=results.runs.assign(resolution_migrant=np.nan))
    assert "migrant" not in equity.divisions_of(Evidence(nobody)) and equity.available(Evidence(nobody))


@pytest.mark.parametrize("policies", [POLICIES, ("status_quo", "gansu_2019", "one_stop", "whistle", "more_mediators")])
def test_one_ring_a_row_lies_on_the_worst_group(results_of, policies):
    evidence = Evidence(results_of(policies, replicates=3))
    words = Words("en")
    with theme.drawing():
        figure = equity.draw(evidence, words)
    rings = sorted(
        (round(float(line.get_ydata()[0])), float(line.get_xdata()[0]))
        for axes in figure.axes
        for line in axes.lines
        if line.get_markersize() == 10
    )
    rows = window_rows(evidence, words)
    assert [index for index, _ in rings] == list(range(len(rows)))
    for (_, x), row in zip(rings, rows, strict=True):
        group, _, _ = equity.worst_of(evidence, row)
        assert x == evidence.estimate(row.scenario, f"resolution_{group}", row.span).mean
