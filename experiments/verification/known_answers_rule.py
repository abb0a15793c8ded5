"""Known answer of a rule that fades: how much of it there is in a number of months."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from experiments.verification import theory
from experiments.verification.check import Check
from experiments.verification.known_answers import SPACING, Line, check_of
from experiments.verification.queues import Figures, System
from sim.ledger import CHANNELS, DISPUTE_KINDS, event
from sim.model import GovernanceModel

FIRST_SEEDS = 150
"""After those of other known answers, in steps of ``SPACING``."""

TOGETHER = 3
"""Counties of a replicate, so that each month has petitions."""

AGAINST_PEERS = [DISPUTE_KINDS.index(kind) for kind in ("neighbour", "family")]
"""Kinds of dispute whose petitions are ineligible above the county."""


def observe_rule(system: System, seed: int) -> Figures:
    """What is left of a strict rule, summed over the months after the reform: by how much fewer of the ineligible
    petitions that city and province register are accepted than under a loose one."""
    calendar, behaviour = system.scenario.calendar, system.scenario.behaviour
    model = GovernanceModel(system.scenario, seed)
    model.run_for(calendar.days)
    counts = model.ledger().window(calendar.reform[:7], calendar.end[:7]).counts[:, :, AGAINST_PEERS].sum(axis=2)
    counts = counts.reshape(-1, TOGETHER, *counts.shape[1:]).sum(axis=1)
    levels = ("city", "province")
    accepted = counts[..., [event(f"accepted_{level}") for level in levels]].sum(axis=-1)
    registered = counts[..., [event(f"registered_{by}_{level}") for by in CHANNELS for level in levels]].sum(axis=-1)
    fewer = behaviour.loose_acceptance - accepted / registered
    return {"left": (fewer / (behaviour.loose_acceptance + behaviour.strict_refusal - 1.0)).sum(axis=1)}


def fading_rule(seeds: Sequence[int]) -> Check:
    """A strict rule of which a fifth lasts and the rest fades with a half-life of a year; in the wrong model of two."""
    system = System("rule")
    timing, calendar = system.scenario.behaviour.timing, system.scenario.calendar
    months = int((np.datetime64(calendar.end, "M") - np.datetime64(calendar.reform, "M")).astype(np.int64)) + 1

    def lines() -> list[Line]:
        known = theory.rule_over_months(months, timing.rule_kept, timing.rule_half_life)
        return [Line("left", f"whole months' worth in {months}", f"{months}个月内相当于完整执行的月数", known, known)]

    wrong = partial(observe_rule, system.other("behaviour.timing.rule_half_life=2"))
    return check_of(
        "fading_rule",
        "strict rule that fades",
        "逐渐松弛的严格受理规则",
        lines,
        partial(observe_rule, system),
        wrong,
        seeds,
    )


def checks(seed: int, seeds: int) -> list[Check]:
    """All of them, each on so many seeds of its own."""
    start = seed + SPACING * FIRST_SEEDS
    return [fading_rule(range(start, start + seeds))]
