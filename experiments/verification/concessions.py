"""Concessions as a branching process: each draws further petitions, and of these some are conceded in their turn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from experiments.verification.queues import Figures, System
from sim.agents.dispute import NEVER, Dispute, Opponent, Stage
from sim.agents.petition_office import NATION_LEVEL
from sim.causes import ALONE
from sim.model import GovernanceModel
from sim.phases.cohorts import ENDED
from sim.phases.concede import concede
from sim.phases.together import ENOUGH
from sim.state import world_of
from sim.world import World

FIRST_ONES = 200
"""Concessions a county from each of which further ones may follow."""

PRICED_AT = 1_000.0
FUNDED = 40
"""Concessions that a county's fund is enough for, where it is bounded."""

PRESENTED = 400
"""Petitions a county that come to a bounded fund."""


def observe_concessions(system: System, drawn: float, seed: int) -> Figures:
    """By county: concessions that each first one ends in, when each draws a Poisson number of mean ``drawn`` of
    petitions to the nation by claimants who have come often; and concessions to many where the fund is bounded."""
    model = GovernanceModel(system.scenario, seed)
    model.run_for(1)
    city, counties = 0, range(len(model.province.counties))
    world = world_of(model.state, model.province, city, seed, model.behaviour_record.copy(), model.almanac)
    world.behaviour["cost_concession"] = PRICED_AT
    luck, keys = np.random.default_rng(seed), iter(range(1, 2**62))
    observed: Figures = {"concessions": np.zeros(len(counties)), "funded": np.zeros(len(counties))}
    for county in counties:
        fund(world, county, np.inf)
        total = FIRST_ONES
        coming = int(luck.poisson(drawn, FIRST_ONES).sum())
        while coming:
            given = sum(is_conceded(world, county, keys) for _ in range(coming))
            total += given
            coming = int(luck.poisson(drawn, given).sum())
        observed["concessions"][county] = total / FIRST_ONES
        fund(world, county, FUNDED * PRICED_AT)
        observed["funded"][county] = sum(is_conceded(world, county, keys) for _ in range(PRESENTED))
    return observed


def fund(world: World, county: int, yuan: float) -> None:
    """The county has so much money for the year."""
    world.governments["conceded"][county] = 0.0
    world.regime["stability_fund"] = yuan / world.halls["population"][county]


def is_conceded(world: World, county: int, keys: Iterator[int]) -> bool:
    """Whether the county gives in to one more petition against an agency of its own, by a claimant of its own luck."""
    world.disputes[0] = np.zeros(1, Dispute.record)[0]
    dispute = world.disputes[0]
    dispute["village"] = np.flatnonzero(world.villages["county"] == county)[0]
    dispute["key"], dispute["opponent"], dispute["stage"] = next(keys), Opponent.COUNTY_AGENCY, Stage.ON_THE_WAY
    dispute["presentations"], dispute["cause"], dispute["bucket"] = ENOUGH, ALONE, -1
    dispute["accepted_on"], dispute["is_timed"], dispute["reached_on"] = -1, 1, ENDED
    dispute["due"] = dispute["repeat_on"] = NEVER
    given = bool(concede(world, 0, NATION_LEVEL, 1, 0))
    world.state["free"] = world.state["outcomes"] = 0
    return given
