"""Phase 2: grid workers visit, notice latent disputes, settle the small ones and refer the rest."""

from __future__ import annotations

from numpy.typing import NDArray

from sim.agenda import Phase, due_row, enter, take_due
from sim.agents.dispute import Forum, Opponent, Stage, draw_aside, draw_quad
from sim.agents.grid_worker import GridWorker
from sim.agents.resident import LOCAL
from sim.chance import Purpose, days
from sim.compilation import compiled
from sim.ledger import event
from sim.phases.notice_clock import grid_of, wait_for_notice
from sim.phases.outcome import close_dispute
from sim.world import World

NOTICED, SETTLED_ON_SPOT = event("noticed"), event("settled_on_spot")
REFERRED, FORGOTTEN = event("referred"), event("referral_forgotten")
REPORTING = event("reporting_minutes")
FIRST, CHOSE = event("first_nothing"), event("chose_nothing")

BIG = 0.5
"""Severity from which a noticed matter is referred to the township rather than the village (assumed)."""

NOT_AGAIN = 1e30
"""Clock reading at which a noticed dispute would be noticed again."""

_hazard = GridWorker.hazard
_spend = GridWorker.spend


@compiled
def patrol(world: World, today: int, month: int) -> None:
    """What grid workers notice today."""
    due = take_due(world, Phase.PATROL, today)
    for n in range(due):
        d = due_row(world, n, due)
        dispute = world.disputes[d]
        village = world.villages[dispute.village]
        worker = world.grid_workers[grid_of(village, dispute.claimant)]
        if _hazard(worker, today) < dispute.noticed_at:  # the worker was busy with other things
            wait_for_notice(world, d, today)
        else:
            notice(world, d, today, month)


@compiled
def notice(world: World, d: int, today: int, month: int) -> None:
    """A grid worker learns of a latent dispute."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    regime = world.regime[village.regime]
    tally = world.counts[village.county, month, dispute.kind]
    worker = world.grid_workers[grid_of(village, dispute.claimant)]
    tally[NOTICED] += 1
    dispute.noticed_at = NOT_AGAIN
    village.reported += 1
    hours_a_day = regime.hours_per_day + regime.overtime
    _spend(worker, regime.reporting / 60.0, hours_a_day)
    tally[REPORTING] += int(regime.reporting + 0.5)
    if dispute.severity <= regime.settling_power and dispute.opponent == Opponent.PEER:
        _spend(worker, behaviour.spot_hours, hours_a_day)
        u, _, _, _ = draw_aside(world, d, Purpose.SPOT)
        if u < behaviour.spot_success * (1.0 - dispute.severity):
            tally[SETTLED_ON_SPOT] += 1
            close_dispute(world, d, today, month, LOCAL, -1)
            return
    consent, by_platform, forgotten, wait = draw_quad(world, d, Purpose.REFERRAL)
    if consent < behaviour.referral_consent:
        if by_platform < regime.information_sharing or village.is_alert != 0:
            refer(world, d, today, today, tally)
            return
        if forgotten >= behaviour.referral_forgotten:
            refer(world, d, today + days(behaviour.referral_delay, wait), today, tally)
            return
        tally[FORGOTTEN] += 1
    enter(world, d, Stage.LATENT, Phase.CLAIM, dispute.claim_on, today)


@compiled
def refer(world: World, d: int, arrives: int, today: int, tally: NDArray) -> None:
    """With the claimant's consent the matter goes to a mediator: a first choice made with help."""
    dispute = world.disputes[d]
    is_big = dispute.severity > BIG or dispute.opponent != Opponent.PEER
    dispute.forum = Forum.TOWNSHIP if is_big else Forum.VILLAGE
    dispute.attempts += 1
    tally[REFERRED] += 1
    tally[FIRST + dispute.forum] += 1
    tally[CHOSE + dispute.forum] += 1
    enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, arrives, today)
