"""Verdicts on claims, and where chains end, by hand."""

from __future__ import annotations

import pytest

from experiments.statistics.paired import paired_difference
from experiments.statistics.verdicts import (
    AS_CLAIMED,
    NOTHING,
    OTHERWISE,
    PETITIONS,
    SETTLEMENT,
    UNTOLD,
    ChainEnd,
    end_of_chain,
    judge_lever,
    verdict_of,
)

WAIT = "wait_county"
"""A measure in days: its smallest effect is 2 % of the reference."""


def effect(reference: float, *differences: float):
    """Four pairs of runs that differ by these amounts."""
    return paired_difference([reference] * len(differences), [reference + each for each in differences])


NONE_OF_SETTLEMENT = effect(0.6, 0.0001, -0.0001, 0.0002, -0.0002)
NONE_OF_PETITIONS = effect(5.0, 0.01, -0.01, 0.005, -0.005)
MUCH_OF_PETITIONS = effect(5.0, 0.51, 0.49, 0.5, 0.5)
SHORTER = effect(20.0, -2.1, -1.9, -2.0, -2.0)
LONGER = effect(20.0, 2.1, 1.9, 2.0, 2.0)
UNMOVED = effect(20.0, 0.1, -0.1, 0.05, -0.05)
NOISE = effect(20.0, 6.0, -5.0, 4.0, -6.0)
HAIR = effect(20.0, -0.31, -0.29, -0.3, -0.3)
"""Less than 2 % of 20 days, and told apart from chance."""
ASTRIDE = effect(20.0, -0.3, -0.3, -0.6, -0.6)
"""From −0.73 to −0.17: told apart from chance, and perhaps less than 2 %."""
SOME_OF_SETTLEMENT = effect(0.6, 0.0007, 0.0007, 0.0014, 0.0014)
"""Likewise, perhaps less than a tenth of a point."""


@pytest.mark.parametrize(
    ("claimed", "settlement", "petitions", "verdict"),
    [
        (SHORTER, NONE_OF_SETTLEMENT, NONE_OF_PETITIONS, AS_CLAIMED),
        (LONGER, NONE_OF_SETTLEMENT, NONE_OF_PETITIONS, OTHERWISE),
        (UNMOVED, NONE_OF_SETTLEMENT, NONE_OF_PETITIONS, NOTHING),
        (HAIR, NONE_OF_SETTLEMENT, NONE_OF_PETITIONS, NOTHING),
        (ASTRIDE, NONE_OF_SETTLEMENT, NONE_OF_PETITIONS, UNTOLD),
        (UNMOVED, SOME_OF_SETTLEMENT, NONE_OF_PETITIONS, UNTOLD),
        (NOISE, NONE_OF_SETTLEMENT, NONE_OF_PETITIONS, UNTOLD),
        (UNMOVED, NONE_OF_SETTLEMENT, MUCH_OF_PETITIONS, OTHERWISE),  # it acts, but not on what is claimed
        (UNMOVED, effect(0.6, 0.002, -0.002, 0.002, -0.002), NONE_OF_PETITIONS, UNTOLD),
        (NOISE, NONE_OF_SETTLEMENT, MUCH_OF_PETITIONS, UNTOLD),
        (SHORTER, effect(0.6, -0.05, -0.05, -0.06, -0.05), MUCH_OF_PETITIONS, AS_CLAIMED),
        (effect(20.0, -2.0), NONE_OF_SETTLEMENT, NONE_OF_PETITIONS, UNTOLD),  # one pair has no interval
        (effect(float("nan"), 1.0, 1.0), NONE_OF_SETTLEMENT, NONE_OF_PETITIONS, UNTOLD),
    ],
)
def test_a_verdict_on_shorter_waits(claimed, settlement, petitions, verdict):
    effects = {WAIT: claimed, SETTLEMENT: settlement, PETITIONS: petitions}
    assert verdict_of(effects, WAIT, -1) == verdict


def test_the_direction_is_that_of_the_claim():
    effects = {WAIT: SHORTER, SETTLEMENT: NONE_OF_SETTLEMENT, PETITIONS: NONE_OF_PETITIONS}
    assert [verdict_of(effects, WAIT, sign) for sign in (-1, 1)] == [AS_CLAIMED, OTHERWISE]


@pytest.mark.parametrize(("difference", "judgement"), [(0.0009, 0), (0.0011, 1), (-0.0009, 0), (-0.0011, -1)])
def test_nothing_of_settlement_is_a_tenth_of_a_point(difference, judgement):
    assert judge_lever(effect(0.6, difference, difference), SETTLEMENT) == judgement


@pytest.mark.parametrize(("difference", "judgement"), [(0.049, 0), (0.051, 1), (-0.049, 0), (-0.051, -1)])
def test_nothing_of_petitions_is_a_hundredth(difference, judgement):
    assert judge_lever(effect(5.0, difference, difference), PETITIONS) == judgement


def test_no_petitions_at_all_are_nothing():
    assert judge_lever(effect(0.0, 0.0, 0.0), PETITIONS) == 0
    assert judge_lever(effect(0.0, 1.0, 1.0), PETITIONS) == 1


CALLED = ("called", effect(10.0, 0.0, 0.0, 0.0))
ANSWERED = ("answered", effect(3.0, 4.0, 4.1, 3.9))
SETTLED = ("settled", effect(2.0, 0.5, 0.51, 0.49))
STUCK = ("settled", effect(2.0, 0.3, -0.3, 0.1))
BARELY = ("settled", effect(2.0, 0.01, 0.01, 0.01))
"""Half a per cent more, told apart and too little."""
EMPTY = ("escalated", effect(0.0, 0.0, 0.0, 0.0))
NEW = ("stationed", effect(0.0, 2.0, 2.1, 1.9))


@pytest.mark.parametrize(
    ("links", "is_same", "end"),
    [
        ([CALLED, ANSWERED, SETTLED], False, ChainEnd("through", before="settled")),
        ([CALLED, ANSWERED, STUCK], False, ChainEnd("stops", "settled", "answered")),
        ([CALLED, ANSWERED, BARELY], False, ChainEnd("stops", "settled", "answered")),
        ([CALLED, STUCK], False, ChainEnd("still")),
        ([CALLED, STUCK], True, ChainEnd("same")),
        ([CALLED, ANSWERED, EMPTY, SETTLED], False, ChainEnd("empty", "escalated", "answered", "escalated")),
        ([EMPTY, SETTLED], False, ChainEnd("empty", "escalated", "", "escalated")),
        ([ANSWERED, STUCK, EMPTY], False, ChainEnd("stops", "settled", "answered", "escalated")),
        ([EMPTY], True, ChainEnd("same", empty="escalated")),
        ([NEW, SETTLED], False, ChainEnd("through", before="settled")),
    ],
)
def test_where_a_chain_ends(links, is_same, end):
    assert end_of_chain(links, is_same) == end
