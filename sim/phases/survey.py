"""The yearly survey of satisfaction (part of phase 9): who is content in truth, and what the survey finds.

People are asked in a sample of every county; some of the discontent say what is expected of them (desirability). The
true and the surveyed share are both booked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agents.resident import LOCAL, MIDDLE
from sim.chance import Purpose
from sim.ledger import event
from sim.province import Province
from sim.state import State

_quad = chance.quad
_normal = chance.normal

_LEFT_AND_ENDED = [event(name) for name in ("lumped", "gave_up", "founded_old", "faded", "reactivated")]
"""Grievances that are left unresolved, now or before the first day, and that cease to be, in two ways."""


def content_share(
    learned: NDArray[np.float64], met: NDArray[np.float64], unresolved: NDArray[np.float64], behaviour: NDArray
) -> NDArray[np.float64]:
    """Share of residents who are content, by place.

    Args:
        learned: mean learned change in trust in local and middle bodies.
        met: share of service requests met.
        unresolved: residents with an unresolved grievance, as a share.
        behaviour: one record.
    """
    one = behaviour[0]
    content = float(one["satisfaction_base"]) + float(one["satisfaction_trust"]) * learned
    content = content + float(one["satisfaction_service"]) * (met - 0.5)
    return np.clip(content - float(one["satisfaction_unresolved"]) * unresolved, 0.0, 1.0)


def surveyed_share(content: NDArray[np.float64], desirability: float) -> NDArray[np.float64]:
    """What an endless sample would answer: the content, and the discontent who say they are."""
    return content + desirability * (1.0 - content)


def survey(state: State, province: Province, behaviour: NDArray, seed: int, year: int) -> NDArray[np.float64]:
    """True and surveyed share of content residents by county at the end of year number ``year``, shape (C, 2).

    The sample's answers are a rounded normal approximation of the binomial, drawn by county and year.
    """
    people = province.counties["population"].astype(np.float64)
    history = state.counts[:, : 12 * (year + 1), :, _LEFT_AND_ENDED].sum(axis=(1, 2), dtype=np.int64)
    unresolved = history[:, :3].sum(axis=1) - history[:, 3:].sum(axis=1)
    learned = state.trust[:, year][:, [LOCAL, MIDDLE]].mean(axis=1)
    content = content_share(learned, state.halls["met"], unresolved / people, behaviour)
    expected = surveyed_share(content, float(behaviour[0]["desirability"]))
    sample = float(int(behaviour[0]["survey_sample"]))
    luck = np.empty(len(people))
    for row, code in enumerate(province.counties["code"]):
        u, v, _, _ = _quad(seed, int(Purpose.SURVEY), int(code), year)
        luck[row] = _normal(u, v)
    answers = np.floor(sample * expected + luck * np.sqrt(sample * expected * (1.0 - expected)) + 0.5)
    return np.stack([content, np.clip(answers / sample, 0.0, 1.0)], axis=1)
