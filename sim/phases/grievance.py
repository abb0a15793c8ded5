"""How a grievance is felt: it decays, it grows, and who bears it may commit public-order offences (in all phases)."""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agents.dispute import Dispute
from sim.agents.resident import HUNDREDTH, MIDDLE, TRUST, within
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart
from sim.ledger import event
from sim.records import Row
from sim.world import World

OFFENCE = event("offence")

YEAR = 365.0 * np.log(2.0)
"""What a grievance that decays, taken to last for ever, is divided by for years of it, its half-life being in days."""

_feel = Dispute.feel
_left_of_grievance = Dispute.left_of_grievance


@compiled
def feel(world: World, d: int, added: float, today: int) -> None:
    """A dispute's grievance decays up to today, and what it led to meanwhile is booked; then something is added."""
    left = offend(world, d, today, today)
    _feel(world.disputes[d], added, today, left)


@compiled
def offend(world: World, d: int, until: int, today: int) -> float:
    """Books public-order offences of a claimant from when the grievance was last felt until a day.

    They come as a Poisson stream whose rate grows with grievance, as it decays, and with distrust as it is today. Until
    the next one a unit exponential of hazard has to run off, however many stages the dispute goes through meanwhile.
    An offence is booked today, or on its own day when that is still to come.

    Gives the share of the grievance that is left then.
    """
    dispute = world.disputes[d]
    behaviour = world.behaviour[0]
    half_life = behaviour.grievance_half_life
    kept = _left_of_grievance(dispute, until, half_life)
    if kept >= 1.0:
        return kept
    village = world.villages[dispute.village]
    resident = world.residents[village.first_resident + dispute.claimant]
    trust = within(dispute.traits[TRUST + MIDDLE] + HUNDREDTH * resident.learned[MIDDLE], 0.0, 1.0)
    in_all = behaviour.offence_rate * (1.0 - trust) * dispute.grievance * half_life / YEAR  # if it lasted for ever
    if in_all <= 0.0:
        return kept
    left = in_all * (1.0 - kept)
    if dispute.until_offence <= 0.0:
        await_offence(world.seed, dispute)
    while left >= dispute.until_offence:
        left -= dispute.until_offence
        day = max(today, dispute.felt_on + int(-half_life * np.log2(kept + left / in_all)))
        if day < len(world.month_of_day):
            world.counts[village.county, world.month_of_day[day], dispute.kind, OFFENCE] += 1
        dispute.offences = min(dispute.offences + 1, 255)
        await_offence(world.seed, dispute)
    dispute.until_offence -= left
    return kept


@compiled_apart
def await_offence(seed: int, dispute: Row) -> None:
    """Draws how much hazard has to run off until the claimant's next offence."""
    u = chance.uniform(seed, Purpose.OFFENCE, dispute.key, dispute.offences)
    dispute.until_offence = chance.exponential(u)
