"""Collective action (part of phase 3): linked disputants of one kind and township act together.

Linked are open disputes with organisations and agencies whose claimants have failed at a third party. Five or more of
one kind in one township may send representatives to the petition office, at most five (2005 Regulations, Art. 18), or
come together in a mass incident.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agents.petition_office import REPRESENTATIVES, VISIT, PetitionOffice, next_level, office_of
from sim.chance import Purpose
from sim.compilation import compiled
from sim.ledger import CHANNELS, event
from sim.phases.petition import is_registered
from sim.world import World

JOINT_VISIT, PERSONS, INCIDENT = event("joint_visit"), event("joint_visit_person"), event("mass_incident")
REPEATED, REPEAT_REGISTERED = event("repeat_presented_visit_county"), event("repeat_registered_visit_county")
ENOUGH = 5
"""Linked disputants from whom collective action is counted."""

KINDS_MOST = 16

_receive = PetitionOffice.receive


@compiled
def gather(world: World, today: int, month: int) -> None:
    """Every group of linked disputants, as it stood last night, may act; their number alone is a threat."""
    behaviour = world.behaviour[0]
    for township in range(world.first_township, world.last_township):
        linked = world.linked[township]
        threat = world.threat[township]
        for kind in range(len(linked)):
            number = linked[kind]
            threat[kind] = number >= ENOUGH
            if number < ENOUGH:
                continue
            centre = world.centres[township]
            key = centre.code * KINDS_MOST + kind
            acts, violent, registered, _ = chance.quad(world.seed, Purpose.JOINT_ACTION, key, today)
            hazard = behaviour.collective_rate / 365.0 * number / ENOUGH
            if acts < 1.0 - np.exp(-hazard):
                tally = world.counts[centre.county, month, kind]
                if violent < behaviour.incident_share:
                    tally[INCIDENT] += 1
                else:
                    visit_together(world, centre.county, number, registered, tally)


@compiled
def visit_together(world: World, county: int, number: int, u: float, tally: NDArray) -> None:
    """A joint visit to the lowest office there is, the county's as a rule; booked as a repeat visit."""
    level = next_level(-1, world.regime[0])
    tally[JOINT_VISIT] += 1
    tally[PERSONS] += min(number, REPRESENTATIVES)
    cell = level * len(CHANNELS) + VISIT
    registered = is_registered(world, county, level, u)
    _receive(world.offices[office_of(level, county, world.city, world.counties, world.cities)], registered)
    tally[REPEATED + cell] += 1
    if registered:
        tally[REPEAT_REGISTERED + cell] += 1
