"""The state of one city as the compiled day sees it.

Cities are independent within a year: a ``World`` holds the province's arrays, of which a city's day reads and writes
its own rows only, and the arrays that are the city's own.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.agenda import AHEAD, link, order_key, unlink
from sim.agents.centre import leave
from sim.agents.dispute import NEVER, Forum, Opponent, Stage
from sim.agents.resident import TRUST
from sim.causes import leave_cause
from sim.compilation import by_reference, compiled
from sim.ledger import DURATION_EDGES, GROUPS, WORK_FIGURES
from sim.memory import prefetch
from sim.records import Row

LEFT_DAYS = WORK_FIGURES.index("left_days")

SLOTS, BUSY, QUEUED, MINUTES = range(4)
"""Figures of ``World.staffing``."""

CITY_STATE = np.dtype(
    [
        ("used", np.int64),  # rows of disputes ever used
        ("free", np.int64),  # rows on the stack of free rows
        ("entrants", np.int64),  # disputes that join a queue today
        ("listed", np.int64),  # pools to serve today
        ("outcomes", np.int64),  # outcomes to learn from today
        ("month", np.int64),  # month of the run up to which villages have been watched
        ("used_pages", np.int64),  # pages of the agenda ever used
        ("free_page", np.int64),  # the first of the chain of free pages
        ("used_causes", np.int64),  # rows of causes ever used
        ("free_cause", np.int64),  # the first of the chain of free rows
    ],
    align=True,
)

OUTCOME = np.dtype(
    [
        ("baseline", np.float64),  # the claimant's trust before anything was learned
        ("village", np.int32),
        ("claimant", np.int32),
        ("trust", np.int8),  # level of trust that learns, -1 for none
        ("forum", np.int8),  # forum whose reputation learns, NOTHING or -1 for none
        ("is_success", np.int8),
    ],
    align=True,
)
"""Something a claimant, and perhaps the village, learns from at the end of the day."""

BATCH = 32
"""Candidates, and claimants who choose, that are taken together."""

BATCH_KEYS, BATCH_DRAWS = 4, 30
"""Keys and uniform numbers for each of them (``sim/phases/arise.py``, ``sim/phases/claim.py``)."""

GRIEVANCE = np.dtype(
    [
        ("village", np.int32),
        ("ordinal", np.int32),
        ("claimant", np.int32),
        ("worker", np.int32),  # row of the claimant's grid worker
        ("kind", np.int32),
        ("surfacing", np.int32),
        ("is_refused", np.int32),  # a request refused for good raises it
        ("cause", np.int32),  # row of its cause, -1 when nobody shares it
        ("members", np.int32),  # claimants of its cause
        ("against", np.float64),
    ],
    align=True,
)
"""A candidate that may become a dispute."""


@by_reference
class World(NamedTuple):
    """Everything one city's day reads and writes."""

    # of the province; a city touches its own rows
    residents: NDArray
    villages: NDArray
    grid_workers: NDArray
    centres: NDArray
    pools: NDArray
    mediators: NDArray
    departments: NDArray
    courts: NDArray
    offices: NDArray
    governments: NDArray
    halls: NDArray
    learned: NDArray  # (counties, levels of trust): what residents have learned, hundredths, summed
    counts: NDArray  # ledger, (counties, months, kinds, events)
    durations: NDArray  # ledger
    work: NDArray  # ledger
    groups: NDArray  # ledger
    monthly: NDArray  # ledger
    staffing: NDArray  # (counties, work levels, 4): slots, busy, queued, minutes a day now
    near_news: NDArray  # (villages, near forums and what petitioning buys, 2): real settlements and tries today
    far_news: NDArray  # (counties, forums, 2)
    behaviour: NDArray  # one record
    kinds: NDArray
    profiles: NDArray  # (counties,): what sets each apart
    duration_bin: NDArray  # days -> bin of the ledger
    month_of_day: NDArray  # day -> month of the ledger
    open_on: NDArray  # day -> the first one from then on on which offices are open
    months: NDArray  # what each month of the run is like (``sim.almanac``)
    # of the city
    regime: NDArray  # policies as in force this month, the city's own first; bodies have the row of theirs
    disputes: NDArray
    free_rows: NDArray
    causes: NDArray
    agenda: NDArray  # (buckets, 2): last page of each day's and phase's bucket, disputes on it
    pages: NDArray  # (pages, 16): the page before, disputes
    keys: NDArray  # scratch: today's due disputes in order; second row for sorting
    counters: NDArray  # scratch of sorting: one for each village and one more
    entrants: NDArray
    listed: NDArray
    outcomes: NDArray
    candidates: NDArray  # scratch: candidates of a batch
    arisen: NDArray  # scratch: those of them that arise
    shared: NDArray  # scratch: those of these whose cause several claimants share
    choosers: NDArray  # scratch, (4, batch): disputes whose claimants choose, and what
    batch_keys: NDArray  # scratch, (4, batch): keys for chance of a batch
    draws: NDArray  # scratch, (30, batch): what is drawn for it
    choice: NDArray  # scratch, (30, batch): its choices (``resident.choose``)
    confidence: NDArray  # scratch, (levels of trust, batch): utility of claimants' trust
    appeal: NDArray  # (counties, opponents, forums): what speaks for each forum today, whoever the claimant is
    state: NDArray  # one record
    seed: int
    city: int
    first_village: int
    last_village: int  # exclusive
    first_county: int
    last_county: int
    first_township: int
    last_township: int
    townships: int  # of the province: rows of county centres follow
    counties: int  # of the province
    cities: int


def duration_bins() -> NDArray[np.int32]:
    """Bin of each whole number of days, up to the last edge."""
    days = np.arange(DURATION_EDGES[-1] + 1)
    return (np.searchsorted(DURATION_EDGES, days, side="right") - 1).astype(np.int32)


@compiled
def county_regime(world: World, county: int) -> Row:
    """The policy in force in a county's bodies: its centre, departments and hall."""
    return world.regime[world.centres[world.townships + county].regime]


@compiled
def begins_month(world: World, today: int, month: int) -> bool:
    """Whether today is the first of its month."""
    return today == 0 or world.month_of_day[today - 1] != month


class GroupFigure(IntEnum):
    """What is counted for groups of claimants, in the order of ``ledger.GROUP_FIGURES`` (tested)."""

    RAISED = 0
    DURABLE = 1
    UNRESOLVED = 2
    HELPED = 3
    DAYS = 4
    TRIPS = 5


_URBAN, _NEAR, _INCOME = GROUPS.index("urban"), GROUPS.index("near"), GROUPS.index("income_low")
_MIGRANT, _AGAINST = GROUPS.index("migrant"), GROUPS.index("against_peer")
_AN_HOUR = np.log(2.0)  # ln(1 + hours)


@compiled
def count_in_groups(world: World, dispute: Row, village: Row, month: int, figure: int, amount: int) -> None:
    """Books an amount of a figure for the groups a dispute's claimant belongs to."""
    groups = world.groups[village.county, month]
    groups[_URBAN + (village.urban == 0), figure] += amount
    groups[_NEAR + (village.log_hours[Forum.COUNTY] > _AN_HOUR), figure] += amount
    groups[_INCOME + dispute.income, figure] += amount
    groups[_MIGRANT + (dispute.is_migrant == 0), figure] += amount
    groups[_AGAINST + min(np.int64(dispute.opponent), np.int64(Opponent.COUNTY_AGENCY)), figure] += amount


@compiled
def new_row(world: World) -> np.int64:
    """A row for a new dispute."""
    state = world.state[0]
    if state.free > 0:
        state.free -= 1
        if state.free >= AHEAD:
            prefetch(world.disputes, world.free_rows[state.free - AHEAD], 0, 3)
        d = np.int64(world.free_rows[state.free])
    else:
        d = state.used
        state.used += 1
    return d


@compiled
def free_row(world: World, d: int) -> None:
    """Gives a dispute's row back."""
    state = world.state[0]
    unlink(world, d)
    leave_cause(world, world.disputes[d])
    world.disputes[d].stage = Stage.FREE
    world.free_rows[state.free] = d
    state.free += 1


@compiled
def note(world: World, dispute: Row, trust: int, forum: int, is_success: int) -> None:
    """Notes an outcome for the learn phase: the level of trust that learns from it (-1 for none), and the forum."""
    state = world.state[0]
    outcome = world.outcomes[state.outcomes]
    outcome.village = dispute.village
    outcome.claimant = dispute.claimant
    outcome.trust = trust
    if trust >= 0:
        outcome.baseline = dispute.traits[TRUST + trust]
    outcome.forum = forum
    outcome.is_success = is_success
    state.outcomes += 1


@compiled
def leave_pool(world: World, d: int, today: int, month: int) -> None:
    """The dispute leaves the queue of its pool without having been called."""
    dispute = world.disputes[d]
    place = world.pools[dispute.pool]
    leave(world.pools, dispute.pool, world.disputes, d)
    world.staffing[place.county, place.level, QUEUED] -= 1
    world.work[place.county, month, place.level, LEFT_DAYS] += today - dispute.queued_on


@compiled
def list_pool(world: World, pool: int) -> None:
    """Puts a pool on today's list of pools to serve, once."""
    place = world.pools[pool]
    if place.is_listed == 0:
        place.is_listed = 1
        state = world.state[0]
        world.listed[state.listed] = pool
        state.listed += 1


@compiled
def free_slot(world: World, m: int) -> None:
    """A case in the hands of a mediator ends; somebody else of the queue may have the slot."""
    mediator = world.mediators[m]
    mediator.caseload -= 1
    place = world.pools[mediator.pool]
    world.staffing[place.county, place.level, BUSY] -= 1
    if mediator.slots > 0:
        place.free_slots += 1
    else:  # who has left had this slot to finish the case in, and takes no other
        world.staffing[place.county, place.level, SLOTS] -= 1
    list_pool(world, mediator.pool)


@compiled
def wait_in_pool(world: World, d: int, pool: int, today: int) -> None:
    """The dispute will join the pool's queue in the work phase, where a day's entrants are put in order."""
    state = world.state[0]
    dispute = world.disputes[d]
    dispute.pool = pool
    dispute.stage = Stage.QUEUED
    dispute.since = today
    dispute.due = NEVER
    link(world, d, today)
    world.entrants[state.entrants] = order_key(dispute, d, world.first_village)
    state.entrants += 1
