"""A city's agenda: which disputes are due on which day and in which phase of it, and in what order they are taken.

Every day and phase has a bucket: a chain of pages, each a cache line with room for ``PAGE`` disputes, of which only
the last is not full. A dispute stands in one bucket at most and knows its place there; who leaves gives that place to
the last of the bucket. So a dispute is found at once, and a bucket is read line by line without following disputes.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.dispute import NEVER, ORDINAL_BITS
from sim.compilation import compiled
from sim.memory import prefetch
from sim.records import Row


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
"""Days the agenda looks ahead; what is due later is put at its far end and looked at again."""

BUCKETS = PHASES * HORIZON

NOWHERE = -1
"""The bucket of a dispute that stands in none; the page before the first."""

PAGE_BITS = 4
PAGE = (1 << PAGE_BITS) - 1
"""Disputes on a page; its first number is the page before it."""

PAGE_NUMBERS = PAGE + 1

LAST, ENTRIES = range(2)
"""Figures of a bucket: its last page and the disputes on that page."""

VILLAGE_BITS, ROW_BITS = 16, 25
"""A dispute's place in the order of a day packed into one int64: village within the city, ordinal, row."""


def pages_needed(rows: int) -> int:
    """Pages that are enough for ``rows`` disputes, however they are spread over the buckets."""
    return rows // PAGE + BUCKETS


def empty_agenda() -> np.ndarray:
    """Buckets in which nothing stands, int32, shape (buckets, 2): a page of its own is taken for the first entry."""
    agenda = np.empty((BUCKETS, 2), np.int32)
    agenda[:, LAST] = NOWHERE
    agenda[:, ENTRIES] = PAGE
    return agenda


@compiled
def bucket_of(phase: int, day: int) -> int:
    """Row of the agenda for a phase of a day."""
    return phase * HORIZON + day % HORIZON


@compiled
def unlink(world: Any, d: int) -> None:
    """Takes a dispute out of its bucket, if it stands in one."""
    dispute = world.disputes[d]
    bucket = dispute.bucket
    if bucket < 0:
        return
    page, entries = world.agenda[bucket, LAST], world.agenda[bucket, ENTRIES]
    last = world.pages[page, entries]
    place = dispute.place
    world.pages[place >> PAGE_BITS, place & PAGE] = last
    world.disputes[last].place = place
    dispute.bucket = NOWHERE
    if entries > 1:
        world.agenda[bucket, ENTRIES] = entries - 1
    else:
        world.agenda[bucket, LAST] = world.pages[page, 0]
        world.agenda[bucket, ENTRIES] = PAGE
        free_page(world, page)


@compiled
def open_day(world: Any, day: np.int64) -> np.int64:
    """The first day, from one on, on which offices are open."""
    return np.int64(world.open_on[day]) if 0 <= day < len(world.open_on) else day


@compiled
def link(world: Any, d: int, today: int) -> None:
    """Puts a dispute into the bucket of whichever comes first: the end of its stage or its repeat petition.

    On the same day that is the repeat: the day's claims come before offices and mediators. What would fall on a day on
    which offices are closed is put on the next open one; grid workers go round on any day.
    """
    unlink(world, d)
    dispute = world.disputes[d]
    day, phase = np.int64(dispute.due), np.int64(dispute.phase)
    if phase != Phase.PATROL:
        day = open_day(world, day)
    repeat_on = open_day(world, max(np.int64(dispute.repeat_on), np.int64(today + 1)))  # today's claims are over
    if repeat_on <= day:
        day, phase = repeat_on, np.int64(Phase.CLAIM)
    if day >= NEVER:
        return
    bucket = bucket_of(phase, min(day, today + HORIZON - 1))
    page, entries = np.int64(world.agenda[bucket, LAST]), world.agenda[bucket, ENTRIES]
    if entries == PAGE:
        before = page
        page, entries = new_page(world), 0
        world.pages[page, 0] = before
        world.agenda[bucket, LAST] = page
    entries += 1
    world.pages[page, entries] = d
    world.agenda[bucket, ENTRIES] = entries
    dispute.bucket = bucket
    dispute.place = (page << PAGE_BITS) | entries


@compiled
def new_page(world: Any) -> np.int64:
    """A page for a bucket."""
    state = world.state[0]
    page = np.int64(state.free_page)
    if page >= 0:
        state.free_page = world.pages[page, 0]
        return page
    page = state.used_pages
    state.used_pages += 1
    return page


@compiled
def free_page(world: Any, page: int) -> None:
    """Gives a page back: free pages are a chain like those of a bucket."""
    state = world.state[0]
    world.pages[page, 0] = state.free_page
    state.free_page = page


@compiled
def enter(world: Any, d: int, stage: int, phase: int, due: int, today: int) -> None:
    """A dispute enters a stage that ends on day ``due`` in a phase of that day."""
    dispute = world.disputes[d]
    dispute.stage = stage
    dispute.phase = phase
    dispute.due = due
    dispute.since = today
    link(world, d, today)


@compiled
def order_key(dispute: Row, d: int, first_village: int) -> np.int64:
    """The dispute's place in the order of a day."""
    place = np.int64(dispute.village - first_village)
    return (place << (ORDINAL_BITS + ROW_BITS)) | (np.int64(dispute.ordinal) << ROW_BITS) | np.int64(d)


@compiled
def row_of(key: np.int64) -> np.int64:
    """The dispute row packed into a key."""
    return key & ((np.int64(1) << ROW_BITS) - 1)


@compiled
def place_of(key: np.int64) -> np.int64:
    """The village, counted within its city, packed into a key."""
    return key >> (ORDINAL_BITS + ROW_BITS)


FEW = 24
"""Keys up to which insertion alone sorts fastest."""


@compiled
def sort(keys: NDArray, spare: NDArray, number: int, counters: NDArray) -> None:
    """Sorts the first ``number`` keys: distributes them by village, then inserts the few of each village in order.

    ``spare`` and ``counters`` are working memory, as long as ``keys`` and as the city has villages, and one more.
    """
    if number <= FEW:
        for n in range(number):
            spare[n] = keys[n]
    else:
        counters[:] = 0
        for n in range(number):
            counters[place_of(keys[n]) + 1] += 1
        for village in range(1, len(counters)):
            counters[village] += counters[village - 1]
        for n in range(number):
            village = place_of(keys[n])
            spare[counters[village]] = keys[n]
            counters[village] += 1
    for n in range(number):
        key = spare[n]
        place = n
        while place > 0 and keys[place - 1] > key:
            keys[place] = keys[place - 1]
            place -= 1
        keys[place] = key


AHEAD = 8
"""Disputes that are asked for before their turn."""


@compiled
def due_row(world: Any, n: int, due: int) -> np.int64:
    """Row of the ``n``-th of the disputes due; what phases need of one a few places on is asked for meanwhile."""
    if n + AHEAD < due:
        later = row_of(world.keys[0, n + AHEAD])
        prefetch(world.disputes, later, 0, 3)
        prefetch(world.villages, world.disputes[later].village, 0, 3)
    return row_of(world.keys[0, n])


@compiled
def take_due(world: Any, phase: int, today: int) -> int:
    """Takes what is due today in a phase out of the agenda, in order, into the first row of ``keys``; their number."""
    disputes, keys = world.disputes, world.keys
    bucket = bucket_of(np.int64(phase), today)
    page, entries = np.int64(world.agenda[bucket, LAST]), np.int64(world.agenda[bucket, ENTRIES])
    world.agenda[bucket, LAST] = NOWHERE
    world.agenda[bucket, ENTRIES] = PAGE
    number = 0
    while page >= 0:
        for n in range(1, entries + 1):
            d = world.pages[page, n]
            prefetch(disputes, d, 0, 1)
            keys[1, number] = d
            number += 1
        before = np.int64(world.pages[page, 0])
        free_page(world, page)
        page, entries = before, PAGE  # type: ignore[assignment]
    due = 0
    for n in range(number):
        d = keys[1, n]
        dispute = disputes[d]
        dispute.bucket = NOWHERE
        if min(dispute.due, dispute.repeat_on) > today:  # stood at the far end of the agenda
            link(world, d, today)
        else:
            keys[0, due] = order_key(dispute, d, world.first_village)
            due += 1
    sort(keys[0], keys[1], due, world.counters)
    return due
