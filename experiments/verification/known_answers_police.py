"""Known answer of the police: quarrels of two severities, to which they are called at the end of patience."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import numpy as np

from experiments.verification.check import Check
from experiments.verification.known_answers import SPACING, Line, check_of
from experiments.verification.queues import Cases, Figures, System, seen
from sim.ledger import DISPUTE_KINDS, event

SEVERITIES = {"neighbour": 0.2, "injury": 0.6}
"""Of two kinds in equal heat."""

FIRST_SEEDS = 300
"""Spacings of seeds before this check begins, so that it shares its luck with no other."""


def as_two_severities(cases: Cases) -> None:
    """Every dispute of the two kinds is as severe as the others of its kind."""
    for kind, severity in SEVERITIES.items():
        cases["severity"][cases["kind"] == DISPUTE_KINDS.index(kind)] = severity


def as_equally_severe(cases: Cases) -> None:
    """The severities are forgotten: all disputes are as severe as the two kinds are in the middle."""
    cases["severity"] = sum(SEVERITIES.values()) / len(SEVERITIES)


def observe_police(system: System, seed: int) -> Figures:
    """Of every county and kind: calls for each grievance, and the share of them that ends in a durable settlement."""
    model, _ = seen(system, seed, lambda _: {})
    calendar = system.scenario.calendar
    counts = model.ledger().window(calendar.measures[:7], calendar.end[:7]).counts.sum(axis=1, dtype=np.float64)
    observed: Figures = {}
    for kind in SEVERITIES:
        raised, called, durable = (
            counts[:, DISPUTE_KINDS.index(kind), event(name)] for name in ("raised", "police_called", "police_durable")
        )
        observed[f"{kind}_calls"], observed[f"{kind}_durable"] = called / raised, durable / called
    return observed


def police(seeds: Sequence[int]) -> Check:
    """Who is called about, by severity, and what holds; in the wrong model one severity is as good as the other.

    What does not hold breaks within a year, or later and is durable then, and its claimant may call again.
    """
    system = System("police", make=as_two_severities)
    behaviour = system.scenario.behaviour
    given = behaviour.police

    def lines() -> list[Line]:
        made = []
        for kind, severity in SEVERITIES.items():
            call = 1.0 - math.exp(-given.police_calls * severity)
            holds = given.police_holds * (1.0 - severity)
            durable = holds + (1.0 - holds) * math.exp(-behaviour.relapse_rate)
            calls = call / (1.0 - call * given.police_spot * (1.0 - durable))
            lasting = given.police_spot * durable
            at, zh_at = f"severity {severity:g}", f"严重程度{severity:g}"
            made += [
                Line(f"{kind}_calls", f"{at}: calls a grievance", f"{zh_at}：每件诉求报警次数", calls, calls),
                Line(f"{kind}_durable", f"{at}: durable share", f"{zh_at}：稳定化解占比", lasting, lasting),
            ]
        return made

    wrong = partial(observe_police, System("police", make=as_equally_severe))
    label = "police, two severities", "公安调处，两种严重程度"
    return check_of("police", *label, lines, partial(observe_police, system), wrong, seeds)


def checks(seed: int, seeds: int) -> list[Check]:
    """The one, on so many seeds of its own."""
    start = seed + SPACING * FIRST_SEEDS
    return [police(range(start, start + seeds))]
