"""Phase 6: courts sit; mediators finish cases, queues grow, free mediators take cases (ODD 7.14, 7.16)."""

from __future__ import annotations

import math

from sim.agents.dispute import Stage
from sim.chance import Purpose
from tests.reference.centre import Pool
from tests.reference.dispute import Dispute
from tests.reference.fixed import PETITION, TWICE
from tests.reference.numbers import rounded, single
from tests.reference.phases.wait import bear


def work(model) -> None:
    """Courts first, then ends, queues and beginnings, then the day's figures."""
    for county in model.counties:
        county.court.sit()
    for dispute in model.due(Stage.IN_WORK):
        if dispute.mediator:  # else the other side has refused, on a closed day
            finish(dispute)
    for dispute in model.in_order(model.entrants):
        dispute.queued_on = model.today
        dispute.pool.queue.append(dispute)
    for pool in model.pools:
        start_cases(pool)
    for dispute in model.entrants:
        if dispute.stage == Stage.QUEUED:
            bear(dispute)
    model.entrants.clear()
    book_work(model)


def finish(dispute: Dispute) -> None:
    """The mediator has a free slot and one more case done; the outcome falls in the next phase."""
    dispute.mediator.cases.remove(dispute)
    dispute.mediator.cases_done += 1


def start_cases(pool: Pool) -> None:
    """Free mediators take cases as long as there are both."""
    while pool.queue and (mediator := pool.free_mediator()):
        dispute = pool.call_next()
        dispute.stop_waiting()
        waited = pool.model.today - dispute.queued_on
        pool.model.ledger.book_work(pool.county, pool.work_level, "wait_days", waited)
        pool.model.ledger.book_work(pool.county, pool.work_level, "started", 1)
        pool.model.ledger.book_work(pool.county, pool.work_level, "waited_long", int(waited > 30))
        pool.waits_today.append(waited)
        refuses, withdraws, confirms, _ = dispute.draw_four(Purpose.REFUSE)
        if pool.kind != PETITION and refuses < refusal(dispute, pool):
            dispute.mediator = None
            dispute.enter(Stage.IN_WORK, pool.model.today)
            continue
        mediator.cases.append(dispute)
        dispute.mediator = mediator
        begin_service(dispute, withdraws, confirms)


def refusal(dispute: Dispute, pool: Pool) -> float:
    """Chance that the other side refuses mediation."""
    behaviour = pool.model.behaviour
    overcome = behaviour.enterprise_consent if dispute.is_for_enterprises(pool) else 0.0
    return behaviour.party_refuses * (1 - overcome)


def begin_service(dispute: Dispute, withdraws: float, confirms: float) -> None:
    """Draws how long the work will take and how it may end."""
    model, behaviour, pool = dispute.model, dispute.model.behaviour, dispute.pool
    is_mediation = pool.kind != PETITION
    has_judge = "judge_contact_points" in dispute.township.centre.posts
    dispute.is_withdrawn = is_mediation and withdraws < behaviour.withdrawals
    dispute.is_confirmed = is_mediation and has_judge and confirms < behaviour.confirmation_share
    dispute.tally("mediation_started")
    days = pool.mean_days * dispute.complexity * dispute.mediator.pace()
    days *= TWICE if dispute.registered_twice else 1
    days *= dispute.draw_service(int(behaviour.service_shape))
    wanted = rounded(60 * pool.hours_a_case * days / pool.mean_days)
    model.ledger.book_work(pool.county, pool.work_level, "minutes_wanted", wanted)
    shortage, rush = dispute.mediator.shortage, behaviour.caseloads.rush
    dispute.rushed = single(rush * shortage)
    days *= math.exp((1 - rush) * shortage)
    if rush * shortage > 0:
        dispute.tally("rushed")
    until = model.today + max(1, rounded(days))
    if dispute.in_process and dispute.draw(Purpose.REMIND) < pool.place.regime.deadline_supervision:
        until = min(until, max(model.today + 1, dispute.deadline))
    dispute.enter(Stage.IN_WORK, until)


def book_work(model) -> None:
    """Slots, cases in hand and queues of the day; of a court, suits."""
    queued: dict = {}
    for pool in model.pools:
        cell = (pool.county, pool.work_level)
        # Who has left has a slot for every case in hand, until it is done.
        leaving = sum(len(mediator.cases) for mediator in pool.mediators if not mediator.is_employed)
        model.ledger.book_work(*cell, "slot_days", len(pool.employed) * pool.slots + leaving)
        model.ledger.book_work(*cell, "minutes_there", sum(mediator.minutes for mediator in pool.employed))
        model.ledger.book_work(*cell, "busy_days", sum(len(mediator.cases) for mediator in pool.mediators))
        queued[cell] = queued.get(cell, 0) + len(pool.queue)
    for county in model.counties:
        offered, concluded = county.court.book()
        model.ledger.book_work(county, "court", "slot_days", offered)
        model.ledger.book_work(county, "court", "busy_days", concluded)
        queued[county, "court"] = int(county.court.backlog)
    for (county, level), number in queued.items():
        model.ledger.work[county.row, model.month, level, "queued"] = number
        model.ledger.book_work(county, level, "queue_days", number)
