"""Competition by rank: what a better score is worth, and what being kept from a veto is."""

from __future__ import annotations

import numpy as np
import pytest

from sim.behaviour import Behaviour
from sim.phases.compete import density_at_cut, prizes_of, worth_of_effort, worth_of_prevention
from sim.policy import AssessmentLevers, Policy
from sim.scenario import Scenario


@pytest.mark.parametrize(
    ("units", "prizes", "density"),
    [(2, 1, 0.282095), (14, 6, 0.371217), (14, 1, 0.121670), (190, 38, 0.278466), (190, 152, 0.278466)],
)
def test_densities_of_the_literature(units: int, prizes: int, density: float) -> None:
    assert density_at_cut(units, prizes) == pytest.approx(density, abs=5e-7)


@pytest.mark.parametrize(("quota", "prizes"), [(0.123, 2), (0.125, 3), (0.0, 0), (1.0, 20)])
def test_a_quota_of_twenty_units_is_rounded(quota: float, prizes: int) -> None:
    assert prizes_of(quota, 20) == prizes


def test_few_and_many_winners_weaken_effort_and_none_and_all_end_it() -> None:
    densities = [density_at_cut(20, prizes) for prizes in range(21)]
    assert densities[0] == densities[20] == 0.0
    assert np.argmax(densities) == 10 and densities[3] == pytest.approx(densities[17], rel=1e-9)
    assert (np.diff(densities[:11]) > 0).all()


def test_with_many_units_it_is_the_density_at_the_cut() -> None:
    assert density_at_cut(20_000, 6 * 20_000 // 14) == pytest.approx(0.3925, abs=2e-4)
    assert density_at_cut(20_000, 4_000) == pytest.approx(0.2800, abs=2e-4)


def test_equals_get_the_same_before_the_first_grade() -> None:
    """Half of two units excellent, nobody qualified: 0.4 of a reward of 2, over luck of 0.5."""
    worth = worth_of_effort(np.array([3.0, -1.0]), False, 0.5, 0.0, 2.0, 0.5)
    np.testing.assert_allclose(worth, 0.8 * 0.282095 / 0.5, rtol=1e-5)


def test_whoever_is_far_from_the_cut_gains_little() -> None:
    """Cut-off half-way between 1 and 0; among equals it would be at the mean."""
    worth = worth_of_effort(np.array([1.0, 0.0, 3.0, -2.0]), True, 0.5, 0.0, 1.0, 1.0)
    top = 0.4 * density_at_cut(4, 2)
    np.testing.assert_allclose(worth, top * np.exp(-0.5 * np.array([0.25, 0.25, 6.25, 6.25])), rtol=1e-9)


def test_the_cut_is_half_way_between_the_last_winner_and_the_first_loser() -> None:
    """Of scores of 4, 3, 1 and 0 the best wins: 3.5, and among equals the upper quarter of luck, at 0.6745."""
    worth = worth_of_effort(np.array([3.0, 0.0, 4.0, 1.0]), True, 0.25, 0.0, 1.0, 2.0)
    away = (3.5 - np.array([3.0, 0.0, 4.0, 1.0])) / 2.0
    top = 0.4 * density_at_cut(4, 1) / 2.0
    np.testing.assert_allclose(worth, top * np.exp(0.5 * (0.6744897501960817**2 - away**2)), rtol=1e-9)


def test_both_cuts_add_up_and_a_reward_of_nothing_is_worth_nothing() -> None:
    scores = np.zeros(10)
    both = worth_of_effort(scores, False, 0.2, 0.3, 1.0, 1.0)
    expected = 0.4 * density_at_cut(10, 2) + 0.4 * density_at_cut(10, 7)
    np.testing.assert_allclose(both, expected, rtol=1e-9)
    assert (worth_of_effort(scores, False, 0.2, 0.3, 0.0, 1.0) == 0.0).all()


def test_a_veto_is_worth_avoiding_near_its_threshold() -> None:
    """50 per 100,000 of 3,000 residents allow one incident: the second trips. P(N = 1) = 2e⁻² at a mean of 2."""
    people = np.full(3, 3_000.0)
    worth = worth_of_prevention(np.array([2.0, 0.0, 40.0]), people, 50.0, 0.5)
    assert worth == pytest.approx([0.2 * 2.0 * np.exp(-2.0) * 2.0, 0.0, 0.0], abs=1e-9)
    never = worth_of_prevention(np.array([0.5]), np.array([1_000.0]), 0.0, 1.0)  # none is allowed: P(N = 0)
    assert never == pytest.approx([0.4 * np.exp(-0.5) * 0.5])


def test_a_veto_comes_with_the_first_number_above_the_limit() -> None:
    """One per 100,000 allows one incident to 199,999 residents and two to 200,000: P(N = 1) and P(N = 2) at 1.5."""
    worth = worth_of_prevention(np.full(2, 1.5), np.array([199_999.0, 200_000.0]), 1.0, 1.0)
    one = 1.5 * np.exp(-1.5)
    assert worth == pytest.approx([0.4 * one * 1.5, 0.4 * one * 0.75 * 1.5], rel=1e-9)


def test_effort_without_a_best_amount_is_refused() -> None:
    strong = Policy(assessment=AssessmentLevers(reward=2.0))
    Scenario(after=strong, behaviour=Behaviour(effort_cost=0.4, assessment_luck=1.0))  # 0.387 is the least
    said = r"effort_cost=0\.4: effort has no best amount under after\.assessment\.reward=2"
    with pytest.raises(ValueError, match=said):
        Scenario(after=strong, behaviour=Behaviour(effort_cost=0.4, assessment_luck=0.7))
