"""Known answer of satisficing: how often forums are tried that are worth the same to everybody."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from experiments.verification import theory
from experiments.verification.check import Check
from experiments.verification.known_answers import FAILS, SPACING, Line, check_of
from experiments.verification.queues import Figures, System
from sim.ledger import FORUMS, event
from sim.model import GovernanceModel

FIRST_SEEDS = 350
"""Spacings of seeds before this check begins, so that it shares its luck with no other."""

LADDER = {"county": "县级", "township": "乡镇（街道）", "bilateral": "当事人协商"}
"""Forums that are tried, the last to be looked at first, and their Chinese names."""


def observe_tries(system: System, seed: int) -> Figures:
    """Tries at a forum for each grievance, in every county."""
    calendar = system.scenario.calendar
    model = GovernanceModel(system.scenario, seed)
    model.run_for(calendar.days)
    ledger = model.ledger().window(calendar.measures[:7], calendar.end[:7])
    counts = ledger.counts.sum(axis=(1, 2), dtype=np.float64)
    grievances = counts[:, [event(f"first_{forum}") for forum in FORUMS]].sum(axis=1)
    return {forum: counts[:, event(f"chose_{forum}")] / grievances for forum in LADDER}


def satisficing(seeds: Sequence[int]) -> Check:
    """People climb as far as they have to and find something good enough; in the wrong model failure makes nobody
    settle for less."""
    system = System("satisficing")
    behaviour = system.scenario.behaviour
    given = behaviour.satisficing
    failing = {"bilateral": 1.0 - behaviour.bilateral_success, "township": FAILS, "county": FAILS}
    tries = theory.tries_of_satisficers(
        [getattr(behaviour, f"constant_{forum}") for forum in failing],
        list(failing.values()),
        given.aspiration,
        given.aspiration_spread,
        given.aspiration_failed,
    )
    known = dict(zip(failing, tries, strict=True))

    def lines() -> list[Line]:
        return [
            Line(forum, f"{forum}: tries a grievance", f"{zh}：每件诉求尝试次数", known[forum], known[forum])
            for forum, zh in LADDER.items()
        ]

    wrong = partial(observe_tries, system.other("behaviour.satisficing.aspiration_failed=0"))
    label = "the nearest that is good enough", "就近选择够好的渠道"
    return check_of("satisficing", *label, lines, partial(observe_tries, system), wrong, seeds)


def checks(seed: int, seeds: int) -> list[Check]:
    """The one, on so many seeds of its own."""
    start = seed + SPACING * FIRST_SEEDS
    return [satisficing(range(start, start + seeds))]
