"""A governance centre of a township, county or city, and the pools of mediators that queue people.

A pool is the mediators of one kind at one place with one queue: village committees have one, centres one for each
of the six kinds of mediation.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.dispute import NEVER
from sim.agents.dispute_kind import MEDIATION_KINDS, ByMediation, MediationKind
from sim.compilation import compiled, rule
from sim.records import RecordAgent, Row

TOWNSHIP, COUNTY, CITY = range(3)
"""Levels of centres."""

_STAFF_MIX = {
    TOWNSHIP: ByMediation(people=0.67, administrative=0.33),
    COUNTY: ByMediation(people=0.40, administrative=0.20, judicial=0.15, professional=0.25),
    CITY: ByMediation(people=0.30, administrative=0.20, judicial=0.10, professional=0.25, petition=0.15),
}

STAFF_MIX = np.array([_STAFF_MIX[level] for level in (TOWNSHIP, COUNTY, CITY)])
"""Share of each kind among a centre's mediators (assumed). Clerks, petition handlers and pre-litigation mediators of
a county come on top: they work there with or without a centre."""


CROWDING = 0.05
"""Fit that one case in the queue for each mediator takes from a kind of mediation (assumed)."""

FAVOUR = 0.15
"""Fit that being asked first is worth (assumed)."""

WAIT_UNIT = 30.0
"""Waits are felt as ln(1 + days / 30)."""


class Centre(RecordAgent):
    """A governance centre: built or not, working or a nameplate, with departments stationed in it."""

    record = np.dtype(
        [
            ("code", np.int64),
            ("level", np.uint8),
            ("is_built", np.uint8),
            ("is_working", np.uint8),
            ("above", np.int32),  # row of the centre of the next level, -1 where there is none
            ("county", np.int32),  # row of its county; for a city the first county
            ("city", np.int32),
            ("population", np.int64),
            ("build_rank", np.float64),  # (rank + ½) / n among its level: below the coverage it is built
            ("work_rank", np.float64),
            ("commissar_rank", np.float64),  # townships: (rank + ½) / n in their city
            ("judge_rank", np.float64),
            ("has_commissar", np.uint8),  # a political-legal commissar coordinates departments
            ("has_judge", np.uint8),  # a judge's contact point
            ("regime", np.int16),  # row of its policy in ``World.regime``
            ("known", np.float64),  # share of residents who know it, of one that works
            ("minutes", np.int64),  # a day of its mediators, without those of courts and petition offices
            ("advised", np.float64),  # share of these that advice takes this month
            ("claim_cost", np.float64),  # townships: what wait and doors there cost a claimant today (utility)
        ],
        align=True,
    )


class Pool(RecordAgent):
    """The mediators of one kind at one place, with their queue and the wait they publish."""

    record = np.dtype(
        [
            ("level", np.uint8),  # ledger.WORK_LEVELS
            ("kind", np.uint8),
            ("county", np.int32),
            ("first_mediator", np.int32),
            ("room", np.int32),  # mediator rows reserved
            ("mediators", np.int32),  # employed under today's policy
            ("full_time", np.int32),  # of those
            ("free_slots", np.int32),  # of those employed
            ("head", np.int32),
            ("tail", np.int32),
            ("queued", np.int32),
            ("is_listed", np.uint8),  # on today's list of pools to serve
            ("wait", np.float64),  # published mean wait, days
            ("log_wait", np.float64),  # ln(1 + wait / 30 days), as the choice of a forum needs it
            ("first_deadline", np.int32),  # no case in the queue is overdue before this day
            ("started_today", np.int32),
            ("waited_today", np.int64),
            ("regime", np.int16),  # row of its place's policy in ``World.regime``
        ],
        align=True,
    )

    @rule
    def publish_wait(self: Any, memory: float) -> None:
        """Moves the published wait towards what today's starters waited."""
        if self.started_today > 0:
            kept = np.exp(-self.started_today / memory)
            self.wait = kept * self.wait + (1.0 - kept) * (self.waited_today / self.started_today)
            self.log_wait = np.log(1.0 + self.wait / WAIT_UNIT)
            self.started_today = 0
            self.waited_today = 0


@compiled
def pool_of_centre(centre: int, kind: int) -> int:
    """Row of a centre's pool of one kind; village pools follow after all centres'."""
    return centre * MEDIATION_KINDS + kind


@compiled
def pool_of_village(centres: int, village: int) -> int:
    """Row of the pool of a village committee."""
    return centres * MEDIATION_KINDS + village


@compiled
def takes_at_centre(pools: NDArray, pool: int, kind: int, skipped: int) -> bool:
    """Whether a pool takes what comes to its centre: it is staffed, its kind is not ``skipped``.

    Pre-litigation and petition mediators take only what courts and petition offices give them.
    """
    is_reserved = kind in (MediationKind.PRELITIGATION, MediationKind.PETITION)
    return pools[pool].mediators > 0 and kind != skipped and not is_reserved


@compiled
def crowd(pool: Row) -> float:
    """Cases in a pool's queue for each of its mediators; infinite where nobody is there."""
    return pool.queued / pool.mediators if pool.mediators > 0 else np.inf


@compiled
def best_pool(pools: NDArray, centre: int, fit: NDArray, skipped: int, favoured: int) -> int:
    """The pool of a centre that a matter is given to; -1 when nobody is there.

    Whose kind suits best, less ``CROWDING`` for every case that waits for each of its mediators, more ``FAVOUR`` for
    the kind ``favoured``; the first among equals. ``skipped`` gets nothing. Queues are yesterday's: today's entrants
    join in the work phase.
    """
    best = -1
    most = -np.inf
    for kind in range(MEDIATION_KINDS):
        pool = pool_of_centre(centre, kind)
        if not takes_at_centre(pools, pool, kind, skipped):
            continue
        appeal = fit[kind] - CROWDING * crowd(pools[pool])
        if kind == favoured:
            appeal += FAVOUR
        if appeal > most:
            best, most = pool, appeal
    return best


@compiled
def join(pools: NDArray, pool: int, disputes: NDArray, d: int, today: int) -> None:
    """Puts a dispute at the end of a pool's queue. Callers add a day's entrants in the order of their keys."""
    place = pools[pool]
    dispute = disputes[d]
    dispute.pool = pool
    dispute.queued_on = today
    dispute.next_in_queue = -1
    dispute.before_in_queue = place.tail
    if place.tail >= 0:
        disputes[place.tail].next_in_queue = d
    else:
        place.head = d
    place.tail = d
    place.queued += 1
    place.first_deadline = min(place.first_deadline, dispute.deadline)


@compiled
def call_next(pools: NDArray, pool: int, disputes: NDArray, today: int) -> int:
    """Takes a dispute from a pool's queue, which must not be empty: the first one overdue, else the first."""
    place = pools[pool]
    d = np.int64(place.head)
    if place.first_deadline < today:
        d = first_overdue(place, disputes, today)
    leave(pools, pool, disputes, d)
    return d  # type: ignore[return-value]


@compiled
def leave(pools: NDArray, pool: int, disputes: NDArray, d: int) -> None:
    """Takes a dispute out of a pool's queue, wherever it stands there."""
    place = pools[pool]
    before, following = disputes[d].before_in_queue, disputes[d].next_in_queue
    if before >= 0:
        disputes[before].next_in_queue = following
    else:
        place.head = following
    if following >= 0:
        disputes[following].before_in_queue = before
    else:
        place.tail = before
    place.queued -= 1


@compiled
def first_overdue(place: Row, disputes: NDArray, today: int) -> np.int64:
    """The first overdue dispute of a queue; its head where none is, and then the next deadline is noted.

    As long as some are, the deadline that is noted stays the least there may be: to look for the next one each time
    would take a walk through all who wait for each who is called.
    """
    first = np.int32(NEVER)
    d = np.int64(place.head)
    while d >= 0:
        deadline = disputes[d].deadline
        if deadline < today:
            return d
        first = min(first, deadline)
        d = np.int64(disputes[d].next_in_queue)
    place.first_deadline = first
    return np.int64(place.head)
