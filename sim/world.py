"""The state of one city as the compiled day sees it, and its calendar of what is due.

Cities are independent within a year: a ``World`` holds the province's arrays, of which a city's day reads and writes
its own rows only, and the arrays that are the city's own.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.agents.dispute import NEVER, ORDINAL_BITS, Forum, Opponent, Stage
from sim.compilation import compiled
from sim.ledger import DURATION_EDGES, GROUPS


class Phase(IntEnum):
    """The phases of a day in which something can fall due, in the order of the day."""

    PATROL = 0
    CLAIM = 1
    INTAKE = 2
    WHISTLE = 3
    WORK = 4
    SETTLE = 5


PHASES = len(Phase)
HORIZON = 512
"""Days the calendar looks ahead; what is due later is put at its far end and looked at again."""

VILLAGE_BITS, ROW_BITS = 16, 25
"""A dispute's place in the order of a day packed into one int64: village within the city, ordinal, row."""

SLOTS, BUSY, QUEUED = range(3)
"""Figures of ``World.staffing``."""

CITY_STATE = np.dtype(
    [
        ("used", np.int64),  # rows of disputes ever used
        ("free", np.int64),  # rows on the stack of free rows
        ("entrants", np.int64),  # disputes that join a queue today
        ("listed", np.int64),  # pools to serve today
        ("outcomes", np.int64),  # outcomes to learn from today
        ("month", np.int64),  # month of the run up to which villages have been watched
    ],
    align=True,
)

OUTCOME = np.dtype(
    [
        ("village", np.int32),
        ("claimant", np.int32),
        ("trust", np.int8),  # level of trust that learns, -1 for none
        ("forum", np.int8),  # forum whose reputation learns, -1 for none
        ("is_success", np.int8),
    ],
    align=True,
)
"""Something a claimant, and perhaps the village, learns from at the end of the day."""


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
    linked: NDArray  # (townships, kinds): disputes of one place and kind whose claimants have failed before
    threat: NDArray  # (townships, kinds): enough of them last night to act together
    counts: NDArray  # ledger, (counties, months, kinds, events)
    durations: NDArray  # ledger
    work: NDArray  # ledger
    groups: NDArray  # ledger
    monthly: NDArray  # ledger
    staffing: NDArray  # (counties, work levels, 3): slots, busy, queued now
    near_news: NDArray  # (villages, near forums, 2): real settlements and tries today
    far_news: NDArray  # (counties, forums, 2)
    behaviour: NDArray  # one record
    kinds: NDArray
    duration_bin: NDArray  # days -> bin of the ledger
    month_of_day: NDArray  # day -> month of the ledger
    # of the city
    regime: NDArray  # one record: the policy as in force this month
    disputes: NDArray
    free_rows: NDArray
    calendar: NDArray  # (phases, horizon): first dispute of each day's bucket
    keys: NDArray  # scratch: today's due disputes in order; second row for sorting
    entrants: NDArray
    listed: NDArray
    outcomes: NDArray
    choice: NDArray  # scratch of one choice: utilities, weights of forums, weights of nests
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
def count_in_groups(world, dispute, village, month, figure, amount):
    """Books an amount of a figure for the groups a dispute's claimant belongs to."""
    groups = world.groups[village.county, month]
    groups[_URBAN + (village.urban == 0), figure] += amount
    groups[_NEAR + (village.log_hours[Forum.COUNTY] > _AN_HOUR), figure] += amount
    groups[_INCOME + dispute.income, figure] += amount
    groups[_MIGRANT + (dispute.is_migrant == 0), figure] += amount
    groups[_AGAINST + min(np.int64(dispute.opponent), np.int64(Opponent.COUNTY_AGENCY)), figure] += amount


@compiled
def unlink(disputes, calendar, d):
    """Takes a dispute out of its day bucket, if it stands in one."""
    dispute = disputes[d]
    if dispute.linked_on < 0:
        return
    if dispute.earlier >= 0:
        disputes[dispute.earlier].later = dispute.later
    else:
        calendar[dispute.linked_phase, dispute.linked_on % HORIZON] = dispute.later
    if dispute.later >= 0:
        disputes[dispute.later].earlier = dispute.earlier
    dispute.linked_on = -1


@compiled
def link(disputes, calendar, d, today):
    """Puts a dispute into the bucket of whichever comes first: the end of its stage or its repeat petition.

    On the same day that is the repeat: the day's claims come before offices and mediators.
    """
    unlink(disputes, calendar, d)
    dispute = disputes[d]
    day, phase = dispute.due, np.int64(dispute.phase)
    repeat_on = max(dispute.repeat_on, today + 1)  # today's claims are over
    if repeat_on <= day:
        day, phase = repeat_on, np.int64(Phase.CLAIM)
    if day >= NEVER:
        return
    day = min(day, today + HORIZON - 1)
    first = calendar[phase, day % HORIZON]
    dispute.linked_on = day
    dispute.linked_phase = phase
    dispute.earlier = -1
    dispute.later = first
    if first >= 0:
        disputes[first].earlier = d
    calendar[phase, day % HORIZON] = d


@compiled
def enter(disputes, calendar, d, stage, phase, due, today):
    """A dispute enters a stage that ends on day ``due`` in a phase of that day."""
    dispute = disputes[d]
    dispute.stage = stage
    dispute.phase = phase
    dispute.due = due
    dispute.since = today
    link(disputes, calendar, d, today)


@compiled
def order_key(dispute, d, first_village):
    """The dispute's place in the order of a day."""
    place = np.int64(dispute.village - first_village)
    return (place << (ORDINAL_BITS + ROW_BITS)) | (np.int64(dispute.ordinal) << ROW_BITS) | np.int64(d)


@compiled
def row_of(key):
    """The dispute row packed into a key."""
    return key & ((np.int64(1) << ROW_BITS) - 1)


RUN = 12
"""Length of the runs that are sorted by insertion before merging."""


@compiled
def sort(keys, spare, number):
    """Sorts the first ``number`` keys: insertion within short runs, then merging; ``spare`` is working memory."""
    for start in range(0, number, RUN):
        stop = min(start + RUN, number)
        for n in range(start + 1, stop):
            key = keys[n]
            place = n
            while place > start and keys[place - 1] > key:
                keys[place] = keys[place - 1]
                place -= 1
            keys[place] = key
    width = RUN
    while width < number:
        for start in range(0, number, 2 * width):
            left, middle = start, min(start + width, number)
            right, stop = middle, min(start + 2 * width, number)
            for n in range(start, stop):
                if left < middle and (right >= stop or keys[left] <= keys[right]):
                    spare[n] = keys[left]
                    left += 1
                else:
                    spare[n] = keys[right]
                    right += 1
        for n in range(number):
            keys[n] = spare[n]
        width *= 2


@compiled
def take_due(disputes, calendar, phase, today, first_village, keys):
    """Takes what is due today in a phase out of the calendar, into the first row of ``keys``; gives their number.

    Nothing depends on the order in which the bucket was filled: the keys are sorted.
    """
    d = calendar[phase, today % HORIZON]
    calendar[phase, today % HORIZON] = -1
    due = 0
    while d >= 0:
        dispute = disputes[d]
        following = dispute.later
        dispute.linked_on = -1
        if min(dispute.due, dispute.repeat_on) > today:  # stood at the far end of the calendar
            link(disputes, calendar, d, today)
        else:
            keys[0, due] = order_key(dispute, d, first_village)
            due += 1
        d = following
    sort(keys[0], keys[1], due)
    return due


@compiled
def new_row(free_rows, state):
    """A row for a new dispute."""
    if state.free > 0:
        state.free -= 1
        d = free_rows[state.free]
    else:
        d = state.used
        state.used += 1
    return d


@compiled
def free_row(disputes, calendar, free_rows, state, d):
    """Gives a dispute's row back."""
    unlink(disputes, calendar, d)
    disputes[d].stage = Stage.FREE
    free_rows[state.free] = d
    state.free += 1


@compiled
def note(outcomes, state, village, claimant, trust, forum, is_success):
    """Notes an outcome for the learn phase."""
    outcome = outcomes[state.outcomes]
    outcome.village = village
    outcome.claimant = claimant
    outcome.trust = trust
    outcome.forum = forum
    outcome.is_success = is_success
    state.outcomes += 1


@compiled
def wait_in_pool(world, d, pool, today):
    """The dispute will join the pool's queue in the work phase, where a day's entrants are put in order."""
    state = world.state[0]
    dispute = world.disputes[d]
    dispute.pool = pool
    dispute.stage = Stage.QUEUED
    dispute.due = NEVER
    link(world.disputes, world.calendar, d, today)
    world.entrants[state.entrants] = order_key(dispute, d, world.first_village)
    state.entrants += 1
