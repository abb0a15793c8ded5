"""How a court takes a matter in (part of phase 4): pre-litigation mediation first where it suits, else a suit."""

from __future__ import annotations

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.centre import pool_of_centre
from sim.agents.court import Court
from sim.agents.dispute import Answer, Forum, Origin, Stage, draw_quad
from sim.agents.dispute_kind import MediationKind
from sim.chance import Purpose
from sim.compilation import compiled
from sim.ledger import WORK_FIGURES, WORK_LEVELS, event
from sim.phases.reception import book_acceptance
from sim.world import World, wait_in_pool

PRELITIGATION_STARTED, SUIT_FILED = event("prelitigation_started"), event("suit_filed")

COURT_WORK = WORK_LEVELS.index("court")
WAIT_DAYS, STARTED_CASES = WORK_FIGURES.index("wait_days"), WORK_FIGURES.index("started")

_wait = Court.wait


@compiled
def file_suit(world: World, d: int, today: int, month: int) -> None:
    """The court offers mediation before it files; who has failed there, or whose matter does not suit, sues."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    dispute.doors = max(1, dispute.doors)
    dispute.answer = Answer.NOT_NEEDED
    dispute.registered_twice = 0
    offered, procedure, _, _ = draw_quad(world, d, Purpose.SUIT)
    pool = pool_of_centre(world.townships + village.county, MediationKind.PRELITIGATION)
    is_first_time = dispute.failures[Forum.COURT] == 0
    if is_first_time and offered < behaviour.prelitigation_share and world.pools[pool].mediators > 0:
        tally[PRELITIGATION_STARTED] += 1
        book_acceptance(world, d, world.townships + village.county, Origin.COURT, month, tally)
        dispute.match = world.kinds[dispute.kind].fit[MediationKind.PRELITIGATION]
        wait_in_pool(world, d, pool, today)
        return
    court = world.courts[village.county]
    wait = _wait(court)
    court.backlog += 1.0
    court.suits += 1
    figures = world.work[village.county, month, COURT_WORK]
    figures[WAIT_DAYS] += int(wait)
    figures[STARTED_CASES] += 1
    tally[SUIT_FILED] += 1
    dispute.match = 0.5
    dispute.mediator = -1
    length = behaviour.court_days * dispute.complexity * 0.5 * chance.exponential(procedure)
    until = today + int(wait + 0.5 * behaviour.court_days + length) + 1
    enter(world, d, Stage.IN_COURT, Phase.SETTLE, until, today)
