"""The police are called to a quarrel (part of phases 3 and 7): in heat, by who did not ask who might settle it.

They are no option of the choice. They settle on the spot, for good or as recorded only; pass on to the township's
centre what they do not settle; or leave the claimant to what he or she was about to do.
"""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.dispute import Forum, Origin, Stage
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart, origin
from sim.ledger import MONTHLY_FIGURES, event
from sim.numerics import exponential_of
from sim.phases.outcome import conclude, days_to_relapse
from sim.phases.together import book_choice
from sim.world import World, begins_month

CALLED, SETTLED, PASSED = event("police_called"), event("police_settled"), event("police_passed")
SETTLED_FIRST = event("first_police")
BACKGROUND = MONTHLY_FIGURES.index("police_background")


@compiled
def police_end_it(world: World, d: int, today: int, month: int) -> bool:
    """Whether a claimant whose patience or talk has just ended calls the police, and these settle the matter or pass it
    on; otherwise it goes on as if nobody had been called."""
    behaviour = world.behaviour[0]
    if behaviour.police_calls <= 0.0:
        return False
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    calls, outcome, passes, breaks = chance.quad(world.seed, Purpose.POLICE, dispute.key, today)
    hazard = behaviour.police_calls * world.kinds[dispute.kind].heat * dispute.severity
    if calls >= 1.0 - exponential_of(-hazard):
        return False
    tally[CALLED] += 1
    if outcome < behaviour.police_spot:
        holds = outcome < behaviour.police_spot * behaviour.police_holds * (1.0 - dispute.severity)
        settle_on_the_spot(
            origin(world), d, today, month, np.inf if holds else days_to_relapse(breaks, behaviour.relapse_rate)
        )
        return True
    centre = world.centres[village.township]
    if centre.is_working == 0 or passes >= world.regime[centre.regime].police_linkage:
        return False
    tally[PASSED] += 1
    pass_on(origin(world), d, today, month)
    return True


@compiled_apart
def settle_on_the_spot(world: World, d: int, today: int, month: int, breaks_after: float) -> None:
    """The police record a settlement, which breaks after so many days."""
    dispute = world.disputes[d]
    tally = world.counts[world.villages[dispute.village].county, month, dispute.kind]
    tally[SETTLED] += 1
    if dispute.stage == Stage.LATENT:
        tally[SETTLED_FIRST] += 1
    dispute.forum = Forum.NOTHING
    dispute.phase = Phase.SETTLE
    dispute.entries += 1  # the next settlement has luck of its own
    conclude(world, d, today, month, breaks_after)


@compiled_apart
def pass_on(world: World, d: int, today: int, month: int) -> None:
    """The matter is with the township's centre tomorrow: a choice made with help."""
    dispute = world.disputes[d]
    book_choice(world, d, Forum.TOWNSHIP, month)
    dispute.origin = Origin.POLICE
    world.villages[dispute.village].reported += 1
    enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, today + 1, today)


@compiled_apart
def count_other_calls(world: World, today: int, month: int) -> None:
    """Books a month's calls about quarrels that are no grievance of the model: the police go there, nothing follows."""
    yearly = world.behaviour[0].police_background
    if yearly <= 0.0 or not begins_month(world, today, month):
        return
    for county in range(world.first_county, world.last_county):
        hall = world.halls[county]
        u, v, _, _ = chance.quad(world.seed, Purpose.OTHER_CALLS, hall.code, month)
        calls = chance.poisson_of_any_mean(yearly / 12_000.0 * hall.population, u, v)
        world.monthly[county, month, BACKGROUND] += calls
