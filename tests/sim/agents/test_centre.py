"""Centres and pools: first come first served, the pool that suits best, the wait that is published."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.centre import STAFF_MIX, Pool, best_pool, call_next, join, pool_of_centre, pool_of_village
from sim.agents.dispute import MEDIATION_KINDS, Dispute, MediationKind


def test_rows_of_pools():
    assert pool_of_centre(0, MediationKind.PEOPLE) == 0
    assert pool_of_centre(3, MediationKind.PETITION) == 23
    assert pool_of_village(4, 0) == 24  # right after the last pool of four centres
    assert pool_of_village(4, 5) == 29


@pytest.fixture
def queue():
    pools = np.zeros(2, Pool.record)
    pools["head"] = pools["tail"] = -1
    return pools, np.zeros(20, Dispute.record)


def test_first_come_first_served(queue):
    pools, disputes = queue
    for day, d in enumerate((4, 9, 2)):
        join(pools, 1, disputes, d, day)
    assert pools["queued"].tolist() == [0, 3]
    assert disputes["queued_on"][[4, 9, 2]].tolist() == [0, 1, 2]
    assert disputes["pool"][[4, 9, 2]].tolist() == [1, 1, 1]
    assert [call_next(pools, 1, disputes), call_next(pools, 1, disputes)] == [4, 9]
    join(pools, 1, disputes, 7, 3)
    assert [call_next(pools, 1, disputes), call_next(pools, 1, disputes)] == [2, 7]
    assert (pools[1]["head"], pools[1]["tail"], pools[1]["queued"]) == (-1, -1, 0)


def test_a_queue_that_emptied_is_used_again(queue):
    pools, disputes = queue
    for d in (3, 3, 5):  # the same dispute may come back
        join(pools, 0, disputes, d, 0)
        assert call_next(pools, 0, disputes) == d
    assert pools["queued"].tolist() == [0, 0]


def test_queues_against_a_list(queue):
    """Random joining and calling at two pools gives what two lists give."""
    pools, disputes = queue
    lists: list[list[int]] = [[], []]
    outside = list(range(20))
    random = np.random.default_rng(5)
    for _ in range(500):
        pool = int(random.integers(2))
        if outside and random.random() < 0.5:
            d = outside.pop(int(random.integers(len(outside))))
            join(pools, pool, disputes, d, 0)
            lists[pool].append(d)
        elif lists[pool]:
            d = int(call_next(pools, pool, disputes))
            assert d == lists[pool].pop(0)
            outside.append(d)
        assert pools["queued"].tolist() == [len(lists[0]), len(lists[1])]


FIT = np.array([0.6, 0.7, 0.7, 0.95, 0.5, 0.99])


def pools_with(*kinds: int) -> np.ndarray:
    pools = np.zeros(2 * MEDIATION_KINDS, Pool.record)
    for kind in kinds:
        pools["mediators"][pool_of_centre(1, kind)] = 2
    return pools


@pytest.mark.parametrize(
    ("staffed", "skipped", "best"),
    [
        ((0, 1, 2, 4), -1, 1),  # the first among equals
        ((0, 1, 2, 4), 1, 2),
        ((0, 2, 4), -1, 2),
        ((0, 4), 0, 4),
        ((0,), 0, None),
        ((3, 5), -1, None),  # courts and petition offices keep theirs
        ((3, 4, 5), -1, 4),
        ((), -1, None),
    ],
)
def test_the_best_staffed_pool(staffed, skipped, best):
    expected = -1 if best is None else pool_of_centre(1, best)
    assert best_pool(pools_with(*staffed), 1, FIT, skipped) == expected
    assert best_pool(pools_with(*staffed), 0, FIT, skipped) == -1  # the other centre has nobody


def test_the_published_wait_moves_towards_what_starters_waited():
    pools = np.zeros(1, Pool.record)
    pools["wait"], pools["started_today"], pools["waited_today"] = 10.0, 2, 60
    Pool.publish_wait(pools[0], 20.0)
    kept = np.exp(-0.1)
    assert pools["wait"][0] == pytest.approx(kept * 10 + (1 - kept) * 30)
    assert pools["log_wait"][0] == pytest.approx(np.log(1 + pools["wait"][0] / 30))
    assert (pools["started_today"][0], pools["waited_today"][0]) == (0, 0)
    before = pools.copy()
    Pool.publish_wait(pools[0], 20.0)  # nobody started: nothing new
    assert pools.tobytes() == before.tobytes()


def test_every_level_divides_its_staff_fully():
    np.testing.assert_allclose(STAFF_MIX.sum(axis=1), 1.0)
