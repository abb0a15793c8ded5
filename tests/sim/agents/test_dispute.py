"""Disputes: who may petition where, how work ends, what they are about."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from sim import chance
from sim.agents.dispute import (
    KINDS,
    Answer,
    Dispute,
    Forum,
    Opponent,
    competent_level,
    draw,
    draw_quad,
    key_of,
    kind_of,
    severity_of,
)
from sim.behaviour import Behaviour
from sim.chance import Purpose
from sim.ledger import DISPUTE_KINDS, FORUMS
from sim.parameters import to_record


def dispute(**values) -> np.void:
    record = np.zeros(1, Dispute.record)
    for name, value in values.items():
        record[name] = value
    return record[0]


def test_forums_are_in_the_order_of_the_ledger():
    assert [forum.name.lower() for forum in Forum] == list(FORUMS)


@pytest.mark.parametrize(
    ("opponent", "highest"),
    [
        (Opponent.PEER, 1),  # township is competent: the county, one above it
        (Opponent.ORGANISATION, 2),  # county is competent: the city
        (Opponent.COUNTY_AGENCY, 2),
        (Opponent.COUNTY_GOVERNMENT, 3),  # city is competent: the province
    ],
)
def test_a_petition_is_eligible_up_to_one_above_the_competent_level(opponent, highest):
    assert competent_level(opponent) + 1 == highest
    row = dispute(opponent=opponent)
    assert [bool(Dispute.is_eligible(row, level)) for level in (1, 2, 3, 4)] == [n <= highest for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(("closed", "highest"), [(0, 1), (1, 2), (2, 3), (3, 4)])
def test_a_level_that_closed_the_matter_opens_the_next(closed, highest):
    row = dispute(opponent=Opponent.PEER, closed_level=closed)
    assert [bool(Dispute.is_eligible(row, level)) for level in (1, 2, 3, 4)] == [n <= highest for n in (1, 2, 3, 4)]


def test_stake_is_severity_and_grievance():
    assert Dispute.stake(dispute(severity=0.5, grievance=0.25)) == 0.75


BEHAVIOUR = to_record(
    Behaviour(
        settle_skill=1.0,
        settle_match=0.8,
        settle_answer=0.9,
        settle_severity=1.6,
        settle_age=0.25,
        settle_power=0.6,
        settle_near=0.25,
    )
)[0]


def test_settle_probability_by_hand():
    peer = dispute(opponent=Opponent.PEER, severity=0.5, match=0.5, answer=Answer.NOT_NEEDED)
    assert Dispute.settle_probability(peer, 0.0, 0.5, False, 0, BEHAVIOUR) == pytest.approx(0.5)
    # 1 + 1·.3 + .8·.4 + .9·.5 − 1.6·.2 − .25·ln 2 − .6 + .25 = 1.226713…
    hard = dispute(opponent=Opponent.ORGANISATION, severity=0.7, match=0.9, answer=Answer.GIVEN)
    expected = 1 / (1 + np.exp(-(1.4 - 0.25 * np.log(2))))
    assert Dispute.settle_probability(hard, 1.0, 0.8, True, 30, BEHAVIOUR) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({"answer": Answer.MISSING}, -0.45),
        ({"answer": Answer.GIVEN}, 0.45),
        ({"severity": 1.0}, -0.8),
        ({"match": 0.0}, -0.4),
        ({"opponent": Opponent.COUNTY_AGENCY}, -0.6),
        ({"opponent": Opponent.COUNTY_GOVERNMENT}, -0.6),
    ],
)
def test_each_term_of_the_settlement_logit(changed, step):
    row = dispute(**{"severity": 0.5, "match": 0.5, **changed})
    probability = Dispute.settle_probability(row, 0.2, 0.5, False, 0, BEHAVIOUR)
    assert np.log(probability / (1 - probability)) == pytest.approx(0.2 + step, abs=1e-6)


def test_severity_is_the_nth_smallest_of_four():
    for numbers in permutations((0.1, 0.2, 0.3, 0.4)):
        assert [severity_of(rank, *numbers) for rank in (1, 2, 3, 4)] == [0.1, 0.2, 0.3, 0.4]


@pytest.mark.parametrize("rank", [1, 2, 3, 4])
def test_severity_is_beta(rank):
    quads = [chance.quad(6, Purpose.SEVERITY, who, 0) for who in range(20_000)]
    sample = [severity_of(rank, *quad) for quad in quads]
    assert stats.kstest(sample, stats.beta(rank, 5 - rank).cdf).pvalue > 1e-4


@pytest.mark.parametrize("urban", [0, 1])
def test_kinds_come_in_their_shares(urban):
    shares = KINDS["share"][:, urban]
    assert shares.sum() == pytest.approx(1.0)
    sample = [kind_of(KINDS, urban, chance.uniform(4, Purpose.ARISE, who, 0)) for who in range(20_000)]
    observed = np.bincount(sample, minlength=len(DISPUTE_KINDS))
    assert stats.chisquare(observed, shares * len(sample)).pvalue > 1e-4
    assert kind_of(KINDS, urban, 0.0) == 0
    assert kind_of(KINDS, urban, 1.0 - 2**-53) == len(DISPUTE_KINDS) - 1


def test_rural_shares_by_hand():
    """The table's shares of villages sum to one as written: a quarter neighbours, no land dispute lost."""
    assert KINDS["share"][DISPUTE_KINDS.index("neighbour"), 0] == pytest.approx(0.26)
    assert KINDS["share"][DISPUTE_KINDS.index("land"), 1] == pytest.approx(0.02)


def test_keys_of_twelve_digit_places_are_distinct_and_fit():
    codes, ordinals = (100_000_000_000, 620102001001, 999_999_999_999), (0, 1, 2**22 - 1)
    keys = {int(key_of(code, ordinal)) for code in codes for ordinal in ordinals}
    assert len(keys) == 9
    assert 0 <= min(keys)
    assert max(keys) < 2**63


def test_a_dispute_never_takes_the_same_draw_twice():
    disputes = np.zeros(2, Dispute.record)
    disputes["ordinal"] = (7, 8)
    first = [draw(disputes, 0, 620102001001, 5, Purpose.CHOOSE) for _ in range(50)]
    fours = [draw_quad(disputes, 0, 620102001001, 5, Purpose.CHOOSE) for _ in range(50)]
    other = [draw(disputes, 1, 620102001001, 5, Purpose.CHOOSE) for _ in range(50)]
    assert len({*first, *other, *np.ravel(fours)}) == 300
    assert disputes["entries"].tolist() == [100, 50]
