"""What people find at the door of a centre, and what a centre takes into work (part of phase 4)."""

from __future__ import annotations

from numpy.typing import NDArray

from sim.agents.dispute import Forum, Origin, draw_aside
from sim.agents.resident import TRUST_OF_FORUM
from sim.chance import Purpose
from sim.compilation import compiled
from sim.ledger import CENTRE_LEVELS, MONTHLY_FIGURES, event
from sim.phases.grievance import feel
from sim.world import World, county_regime, note

CLOSED_DOOR = event("closed_door_township")
OFFERED, TAKEN = event("mediation_offered"), event("mediation_taken")
ACCEPTED_FROM, LEVELS = event("accepted_from_claimant_township"), len(CENTRE_LEVELS)
RECEIVED = MONTHLY_FIGURES.index("received_township")
MOST_DOORS = 12
"""After a dozen doors somebody takes the matter in (assumed)."""


@compiled
def empty_hand_off(world: World, d: int, today: int) -> None:
    """A door too many: grievance, and a lesson about the level that sent the claimant on."""
    dispute = world.disputes[d]
    feel(world, d, world.behaviour[0].hand_off_grievance, today)
    dispute.doors = min(dispute.doors + 1, MOST_DOORS)
    trust = TRUST_OF_FORUM[dispute.forum]
    note(world, dispute, trust, -1, 0)


@compiled
def finds_nobody(world: World, d: int, centre: int, tally: NDArray) -> bool:
    """Whether who comes to a nameplate, built and not working, finds nobody there."""
    closed, place = world.behaviour[0].closed_door, world.centres[centre]
    if closed <= 0.0 or place.is_built == 0 or place.is_working != 0:
        return False
    u, _, _, _ = draw_aside(world, d, Purpose.CLOSED_DOOR)
    if u >= closed:
        return False
    tally[CLOSED_DOOR + world.disputes[d].forum - Forum.TOWNSHIP] += 1
    return True


@compiled
def takes_offer(world: World, d: int, tally: NDArray) -> bool:
    """Whether who comes to petition at the county takes mediation instead, if the centre offers it there first; the
    matter is one for its mediators then.

    Who has failed at the county's mediators is not offered them again.
    """
    dispute = world.disputes[d]
    county = world.villages[dispute.village].county
    is_inside = (
        world.centres[world.townships + county].is_working != 0 and county_regime(world, county).petition_inside > 0.5
    )
    if not is_inside or dispute.failures[Forum.COUNTY] > 0:
        return False
    tally[OFFERED] += 1
    u, _, _, _ = draw_aside(world, d, Purpose.OFFER)
    if u >= world.behaviour[0].offer_taken:
        return False
    tally[TAKEN] += 1
    dispute.forum = Forum.COUNTY
    dispute.origin = Origin.PETITION
    return True


@compiled
def book_acceptance(world: World, d: int, centre: int, origin: int, month: int, tally: NDArray) -> None:
    """A centre that works takes a matter into work, for which its claimant will have come a number of times."""
    place = world.centres[centre]
    if place.is_working == 0:
        return
    tally[ACCEPTED_FROM + origin * LEVELS + place.level] += 1
    u, _, _, _ = draw_aside(world, d, Purpose.VISITS)
    world.monthly[place.county, month, RECEIVED + place.level] += int(world.behaviour[0].visits_per_matter + u)
