"""Grievances that are given up (part of phase 3): they fade, or are taken up again where things are settled well."""

from __future__ import annotations

from numpy.typing import NDArray

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.dispute import NEVER, Forum, Stage, draw
from sim.chance import Purpose, exponentials, uniforms
from sim.compilation import compiled, compiled_apart, origin
from sim.ledger import event
from sim.phases.arise import fades_on
from sim.phases.cohorts import GIVEN_UP_END, stop_clocks
from sim.phases.grievance import offend
from sim.phases.linked import come_back_to_group, has_failed_beyond_talk, leave_group, link_up
from sim.world import GroupFigure, World, count_in_groups, free_row

LUMPED, GAVE_UP, FADED = event("lumped"), event("gave_up"), event("faded")
REACTIVATED = event("reactivated")

KEYS, FADING, WAITING = range(3)
"""Rows of ``World.batch_keys`` here: the disputes' keys, and the ordinals of two draws."""

FADES, WAITS = range(2)
"""Rows of ``World.draws``: unit exponentials."""


@compiled
def give_up(world: World, leavers: NDArray, number: int, today: int, month: int) -> None:
    """Claimants of disputes leave them, unresolved until they fade, on a day drawn now, or are taken up again.

    ``leavers``: int64, disputes' rows, of which a ``number`` up to a batch count.
    """
    behaviour, keys, draws = world.behaviour[0], world.batch_keys, world.draws
    for n in range(number):
        dispute = world.disputes[leavers[n]]
        village = world.villages[dispute.village]
        world.counts[village.county, month, dispute.kind, LUMPED if dispute.attempts == 0 else GAVE_UP] += 1
        count_in_groups(world, dispute, village, month, GroupFigure.UNRESOLVED, 1)
        stop_clocks(world, dispute, today, GIVEN_UP_END)
        leave_group(world, dispute, today)
        keys[KEYS, n] = dispute.key
        keys[FADING, n] = dispute.entries + 1
        keys[WAITING, n] = dispute.entries + 2
        dispute.entries += 2 if behaviour.reactivation > 0.0 else 1
    uniforms(draws, FADES, world.seed, Purpose.FADE, keys, KEYS, FADING, number)
    uniforms(draws, WAITS, world.seed, Purpose.REACTIVATE, keys, KEYS, WAITING, number)
    exponentials(draws, FADES, number)
    exponentials(draws, WAITS, number)
    for n in range(number):
        dispute = world.disputes[leavers[n]]
        dispute.claim_on = fades_on(today, draws[FADES, n], behaviour)
        dispute.repeat_on = NEVER
        await_reactivation(world, leavers[n], draws[WAITS, n], today)


@compiled
def await_reactivation(world: World, d: int, exponential: float, today: int) -> None:
    """Waits for the next day on which the grievance might be taken up again; without one, its fading is booked.

    Candidates come as a Poisson stream at the highest possible rate (``reactivation``); each is real with the chance
    that things are settled well nearby, as they stand on that day.
    """
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    fades = int(dispute.claim_on)
    candidate = NEVER
    if behaviour.reactivation > 0.0:
        candidate = today + 1 + int(min(1e6, exponential * 365.0 / behaviour.reactivation))
    if candidate < min(fades, len(world.month_of_day)):
        lapsed = dispute.since if dispute.stage == Stage.LAPSED else today  # a day that came to nothing begins no stage
        enter(world, d, Stage.LAPSED, Phase.CLAIM, candidate, today)
        dispute.since = lapsed
        return
    offend(world, d, fades, today)
    if fades < len(world.month_of_day):
        world.counts[village.county, world.month_of_day[fades], dispute.kind, FADED] += 1
    free_row(world, d)


@compiled
def reconsiders(world: World, d: int, today: int, month: int) -> bool:
    """Whether somebody who had given up takes the grievance up again: likelier where forums nearby settle well."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    county = world.governments[village.county]
    hope = village.reputation[Forum.VILLAGE] + village.reputation[Forum.TOWNSHIP] + county.reputation[Forum.COUNTY]
    if draw(world, d, Purpose.REACTIVATE) >= hope / 3.0:
        await_reactivation(world, d, chance.exponential(draw(world, d, Purpose.REACTIVATE)), today)
        return False
    take_up_again(origin(world), d, today, month)
    return True


@compiled_apart
def take_up_again(world: World, d: int, today: int, month: int) -> None:
    """A matter that was given up is so no longer."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    world.counts[village.county, month, dispute.kind, REACTIVATED] += 1
    count_in_groups(world, dispute, village, month, GroupFigure.UNRESOLVED, -1)
    come_back_to_group(world, dispute, today)
    if has_failed_beyond_talk(dispute):
        link_up(world, dispute, today)
    dispute.stage = Stage.AGGRIEVED
