"""A campaign (part of phase 3): old matters that petition offices have failed are taken up, some a month, and closed.

It reaches who still waits to act, or may still take up what was given up; what is in somebody's hands is left there.
"""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agenda import order_key, row_of, sort
from sim.agents.dispute import Forum, Stage
from sim.agents.petition_office import VISIT
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart, origin
from sim.ledger import event
from sim.phases.lapse import take_up_again
from sim.phases.outcome import DURABLE_AFTER, conclude, days_to_relapse
from sim.records import Row
from sim.world import World, begins_month

TAKEN_UP, DURABLE, NOMINAL = (event(f"campaign_{what}") for what in ("taken_up", "durable", "nominal"))

OLD = 365
"""Days from which a matter is old."""


@compiled_apart
def clear_old_matters(world: World, today: int, month: int) -> None:
    """On the first of a campaign's months a share of the old matters is taken up, in the order of a day."""
    share = world.regime[0].campaign
    if share <= 0.0 or not begins_month(world, today, month):
        return
    number = 0
    for d in range(world.state[0].used):
        dispute = world.disputes[d]
        is_free = dispute.stage in (Stage.AGGRIEVED, Stage.LAPSED)
        if is_free and today - dispute.opened > OLD and turned_to(dispute) >= 0:
            taken, _, _, _ = chance.quad(world.seed, Purpose.CAMPAIGN, dispute.key, month)
            if taken < share:
                world.keys[0, number] = order_key(dispute, d, world.first_village)
                number += 1
    sort(world.keys[0], world.keys[1], number, world.counters)
    for n in range(number):
        clear(world, row_of(world.keys[0, n]), today, month)


@compiled
def turned_to(dispute: Row) -> int:
    """Forum of the highest petition office that has failed a claimant, -1 for none."""
    for forum in range(Forum.PETITION_NATION, Forum.PETITION_COUNTY - 1, -1):
        if dispute.failures[forum] > 0:
            return forum
    return -1


@compiled
def clear(world: World, d: int, today: int, month: int) -> None:
    """The office that a claimant went to closes the matter: for good, or on paper until that breaks."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    tally = world.counts[world.villages[dispute.village].county, month, dispute.kind]
    _, holds, breaks, _ = chance.quad(world.seed, Purpose.CAMPAIGN, dispute.key, month)
    if dispute.stage == Stage.LAPSED:
        take_up_again(origin(world), d, today, month)
    dispute.forum = turned_to(dispute)
    dispute.channel = VISIT
    dispute.doors = 1
    breaks_after = np.inf
    if holds >= behaviour.campaign_durable:
        breaks_after = days_to_relapse(breaks, behaviour.relapse_rate)
    tally[TAKEN_UP] += 1
    tally[DURABLE if breaks_after > DURABLE_AFTER else NOMINAL] += 1
    conclude(world, d, today, month, breaks_after)
