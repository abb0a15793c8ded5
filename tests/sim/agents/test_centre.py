"""Queues of pools and the choice of a pool in a centre."""

import numpy as np
import pytest

from sim.agents.centre import (
    STAFF_MIX,
    Pool,
    best_pool,
    call_next,
    crowd,
    join,
    pool_of_centre,
    pool_of_village,
    takes_at_centre,
)
from sim.agents.dispute import NEVER, Dispute
from sim.agents.dispute_kind import MEDIATION_KINDS, MediationKind


@pytest.fixture
def pools() -> np.ndarray:
    empty = np.zeros(2 * MEDIATION_KINDS, Pool.record)
    empty["head"] = empty["tail"] = -1
    empty["first_deadline"] = NEVER
    return empty


@pytest.fixture
def disputes() -> np.ndarray:
    records = np.zeros(10, Dispute.record)
    records["deadline"] = NEVER
    return records


def test_a_queue_is_first_in_first_out(pools, disputes) -> None:
    for day, d in enumerate((7, 2, 5)):
        join(pools, 3, disputes, d, day)
    assert (pools["queued"][3], pools["head"][3], pools["tail"][3]) == (3, 7, 5)
    assert disputes["queued_on"][[7, 2, 5]].tolist() == [0, 1, 2]
    assert disputes["pool"][[7, 2, 5]].tolist() == [3, 3, 3]
    assert call_next(pools, 3, disputes, 9) == 7
    join(pools, 3, disputes, 9, 4)
    assert [call_next(pools, 3, disputes, 9) for _ in range(3)] == [2, 5, 9]
    assert (pools["queued"][3], pools["head"][3], pools["tail"][3]) == (0, -1, -1)
    join(pools, 3, disputes, 7, 6)  # an emptied queue can be used again
    assert call_next(pools, 3, disputes, 9) == 7
    others = np.delete(pools, 3)
    assert (others["queued"] == 0).all() and (others["head"] == -1).all()


def called(pools, disputes, today: int, number: int) -> list[int]:
    return [int(call_next(pools, 3, disputes, today)) for _ in range(number)]


@pytest.mark.parametrize(
    ("deadlines", "order"),
    [
        # of disputes 0 to 4 in the order of the queue; today is day 20, so that 19 is overdue and 20 is not
        ((NEVER, NEVER, NEVER, NEVER, NEVER), [0, 1, 2, 3, 4]),
        ((20, 21, 40, NEVER, 20), [0, 1, 2, 3, 4]),
        ((NEVER, 30, 19, NEVER, NEVER), [2, 0, 1, 3, 4]),
        ((NEVER, 19, 5, NEVER, 12), [1, 2, 4, 0, 3]),  # who came first, not who is overdue longest
        ((19, NEVER, 19, 19, NEVER), [0, 2, 3, 1, 4]),
        ((NEVER, NEVER, NEVER, NEVER, 1), [4, 0, 1, 2, 3]),
        ((1, 1, 1, 1, 1), [0, 1, 2, 3, 4]),
    ],
)
def test_the_overdue_come_first(pools, disputes, deadlines: tuple[int, ...], order: list[int]) -> None:
    disputes["deadline"][:5] = deadlines
    for d in range(5):
        join(pools, 3, disputes, d, d)
    assert called(pools, disputes, 20, 5) == order
    assert (pools["queued"][3], pools["head"][3], pools["tail"][3]) == (0, -1, -1)


def test_a_case_becomes_overdue_while_it_waits(pools, disputes) -> None:
    disputes["deadline"][:4] = (NEVER, 12, NEVER, 15)
    for d in range(4):
        join(pools, 3, disputes, d, d)
    assert called(pools, disputes, 12, 1) == [0]
    assert pools["first_deadline"][3] == 12
    disputes["deadline"][5] = 3
    join(pools, 3, disputes, 5, 13)  # comes overdue, behind another that is
    assert called(pools, disputes, 13, 2) == [1, 5]
    assert pools["first_deadline"][3] == 3  # the least there may be: nobody has looked at those who are left
    assert called(pools, disputes, 16, 2) == [3, 2]
    assert pools["first_deadline"][3] == NEVER
    assert pools["queued"][3] == 0


def test_a_deadline_that_left_with_its_case_leaves_the_queue_as_it_is(pools, disputes) -> None:
    disputes["deadline"][:2] = (12, NEVER)
    join(pools, 3, disputes, 0, 9)
    assert called(pools, disputes, 10, 1) == [0]
    join(pools, 3, disputes, 1, 11)
    assert pools["first_deadline"][3] == 12  # nobody has looked since
    assert called(pools, disputes, 20, 1) == [1]
    assert pools["first_deadline"][3] == NEVER
    assert (pools["queued"][3], pools["head"][3], pools["tail"][3]) == (0, -1, -1)


def test_serving_by_deadline_is_serving_the_first_overdue_of_a_plain_list(pools, disputes) -> None:
    generator = np.random.default_rng(4)
    waiting: list[int] = []
    free = list(range(10))
    for today in range(3_000):
        if free and (not waiting or generator.random() < 0.5):
            d = free.pop()
            disputes["deadline"][d] = today + int(generator.integers(0, 20)) if generator.random() < 0.5 else NEVER
            join(pools, 3, disputes, d, today)
            waiting.append(d)
        else:
            expected = next((d for d in waiting if disputes["deadline"][d] < today), waiting[0])
            assert called(pools, disputes, today, 1) == [expected]
            waiting.remove(expected)
            free.append(expected)
        assert pools["queued"][3] == len(waiting)


def test_rows_of_pools() -> None:
    assert [pool_of_centre(2, kind) for kind in (0, 5)] == [12, 17]
    assert pool_of_village(3, 0) == pool_of_centre(2, 5) + 1 == 18
    assert pool_of_village(3, 4) == 22


FIT = np.array([0.5, 0.8, 0.7, 0.99, 0.6, 1.0])


@pytest.mark.parametrize(
    ("staffed", "skipped", "kind"),
    [
        ([0, 1, 2, 3, 4, 5], -1, 1),  # best, but for pre-litigation and petition
        ([0, 1, 2, 3, 4, 5], 1, 2),
        ([0, 2, 4], -1, 2),
        ([0, 4], 4, 0),
        ([0], 0, None),
        ([3, 5], -1, None),
        ([], -1, None),
    ],
)
def test_best_pool(pools, staffed: list[int], skipped: int, kind: int | None) -> None:
    pools["mediators"][[MEDIATION_KINDS + k for k in staffed]] = 2
    pools["mediators"][MediationKind.ADMINISTRATIVE] = 5  # of another centre
    expected = -1 if kind is None else MEDIATION_KINDS + kind
    assert best_pool(pools, 1, FIT, skipped, -1) == expected


def test_who_takes_what_comes_to_a_centre(pools) -> None:
    pools["mediators"] = 1
    pools["mediators"][MediationKind.JUDICIAL] = 0
    takes = [kind for kind in MediationKind if takes_at_centre(pools, kind, kind, MediationKind.ADMINISTRATIVE)]
    assert takes == [MediationKind.PEOPLE, MediationKind.PROFESSIONAL]


def test_equal_fits_go_to_the_favoured_kind_or_the_first(pools) -> None:
    pools["mediators"] = 1
    equal = np.full(MEDIATION_KINDS, 0.5)
    assert best_pool(pools, 0, equal, -1, -1) == 0
    assert best_pool(pools, 0, equal, -1, MediationKind.PROFESSIONAL) == MediationKind.PROFESSIONAL
    assert best_pool(pools, 0, equal, MediationKind.PROFESSIONAL, MediationKind.PROFESSIONAL) == 0


@pytest.mark.parametrize(
    ("queued", "mediators", "favoured", "kind"),
    [
        # fits of 0.50, 0.80 and 0.71, less 0.05 for every case that waits for each mediator
        ([0, 1, 0], [1, 1, 1], -1, 1),  # 0.50, 0.75, 0.71
        ([0, 2, 0], [1, 1, 1], -1, 2),  # 0.50, 0.70, 0.71
        ([0, 2, 0], [1, 2, 1], -1, 1),  # one for each of two: 0.75
        ([0, 5, 3], [1, 1, 1], -1, 2),  # 0.50, 0.55, 0.56
        ([0, 7, 5], [1, 1, 1], -1, 0),  # 0.50, 0.45, 0.46
        ([0, 0, 0], [1, 1, 1], 2, 2),  # 0.15 more for who is asked first: 0.86
        ([0, 0, 0], [1, 1, 1], 0, 1),  # 0.65
        ([0, 0, 2], [1, 1, 1], 2, 1),  # 0.76
    ],
)
def test_a_queue_makes_a_kind_less_welcome(pools, queued, mediators, favoured: int, kind: int) -> None:
    pools["mediators"][:3], pools["queued"][:3] = mediators, queued
    fit = np.array([0.5, 0.8, 0.71, 0.0, 0.0, 0.0])
    assert best_pool(pools, 0, fit, -1, favoured) == kind


def test_crowd_is_cases_for_each_mediator(pools) -> None:
    pools["queued"][:4], pools["mediators"][:4] = (6, 3, 0, 0), (4, 0, 2, 0)
    assert [crowd(pools[row]) for row in range(4)] == [1.5, np.inf, 0, np.inf]


def test_published_wait(pools) -> None:
    pool = Pool(None, pools, 1)
    pool.wait, pool.started_today, pool.waited_today = 20.0, 10, 100
    pool.publish_wait(20.0)
    wait = np.exp(-0.5) * 20 + (1 - np.exp(-0.5)) * 10
    assert pool.wait == pytest.approx(wait, abs=1e-12)
    assert pool.log_wait == pytest.approx(np.log(1 + wait / 30), abs=1e-12)
    assert (pool.started_today, pool.waited_today) == (0, 0)
    pool.publish_wait(20.0)  # nobody started: the published wait stays
    assert pool.wait == pytest.approx(wait, abs=1e-12)


def test_one_case_started_is_enough_to_publish_a_wait(pools) -> None:
    pool = Pool(None, pools, 1)
    pool.wait, pool.started_today, pool.waited_today = 20.0, 1, 5
    pool.publish_wait(2.0)
    assert pool.wait == pytest.approx(np.exp(-0.5) * 20 + (1 - np.exp(-0.5)) * 5, abs=1e-12)
    assert (pool.started_today, pool.waited_today) == (0, 0)


def test_shares_of_staff_sum_to_one() -> None:
    np.testing.assert_allclose(STAFF_MIX.sum(axis=1), 1.0, atol=1e-12)
