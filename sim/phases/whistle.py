"""Phase 5: departments called by a centre report, or don't."""

from __future__ import annotations

from numpy.typing import NDArray

from sim.agenda import Phase, due_row, enter, take_due
from sim.agents.department import Department
from sim.agents.dispute import Answer, Call, Stage, draw_aside
from sim.agents.resident import TRUST_OF_FORUM
from sim.chance import Purpose
from sim.compilation import compiled
from sim.ledger import event
from sim.phases.departments import answers_after, first_department
from sim.phases.grievance import feel
from sim.phases.intake import send_away
from sim.phases.wait import stop_petitions
from sim.world import World, county_regime, note, wait_in_pool

ANSWERED, UNAIDED, MISSING = event("whistle_answered"), event("answer_unaided"), event("answer_missing")
ESCALATED, OBTAINED = event("whistle_escalated"), event("escalation_answered")

_close_call = Department.close_call


@compiled
def escalate(world: World, d: int, today: int, tally: NDArray) -> bool:
    """A missed whistle may be taken to the level above, which calls once more; true when it is."""
    dispute = world.disputes[d]
    regime = county_regime(world, world.villages[dispute.village].county)
    if regime.whistle_escalation <= 0.0:
        return False
    goes_up, answers, when, _ = draw_aside(world, d, Purpose.ESCALATE)
    if goes_up >= regime.whistle_escalation:
        return False
    tally[ESCALATED] += 1
    dispute.call = Call.ESCALATED
    is_given = answers < world.behaviour[0].escalation_response
    dispute.answer = Answer.GIVEN if is_given else Answer.MISSING
    wait = answers_after(is_given, when, regime.whistle_deadline)
    enter(world, d, Stage.AWAITING_ANSWER, Phase.WHISTLE, today + wait, today)
    return True


@compiled
def miss(world: World, d: int, today: int, tally: NDArray) -> None:
    """A department that a matter concerns has not answered."""
    dispute = world.disputes[d]
    tally[MISSING] += 1
    feel(world, d, world.behaviour[0].hand_off_grievance, today)
    note(world, dispute, TRUST_OF_FORUM[dispute.forum], -1, 0)


@compiled
def hear(world: World, d: int, today: int, tally: NDArray) -> bool:
    """What the first department says, or that it says nothing; true when the level above calls it once more."""
    dispute = world.disputes[d]
    is_given = dispute.answer == Answer.GIVEN
    if dispute.call == Call.WHISTLE:
        _close_call(world.departments[first_department(world, dispute)], is_given)
        if not is_given and escalate(world, d, today, tally):
            return True
    if not is_given:
        miss(world, d, today, tally)
    elif dispute.call == Call.WHISTLE:
        tally[ANSWERED] += 1
    elif dispute.call == Call.ESCALATED:
        tally[OBTAINED] += 1
    elif dispute.call == Call.UNAIDED:
        tally[UNAIDED] += 1
    dispute.call = Call.NONE
    return False


@compiled
def whistle(world: World, today: int, month: int) -> None:
    """Today's answers and missed deadlines; after the last of a case it goes on to its mediators either way."""
    due = take_due(world, Phase.WHISTLE, today)
    for n in range(due):
        d = due_row(world, n, due)
        dispute = world.disputes[d]
        tally = world.counts[world.villages[dispute.village].county, month, dispute.kind]
        if dispute.call != Call.NONE:
            if hear(world, d, today, tally):
                continue
            if dispute.queued_on > today:
                enter(world, d, Stage.AWAITING_ANSWER, Phase.WHISTLE, dispute.queued_on, today)
                continue
        for _ in range(dispute.others_missing):
            miss(world, d, today, tally)
            dispute.answer = Answer.MISSING
        dispute.others_missing = 0
        if world.pools[dispute.pool].mediators > 0:
            wait_in_pool(world, d, dispute.pool, today)
        else:
            stop_petitions(dispute)
            send_away(world, d, today, month)
