"""Claimants of one cause petition together (ODD 7.11; part of phase 4)."""

from __future__ import annotations

from sim.agents.dispute import Stage
from sim.chance import Purpose
from sim.ledger import PETITION_LEVELS
from tests.reference.dispute import Dispute
from tests.reference.fixed import ENOUGH, NEVER, REPRESENTATIVES


def come_together(leader: Dispute) -> None:
    """Others of the cause who are free join one who goes to a petition office, unless somebody leads already."""
    model, cause = leader.model, leader.cause
    if cause is None or cause.leader not in (None, leader):
        return
    for other in model.in_order([each for each in model.disputes.values() if each.cause is cause]):
        luck = model.luck.four(Purpose.JOIN, other.key, model.today)[0]
        if other is not leader and is_free(other) and luck < model.behaviour.causes.join:
            carry(leader, other)
            other.tally("joined")
            if cause.leader is None:
                cause.leader, cause.is_at_source = leader, False
            cause.carried.append(other)


def is_free(dispute: Dispute) -> bool:
    """Latent, aggrieved or queued since before today, without a petition in process or a chain that has ended."""
    began = {Stage.LATENT: dispute.opened, Stage.AGGRIEVED: dispute.since, Stage.QUEUED: dispute.since}
    is_early = began.get(dispute.stage, NEVER) < dispute.model.today
    return is_early and not dispute.in_process and not dispute.is_terminated


def carry(leader: Dispute, other: Dispute) -> None:
    """Leaves the matter to the leader: a choice like any other, without a day of its own."""
    if other.stage == Stage.QUEUED:
        leave_queue_for_another(other)
    other.choose(leader.forum)
    other.channel, other.repeat_on = "visit", NEVER
    other.village.reported += 1
    other.enter(Stage.CARRIED, NEVER)


def leave_queue_for_another(dispute: Dispute) -> None:
    """Waits no longer for a mediator, without a failure."""
    pool, days = dispute.pool, dispute.model.today - dispute.queued_on
    pool.queue.remove(dispute)
    dispute.stop_waiting()
    dispute.model.ledger.book_work(pool.county, pool.work_level, "left_days", days)


def persons_sent(model, key: int, matters: int) -> int:
    """All who come together, or of more than five sometimes five."""
    kept = model.luck.four(Purpose.JOIN, key, model.today)[1]
    return min(matters, REPRESENTATIVES) if kept < model.behaviour.causes.representatives_kept else matters


def persons_who_come(dispute: Dispute) -> int:
    """Who comes in person, for the dispute's own matter and those that it carries."""
    return persons_sent(dispute.model, dispute.key, 1 + len(dispute.carried)) if dispute.channel == "visit" else 0


def count_persons(dispute: Dispute, level: int, is_registered: bool, repeat: str) -> None:
    """Books them where they come to."""
    persons = persons_who_come(dispute)
    dispute.tally(f"{repeat}presented_persons_{PETITION_LEVELS[level]}", persons)
    if is_registered:
        dispute.tally(f"{repeat}registered_persons_{PETITION_LEVELS[level]}", persons)
    if persons >= ENOUGH:
        dispute.tally(f"joint_visit_{PETITION_LEVELS[level]}")
        dispute.tally("joint_visit_person", persons)
