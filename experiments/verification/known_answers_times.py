"""Known answers of how long matters take, where giving up competes with settling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from experiments.verification.check import Check
from experiments.verification.known_answers import SPACING, Line, check_of
from experiments.verification.queues import Figures, System, choices_of
from sim.ledger import DURATION_CLOCKS, DURATION_EDGES, DURATION_OUTCOMES
from sim.measures.times_to_close import incidence_of
from sim.model import GovernanceModel

FIRST_SEEDS = 200
"""Spacings of seeds before these checks begin, so that none shares its luck with another."""

WITHIN = 1095
"""Days after which shares are looked at; next to nobody goes on for longer."""

SUCCESS = 0.4
"""Of talks."""

Estimate = Callable[[NDArray[np.int64]], dict[str, float]]


def kaplan_meier(times: NDArray[np.int64], outcomes: Sequence[int]) -> NDArray[np.float64]:
    """Share of a cohort that has ended in one of these outcomes by each bin of days, shape (bins,), if whoever ended
    otherwise is taken for somebody who left while still waiting (Kaplan & Meier 1958).

    ``times``: numbers by outcome and bin, as ``incidence_of`` takes them. Where outcomes compete this is too much; it
    stands here to be told from the cumulative incidence and is printed nowhere else.
    """
    others = np.setdiff1d(np.arange(len(times)), outcomes)
    alone = np.stack([times[list(outcomes)].sum(axis=0), np.zeros(times.shape[1], np.int64), times[others].sum(axis=0)])
    return 1.0 - incidence_of(alone).open


def cumulative_incidence(times: NDArray[np.int64]) -> dict[str, float]:
    """Shares settled and given up within the days looked at."""
    at = _bin_of(WITHIN)
    ends = dict(zip(DURATION_OUTCOMES, incidence_of(times).ends[:, at].tolist(), strict=False))
    return {"settled": ends["durable"], "given_up": ends["given_up"]}


def as_if_alone(times: NDArray[np.int64]) -> dict[str, float]:
    """The same as if nothing competed."""
    at = _bin_of(WITHIN)
    return {
        name: float(kaplan_meier(times, [DURATION_OUTCOMES.index(outcome)])[at])
        for name, outcome in (("settled", "durable"), ("given_up", "given_up"))
    }


def _bin_of(days: int) -> int:
    return int(np.searchsorted(DURATION_EDGES, days + 1)) - 1


def observe_times(system: System, estimate: Estimate, seed: int) -> Figures:
    """Shares of the grievances of every county, estimated from the times to their first end."""
    calendar = system.scenario.calendar
    model = GovernanceModel(system.scenario, seed)
    model.run_for(calendar.days)
    times = model.ledger().window(calendar.measures[:7], calendar.end[:7]).durations
    cohorts = times[:, :, DURATION_CLOCKS.index("grievance")].sum(axis=1).astype(np.int64)
    found = [estimate(cohort) for cohort in cohorts]
    return {name: np.array([each[name] for each in found]) for name in ("settled", "given_up")}


def competing(seeds: Sequence[int]) -> Check:
    """People talk until they succeed or leave the matter: shares follow from the choices alone, however long it takes.

    In the wrong model who gave up counts as still waiting (Kaplan and Meier).
    """
    system = System("talks", overrides=(f"behaviour.bilateral_success={SUCCESS}", "calendar.measures=2001-01-01"))
    settled = SUCCESS * choices_of(system.scenario, 1.0 - SUCCESS).tries("bilateral")

    def lines() -> list[Line]:
        return [
            Line("settled", "settled in the end", "最终化解", settled, settled),
            Line("given_up", "given up in the end", "最终放弃", 1.0 - settled, 1.0 - settled),
        ]

    right, wrong = (partial(observe_times, system, estimate) for estimate in (cumulative_incidence, as_if_alone))
    return check_of("competing", "settling against giving up", "化解与放弃相竞争", lines, right, wrong, seeds)


def checks(seed: int, seeds: int) -> list[Check]:
    """All of them, each on so many seeds of its own."""
    start = seed + SPACING * FIRST_SEEDS
    return [competing(range(start, start + seeds))]
