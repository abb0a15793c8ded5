"""Known answers of the competition for grades: what effort is worth to equals, found by their replies to each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from experiments.verification.check import Check, Finding, against
from sim.phases.compete import worth_of_effort
from sim.policy import REWARD

ROUNDS = 20_000
"""Competitions of a replicate."""

TOURNAMENTS = ((14, 6, 0.371217), (2, 1, 0.282095), (14, 1, 0.121670), (190, 38, 0.278466))
"""Units, prizes and what the literature's integral is; the first one is also tried with a wrong kind of luck."""

STEP = 0.01
"""Effort added and left out, to find what it is worth."""


def replies(units: int, prizes: int, is_uniform: bool, seed: int) -> float:
    """Rise of a unit's chance of a prize with its effort, while all others stay as they are; luck has a spread of 1.

    The chance is that of the unit's own luck, given the others': exact for it, simulated for them.
    """
    rng = np.random.default_rng([seed, units, prizes])
    half = np.sqrt(3.0)
    others = rng.uniform(-half, half, (ROUNDS, units - 1)) if is_uniform else rng.normal(size=(ROUNDS, units - 1))
    to_beat = np.partition(others, units - 1 - prizes, axis=1)[:, units - 1 - prizes]
    more, less = (_wins(to_beat - effort, is_uniform) for effort in (STEP, -STEP))
    return float((more - less).mean() / (2.0 * STEP))


def _wins(to_beat: NDArray[np.float64], is_uniform: bool) -> NDArray[np.float64]:
    """Chance of more luck than that."""
    if is_uniform:
        return np.clip(0.5 - to_beat / (2.0 * np.sqrt(3.0)), 0.0, 1.0)
    return special.ndtr(-to_beat)


def tournament(seeds: Sequence[int]) -> Check:
    """Equals compete for k prizes: the model's worth of effort is what their simulated replies make of it."""

    def of_model(units: int, prizes: int) -> float:
        worth = worth_of_effort(np.zeros(units), False, prizes / units, 0.0, 1.0, 1.0)
        return float(worth[0]) / (REWARD[1] - REWARD[2])

    def judge(results: Sequence[Any]) -> list[Finding]:
        number = len(seeds)
        return [
            against(
                "tournament",
                f"worth of effort, {units} for {prizes} of the best grades: I({units}, {prizes})",
                f"{units}个单位争{prizes}个名额：努力的价值I({units}, {prizes})",
                of_model(units, prizes),
                np.array(results[number * n : number * (n + 1)]),
                None if n else np.array(results[number * len(TOURNAMENTS) :]),
                known=known,
            )
            for n, (units, prizes, known) in enumerate(TOURNAMENTS)
        ]

    pieces = [partial(replies, n, k, False, seed) for n, k, _ in TOURNAMENTS for seed in seeds]
    pieces += [partial(replies, *TOURNAMENTS[0][:2], True, seed) for seed in seeds]
    return Check("tournament", "known_answers", tuple(pieces), judge)
