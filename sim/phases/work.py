"""Phase 6: mediators, petition handlers and courts advance and finish cases."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agenda import Phase, due_row, enter, row_of, sort, take_due
from sim.agents.centre import call_next, join
from sim.agents.court import Court
from sim.agents.dispute import Forum, Opponent, Stage, draw, draw_quad
from sim.agents.dispute_kind import MEDIATION_KINDS, MediationKind
from sim.agents.mediator import Mediator, service_factor
from sim.chance import Purpose
from sim.compilation import compiled
from sim.ledger import CENTRE_WORK, LONG_WAIT, WORK_FIGURES, WORK_LEVELS, event
from sim.phases.wait import bear_waiting, stop_petitions
from sim.records import Row
from sim.world import BUSY, MINUTES, QUEUED, SLOTS, World, free_slot, list_pool

STARTED, RUSHED = event("mediation_started"), event("rushed")
VILLAGE_WORK, TOWNSHIP_WORK, COUNTY_WORK, CITY_WORK, COURT_WORK = (
    WORK_LEVELS.index(name) for name in ("village", "township", "county", "city", "court")
)
SLOT_DAYS, BUSY_DAYS, WAIT_DAYS, STARTED_CASES, QUEUE, QUEUE_DAYS, _, WANTED, THERE, LONG = range(len(WORK_FIGURES))
TWICE = 1.25
"""Work on a matter that was registered twice, of a single one (assumed)."""

_sit = Court.sit
_skill = Mediator.skill
_shortage = Mediator.shortage


@compiled
def work(world: World, today: int, month: int) -> None:
    """Courts sit, cases end, entrants queue, free mediators take the oldest case of their queue."""
    for county in range(world.first_county, world.last_county):
        hold_court(world, county, today, month)
    finish(world, today)
    queue_entrants(world, today)
    state = world.state[0]
    for n in range(state.listed):
        start_cases(world, world.listed[n], today, month)
    keep_waiting(world, today)
    for county in range(world.first_county, world.last_county):
        for level in range(COURT_WORK):
            figures = world.work[county, month, level]
            figures[SLOT_DAYS] += world.staffing[county, level, SLOTS]
            figures[BUSY_DAYS] += world.staffing[county, level, BUSY]
            figures[QUEUE] = world.staffing[county, level, QUEUED]
            figures[QUEUE_DAYS] += world.staffing[county, level, QUEUED]
            figures[THERE] += world.staffing[county, level, MINUTES]


@compiled
def hold_court(world: World, county: int, today: int, month: int) -> None:
    """A day in court, booked in whole suits."""
    court = world.courts[county]
    _sit(court, today, world.months[month].suits, world.seed)
    figures = world.work[county, month, COURT_WORK]
    offered, concluded = int(court.offered), int(court.concluded)
    figures[SLOT_DAYS] += offered
    figures[BUSY_DAYS] += concluded
    figures[QUEUE] = int(court.backlog)
    figures[QUEUE_DAYS] += int(court.backlog)
    court.offered -= offered
    court.concluded -= concluded


@compiled
def finish(world: World, today: int) -> None:
    """Cases whose service ends today free their slots; their outcome falls in the settle phase."""
    due = take_due(world, Phase.WORK, today)
    for n in range(due):
        d = due_row(world, n, due)
        m = world.disputes[d].mediator
        world.mediators[m].cases_done += 1
        free_slot(world, m)
        enter(world, d, Stage.IN_WORK, Phase.SETTLE, today, today)


@compiled
def queue_entrants(world: World, today: int) -> None:
    """Today's entrants join their queues in the order of their keys."""
    state = world.state[0]
    sort(world.entrants, world.keys[1], state.entrants, world.counters)
    for n in range(state.entrants):
        d = row_of(world.entrants[n])
        pool = world.disputes[d].pool
        join(world.pools, pool, world.disputes, d, today)
        place = world.pools[pool]
        world.staffing[place.county, place.level, QUEUED] += 1
        list_pool(world, pool)


@compiled
def keep_waiting(world: World, today: int) -> None:
    """Today's entrants whom nobody has called yet wait for as long as they bear it."""
    state, behaviour = world.state[0], world.behaviour[0]
    if behaviour.queue_left_90 > 0.0 or behaviour.waiting_petitions > 0.0:
        for n in range(state.entrants):
            d = row_of(world.entrants[n])
            if world.disputes[d].stage == Stage.QUEUED:
                bear_waiting(world, d, today, behaviour)
    state.entrants = 0


@compiled
def start_cases(world: World, pool: int, today: int, month: int) -> None:
    """Free mediators of a pool take cases in the order of the queue, the least busy mediator first."""
    place = world.pools[pool]
    while place.free_slots > 0 and place.queued > 0:
        d = call_next(world.pools, pool, world.disputes, today)
        dispute = world.disputes[d]
        waited = today - dispute.queued_on
        figures = world.work[place.county, month, place.level]
        figures[WAIT_DAYS] += waited
        figures[STARTED_CASES] += 1
        figures[LONG] += waited > LONG_WAIT
        world.staffing[place.county, place.level, QUEUED] -= 1
        place.started_today += 1
        place.waited_today += waited
        begin_service(world, d, pool, today, month)


@compiled
def least_busy(mediators: NDArray, place: Row) -> int:
    """The employed mediator of a pool with the smallest caseload and a free slot; the first one among equals."""
    best = -1
    least = 32767
    for m in range(place.first_mediator, place.first_mediator + place.mediators):
        if mediators[m].caseload < mediators[m].slots and mediators[m].caseload < least:
            best = m
            least = mediators[m].caseload
    return best


@compiled
def mean_days(forum: int, level: int, behaviour: Row) -> float:
    """Mean service time before skill, effort and complexity."""
    if forum >= Forum.PETITION_COUNTY:
        return behaviour.petition_days
    return behaviour.mediation_days_village if level == VILLAGE_WORK else behaviour.mediation_days


@compiled
def work_hours(forum: int, level: int, behaviour: Row) -> float:
    """Hours that a case of mean length asks for; reporting comes on top."""
    if forum >= Forum.PETITION_COUNTY:
        return behaviour.work_hours_petition
    return behaviour.work_hours_village if level == VILLAGE_WORK else behaviour.work_hours_centre


@compiled
def effort_at(world: World, place: Row) -> float:
    """Effort of those who work at a pool: the county's or city's, and what of it reaches village and township."""
    if place.level == CITY_WORK:
        return world.governments[world.counties + world.city].effort
    effort = world.governments[place.county].effort
    if place.level in (VILLAGE_WORK, TOWNSHIP_WORK):
        effort *= world.regime[0].pass_through
    return effort


@compiled
def refusal_of(dispute: Row, place: Row, regime: Row, behaviour: Row) -> float:
    """Chance that the other side refuses mediation; organisations come to the pool that enterprises share."""
    refusal = behaviour.party_refuses
    is_shared = regime.enterprise_mediators > 0.0 and place.kind == MediationKind.PROFESSIONAL
    if is_shared and place.level == COUNTY_WORK and dispute.opponent == Opponent.ORGANISATION:
        refusal *= 1.0 - behaviour.enterprise_consent
    return refusal


@compiled
def time_left(world: World, pool: int) -> float:
    """The share of their time that the mediators of a pool have for cases; advice takes the rest at a centre."""
    level = world.pools[pool].level
    if level < CENTRE_WORK[0] or level > CENTRE_WORK[-1]:
        return 1.0
    return 1.0 - world.centres[pool // MEDIATION_KINDS].advised


@compiled
def begin_service(world: World, d: int, pool: int, today: int, month: int) -> None:
    """A mediator takes a case, unless the other side refuses mediation."""
    behaviour = world.behaviour[0]
    place = world.pools[pool]
    regime = world.regime[place.regime]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    is_mediation = place.kind != MediationKind.PETITION
    stop_petitions(dispute)
    consent, leaves, confirms, _ = draw_quad(world, d, Purpose.REFUSE)
    if is_mediation and consent < refusal_of(dispute, place, regime, behaviour):
        dispute.mediator = -1
        enter(world, d, Stage.IN_WORK, Phase.SETTLE, today, today)
        return
    m = least_busy(world.mediators, place)
    mediator = world.mediators[m]
    mediator.caseload += 1
    place.free_slots -= 1
    world.staffing[place.county, place.level, BUSY] += 1
    dispute.mediator = m
    dispute.is_withdrawn = is_mediation and leaves < behaviour.withdrawals
    has_judge = world.centres[village.township].has_judge != 0
    dispute.is_confirmed = is_mediation and has_judge and confirms < behaviour.confirmation_share
    world.counts[village.county, month, dispute.kind, STARTED] += 1
    days = mean_days(dispute.forum, place.level, behaviour)
    hours = work_hours(dispute.forum, place.level, behaviour)
    factor = service_factor(
        _skill(mediator, behaviour.learning_cases, regime.training),
        effort_at(world, place),
        regime.reporting / 60.0 / hours,
        behaviour,
    )
    if place.level == COUNTY_WORK:
        factor /= 1.0 - world.halls[place.county].lent
    if dispute.registered_twice != 0:
        factor *= TWICE
    dispute.entries += 1
    luck = chance.erlang(world.seed, Purpose.SERVICE, dispute.key, dispute.entries, int(behaviour.service_shape))
    length = days * dispute.complexity * factor * luck
    wanted = 60.0 * hours * length / days
    world.work[place.county, month, place.level, WANTED] += int(np.floor(wanted + 0.5))
    shortage = _shortage(mediator, days, hours, time_left(world, pool))
    dispute.rushed = behaviour.rush * shortage
    if shortage > 0.0:  # of hours: part of it makes the work longer, part of it is hurry
        length *= np.exp((1.0 - behaviour.rush) * shortage)
        world.counts[village.county, month, dispute.kind, RUSHED] += behaviour.rush > 0.0
    until = today + int(max(1.0, np.floor(length + 0.5)))
    if dispute.accepted_on >= 0:
        reminded = draw(world, d, Purpose.REMIND)
        if reminded < regime.deadline_supervision:  # a watched matter is closed by its deadline
            until = min(until, max(today + 1, np.int64(dispute.deadline)))  # type: ignore[assignment]
    enter(world, d, Stage.IN_WORK, Phase.WORK, until, today)
