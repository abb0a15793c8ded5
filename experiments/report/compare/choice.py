"""Which policy a comparison names: the one that does most for what is aimed at, and in how many behaviours it does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.report.compare.evidence import Effect, Evidence
from experiments.report.compare.tables import Aim
from experiments.statistics.relevance import judge_effect

AIMED_AT = {
    Aim.settlement: ("durable_resolution", 1),
    Aim.worst_group: ("worst_group_resolution", 1),
    Aim.ratio: ("distance_to_target", -1),
}
"""The measure that an aim is judged by, and the direction that is better."""

SETTLED = AIMED_AT[Aim.settlement][0]


@dataclass(frozen=True)
class Choice:
    """The policy that does most for an aim, with its effect.

    Attributes:
        policy: its label; never under a stress that the reference is not under.
        measure: that the aim is judged by.
        effect: on the measure.
        judgement: 1 where the effect matters and is for the better, −1 for the worse, 0 where it is too small to
            matter, ``None`` where that cannot be told.
        n_of, of: in how many behaviours (replicates under one behaviour) the policy does most of all and more than what
            it is compared with, and of how many that is known.
        others: further policies whose effect matters and is for the better, the largest first.
    """

    policy: str
    measure: str
    effect: Effect
    judgement: int | None
    n_of: int
    of: int
    others: Sequence[str]


def candidates(evidence: Evidence) -> list[str]:
    """Policies that may be named: those under the stresses of the reference, if any. Nobody chooses a stress."""
    shared = evidence.stresses.get(evidence.reference or "")
    if evidence.reference is None:
        return list(evidence.contrasts)
    return [name for name in evidence.contrasts if evidence.stresses.get(name) == shared]


def choice_of(evidence: Evidence, aim: Aim) -> Choice | None:
    """What does most for an aim; ``None`` where nothing can be compared on its measure."""
    measure, better = AIMED_AT[aim]
    effects = {name: effect for name in candidates(evidence) if (effect := evidence.against(name, measure)) is not None}
    if aim is Aim.ratio:
        effects = {name: effect for name, effect in effects.items() if not _settles_less(evidence, name)}
    if not effects:
        return None
    gains = {name: better * effect.difference for name, effect in effects.items()}
    ranked = sorted(gains, key=lambda name: -gains[name])
    judged = {name: judge_effect(effect, measure) for name, effect in effects.items()}
    best = ranked[0]
    judgement = judged[best]
    n_of, of = times_first(evidence, best, list(effects), measure, better)
    others = [name for name in ranked[1:] if judged[name] == better]
    return Choice(best, measure, effects[best], judgement and judgement * better, n_of, of, others)


def _settles_less(evidence: Evidence, name: str) -> bool:
    effect = evidence.against(name, SETTLED)
    return effect is None or judge_effect(effect, SETTLED) == -1


def times_first(evidence: Evidence, best: str, names: Sequence[str], measure: str, better: int) -> tuple[int, int]:
    """In how many behaviours (replicates under one behaviour) a policy does most of some and better than the reference.

    With the number of those in which it is known.
    """
    gains = {name: evidence.differences(name, measure) for name in names}
    known = [case for case in gains[best] if math.isfinite(gains[best][case])]
    first = 0
    for case in known:
        mine = better * gains[best][case]
        others = (better * gains[name].get(case, -math.inf * better) for name in names if name != best)
        first += mine > 0 and all(mine >= other for other in others)
    return first, len(known)
