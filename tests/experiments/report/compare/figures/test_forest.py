"""The forest: bands of what is too small to matter, and which marks are filled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report import theme
from experiments.report.compare import page as compared
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import behaviours, forest
from experiments.report.text import Words

POLICIES = ("status_quo", "grid_first", "one_stop")
GAINS = {"status_quo": 0.0, "grid_first": 0.001, "one_stop": 0.02}
"""In durable settlement, in every seed but for a thousandth of it: surely there, and only the second large enough."""


def evidence_of(results_of, **study) -> Evidence:
    results = results_of(POLICIES, replicates=6, **study)
    rows = zip(results.runs["scenario"], results.runs["seed"], strict=True)
    settled = [0.5 + GAINS[name] * (1 + (seed - 2.5) / 1000) for name, seed in rows]
    return Evidence(replace(results, runs=results.runs.assign(durable_resolution=settled)))


def bands(figure) -> list[tuple[float, float]]:
    """Left and right end of the grey band of every panel."""
    found = []
    for axes in figure.axes:
        (band,) = [patch for patch in axes.patches if patch.get_facecolor()[:3] == pytest.approx((0xF0 / 255,) * 3)]
        found.append((band.get_x(), band.get_x() + band.get_width()))
    return found


def test_every_panel_has_the_band_of_its_measure(results_of):
    evidence = evidence_of(results_of)
    with theme.drawing():
        figure = forest.draw(evidence, Words("en"))
    drawn = dict(zip(evidence.measures, bands(figure), strict=False))
    assert drawn["durable_resolution"] == pytest.approx((-0.5, 0.5))  # percentage points
    assert drawn["petitions_total"] == pytest.approx((-2, 2))  # per cent
    assert drawn["trust_middle"] == pytest.approx((-0.005, 0.005))


def test_behaviours_have_the_bands_as_well(results_of):
    people = {"name": "people.csv", "members": 3, "sha256": "0", "uncertainties": ["patience"]}
    evidence = evidence_of(results_of, ensemble=people)
    with theme.drawing():
        drawn = dict(zip(behaviours.shown_worlds(evidence), bands(behaviours.draw(evidence, Words("en"))), strict=True))
    assert drawn["durable_resolution"] == pytest.approx((-0.5, 0.5))
    assert drawn["distance_to_target"] == pytest.approx((-0.1, 0.1))


def test_only_what_matters_has_a_filled_mark(results_of):
    lines = {each.effect.scenario: each for each in forest.effect_lines(evidence_of(results_of))["durable_resolution"]}
    assert lines["grid_first"].adjusted < 0.001 and lines["one_stop"].adjusted < 0.001
    assert (lines["grid_first"].is_found, lines["one_stop"].is_found) == (False, True)
    caption = compared.caption("forest", evidence_of(results_of), Words("en"))
    assert "Grey bands: too small to matter" in caption and "behaviours" not in caption
