"""The police, who are called to quarrels and settle them, pass them on or leave them as they are (ODD 7.31)."""

from __future__ import annotations

import math

from sim import chance
from sim.agents.dispute import Forum, Origin, Stage
from sim.chance import Purpose
from tests.reference.dispute import Dispute
from tests.reference.phases import settle


def call_police(dispute: Dispute) -> bool:
    """Whether a call, if there is one, settles the matter or passes it on."""
    model, police = dispute.model, dispute.model.behaviour.police
    u, outcome, passes, breaks = model.luck.four(Purpose.POLICE, dispute.key, model.today)
    heat = float(dispute.nature["heat"])
    if u >= 1 - math.exp(-police.police_calls * heat * dispute.severity):
        return False
    dispute.tally("police_called")
    model.ledger.cost[dispute.county.row, model.month] += model.behaviour.prices.cost_police_call
    if outcome < police.police_spot:
        settle_on_the_spot(dispute, outcome, breaks)
        return True
    centre = dispute.township.centre
    if centre.is_working and passes < dispute.township.regime.police_linkage:
        dispute.tally("police_passed")
        model.ledger.cost[dispute.county.row, model.month] += model.behaviour.prices.cost_police_passed
        dispute.choose(Forum.TOWNSHIP)
        dispute.origin = Origin.POLICE
        dispute.village.reported += 1
        dispute.enter(Stage.ON_THE_WAY, model.today + 1)
        return True
    return False


def settle_on_the_spot(dispute: Dispute, outcome: float, breaks: float) -> None:
    """As recorded: for good, or until it breaks like any nominal settlement."""
    behaviour = dispute.model.behaviour
    dispute.tally("police_settled")
    if dispute.stage == Stage.LATENT:
        dispute.tally("first_police")
    dispute.forum = Forum.NOTHING
    dispute.draws += 1
    holds = outcome < behaviour.police.police_spot * behaviour.police.police_holds * (1 - dispute.severity)
    settle.settle_until(dispute, math.inf if holds else settle.lasting(breaks, behaviour.relapse_rate))


def count_other_calls(model, county) -> None:
    """Of a month, about quarrels that are no grievance."""
    mean = model.behaviour.police.police_background / 1000 / 12 * county.population
    u, v, _, _ = model.luck.four(Purpose.OTHER_CALLS, county.code, model.month)
    calls = chance.poisson_of_any_mean(mean, u, v)
    model.ledger.note_month(county, "police_background", calls)
    model.ledger.cost[county.row, model.month] += model.behaviour.prices.cost_police_call * calls
