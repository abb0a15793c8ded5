"""Waiting for a mediator or an answer: who leaves a queue, who petitions meanwhile (ODD 7.25)."""

from __future__ import annotations

import math

from sim import chance
from sim.chance import Purpose
from sim.ledger import PETITION_LEVELS
from tests.reference.dispute import Dispute
from tests.reference.fixed import NEVER
from tests.reference.phases.petition import channel_of, is_registered, tell_past
from tests.reference.phases.settle import fail

LONG = 1e6


def bear(dispute: Dispute) -> None:
    """Nobody has called the case today: how long will its claimant bear that?"""
    waiting, today = dispute.model.behaviour.waiting, dispute.model.today
    if dispute.in_process:
        return
    if waiting.queue_left_90 > 0:
        u = dispute.model.luck.one(Purpose.LEAVE, dispute.key, dispute.draws)
        scale = 90 / (-math.log(1 - waiting.queue_left_90)) ** (1 / waiting.queue_left_shape)
        days = scale * chance.exponential(u) ** (1 / waiting.queue_left_shape)
        dispute.due = today + max(1, math.ceil(min(LONG, days)))
    expect_petition(dispute)


def expect_petition(dispute: Dispute) -> None:
    """Draws the day of the next petition of somebody who waits."""
    model = dispute.model
    if dispute.in_process:
        return
    dispute.repeat_on = NEVER
    rate = model.behaviour.waiting.waiting_petitions * dispute.stake / 30
    if rate > 0 and not dispute.is_terminated:
        u, *_ = model.luck.four(Purpose.WAITING, dispute.key, model.today)
        dispute.repeat_on = model.today + math.ceil(min(LONG, chance.exponential(u) / rate))


def leave_queue(dispute: Dispute) -> None:
    """Gives up waiting: a failure at the forum like any other."""
    pool = dispute.pool
    pool.queue.remove(dispute)
    dispute.model.ledger.book_work(pool.county, pool.work_level, "left_days", dispute.model.today - dispute.queued_on)
    dispute.stop_waiting()
    dispute.tally(f"left_queue_{pool.work_level}")
    fail(dispute, dispute.model.behaviour.failure_grievance)


def petition_meanwhile(dispute: Dispute) -> None:
    """Presented at the lowest office; written down or not, and not accepted."""
    model = dispute.model
    dispute.feel()
    _, channel, register, _ = model.luck.four(Purpose.WAITING, dispute.key, model.today)
    level = min(dispute.city.petition_levels)
    by = channel_of(dispute, channel)
    place = f"{by}_{PETITION_LEVELS[level]}"
    written_down = is_registered(dispute.county, level, register)
    dispute.county.office_at(level).receive(written_down)
    tell_past(dispute, level)
    dispute.presentations += 1
    dispute.tally(f"presented_while_waiting_{PETITION_LEVELS[level]}")
    dispute.tally(f"presented_{place}")
    if written_down:
        dispute.tally(f"registered_{place}")
    for what in ("presented", "registered") if written_down else ("presented",):
        dispute.tally(f"{what}_persons_{PETITION_LEVELS[level]}", int(by == "visit"))
    dispute.tally(f"not_accepted_{PETITION_LEVELS[level]}")
    expect_petition(dispute)
