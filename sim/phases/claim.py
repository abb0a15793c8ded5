"""Phase 3: aggrieved residents whose patience ran out choose a forum; petitioners in process come back."""

from __future__ import annotations

import numpy as np

from sim.agenda import Phase, due_row, enter, take_due
from sim.agents.centre import pool_of_village
from sim.agents.dispute import Dispute, Forum, Stage, draw
from sim.agents.resident import HUNDREDTH, MIDDLE, TRUST, choose, within
from sim.chance import Purpose, days, uniforms
from sim.compilation import compiled
from sim.ledger import event
from sim.memory import prefetch
from sim.phases.collective import gather
from sim.phases.linked import has_failed_beyond_talk, link_up
from sim.phases.petition import present_repeat
from sim.phases.settle import await_reactivation, give_up
from sim.phases.weigh import appeal_today, confide, weigh
from sim.world import BATCH, GroupFigure, count_in_groups

FIRST, CHOSE, OFFENCE = event("first_nothing"), event("chose_nothing"), event("offence")
REACTIVATED = event("reactivated")

CHOOSERS, CHOICES = range(2)
"""Rows of ``World.choosers``: disputes whose claimants act, and the forums that they choose."""

KEYS, NTHS = range(2)
"""Rows of ``World.batch_keys`` here: the disputes' keys, and the ordinals of their draws."""

CHOOSE = 0
"""Row of ``World.draws``."""

_feel = Dispute.feel


@compiled
def claim(world, today, month):
    """Everyone whose patience ends today acts; repeat petitions of matters in process are presented."""
    gather(world, today, month)
    for county in range(world.first_county, world.last_county):
        appeal_today(world, county, world.behaviour[0])
    due = take_due(world, Phase.CLAIM, today)
    choosers = 0
    for n in range(due):
        d = due_row(world, n, due)
        dispute = world.disputes[d]
        stage = dispute.stage
        prefetch(world.disputes, d, 2, 3)
        prefetch(world.pools, pool_of_village(len(world.centres), dispute.village), 0, 2)
        prefetch(world.residents, world.villages[dispute.village].first_resident + dispute.claimant, 0, 1)
        if stage in (Stage.LATENT, Stage.AGGRIEVED) or (stage == Stage.LAPSED and reconsiders(world, d, today, month)):
            world.choosers[CHOOSERS, choosers] = d
            choosers += 1
            if choosers == BATCH:
                act_together(world, choosers, today, month)
                choosers = 0
        elif stage != Stage.LAPSED:
            present_repeat(world, d, today, month)
    act_together(world, choosers, today, month)


@compiled
def reconsiders(world, d, today, month):
    """Whether somebody who had given up takes the grievance up again: likelier where forums nearby settle well."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    county = world.governments[village.county]
    hope = village.reputation[Forum.VILLAGE] + village.reputation[Forum.TOWNSHIP] + county.reputation[Forum.COUNTY]
    if draw(world, d, Purpose.REACTIVATE) >= hope / 3.0:
        await_reactivation(world, d, today)
        return False
    world.counts[village.county, month, dispute.kind, REACTIVATED] += 1
    count_in_groups(world, dispute, village, month, GroupFigure.UNRESOLVED, -1)
    if has_failed_beyond_talk(dispute):
        link_up(world, dispute, village)
    dispute.stage = Stage.AGGRIEVED
    return True


@compiled
def act_together(world, number, today, month):
    """Claimants choose where to take their matters, or to leave them; nobody's choice bears on another's today.

    They weigh and choose in batches, so that exponentials and draws are computed side by side.
    """
    behaviour = world.behaviour[0]
    for n in range(number):
        _feel(world.disputes[world.choosers[CHOOSERS, n]], 0.0, today, behaviour.grievance_half_life)
    for n in range(number):
        confide(world, world.disputes[world.choosers[CHOOSERS, n]], n, behaviour)
    for n in range(number):
        weigh(world, world.disputes[world.choosers[CHOOSERS, n]], n, today)
    for n in range(number):
        d = world.choosers[CHOOSERS, n]
        may_offend(world, d, today, month, behaviour)
        dispute = world.disputes[d]
        dispute.entries += 1
        world.batch_keys[KEYS, n] = dispute.key
        world.batch_keys[NTHS, n] = dispute.entries
    uniforms(world.draws, CHOOSE, world.seed, Purpose.CHOOSE, world.batch_keys, KEYS, NTHS, number)
    choose(world.choice, behaviour.nest_scale, world.draws[CHOOSE], world.choosers[CHOICES], number)
    for n in range(number):
        act(world, world.choosers[CHOOSERS, n], world.choosers[CHOICES, n], today, month)


@compiled
def act(world, d, forum, today, month):
    """The claimant takes the matter to the forum that was chosen, or leaves it."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    if dispute.stage == Stage.LATENT:  # a grievance taken up again has chosen before
        tally[FIRST + forum] += 1
    tally[CHOSE + forum] += 1
    if forum == Forum.NOTHING:
        give_up(world, d, today, month)
        return
    dispute.attempts = min(dispute.attempts + 1, 255)
    dispute.forum = forum
    dispute.doors = 0
    dispute.is_review = 0
    if forum == Forum.BILATERAL:
        wait = draw(world, d, Purpose.TALK)
        until = today + days(behaviour.bilateral_days, wait)
        enter(world, d, Stage.TALKING, Phase.SETTLE, until, today)
    else:
        village.reported += 1
        enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, today, today)


@compiled
def may_offend(world, d, today, month, behaviour):
    """A small hazard of a public-order offence while aggrieved, growing with grievance and distrust."""
    dispute = world.disputes[d]
    if dispute.grievance <= 0.0:
        return
    village = world.villages[dispute.village]
    resident = world.residents[village.first_resident + dispute.claimant]
    trust = within(dispute.traits[TRUST + MIDDLE] + HUNDREDTH * resident.learned[MIDDLE], 0.0, 1.0)
    years = max(1, today - dispute.since) / 365.0
    hazard = behaviour.offence_rate * dispute.grievance * (1.0 - trust) * years
    if draw(world, d, Purpose.OFFENCE) < 1.0 - np.exp(-hazard):
        world.counts[village.county, month, dispute.kind, OFFENCE] += 1
