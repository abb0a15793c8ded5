"""Effects behaviour by behaviour: which seeds belong together, what the table says, when there is nothing to show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import behaviours
from experiments.report.compare.page import PARTS
from experiments.report.text import Words

POLICIES = ("status_quo", "one_stop")
ENSEMBLE = {"name": "people.csv", "members": 3, "sha256": "0", "uncertainties": ["patience"]}

SETTLED = {"status_quo": [0.50, 0.50, 0.50, 0.52, 0.50, 0.50], "one_stop": [0.51, 0.53, 0.49, 0.55, 0.54, 0.49]}
"""Effects of members 0, 1 and 2: 1 and 3 points, 3 and 4, −1 and −1."""


def evidence_of(results_of, **study) -> Evidence:
    results = results_of(POLICIES, replicates=6, **study)
    settled = [SETTLED[name][seed] for name, seed in zip(results.runs["scenario"], results.runs["seed"], strict=True)]
    return Evidence(replace(results, runs=results.runs.assign(durable_resolution=settled)))


def test_seeds_of_a_member_stand_together(results_of):
    evidence = evidence_of(results_of, ensemble=ENSEMBLE)
    effects = evidence.by_member("one_stop", "durable_resolution")
    assert [effects[member].n for member in range(3)] == [2, 2, 2]
    assert [effects[member].difference for member in range(3)] == pytest.approx([0.02, 0.035, -0.01])
    assert behaviours.member_effects(evidence, "one_stop", "durable_resolution").tolist() == pytest.approx([2, 3.5, -1])


def test_counts_are_relative_to_the_same_behaviour(results_of):
    evidence = evidence_of(results_of, ensemble=ENSEMBLE)
    policy, other = (evidence.by_seed(name, "petitions_total") for name in ("one_stop", "status_quo"))
    by_hand = [100 * ((policy[m] + policy[m + 3]) / (other[m] + other[m + 3]) - 1) for m in range(3)]
    assert behaviours.member_effects(evidence, "one_stop", "petitions_total").tolist() == pytest.approx(by_hand)


def test_table_has_range_direction_and_chance(results_of):
    row = next(iter(behaviours.table(evidence_of(results_of, ensemble=ENSEMBLE), Words("en")).rows))
    # quantiles of −1, 2, 3.5: 2.5 % at −1 + 0.05 · 3, 97.5 % at 3.5 − 0.05 · 1.5
    assert row[1:5] == ["One-stop centres", "+2.00\u00a0points", "−0.85\u00a0to\u00a0+3.43", "66.7\u00a0%"]
    # within: (2 + 0.5 + 0) / 3 = 0.8333; between members: MSA = 2 · (0.5² + 2² + 2.5²) / 2 = 10.5, (10.5 − 0.8333) / 2
    assert row[5:] == [f"{100 * 0.8333 / (0.8333 + 4.8333):.1f}\u00a0%", "3"]


def test_without_an_ensemble_there_is_nothing_to_show(results_of):
    evidence = evidence_of(results_of)
    assert evidence.members == 0 and evidence.by_member("one_stop", "durable_resolution") == {}
    assert not behaviours.available(evidence)
    assert behaviours.available(evidence_of(results_of, ensemble=ENSEMBLE))
    assert not behaviours.available(evidence_of(results_of, ensemble={**ENSEMBLE, "members": 1}))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_row_a_policy_and_a_dot_a_behaviour(results_of, language):
    figure = behaviours.draw(evidence_of(results_of, ensemble=ENSEMBLE), Words(language))
    panel = next(axes for axes in figure.axes if axes.lines)
    dots = [line for line in panel.lines if line.get_marker() == "."]
    assert [sorted(line.get_xdata()) for line in dots] == [pytest.approx([-1, 2, 3.5])]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "3 of the 3 sets of assumptions of people.csv"), ("zh", "取people.csv的3组假设中的3组")],
)
def test_the_setting_names_the_behaviours(results_of, language, said):
    assert said in PARTS.setting(evidence_of(results_of, ensemble=ENSEMBLE), Words(language))
    assert said not in PARTS.setting(evidence_of(results_of), Words(language))
