"""Phase 3: who has lost patience chooses a forum; who gave up may come back; petitioners repeat (ODD 7.10, 7.18)."""

from __future__ import annotations

from sim import chance
from sim.agents.dispute import Forum, Stage
from sim.behaviour import ChoiceModel
from sim.chance import Purpose
from tests.reference.choice import choose, satisfice, utilities
from tests.reference.dispute import Dispute
from tests.reference.phases.alert import heed_alerts
from tests.reference.phases.campaign import clear_old_matters
from tests.reference.phases.collective import gather
from tests.reference.phases.petition import repeat
from tests.reference.phases.police import call_police
from tests.reference.phases.settle import await_reactivation, give_up, next_wait, take_up_again
from tests.reference.phases.wait import leave_queue, petition_meanwhile


def claim(model) -> None:
    """Linked disputants first, then everybody whose day it is."""
    clear_old_matters(model)
    gather(model)
    heed_alerts(model)
    coming = model.due(Stage.LATENT, Stage.AGGRIEVED, Stage.LAPSED, Stage.QUEUED)
    again = [each for each in model.disputes.values() if model.comes(each.repeat_on) and each not in coming]
    for dispute in model.in_order(coming + again):
        if dispute.in_process:
            repeat(dispute)
        elif dispute.stage == Stage.QUEUED and dispute.due <= model.today:
            leave_queue(dispute)
        elif dispute.stage in (Stage.QUEUED, Stage.AWAITING_ANSWER):
            petition_meanwhile(dispute)
        elif dispute.stage == Stage.LAPSED:
            reconsider(dispute)
        elif not call_police(dispute):
            act(dispute)


def reconsider(dispute: Dispute) -> None:
    """Taken up again, if things are settled well enough nearby."""
    village, county = dispute.village.reputation, dispute.county.government.reputation
    hope = (village[Forum.VILLAGE] + village[Forum.TOWNSHIP] + county[Forum.COUNTY]) / 3
    if dispute.draw(Purpose.REACTIVATE) >= hope:
        await_reactivation(dispute, next_wait(dispute))
        return
    take_up_again(dispute)
    act(dispute)


def act(dispute: Dispute) -> None:
    """The claimant chooses where to take the matter, or to leave it."""
    model = dispute.model
    dispute.feel()
    weighed = utilities(dispute)
    u = dispute.draw(Purpose.CHOOSE)
    if model.behaviour.choice_model is ChoiceModel.satisficing:
        forum = satisfice(dispute, weighed)
    else:
        forum = choose(weighed, model.behaviour.nest_scale, u)
    if forum == Forum.NOTHING:
        if dispute.stage == Stage.LATENT:
            dispute.tally("first_nothing")
        dispute.tally("chose_nothing")
        give_up(dispute)
        return
    dispute.choose(forum)
    if forum == Forum.BILATERAL:
        talks = chance.days(model.behaviour.bilateral_days, dispute.draw(Purpose.TALK))
        dispute.enter(Stage.TALKING, model.today + talks)
    else:
        dispute.village.reported += 1
        dispute.enter(Stage.ON_THE_WAY, model.today)
