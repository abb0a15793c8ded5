"""Phase 1, beside candidates: who is aggrieved when a county's hall has refused requests for good."""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agents.dispute import REFUSED_BITS, refused_ordinal
from sim.causes import ALONE
from sim.chance import Purpose
from sim.compilation import compiled
from sim.county_profile import ADMINISTRATION
from sim.phases.notice_clock import grid_of
from sim.records import Row
from sim.world import World

MOST_A_DAY = (1 << REFUSED_BITS) - 1
"""Grievances that requests refused in one county on one day can raise; number 0 is that of the day's draw."""


@compiled
def grievances_of_hall(world: World, county: int, today: int) -> int:
    """How many grievances the requests refused today raise: a Poisson number whose luck is the day's.

    The more are refused, the more there are, and those there were with fewer are among them.
    """
    hall = world.halls[county]
    mean = world.behaviour[0].service_grievance * hall.refused
    if mean <= 0.0:
        return 0
    u, v, _, _ = chance.quad(world.seed, Purpose.REFUSED, hall.code, refused_ordinal(today, 0))
    return min(MOST_A_DAY, chance.poisson_of_any_mean(mean, u, v))


@compiled
def describe_refused(world: World, county: int, today: int, nth: int, grievance: Row) -> float:
    """Whose the ``nth`` of them is, any resident of the county; gives its draw for what the village does."""
    hall = world.halls[county]
    ordinal = refused_ordinal(today, nth + 1)
    u, who, _, _ = chance.quad(world.seed, Purpose.REFUSED, hall.code, ordinal)
    v = village_of(world, hall, int(who * hall.population))
    village = world.villages[v]
    claimant = world.villages[hall.first_village].first_resident + int(who * hall.population) - village.first_resident
    grievance.village = v
    grievance.ordinal = ordinal
    grievance.claimant = claimant
    grievance.worker = grid_of(village, claimant)
    grievance.kind = ADMINISTRATION
    grievance.is_refused = 1
    grievance.cause = ALONE
    grievance.members = 1
    grievance.against = 0.0
    return u


@compiled
def village_of(world: World, hall: Row, number: int) -> np.int64:
    """Row of the village of a county's resident, given by number in the county."""
    low, high = np.int64(hall.first_village), np.int64(hall.first_village + hall.villages)
    resident = world.villages[low].first_resident + number
    while high - low > 1:
        middle = (low + high) // 2
        if world.villages[middle].first_resident <= resident:
            low = middle
        else:
            high = middle
    return low
