"""A county gives in to who petitions above it, and villages learn that (ODD 7.29; parts of phases 3 and 4)."""

from __future__ import annotations

from sim.agents.dispute import Opponent, Stage
from sim.chance import Purpose
from sim.ledger import PETITION_LEVELS
from tests.reference.dispute import Dispute
from tests.reference.fixed import ENOUGH, UP
from tests.reference.phases.settle import close_petition


def concede(dispute: Dispute, level: int) -> bool:
    """Whether the county gives in to who has just come to an office: then all matters that it is about are over."""
    model, county, lot = dispute.model, dispute.county, [dispute, *dispute.carried]
    dispute.presentations += 1
    can_give_in = model.behaviour.concessions.concession > 0 and PETITION_LEVELS[level] != "county"
    if not can_give_in or dispute.opponent == Opponent.PEER:
        return False
    price = len(lot) * model.behaviour.prices.cost_concession
    has_money = county.conceded + price <= dispute.city.regime.stability_fund * county.population
    luck = model.luck.one(Purpose.CONCEDE, dispute.key, dispute.presentations)
    gives_in = luck < readiness(dispute, PETITION_LEVELS[level], len(lot)) and has_money
    dispute.village.bought.append(gives_in)
    if gives_in:
        county.conceded += price
        dispute.tally(f"conceded_{PETITION_LEVELS[level]}")
        dispute.tally(f"conceded_persons_{PETITION_LEVELS[level]}", len(lot))
        model.ledger.book_month(county, "concession_yuan", price)
        model.ledger.cost[county.row, model.month] += price
        close(dispute)
    return gives_in


def readiness(dispute: Dispute, level: str, claimants: int) -> float:
    """Chance that a county with money gives in."""
    regime = dispute.city.regime
    pressed = min(1.0, regime.pass_through * regime.weight_recorded)
    insists = min(1.0, max(dispute.presentations, claimants) / ENOUGH)
    return min(1.0, dispute.model.behaviour.concessions.concession * pressed * UP[level] * insists)


def close(dispute: Dispute) -> None:
    """Over without having been settled, whoever had the petition in hand."""
    if dispute.stage == Stage.QUEUED:
        pool, waited = dispute.pool, dispute.model.today - dispute.queued_on
        pool.queue.remove(dispute)
        dispute.model.ledger.book_work(pool.county, pool.work_level, "left_days", waited)
    elif dispute.stage == Stage.IN_WORK:
        dispute.mediator.cases.remove(dispute)
    if dispute.in_process:
        close_petition(dispute)
    for each in (dispute, *dispute.release()):
        each.stop_clocks("conceded")
        each.offend(each.model.today)
        each.leave_group()
        each.end()
