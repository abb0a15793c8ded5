"""Residents: the nested logit of forums, what never changes about a person, how trust is learned."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim import chance
from sim.agents.dispute import FORUM_COUNT, Forum, Opponent
from sim.agents.resident import NEST_OF_FORUM, NESTS, Resident, choose, constant_of, traits_of
from sim.behaviour import Behaviour
from sim.chance import Purpose
from sim.parameters import to_record

UTILITIES = np.array([0.0, 0.6, -0.4, 0.3, -1.0, -0.2, -0.5, 0.1, -np.inf, -2.0])


def nested_logit(utilities: np.ndarray, scale: float) -> np.ndarray:
    """McFadden (1978), written from the formula: exp(V/s) within, exp(s · ln Σ exp(V/s)) between nests."""
    inside = np.exp(utilities / scale)
    nest = np.array([inside[NEST_OF_FORUM == n].sum() for n in range(NESTS)])
    between = np.exp(scale * np.log(nest)) / np.exp(scale * np.log(nest)).sum()
    return between[NEST_OF_FORUM] * inside / nest[NEST_OF_FORUM]


def chosen(utilities: np.ndarray, scale: float, numbers: np.ndarray) -> np.ndarray:
    choice = np.zeros((3, FORUM_COUNT))
    result = np.empty(len(numbers), int)
    for n, u in enumerate(numbers):
        choice[0] = utilities
        result[n] = choose(choice, scale, u)
    return result


def test_the_formula_itself_by_hand():
    """Two open forums, one nest, scale ½: odds exp((1 − 0) / ½) = e²."""
    utilities = np.full(FORUM_COUNT, -np.inf)
    utilities[[Forum.NOTHING, Forum.BILATERAL]] = 0.0, 1.0
    odds = np.exp(2.0)
    edge = 1 / (1 + odds)
    numbers = np.array([0.0, edge - 1e-9, edge + 1e-9, 1 - 2**-53])
    assert chosen(utilities, 0.5, numbers).tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("scale", [0.3, 0.6, 1.0])
def test_choices_cut_the_unit_interval_at_the_nested_logit_probabilities(scale):
    edges = np.cumsum(nested_logit(UTILITIES, scale))
    assert edges[-1] == pytest.approx(1.0)
    open_forums = np.flatnonzero(np.isfinite(UTILITIES))
    below, above = edges[open_forums] - 1e-9, edges[open_forums][:-1] + 1e-9
    assert chosen(UTILITIES, scale, below).tolist() == open_forums.tolist()
    assert chosen(UTILITIES, scale, above).tolist() == open_forums[1:].tolist()


def test_at_scale_one_the_choice_is_a_plain_logit():
    expected = np.exp(UTILITIES) / np.exp(UTILITIES).sum()
    np.testing.assert_allclose(nested_logit(UTILITIES, 1.0), expected)


@pytest.mark.parametrize("seed", [1, 2])
def test_forums_are_chosen_with_their_probabilities(seed):
    numbers = np.array([chance.uniform(seed, Purpose.CHOOSE, who, 0) for who in range(20_000)])
    observed = np.bincount(chosen(UTILITIES, 0.6, numbers), minlength=FORUM_COUNT)
    expected = nested_logit(UTILITIES, 0.6) * len(numbers)
    is_open = np.isfinite(UTILITIES)
    assert observed[~is_open].sum() == 0
    assert stats.chisquare(observed[is_open], expected[is_open]).pvalue > 1e-4
    # A multinomial logit of the same utilities must be rejected, or this test sees nothing.
    wrong = nested_logit(UTILITIES, 1.0) * len(numbers)
    assert stats.chisquare(observed[is_open], wrong[is_open]).pvalue < 1e-4


def learned(start: int, baseline: float, is_success: bool, gain: float, asymmetry: float, level: int = 0) -> list[int]:
    residents = np.zeros(1, Resident.record)
    residents["learned"][0, level] = start
    Resident.learn(residents[0], level, baseline, is_success, gain, asymmetry)
    return residents["learned"][0].tolist()


def test_learning_by_hand():
    # Success: .4 + .2·(1 − .4) = .52, learned +12; failure: .4 − .2·1.5·.4 = .28, learned −12.
    assert learned(0, 0.4, True, 0.2, 1.5) == [12, 0, 0, 0]
    assert learned(0, 0.4, False, 0.2, 1.5, level=2) == [0, 0, -12, 0]
    # From trust .5 (baseline .4, learned +10): .5 + .2·.5 = .6, learned +20; .5 − .3·.5 = .35, learned −5.
    assert learned(10, 0.4, True, 0.2, 1.5) == [20, 0, 0, 0]
    assert learned(10, 0.4, False, 0.2, 1.5, level=3)[3] == 0  # its own level starts at +10 there
    assert learned(10, 0.4, False, 0.2, 1.5) == [-5, 0, 0, 0]


def test_learning_rounds_to_the_nearest_hundredth():
    # .43 + .19·.57 = .5383, step 10.83 hundredths; .43 − .19·1.5·.43 = .30745, step −12.255.
    assert learned(0, 0.43, True, 0.19, 1.5)[0] == 11
    assert learned(0, 0.43, False, 0.19, 1.5)[0] == -12


def test_trust_stays_between_nothing_and_one():
    assert learned(0, 0.5, False, 0.5, 3.0)[0] == -50  # asymmetric loss above one is one: all trust is gone
    assert learned(100, 0.0, True, 0.3, 1.0)[0] == 100
    assert learned(-100, 1.0, False, 0.3, 3.0)[0] == -100


def test_constants_of_forums_against_opponents():
    values = {"constant_petition": -3.0, "petition_against_organisation": 2.0, "petition_against_agency": 0.5}
    behaviour = to_record(Behaviour(**values, constant_nation=-1.0, constant_court=-4.0))[0]
    petition = {
        opponent: constant_of(Forum.PETITION_CITY, opponent, behaviour) for opponent in Opponent
    }
    assert list(petition.values()) == [-3.0, -1.0, -2.5, -2.5]
    assert constant_of(Forum.PETITION_NATION, Opponent.ORGANISATION, behaviour) == -2.0
    assert constant_of(Forum.COURT, Opponent.COUNTY_AGENCY, behaviour) == -4.0
    assert constant_of(Forum.NOTHING, Opponent.PEER, behaviour) == 0.0


@pytest.fixture(scope="module")
def traits() -> np.ndarray:
    behaviour = to_record(
        Behaviour(patience_spread=0.8, trust_mean=0.5, trust_spread=0.1, centralised_share=0.4, centralised_gap=0.2)
    )[0]
    return np.array([traits_of(8, key, behaviour) for key in range(20_000)])


def test_patience_and_slowness_follow_their_laws(traits):
    assert stats.kstest(traits[:, 0], stats.norm(0, 0.8).cdf).pvalue > 1e-4
    assert stats.kstest(traits[:, 6], "expon").pvalue > 1e-4
    assert stats.kstest(traits[:, 5], stats.triang(0.5).cdf).pvalue > 1e-4  # mean of two uniform numbers


def test_a_given_share_trusts_higher_bodies_more(traits):
    gap = traits[:, 3] - traits[:, 1]
    centralised = gap > 1e-12
    number = len(traits)
    assert abs(centralised.mean() - 0.4) < 4.5 * np.sqrt(0.4 * 0.6 / number)
    inside = centralised & (traits[:, 1] > 0) & (traits[:, 3] < 1)
    np.testing.assert_allclose(gap[inside], 0.2, atol=1e-12)
    np.testing.assert_allclose(traits[inside, 2] - traits[inside, 1], 0.06, atol=1e-12)  # half less a fifth of .2
    base = traits[~centralised, 1]
    assert abs(base.mean() - 0.5) < 4.5 * 0.1 / np.sqrt(len(base))


def test_patience_and_trust_are_uncorrelated(traits):
    assert abs(np.corrcoef(traits[:, 0], traits[:, 2])[0, 1]) < 4.5 / np.sqrt(len(traits))
