"""Queues of pools and the choice of a pool in a centre."""

import numpy as np
import pytest

from sim.agents.centre import (
    STAFF_MIX,
    Pool,
    best_pool,
    call_next,
    join,
    pool_of_centre,
    pool_of_village,
)
from sim.agents.dispute import MEDIATION_KINDS, Dispute, MediationKind


@pytest.fixture
def pools() -> np.ndarray:
    empty = np.zeros(2 * MEDIATION_KINDS, Pool.record)
    empty["head"] = empty["tail"] = -1
    return empty


def test_a_queue_is_first_in_first_out(pools) -> None:
    disputes = np.zeros(10, Dispute.record)
    for day, d in enumerate((7, 2, 5)):
        join(pools, 3, disputes, d, day)
    assert (pools["queued"][3], pools["head"][3], pools["tail"][3]) == (3, 7, 5)
    assert disputes["queued_on"][[7, 2, 5]].tolist() == [0, 1, 2]
    assert disputes["pool"][[7, 2, 5]].tolist() == [3, 3, 3]
    assert call_next(pools, 3, disputes) == 7
    join(pools, 3, disputes, 9, 4)
    assert [call_next(pools, 3, disputes) for _ in range(3)] == [2, 5, 9]
    assert (pools["queued"][3], pools["head"][3], pools["tail"][3]) == (0, -1, -1)
    join(pools, 3, disputes, 7, 6)  # an emptied queue can be used again
    assert call_next(pools, 3, disputes) == 7
    others = np.delete(pools, 3)
    assert (others["queued"] == 0).all() and (others["head"] == -1).all()


def test_rows_of_pools() -> None:
    assert [pool_of_centre(2, kind) for kind in (0, 5)] == [12, 17]
    assert pool_of_village(3, 0) == pool_of_centre(2, 5) + 1 == 18


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
    assert best_pool(pools, 1, FIT, skipped) == expected


def test_equal_fits_go_to_the_first_kind(pools) -> None:
    pools["mediators"] = 1
    assert best_pool(pools, 0, np.full(MEDIATION_KINDS, 0.5), -1) == 0


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


def test_shares_of_staff_sum_to_one() -> None:
    np.testing.assert_allclose(STAFF_MIX.sum(axis=1), 1.0, atol=1e-12)
