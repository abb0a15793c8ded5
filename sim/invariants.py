"""What must hold at the start of every day, whatever the scenario: accounts that balance and links that meet.

``check`` looks at the whole state once, in about the time of a few days of the model; the run path calls it at the end
of every run. It never changes anything.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.agenda import BUCKETS, ENTRIES, LAST, PAGE, PAGE_BITS
from sim.agents.dispute import NEVER, Call, Forum, Stage
from sim.agents.dispute_kind import DEPARTMENTS, KINDS
from sim.agents.petition_office import office_of
from sim.compilation import compiled_once
from sim.ledger import (
    CENTRE_LEVELS,
    CHANNELS,
    DISPUTE_KINDS,
    DIVISIONS,
    EVENTS,
    FORUMS,
    GROUP_FIGURES,
    GROUPS,
    LONG_WAIT,
    MONTHLY_FIGURES,
    ORIGINS,
    PETITION_LEVELS,
    WORK_FIGURES,
    WORK_LEVELS,
    event,
)
from sim.memory import aligned_zeros
from sim.province import Province
from sim.staff import minutes_of_pools, slots_of_pools
from sim.state import State
from sim.world import BUSY, MINUTES, QUEUED, SLOTS


class BrokenInvariant(RuntimeError):
    """Something of a run that must always hold does not: the model or an agent of the user's has a defect."""


SLOT_DAYS, BUSY_DAYS = WORK_FIGURES.index("slot_days"), WORK_FIGURES.index("busy_days")
COURT_WORK = WORK_LEVELS.index("court")
SETTLED = (*(f"durable_{forum}" for forum in FORUMS[1:]), "settled_on_spot", "police_durable")
CONCEDED = tuple(f"conceded_persons_{level}" for level in PETITION_LEVELS[1:])
STAGES = len(Stage)

_office_of = office_of


def check(state: State, province: Province, today: int, open_on: NDArray[np.int32]) -> None:
    """Checks the state at the start of day ``today`` (days since the calendar's start); ``open_on`` as in the almanac.

    Raises:
        BrokenInvariant: one line for everything that does not hold, with both sides of the account.
    """
    broken = list(_broken(state, province, today, open_on))
    if broken:
        raise BrokenInvariant(f"after {today} days: " + "; ".join(broken))


def _broken(state: State, province: Province, today: int, open_on: NDArray[np.int32]) -> Iterator[str]:
    found = _scan(state, province, today, open_on)
    yield from found.broken
    totals = dict(zip(EVENTS, state.counts.sum(axis=(0, 1, 2), dtype=np.int64).tolist(), strict=True))
    yield from _disputes(state, totals, found)
    yield from _petitions(state, totals, found)
    yield from _work(state, totals, found)
    yield from _groups(state, totals)
    yield from _centres(state, totals)
    yield from _bounds(state)


def _differ(what: str, one: object, other: object) -> Iterator[str]:
    """A line when two sides of an account differ; of arrays, the first place where they do."""
    left, right = np.asarray(one), np.asarray(other)
    apart = np.argwhere(left != right)
    if len(apart):
        place = tuple(int(index) for index in apart[0])
        where = f" at {place}" if place else ""
        yield f"{what}{where}: {left[place]} is not {right[place]}"


def _disputes(state: State, totals: dict[str, int], found: Scanned) -> Iterator[str]:
    stages = found.stages
    free = int(stages[Stage.FREE])
    still_open = int(stages.sum()) - free - int(stages[Stage.LAPSED] + stages[Stage.HOLDING])
    ended = sum(totals[name] for name in (*SETTLED, *CONCEDED, "protected", "lumped", "gave_up"))
    yield from _differ(
        "disputes raised, taken up again and come back, against settled, conceded, protected, given up and open",
        sum(totals[name] for name in ("raised", "reactivated", "returned_late", "founded_standing")),
        ended + still_open,
    )
    yield from _differ("free rows of disputes", sum(int(each["free"][0]) for each in state.states), free)
    first = sum(totals[f"first_{forum}"] for forum in FORUMS)
    without = sum(totals[name] for name in ("protected", "hidden_by_norms", "settled_on_spot", "first_police"))
    yield from _differ(
        "disputes raised, against first choices and those without one",
        totals["raised"],
        first + without + int(stages[Stage.LATENT]),
    )
    yield from _differ(
        "matters that the police settled, against those that hold and those that do not",
        totals["police_settled"],
        totals["police_durable"] + totals["police_nominal"],
    )
    if totals["police_settled"] + totals["police_passed"] > totals["police_called"]:
        yield "the police settled or passed on more matters than they were called to"
    clocks = state.durations.sum(axis=(0, 1, 3, 4))
    yield from _differ(
        "disputes raised and not protected, against first ends and those without one",
        totals["raised"] - totals["protected"],
        int(clocks[0] + found.running[0]),
    )
    yield from _differ(
        "disputes that reached an office, against first ends and those without one",
        totals["reached_office"],
        int(clocks[1] + found.running[1]),
    )


def _petitions(state: State, totals: dict[str, int], found: Scanned) -> Iterator[str]:
    for number, level in enumerate(PETITION_LEVELS):
        presented = sum(totals[f"presented_{channel}_{level}"] for channel in CHANNELS)
        decided = totals[f"accepted_{level}"] + totals[f"not_accepted_{level}"]
        yield from _differ(f"petitions presented to the {level}, against accepted and not", presented, decided)
        offices = state.offices[state.offices["level"] == number]
        for what in ("presented", "registered"):
            events = [f"{first}{what}_{channel}_{level}" for first in ("", "repeat_") for channel in CHANNELS]
            booked = sum(totals[name] for name in events)
            yield from _differ(f"petitions {what} at the {level}, against its offices", booked, offices[what].sum())
        yield from _differ(
            f"petitions accepted by the {level}, against its offices",
            totals[f"accepted_{level}"],
            offices["accepted"].sum(),
        )
    for name, persons in totals.items():
        visits = totals.get(name.replace("_persons_", "_visit_"), 0)
        if persons < visits:
            yield f"{name}: {persons}, in {visits} visits"
    for level in PETITION_LEVELS[1:]:
        concessions, persons = totals[f"conceded_{level}"], totals[f"conceded_persons_{level}"]
        if persons < concessions:
            yield f"{concessions} concessions at the {level} to {persons} persons"
    accepted = sum(totals[f"accepted_{level}"] for level in PETITION_LEVELS)
    closed = totals["petition_closed_in_time"] + totals["petition_closed_late"]
    yield from _differ(
        "petitions accepted, against closed and in process", accepted, closed + int(found.in_process.sum())
    )
    yield from _differ("petitions in process by office", state.offices["in_process"], found.in_process)
    cells = len(PETITION_LEVELS) * len(CHANNELS)
    for first in ("", "repeat_"):
        presented, registered = (event(f"{first}{what}_visit_county") for what in ("presented", "registered"))
        over = state.counts[..., registered : registered + cells] > state.counts[..., presented : presented + cells]
        if over.any():
            county, month, kind, cell = np.argwhere(over)[0]
            name = EVENTS[registered + cell]
            yield f"more {name} than presented: county {county}, month {month}, {DISPUTE_KINDS[kind]}"


def _work(state: State, totals: dict[str, int], found: Scanned) -> Iterator[str]:
    pools, mediators = state.pools, state.mediators
    caseload = np.bincount(mediators["pool"], mediators["caseload"], len(pools)).astype(np.int64)
    slots = np.bincount(mediators["pool"], mediators["slots"], len(pools)).astype(np.int64)
    yield from _differ("cases in work by mediator", mediators["caseload"], found.caseload)
    yield from _differ("cases in the queue by pool", pools["queued"], found.queued)
    of_employed = np.bincount(mediators["pool"], mediators["caseload"] * (mediators["slots"] > 0), len(pools))
    yield from _differ("free slots by pool", pools["free_slots"], slots - of_employed.astype(np.int64))
    yield from _differ("open whistles by department", state.departments["open_whistles"], found.whistles)
    employed = mediators["slots"] > 0
    if (mediators["caseload"][employed] > mediators["slots"][employed]).any():
        yield "a mediator has more cases than slots"
    idle = np.flatnonzero((pools["queued"] > 0) & (pools["free_slots"] > 0) & (pools["mediators"] > 0))
    if len(idle):
        yield f"pool {idle[0]} has free slots and a queue"
    for figure, what, of_pools in (
        (SLOTS, "slots", slots_of_pools(pools, mediators)),
        (BUSY, "busy slots", caseload),
        (QUEUED, "queues", pools["queued"]),
        (MINUTES, "minutes a day", minutes_of_pools(pools, mediators)),
    ):
        total = np.zeros(state.staffing.shape[:2], np.int64)
        np.add.at(total, (pools["county"], pools["level"]), of_pools)
        yield from _differ(f"{what} by county and work level", state.staffing[..., figure], total)
    work = dict(zip(WORK_FIGURES, state.work.sum(axis=1).transpose(2, 0, 1), strict=True))
    figures = state.work[:, :, :COURT_WORK]
    if (figures[..., BUSY_DAYS] > figures[..., SLOT_DAYS]).any():
        county, month, level = np.argwhere(figures[..., BUSY_DAYS] > figures[..., SLOT_DAYS])[0]
        yield f"utilisation above 1: county {county}, month {month}, {WORK_LEVELS[level]}"
    if (work["waited_long"] > work["started"]).any() or (work["waited_long"] * LONG_WAIT > work["wait_days"]).any():
        yield "more cases waited long than were started, or than days were waited"
    waits = work["wait_days"] + work["left_days"] + found.waiting
    yield from _differ(
        "days in the queue, day by day and case by case, by county and work level (Little)",
        work["queue_days"][:, :COURT_WORK],
        waits[:, :COURT_WORK],
    )
    yield from _differ(
        "cases started, against mediations and refusals",
        work["started"][:, :COURT_WORK].sum(),
        totals["mediation_started"] + totals["party_refused"],
    )


def _groups(state: State, totals: dict[str, int]) -> Iterator[str]:
    unresolved = totals["lumped"] + totals["gave_up"] - totals["reactivated"]
    durable = sum(totals[name] for name in SETTLED)
    for figure, booked in (("raised", totals["raised"]), ("durable", durable), ("unresolved", unresolved)):
        of_groups = state.groups[..., GROUP_FIGURES.index(figure)].sum(axis=(0, 1))
        for division in DIVISIONS:
            everybody = sum(int(of_groups[GROUPS.index(group)]) for group in division)
            yield from _differ(f"{figure} by {' and '.join(division)}", everybody, booked)


def _centres(state: State, totals: dict[str, int]) -> Iterator[str]:
    for level in CENTRE_LEVELS:
        accepted = sum(totals[f"accepted_from_{origin}_{level}"] for origin in ORIGINS)
        received = state.monthly[..., MONTHLY_FIGURES.index(f"received_{level}")].sum()
        if accepted > received:
            yield f"working centres of the {level} accepted {accepted} matters and received {received:g} visits"


def _bounds(state: State) -> Iterator[str]:
    for name, array in (
        ("counts", state.counts),
        ("durations", state.durations),
        ("work", state.work),
        ("monthly", state.monthly),
        ("cost", state.cost),
        ("backlogs", state.courts["backlog"]),
        ("effort", state.governments["effort"]),
        ("yuan conceded", state.governments["conceded"]),
    ):
        if not array.min(initial=0) >= 0:
            yield f"{name}: {array.min()} is below 0"
    for name, shares in (
        ("concealment", state.governments["concealment"]),
        ("reputation in villages", state.villages["reputation"]),
        ("reputation in counties", state.governments["reputation"]),
        ("requests met", state.halls["met"]),
        ("residents who know a centre", state.centres["known"]),
        ("lessons of petitioning", state.villages["lesson"]),
    ):
        if not (shares.min() >= 0 and shares.max() <= 1):
            yield f"{name}: from {shares.min()} to {shares.max()} is not within 0 and 1"


class Scanned:
    """What one pass over all disputes found, counted from the disputes alone."""

    def __init__(self, state: State) -> None:
        self.stages = np.zeros(STAGES, np.int64)
        self.queued = np.zeros(len(state.pools), np.int64)
        self.waiting = np.zeros(state.staffing.shape[:2], np.int64)  # days in the queue so far, by county and level
        self.caseload = np.zeros(len(state.mediators), np.int64)
        self.in_process = np.zeros(len(state.offices), np.int64)
        self.running = np.zeros(2, np.int64)  # clocks from the grievance and from an office
        self.whistles = np.zeros(len(state.departments), np.int64)
        self.broken: list[str] = []


FAULTS = (
    "a dispute stands in a bucket of the agenda that is over",
    "a dispute that waits for a day stands in no bucket of the agenda, or one that does not in some",
    "a petition is in process at a forum that takes none",
    "a queue's links do not meet its disputes",
    "a day's bucket holds a dispute that does not belong there",
)
"""What a pass over a city's disputes may find, in the order of its answer."""


def _scan(state: State, province: Province, today: int, open_on: NDArray[np.int32]) -> Scanned:
    found = Scanned(state)
    offices = len(province.counties), len(province.cities)
    for city, place in enumerate(province.cities):
        first = int(state.first_dispute[city])
        rows = state.disputes[first : int(state.first_dispute[city + 1])]
        counties = int(place["first_county"]), int(place["first_county"] + place["counties"])
        by_cause = aligned_zeros((4, len(rows)), np.int64)  # members, those open, linked and carried
        faults = _scan_city(
            rows, int(state.states[city]["used"][0]), state.villages, state.pools, state.agendas[city],
            state.pages[city], open_on, today, city,
            *counties, *offices, found.stages, found.queued, found.waiting, found.caseload, found.in_process,
            *by_cause, found.whistles, found.running,
        )  # fmt: skip
        code = int(place["code"])
        found.broken += [f"city {code}: {text}" for text, number in zip(FAULTS, faults, strict=True) if number]
        found.broken += [f"city {code}: {text}" for text in _causes(state.causes[first : first + len(rows)], by_cause)]
    return found


_DEPARTMENT_OF_KIND = np.ascontiguousarray(KINDS["department"])


def _causes(causes: NDArray, by_cause: NDArray[np.int64]) -> Iterator[str]:
    stands = causes["members"] > 0
    leads = stands & (causes["leader"] >= 0)
    members, is_open, linked, carried = by_cause
    yield from _differ("disputes by cause", causes["members"], members)
    yield from _differ("open disputes by cause", causes["open"] * stands, is_open)
    yield from _differ("linked disputes by cause", causes["failed"] * stands, linked)
    yield from _differ("disputes that another one leads by cause", (causes["matters"] - 1) * leads, carried)


@compiled_once
def _scan_city(
    disputes: NDArray,
    used: int,
    villages: NDArray,
    pools: NDArray,
    agenda: NDArray,
    pages: NDArray,
    open_on: NDArray,
    today: int,
    city: int,
    first_county: int,
    last_county: int,
    counties: int,
    cities: int,
    stages: NDArray,
    queued: NDArray,
    waiting: NDArray,
    caseload: NDArray,
    in_process: NDArray,
    members: NDArray,
    is_open: NDArray,
    linked: NDArray,
    carried: NDArray,
    whistles: NDArray,
    running: NDArray,
) -> tuple[int, int, int, int, int]:
    """Counts what a city's disputes say of themselves; gives how often each of ``FAULTS`` was found."""
    overdue = misplaced = nowhere = broken_queues = strangers = 0
    standing = 0
    for d in range(used):
        dispute = disputes[d]
        stage = dispute.stage
        stages[stage] += 1
        if stage == Stage.FREE:
            continue
        if dispute.cause >= 0:
            members[dispute.cause] += 1
            is_open[dispute.cause] += stage not in (Stage.LAPSED, Stage.RELAPSING, Stage.HOLDING)
            carried[dispute.cause] += stage == Stage.CARRIED
        village = villages[dispute.village]
        day = min(dispute.due, dispute.repeat_on)
        if dispute.bucket >= 0:
            standing += 1
            opens = open_on[day] if 0 <= day < len(open_on) else day
            overdue += opens < today
        misplaced += (dispute.bucket >= 0) != (day < NEVER)
        running[0] += dispute.is_timed == 0 and dispute.opened >= 0
        running[1] += dispute.reached_on >= 0
        if dispute.is_linked != 0 and stage != Stage.LAPSED:
            linked[dispute.cause] += 1
        if stage == Stage.QUEUED:
            pool = pools[dispute.pool]
            queued[dispute.pool] += 1
            waiting[pool.county, pool.level] += today - dispute.queued_on
        elif stage == Stage.IN_WORK and dispute.mediator >= 0:
            caseload[dispute.mediator] += 1
        elif stage == Stage.AWAITING_ANSWER and dispute.call == Call.WHISTLE:
            whistles[village.county * len(DEPARTMENTS) + _DEPARTMENT_OF_KIND[dispute.kind]] += 1
        if dispute.accepted_on >= 0:
            level = dispute.forum - Forum.PETITION_COUNTY
            if level < 0:
                nowhere += 1
            else:
                in_process[_office_of(level, village.county, city, counties, cities)] += 1
    for p in range(len(pools)):
        pool = pools[p]
        if not first_county <= pool.county < last_county:
            continue
        d, last, number = np.int64(pool.head), -1, 0  # type: ignore[assignment]
        while d >= 0 and number <= pool.queued:
            is_here = disputes[d].stage == Stage.QUEUED and disputes[d].pool == p
            broken_queues += not (is_here and disputes[d].before_in_queue == last)
            last = d
            d = np.int64(disputes[d].next_in_queue)  # type: ignore[assignment]
            number += 1
        broken_queues += number != pool.queued or last != pool.tail
    reached = 0
    for bucket in range(BUCKETS):
        page, entries = np.int64(agenda[bucket, LAST]), np.int64(agenda[bucket, ENTRIES])
        while page >= 0 and reached <= standing:
            for n in range(1, entries + 1):
                dispute = disputes[pages[page, n]]
                strangers += dispute.bucket != bucket or dispute.place != (page << PAGE_BITS) | n
                reached += 1
            page, entries = np.int64(pages[page, 0]), PAGE  # type: ignore[assignment]
    strangers += reached != standing
    return overdue, misplaced, nowhere, broken_queues, strangers
