"""Departments that a matter concerns are asked before it goes on (part of phase 4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.centre import CITY
from sim.agents.department import Department, leverage, response_probability
from sim.agents.dispute import Answer, Call, Forum, Stage, draw_quad
from sim.agents.dispute_kind import DEPARTMENTS, NO_DEPARTMENT
from sim.causes import is_at_source
from sim.chance import Purpose, days
from sim.compilation import compiled, compiled_apart, origin
from sim.ledger import event
from sim.phases.collective import is_threat
from sim.phases.reception import empty_hand_off
from sim.phases.wait import schedule_petition
from sim.records import Row
from sim.world import World, county_regime

STATIONED, CALLED, UNAIDED = event("answer_stationed"), event("whistle_called"), event("answer_unaided")
ANSWERED, ESCALATED, OBTAINED = event("whistle_answered"), event("whistle_escalated"), event("escalation_answered")
DEPARTMENT_COUNT = len(DEPARTMENTS)

_take_call = Department.take_call
_close_call = Department.close_call


@compiled
def concerns_department(world: World, d: int) -> bool:
    """Whether a department has to answer: by the matter's nature, or at the source of an alert where its kind may
    concern one."""
    dispute = world.disputes[d]
    if dispute.department != NO_DEPARTMENT:
        return True
    return world.kinds[dispute.kind].department != NO_DEPARTMENT and is_at_source(world, d)


@compiled
def first_department(world: World, dispute: Row) -> np.int64:
    """Row of the department of its county that disputes of this kind concern first."""
    county = world.villages[dispute.village].county
    return np.int64(county * DEPARTMENT_COUNT + world.kinds[dispute.kind].department)


@compiled
def ask_departments(world: World, d: int, today: int, month: int, centre: Row) -> None:
    """Every department that a matter concerns has to answer; it waits for the last of them."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    department = world.departments[first_department(world, dispute)]
    answers, when, _, _ = draw_quad(world, d, Purpose.ANSWER)
    call, is_given, wait = ask(world, d, department, answers, when, today, centre, tally)
    dispute.call = call
    dispute.answer = Answer.GIVEN if is_given else Answer.MISSING
    ask_others(origin(world), d, today, centre, tally)
    schedule_petition(world, d, today, behaviour)
    enter(world, d, Stage.AWAITING_ANSWER, Phase.WHISTLE, today + wait, today)


@compiled
def answers_after(is_given: bool, when: float, deadline: float) -> int:
    """Days until a department that was called answers, uniform up to the deadline, or has missed it."""
    return max(1, 1 + int(when * deadline) if is_given else int(deadline))


@compiled
def ask(
    world: World, d: int, department: Row, answers: float, when: float, today: int, centre: Row, tally: NDArray
) -> tuple[np.int64, bool, int]:
    """A department is stationed in the centre, called by its whistle, or left to itself.

    Gives how it is asked (``Call``), whether it answers, and the days until it has answered or missed.
    """
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    regime = county_regime(world, village.county)
    effort = world.governments[village.county].effort
    has_commissar = dispute.forum == Forum.TOWNSHIP and world.centres[village.township].has_commissar != 0
    coordination = behaviour.commissar_coordination if has_commissar else 0.0
    if centre.level == CITY:
        coordination = leverage(behaviour.answer_leverage, 1)
    if centre.is_working != 0 and department.is_stationed != 0:
        tally[STATIONED] += 1
        return np.int64(Call.STATIONED), True, max(1, days(behaviour.stationed_days, when))
    if centre.is_working != 0:
        tally[CALLED] += 1
        _take_call(department)
        is_given = answers < response_probability(regime.whistle_response, effort, coordination)
        return np.int64(Call.WHISTLE), is_given, answers_after(is_given, when, regime.whistle_deadline)
    base = behaviour.responsiveness_threat if is_threat(world, dispute, today) else behaviour.responsiveness
    empty_hand_off(world, d, today)
    is_given = answers < response_probability(base, effort, coordination)
    return np.int64(Call.UNAIDED), is_given, max(1, days(behaviour.unaided_days, when))


@compiled
def further_departments(world: World, d: int) -> int:
    """How many departments have to answer beyond the first: part of the matter's nature, or all at a source."""
    dispute = world.disputes[d]
    if is_at_source(world, d):
        return len(world.kinds[dispute.kind].also)
    share = world.behaviour[0].further_departments * world.kinds[dispute.kind].further
    if share <= 0.0:
        return 0
    u = chance.uniform(world.seed, Purpose.FURTHER, dispute.key, 0)
    return int(u < share) + int(u < share * share)


@compiled_apart
def ask_others(world: World, d: int, today: int, centre: Row, tally: NDArray) -> None:
    """Departments that a matter concerns further are asked by the same rule on the same day.

    What becomes of each, a second call by the level above included, is settled and counted now; what the claimant feels
    of those who miss comes when the last has answered or missed.
    """
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    county = world.villages[dispute.village].county
    regime = county_regime(world, county)
    dispute.queued_on = 0
    dispute.others_missing = 0
    for nth in range(further_departments(world, d)):
        department = world.departments[county * DEPARTMENT_COUNT + world.kinds[dispute.kind].also[nth]]
        number = 2 * np.int64(dispute.entries) + nth
        answers, when, goes_up, again = chance.quad(world.seed, Purpose.OTHER_ANSWER, dispute.key, number)
        call, is_given, wait = ask(world, d, department, answers, when, today, centre, tally)
        if call == Call.WHISTLE:
            _close_call(department, is_given)
            if is_given:
                tally[ANSWERED] += 1
            elif goes_up < regime.whistle_escalation:
                tally[ESCALATED] += 1
                is_given = again < behaviour.escalation_response
                tally[OBTAINED] += is_given
                wait += answers_after(is_given, when, regime.whistle_deadline)
        elif call == Call.UNAIDED:
            tally[UNAIDED] += is_given
        dispute.queued_on = max(np.int64(dispute.queued_on), today + wait)
        if not is_given:
            dispute.others_missing += 1
