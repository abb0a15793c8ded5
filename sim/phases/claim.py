"""Phase 3: aggrieved residents whose patience ran out choose a forum; petitioners in process come back."""

from __future__ import annotations

from numpy.typing import NDArray

from sim.agenda import Phase, due_row, enter, take_due
from sim.agents.centre import pool_of_village
from sim.agents.dispute import Forum, Stage
from sim.agents.resident import choose
from sim.chance import Purpose, days, uniforms
from sim.compilation import compiled, origin
from sim.memory import prefetch
from sim.phases.alert import heed_alerts
from sim.phases.campaign import clear_old_matters
from sim.phases.collective import gather
from sim.phases.grievance import feel
from sim.phases.lapse import give_up, reconsiders
from sim.phases.petition import present_repeat
from sim.phases.police import count_other_calls, police_end_it
from sim.phases.satisfice import satisfice
from sim.phases.together import book_choice
from sim.phases.wait import is_leaving, leave_queue, petition_meanwhile
from sim.phases.weigh import appeal_today, confide, cost_today, weigh
from sim.world import BATCH, World

CHOOSERS, CHOICES, LEAVERS, TALKERS = range(4)
"""Rows of ``World.choosers``: disputes whose claimants act, the forums that they choose, disputes that are left, and
disputes in which the sides talk."""

KEYS, NTHS = range(2)
"""Rows of ``World.batch_keys`` here: the disputes' keys, and the ordinals of their draws."""

CHOOSE, TALK = range(2)
"""Rows of ``World.draws``."""


@compiled
def claim(world: World, today: int, month: int) -> None:
    """Everyone whose patience ends today acts; repeat petitions of matters in process are presented."""
    clear_old_matters(origin(world), today, month)
    gather(origin(world), today, month)
    heed_alerts(origin(world), today, month)
    count_other_calls(origin(world), today, month)
    for county in range(world.first_county, world.last_county):
        appeal_today(world, county, month, world.behaviour[0])
    for township in range(world.first_township, world.last_township):
        cost_today(world, township, world.behaviour[0])
    due = take_due(world, Phase.CLAIM, today)
    n = 0
    while n < due:
        choosers = 0
        while n < due and choosers < BATCH:
            d = due_row(world, n, due)
            n += 1
            dispute = world.disputes[d]
            prefetch(world.pools, pool_of_village(len(world.centres), dispute.village), 0, 2)
            prefetch(world.residents, world.villages[dispute.village].first_resident + dispute.claimant, 0, 1)
            if dispute.stage in (Stage.LATENT, Stage.AGGRIEVED):
                is_choosing = not police_end_it(world, d, today, month)
            elif dispute.stage == Stage.LAPSED:
                is_choosing = reconsiders(world, d, today, month)
            else:
                come_back(world, d, today, month)
                is_choosing = False
            if is_choosing:
                world.choosers[CHOOSERS, choosers] = d
                choosers += 1
        act_together(world, choosers, today, month)


@compiled
def come_back(world: World, d: int, today: int, month: int) -> None:
    """Whose matter is in hand leaves the queue, or comes to an office: again, or while waiting for a mediator."""
    dispute = world.disputes[d]
    if is_leaving(dispute, today):
        leave_queue(origin(world), d, today, month)
    elif dispute.accepted_on < 0:
        petition_meanwhile(origin(world), d, today, month)
    else:
        present_repeat(origin(world), d, today, month)


@compiled
def act_together(world: World, number: int, today: int, month: int) -> None:
    """Claimants choose where to take their matters, or to leave them; nobody's choice bears on another's today.

    They weigh and choose in batches, so that exponentials and draws are computed side by side.
    """
    behaviour, choosers = world.behaviour[0], world.choosers
    for n in range(number):
        feel(world, choosers[CHOOSERS, n], 0.0, today)
    for n in range(number):
        confide(world, world.disputes[choosers[CHOOSERS, n]], n, behaviour)
    for n in range(number):
        weigh(world, world.disputes[choosers[CHOOSERS, n]], n, today)
    for n in range(number):
        d = choosers[CHOOSERS, n]
        dispute = world.disputes[d]
        dispute.entries += 1
        world.batch_keys[KEYS, n] = dispute.key
        world.batch_keys[NTHS, n] = dispute.entries
    if behaviour.choice_model > 0.5:
        satisfice(world, choosers[CHOOSERS], choosers[CHOICES], number)
    else:
        uniforms(world.draws, CHOOSE, world.seed, Purpose.CHOOSE, world.batch_keys, KEYS, NTHS, number)
        choose(world.choice, behaviour.nest_scale, world.draws[CHOOSE], choosers[CHOICES], number)
    leavers = talkers = 0
    for n in range(number):
        d, forum = choosers[CHOOSERS, n], choosers[CHOICES, n]
        book_choice(world, d, forum, month)
        if forum == Forum.NOTHING:
            choosers[LEAVERS, leavers] = d
            leavers += 1
        elif forum == Forum.BILATERAL:
            choosers[TALKERS, talkers] = d
            talkers += 1
        else:
            set_out(world, d, today)
    give_up(world, choosers[LEAVERS], leavers, today, month)
    talk(world, choosers[TALKERS], talkers, today)


@compiled
def set_out(world: World, d: int, today: int) -> None:
    """The claimant goes to the forum that was chosen."""
    world.villages[world.disputes[d].village].reported += 1
    enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, today, today)


@compiled
def talk(world: World, talkers: NDArray, number: int, today: int) -> None:
    """Claimants of disputes talk to the other side, for a number of days drawn now (rows as in ``give_up``)."""
    for n in range(number):
        dispute = world.disputes[talkers[n]]
        dispute.entries += 1
        world.batch_keys[KEYS, n] = dispute.key
        world.batch_keys[NTHS, n] = dispute.entries
    uniforms(world.draws, TALK, world.seed, Purpose.TALK, world.batch_keys, KEYS, NTHS, number)
    for n in range(number):
        until = today + days(world.behaviour[0].bilateral_days, world.draws[TALK, n])
        enter(world, talkers[n], Stage.TALKING, Phase.SETTLE, until, today)
