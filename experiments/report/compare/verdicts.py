"""Whether the ratio and durable settlement move together, policy by policy.

A change counts only beyond the smallest effect of interest: see ``experiments.statistics.relevance``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from experiments.report.compare.evidence import Effect, Evidence
from experiments.statistics.relevance import NAMES


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


def verdicts_of(evidence: Evidence) -> list[Verdict]:
    """A verdict for every policy that both measures are known for; empty where nothing can be compared."""
    found = []
    for name in evidence.contrasts:
        distance = evidence.effect(name, "distance_to_target")
        durable = evidence.effect(name, "durable_resolution")
        if distance is None or durable is None:
            continue
        far, settlement = (
            NAMES[evidence.judgement(name, measure)] for measure in ("distance_to_target", "durable_resolution")
        )
        ratio = {"up": "farther", "down": "nearer"}.get(far, far)
        found.append(Verdict(name, distance, durable, ratio, settlement))
    return found
