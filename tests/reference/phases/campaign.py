"""A campaign closes old matters that petition offices have failed (ODD 7.28; part of phase 3)."""

from __future__ import annotations

import math

from sim.agents.dispute import Stage
from sim.chance import Purpose
from tests.reference.dispute import PETITIONS, Dispute
from tests.reference.fixed import DURABLE_AFTER
from tests.reference.phases.settle import lasting, settle_until, take_up_again

A_YEAR = 365


def clear_old_matters(model) -> None:
    """On the first of a month."""
    if model.date.day != 1:
        return
    waiting = [each for each in model.disputes.values() if each.stage in (Stage.AGGRIEVED, Stage.LAPSED)]
    for dispute in model.in_order(waiting):
        offices = [forum for forum in PETITIONS if dispute.failures[forum]]
        taken, holds, breaks, _ = model.luck.four(Purpose.CAMPAIGN, dispute.key, model.month)
        if offices and dispute.age > A_YEAR and taken < dispute.city.regime.campaign:
            clear(dispute, offices[-1], holds, breaks)


def clear(dispute: Dispute, forum, holds: float, breaks: float) -> None:
    """The highest office that has failed its claimant closes it, with one door to pass, in person."""
    behaviour = dispute.model.behaviour
    if dispute.stage == Stage.LAPSED:
        take_up_again(dispute)
    is_true = holds < behaviour.timing.campaign_durable
    lasts = math.inf if is_true else lasting(breaks, behaviour.relapse_rate)
    dispute.tally("campaign_taken_up")
    dispute.tally("campaign_nominal" if lasts <= DURABLE_AFTER else "campaign_durable")
    dispute.forum, dispute.channel, dispute.doors = forum, "visit", 1
    settle_until(dispute, lasts)
