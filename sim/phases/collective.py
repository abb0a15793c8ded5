"""Collective action (part of phase 3): claimants whom one cause has failed act together.

Linked are open disputes of a cause with an organisation or agency whose claimants have failed at a third party. Five or
more may visit the petition office, or come together in a mass incident.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agents.dispute import key_of
from sim.agents.petition_office import VISIT, PetitionOffice, next_level, office_of
from sim.causes import failed_last_night
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart
from sim.ledger import CHANNELS, event
from sim.phases.petition import is_registered
from sim.phases.together import ENOUGH, REPEAT_REGISTERED_PERSONS, REPEATED_PERSONS, count_persons, persons_sent
from sim.records import Row
from sim.world import World, begins_month

INCIDENT = event("mass_incident")
REPEATED, REPEAT_REGISTERED = event("repeat_presented_visit_county"), event("repeat_registered_visit_county")
_receive = PetitionOffice.receive


@compiled
def is_threat(world: World, dispute: Row, today: int) -> bool:
    """Whether enough claimants of the dispute's cause, as it stood last night, have failed to act together."""
    return dispute.cause >= 0 and failed_last_night(world.causes[dispute.cause], today) >= ENOUGH


@compiled_apart
def gather(world: World, today: int, month: int) -> None:
    """On the first of a month every cause of which enough claimants have failed, as it stood last night, may act."""
    if not begins_month(world, today, month):
        return
    behaviour = world.behaviour[0]
    for c in range(world.state[0].used_causes):
        cause = world.causes[c]
        number = failed_last_night(cause, today)
        if cause.members == 0 or number < ENOUGH:
            continue
        village = world.villages[cause.village]
        key = key_of(village.code, cause.ordinal)
        acts, violent, registered, _ = chance.quad(world.seed, Purpose.JOINT_ACTION, key, today)
        if acts < 1.0 - np.exp(-behaviour.collective_rate / 12.0 * number / ENOUGH):
            tally = world.counts[village.county, month, cause.kind]
            if violent < behaviour.incident_share:
                tally[INCIDENT] += 1
            else:
                persons = persons_sent(world, key, number, today)
                visit_together(world, village.county, persons, registered, tally)


@compiled
def visit_together(world: World, county: int, persons: int, u: float, tally: NDArray) -> None:
    """A joint visit to the lowest office there is, the county's as a rule; booked as a repeat visit."""
    level = next_level(-1, world.regime[0])
    cell = level * len(CHANNELS) + VISIT
    registered = is_registered(world, county, level, u)
    _receive(world.offices[office_of(level, county, world.city, world.counties, world.cities)], registered)
    tally[REPEATED + cell] += 1
    if registered:
        tally[REPEAT_REGISTERED + cell] += 1
    count_persons(tally, REPEATED_PERSONS, REPEAT_REGISTERED_PERSONS, level, persons, registered)
