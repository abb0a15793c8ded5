"""Concessions: a county gives in to who petitions above it (parts of phases 3 and 4), and the village learns of it.

What is conceded is closed and not settled: neither mediation nor a durable settlement, but peace bought.
"""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agenda import Phase
from sim.agents.dispute import Dispute, Opponent, Stage
from sim.agents.petition_office import COUNTY_LEVEL
from sim.agents.village import PETITIONING
from sim.causes import matters_of
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart, origin
from sim.ledger import MONTHLY_FIGURES, event
from sim.phases.cohorts import CONCEDED_END, stop_clocks
from sim.phases.grievance import offend
from sim.phases.linked import leave_group
from sim.phases.settle import close_petition
from sim.phases.together import ENOUGH, next_carried, release
from sim.world import World, free_row, free_slot, leave_pool, note

CONCEDED, CONCEDED_PERSONS = event("conceded_city") - 1, event("conceded_persons_city") - 1
"""Of a petition level: the county, to which nothing is conceded, has none."""

YUAN = MONTHLY_FIGURES.index("concession_yuan")

UP = np.array([0.0, 0.3, 0.7, 1.0])
"""How much a petition to county, city, province or nation presses the county to give in (assumed)."""

_come_again = Dispute.come_again


@compiled
def concession_chance(world: World, level: int, insistence: float) -> float:
    """Chance that a county which has the money gives in to a petition at a level, by how often or how many came."""
    regime = world.regime[0]
    pressure = min(1.0, regime.pass_through * regime.weight_recorded)
    insists = min(1.0, insistence / ENOUGH)
    return min(1.0, world.behaviour[0].concession * pressure * UP[level] * insists)


@compiled
def pays(world: World, county: int, persons: int) -> bool:
    """Whether what the year has left of the county's fund is enough for so many claimants; it is spent if so."""
    government = world.governments[county]
    price = world.behaviour[0].cost_concession * persons
    if government.conceded + price > world.regime[0].stability_fund * world.halls[county].population:
        return False
    government.conceded += price
    return True


@compiled
def concede(world: World, d: int, level: int, today: int, month: int) -> bool:
    """Somebody has come to a petition office: the county may give in, which closes the matter and those of all whom
    the claimant leads; true when it does. Peers get nothing from it."""
    dispute = world.disputes[d]
    _come_again(dispute)
    if world.behaviour[0].concession <= 0.0 or level == COUNTY_LEVEL or dispute.opponent == Opponent.PEER:
        return False
    county = world.villages[dispute.village].county
    persons = matters_of(world, d)
    insistence = max(np.int64(dispute.presentations), persons)
    u = chance.uniform(world.seed, Purpose.CONCEDE, dispute.key, dispute.presentations)
    is_conceded = u < concession_chance(world, level, insistence) and pays(world, county, persons)
    note(world, dispute, -1, PETITIONING, is_conceded)
    if is_conceded:
        tally = world.counts[county, month, dispute.kind]
        tally[CONCEDED + level] += 1
        tally[CONCEDED_PERSONS + level] += persons
        world.monthly[county, month, YUAN] += world.behaviour[0].cost_concession * persons
        close_all(origin(world), d, today, month)
    return is_conceded


@compiled_apart
def close_all(world: World, d: int, today: int, month: int) -> None:
    """The matter is closed, wherever it stands, and so are those that its claimant carries."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    if dispute.stage == Stage.QUEUED:
        leave_pool(world, d, today, month)
    elif dispute.stage == Stage.IN_WORK:
        free_slot(world, dispute.mediator)
    if dispute.accepted_on >= 0:
        close_petition(world, dispute, village, today, world.counts[village.county, month, dispute.kind])
    c = release(world, d)
    m = next_carried(world, world.causes[c].first) if c >= 0 else np.int64(-1)
    close_without_settling(world, d, today)
    while m >= 0:
        following = next_carried(world, world.disputes[m].next_member)
        close_without_settling(world, m, today)
        m = following


@compiled
def close_without_settling(world: World, d: int, today: int) -> None:
    """A matter ends for good, of which nobody learns what settling it would have taught."""
    dispute = world.disputes[d]
    stop_clocks(world, dispute, today, CONCEDED_END)
    offend(world, d, today, today)
    leave_group(world, dispute, today)
    dispute.phase = Phase.INTAKE  # tells who follows disputes that this one left at an office
    free_row(world, d)
