"""How long matters take: what has become of them so many days after they arose, or after they first reached an office.

Giving up competes with settling, and some matters are still open when a run ends: the share settled by a day is the
cumulative incidence (Aalen & Johansen 1978), estimated by the life table of the cohort. Days among those that were
closed leave out whoever never is, and look better the worse an office gets.
"""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.ledger import DURATION_CLOCKS, DURATION_EDGES, DURATION_OUTCOMES, Ledger
from sim.measures.measure import Measure
from sim.measures.summing import by_months_of, once

GROUP = "service"

HORIZONS = (30, 90, 365)
"""Days after which shares are told; each ends a bin of the ledger."""

FEW = 0.01
"""Share still open from which on nobody need be followed any longer: what becomes of them is left open."""

ENDS = DURATION_OUTCOMES[:-1]
SHARES = {
    "settled": ("durable",),
    "recorded": ("durable", "nominal"),
    "given_up": ("given_up",),
    "conceded": ("conceded",),
    "open": (),
}
"""What shares are told, and the outcomes that they hold; what is left is open."""


class Incidence(NamedTuple):
    """Cumulative incidence of a cohort by bins of days (``DURATION_EDGES``).

    Attributes:
        ends: share that has ended so by the end of each bin, shape (outcomes, bins), as ``ENDS``.
        open: share still open at the end of each bin, 0 to the bit once all have ended, shape (bins,).
        is_known: whether in each bin somebody was still followed, or hardly anybody open (``FEW``), shape (bins,).
    """

    ends: NDArray[np.float64]
    open: NDArray[np.float64]
    is_known: NDArray[np.bool_]


def incidence_of(times: NDArray[np.int64]) -> Incidence:
    """Aalen–Johansen estimate from the numbers of a cohort by outcome (``DURATION_OUTCOMES``) and bin.

    Who is still open in a bin of one day was followed to its end; in a longer bin, through half of it.
    """
    ended, censored = times[:-1], times[-1]
    leaving = times.sum(axis=0)
    at_risk = leaving[::-1].cumsum()[::-1]
    followed = at_risk - 0.5 * censored * (np.diff(DURATION_EDGES, append=DURATION_EDGES[-1] + 2) > 1)
    divided = partial(np.divide, where=followed > 0)
    hazards = divided(ended, followed, out=np.zeros(ended.shape))
    left = np.cumprod(1.0 - divided(ended.sum(axis=0), followed, out=np.zeros(followed.shape)))
    before = np.append(1.0, left[:-1])
    return Incidence((before * hazards).cumsum(axis=1), left, (followed > 0) | (before <= FEW))


def followed_within(times: NDArray[np.int64], months: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Numbers by outcome and bin of cohorts by month, shape (M, outcomes, bins), as far as the window tells of them.

    Whoever starts in a month is followed from its last day to the end of the window, whatever came after: what a
    later policy does to a matter says nothing of the window. Who is still open then, or ends in a bin that is not over,
    counts as open at the end of the last bin that is.
    """
    last_days = (DURATION_EDGES[1:] - 1).astype(np.int64)
    ends = (months + np.timedelta64(1, "M")).astype("datetime64[D]")
    left = (ends[-1] - ends).astype(np.int64)
    whole = np.searchsorted(last_days, left, side="right")  # bins that are over by the end of the window
    found = np.zeros(times.shape[1:], np.int64)
    for cohort, bins in zip(times, np.maximum(whole, 1), strict=True):
        found[:, :bins] += cohort[:, :bins]
        found[-1, bins - 1] += cohort[:, bins:].sum()
    return found


@once
def incidence(ledger: Ledger, clock: str) -> Incidence:
    """Of the matters whose clock started in the ledger's window, as far as the window goes."""
    times = by_months_of(ledger, "durations")[:, DURATION_CLOCKS.index(clock)]
    return incidence_of(followed_within(times, ledger.months))


def share_after(ledger: Ledger, clock: str, share: str, days: int) -> float:
    """Share (of ``SHARES``) of a cohort so many days on; NaN where nobody was followed for so long."""
    found = incidence(ledger, clock)
    last = int(np.searchsorted(DURATION_EDGES, days + 1)) - 1
    if not found.is_known[: last + 1].all():
        return math.nan
    if share == "open":
        return float(found.open[last])
    ends = dict(zip(ENDS, found.ends[:, last].tolist(), strict=True))
    return sum(ends[outcome] for outcome in SHARES[share])


def days_to_close(ledger: Ledger, clock: str = "intake") -> float:
    """Days until half of a cohort is recorded as settled, those that never are included.

    Where fewer are, the last day to which somebody was followed: a lower bound. NaN for an empty cohort.
    """
    found = incidence(ledger, clock)
    known = len(found.is_known) if found.is_known.all() else int(np.argmin(found.is_known))
    if not known:
        return math.nan
    recorded = found.ends[:2].sum(axis=0)[:known]
    at = int(np.searchsorted(recorded, 0.5))
    if at >= known or at == len(DURATION_EDGES) - 1:
        return float(DURATION_EDGES[known - 1])
    before = recorded[at - 1] if at else 0.0
    left, right = DURATION_EDGES[at] - 0.5, DURATION_EDGES[at + 1] - 0.5
    return max(0.0, float(left + (0.5 - before) / (recorded[at] - before) * (right - left)))


_COHORTS = {"grievance": "grievances", "intake": "matters that reached an office"}
_SINCE = {"grievance": "after they arose", "intake": "after they first did"}
_TOLD = {
    "settled": ("settled in truth", "up"),
    "recorded": ("settled, or recorded as settled,", "none"),
    "given_up": ("given up", "down"),
    "conceded": ("ended by a concession", "none"),
    "open": ("still open", "down"),
}

MEASURES: tuple[Measure, ...] = (
    Measure(
        "days_to_close_median",
        days_to_close,
        "days",
        "down",
        "days from a matter's first office until half of all such matters are recorded as settled",
        GROUP,
    ),
    *(
        Measure(
            f"{clock}_{share}_{days}",
            partial(share_after, clock=clock, share=share, days=days),
            "share",
            better,
            f"{_COHORTS[clock]} {told} {days} days {_SINCE[clock]}",
            GROUP,
        )
        for clock in DURATION_CLOCKS
        for share, (told, better) in _TOLD.items()
        for days in HORIZONS
    ),
)
