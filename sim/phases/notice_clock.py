"""When a latent dispute comes to something: a grid worker notices it, or its claimant's patience ends."""

from __future__ import annotations

import numpy as np

from sim.agenda import Phase, enter
from sim.agents.dispute import TRAITS, Stage
from sim.agents.grid_worker import GridWorker, days_until
from sim.agents.resident import HUNDREDTH, LOCAL, PATIENCE, TRUST, within
from sim.agents.village import FIRST_CONTACT
from sim.compilation import compiled
from sim.records import Row
from sim.world import World

LONGEST_PATIENCE = 365

_hazard = GridWorker.hazard


@compiled
def grid_of(village: Row, claimant: int) -> int:
    """Row of the grid worker in whose grid a resident's household is."""
    return village.first_grid_worker + np.int64(claimant) * village.grid_workers // village.population


@compiled
def patience_days(behaviour: Row, log_factor: float, severity: float, share: float) -> int:
    """Whole days until a claimant acts: lognormal, shortened by severity."""
    days = share * behaviour.patience * np.exp(np.float64(log_factor)) * (1.5 - severity)
    return int(within(np.floor(days + 0.5), 0.0, LONGEST_PATIENCE))


@compiled
def wait_for_notice(world: World, d: int, today: int) -> None:
    """Schedules a latent dispute for the day a grid worker may notice it or its claimant acts, whichever is first."""
    dispute = world.disputes[d]
    wait_for(world, d, grid_of(world.villages[dispute.village], dispute.claimant), today)


@compiled
def wait_for(world: World, d: int, grid_worker: int, today: int) -> None:
    """As ``wait_for_notice``, given the row of the claimant's grid worker."""
    dispute = world.disputes[d]
    worker = world.grid_workers[grid_worker]
    notice = today + days_until(dispute.noticed_at - _hazard(worker, today), worker.rate)
    if notice < dispute.claim_on:
        enter(world, d, Stage.LATENT, Phase.PATROL, notice, today)
    else:
        enter(world, d, Stage.LATENT, Phase.CLAIM, dispute.claim_on, today)


@compiled
def set_clocks(
    world: World, d: int, grid_worker: int, traits: tuple[float, ...], exponential: float, today: int, behaviour: Row
) -> None:
    """A new dispute's claimant, of these traits, will act when patience ends; the grid worker's clock is
    set by a unit exponential."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    for trait in range(TRAITS):
        dispute.traits[trait] = traits[trait]
    dispute.claim_on = today + patience_days(behaviour, dispute.traits[PATIENCE], dispute.severity, 1.0)
    learned = HUNDREDTH * world.residents[village.first_resident + dispute.claimant].learned[LOCAL]
    disclosure = behaviour.disclosure * within(dispute.traits[TRUST + LOCAL] + learned, 0.0, 1.0)
    if village.has[FIRST_CONTACT] != 0:
        disclosure *= 1.0 + behaviour.first_contact_notice
    passed = _hazard(world.grid_workers[grid_worker], today)
    dispute.noticed_at = passed + (exponential / disclosure if disclosure > 0.0 else 1e9)
    wait_for(world, d, grid_worker, today)


@compiled
def stop_clocks(world: World, today: int) -> None:
    """Before grids change at the start of ``today``: latent disputes keep what their clock has still to run."""
    for d in range(world.state[0].used):
        dispute = world.disputes[d]
        if dispute.stage == Stage.LATENT:
            worker = world.grid_workers[grid_of(world.villages[dispute.village], dispute.claimant)]
            dispute.noticed_at -= _hazard(worker, today - 1)


@compiled
def start_clocks(world: World, today: int) -> None:
    """After grids have changed, with all their clocks at zero: latent disputes are scheduled anew."""
    for d in range(world.state[0].used):
        if world.disputes[d].stage == Stage.LATENT:
            wait_for_notice(world, d, today - 1)
