"""Which assumptions an effect turns on, from made-up effects of the members of an ensemble."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from experiments.configuration.ensemble import Ensemble
from experiments.studies.compare.turning import LEAST, MOST, turns_on

MEMBERS = 30
DRAWN = np.random.default_rng(0).random((MEMBERS, 2))
COLUMNS = ("bilateral_success", "patience", "trust_gain", "status_quo.petition.acceptance")
PEOPLE = Ensemble(
    "people.csv",
    COLUMNS,
    tuple((float(a), float(b), 0.1, "strict" if b > 0.5 else "loose") for a, b in DRAWN),
    "0",
)


def evidence(worth, measures=("durable_resolution",), tried=MEMBERS):
    """Effects by member; ``worth`` gives that of one by the values drawn for it."""

    def by_member(policy, measure):
        effects = [worth(*row, measure) for row in DRAWN[:tried]]
        return {member: SimpleNamespace(difference=value, mean_reference=0.6) for member, value in enumerate(effects)}

    return SimpleNamespace(behaviours=tried, has=lambda name: name in measures, by_member=by_member)


def test_an_assumption_that_goes_with_the_effect_is_told_with_both_ends():
    (row,) = turns_on(evidence(lambda a, b, _: 0.10 - 0.05 * a), PEOPLE, "reform")
    assert (row["policy"], row["measure"]) == ("reform", "durable_resolution")
    assert row["assumption"] == "bilateral_success"
    first, last = np.quantile(DRAWN[:, 0], [1 / 3, 2 / 3])
    effects = 0.10 - 0.05 * DRAWN[:, 0]
    assert (row["below"], row["above"]) == (pytest.approx(first), pytest.approx(last))
    assert row["low"] == pytest.approx(np.median(effects[DRAWN[:, 0] <= first]))
    assert row["high"] == pytest.approx(np.median(effects[DRAWN[:, 0] >= last]))
    assert row["low"] - row["high"] > 0.02


def test_what_moves_it_by_too_little_or_by_chance_is_not_told():
    assert turns_on(evidence(lambda a, b, _: 0.10 - 0.002 * a), PEOPLE, "reform") == []  # below half a point
    noise = np.random.default_rng(9).normal(size=MEMBERS)
    lucky = dict(zip(DRAWN[:, 0].tolist(), noise.tolist(), strict=True))
    assert turns_on(evidence(lambda a, b, _: 0.05 * lucky[a]), PEOPLE, "reform") == []


def test_those_that_matter_most_come_first_for_every_measure():
    def worth(a: float, b: float, measure: str) -> float:
        return {"durable_resolution": 0.1 * a + 0.05 * b, "distance_to_target": 0.5 * b}[measure]

    found = turns_on(evidence(worth, ("durable_resolution", "distance_to_target")), PEOPLE, "reform")
    assert [(row["measure"], row["assumption"]) for row in found] == [
        ("durable_resolution", "bilateral_success"),
        ("durable_resolution", "patience"),
        ("distance_to_target", "patience"),
    ]
    assert len(found) <= 3 * MOST


def test_few_sets_or_none_tell_nothing():
    assert turns_on(evidence(lambda a, b, _: a, tried=LEAST - 1), PEOPLE, "reform") == []
    assert turns_on(evidence(lambda a, b, _: a), None, "reform") == []
    assert turns_on(evidence(lambda a, b, _: np.nan), PEOPLE, "reform") == []
