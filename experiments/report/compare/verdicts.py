"""Whether the ratio and durable settlement move together, policy by policy.

A change counts only beyond a margin that would matter: ``up`` or ``down`` when its 95 % interval lies wholly beyond
the margin, ``little`` when it lies wholly within, ``unclear`` when it crosses. A single replicate is judged by its
value alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from experiments.report.compare.evidence import Effect, Evidence

RATIO_MARGIN = 0.10
"""Aitchison distance: about a tenth of one part of the ratio more or less."""

DURABLE_MARGIN = 0.01
"""One durable settlement more or less in a hundred grievances."""


@dataclass(frozen=True)
class Verdict:
    """Effects of one policy on the distance to the target and on durable settlement, and what they amount to.

    ``ratio`` is ``nearer``, ``farther``, ``little`` or ``unclear``; ``settlement`` is ``up``, ``down``, ``little`` or
    ``unclear``. ``nearer`` is the effect on the distance with its sign turned: positive is nearer.
    """

    scenario: str
    distance: Effect
    durable: Effect
    ratio: str
    settlement: str

    @property
    def nearer(self) -> Effect:
        """The effect on the distance, turned so that positive is nearer to the target."""
        effect = self.distance
        return replace(effect, difference=-effect.difference, low=-effect.high, high=-effect.low)


def judge(effect: Effect, margin: float) -> int | None:
    """+1 or −1 beyond the margin, 0 within it, ``None`` where the interval crosses the margin."""
    low, high = effect.low, effect.high
    if not math.isfinite(low) or not math.isfinite(high):
        low = high = effect.difference
    if low >= margin:
        return 1
    if high <= -margin:
        return -1
    return 0 if -margin < low and high < margin else None


def verdicts_of(evidence: Evidence) -> list[Verdict]:
    """A verdict for every policy that both measures are known for; empty where nothing can be compared."""
    found = []
    for name in evidence.contrasts:
        distance = evidence.effect(name, "distance_to_target")
        durable = evidence.effect(name, "durable_resolution")
        if distance is None or durable is None:
            continue
        ratio = {1: "farther", -1: "nearer", 0: "little", None: "unclear"}[judge(distance, RATIO_MARGIN)]
        settlement = {1: "up", -1: "down", 0: "little", None: "unclear"}[judge(durable, DURABLE_MARGIN)]
        found.append(Verdict(name, distance, durable, ratio, settlement))
    return found
