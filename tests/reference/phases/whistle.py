"""Phase 5: departments answer or miss their deadline; missed calls may be escalated (ODD 7.13)."""

from __future__ import annotations

from sim.agents.dispute import Answer, Call, Stage
from sim.chance import Purpose
from tests.reference.dispute import Dispute
from tests.reference.phases.intake import deadline_or_before, send_away

ANSWERED = {
    Call.WHISTLE: "whistle_answered",
    Call.ESCALATED: "escalation_answered",
    Call.UNAIDED: "answer_unaided",
}


def whistle(model) -> None:
    """Today's answers and missed deadlines; either way the case goes on to its mediators."""
    for dispute in model.due(Stage.AWAITING_ANSWER):
        if dispute.call != Call.NONE:
            if hear_first(dispute):
                continue
            if dispute.others_due > model.today:
                dispute.enter(Stage.AWAITING_ANSWER, dispute.others_due)
                continue
        for _ in range(dispute.others_missing):
            dispute.tally("answer_missing")
            dispute.hear_nothing()
            dispute.answer = Answer.MISSING
        dispute.others_missing = 0
        if dispute.pool.employed:
            dispute.pool.receive(dispute)
        else:
            dispute.stop_waiting()
            send_away(dispute)


def hear_first(dispute: Dispute) -> bool:
    """What the first department says, or its silence; true when it is called once more."""
    is_given = dispute.answer == Answer.GIVEN
    if dispute.call == Call.WHISTLE:
        dispute.county.departments[int(dispute.nature["department"])].close_call(is_given)
        if not is_given and escalate(dispute):
            return True
    if not is_given:
        dispute.tally("answer_missing")
        dispute.hear_nothing()
    elif dispute.call in ANSWERED:
        dispute.tally(ANSWERED[dispute.call])
    dispute.call = Call.NONE
    return False


def escalate(dispute: Dispute) -> bool:
    """A missed whistle may be taken to the level above, which calls once more; true when it is."""
    regime = dispute.county.regime
    goes_up, answers, when, _ = dispute.draw_aside(Purpose.ESCALATE)
    if goes_up >= regime.whistle_escalation:
        return False
    dispute.tally("whistle_escalated")
    is_given = answers < dispute.model.behaviour.escalation_response
    dispute.call = Call.ESCALATED
    dispute.answer = Answer.GIVEN if is_given else Answer.MISSING
    days = deadline_or_before(regime.whistle_deadline, is_given, when)
    dispute.enter(Stage.AWAITING_ANSWER, dispute.model.today + days)
    return True
