"""Phase 5: departments called by a centre report, or don't."""

from __future__ import annotations

from sim.agents.department import Department
from sim.agents.dispute import DEPARTMENTS, Answer, Call
from sim.agents.resident import TRUST_OF_FORUM
from sim.compilation import compiled
from sim.ledger import event
from sim.phases.intake import send_away
from sim.world import Phase, note, row_of, take_due, wait_in_pool

ANSWERED, UNAIDED, MISSING = event("whistle_answered"), event("answer_unaided"), event("answer_missing")
DEPARTMENT_COUNT = len(DEPARTMENTS)

_close_call = Department.close_call


@compiled
def whistle(world, today, month):
    """Today's answers and missed deadlines; either way the case goes on to its mediators."""
    behaviour = world.behaviour[0]
    due = take_due(world.disputes, world.calendar, Phase.WHISTLE, today, world.first_village, world.keys)
    for n in range(due):
        d = row_of(world.keys[0, n])
        dispute = world.disputes[d]
        county = world.villages[dispute.village].county
        tally = world.counts[county, month, dispute.kind]
        is_given = dispute.answer == Answer.GIVEN
        if dispute.call == Call.WHISTLE:
            _close_call(world.departments[county * DEPARTMENT_COUNT + dispute.department], is_given)
        if not is_given:
            tally[MISSING] += 1
            dispute.grievance += behaviour.hand_off_grievance
            trust = TRUST_OF_FORUM[dispute.forum]
            note(world.outcomes, world.state[0], dispute.village, dispute.claimant, trust, -1, 0)
        elif dispute.call == Call.WHISTLE:
            tally[ANSWERED] += 1
        elif dispute.call == Call.UNAIDED:
            tally[UNAIDED] += 1
        dispute.call = Call.NONE
        if world.pools[dispute.pool].mediators > 0:
            wait_in_pool(world, d, dispute.pool, today)
        else:
            send_away(world, d, today, month)
