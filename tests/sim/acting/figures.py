"""Figures of a ledger that parameters move: small functions with readable names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.agents.government import EXCELLENT
from sim.ledger import (
    CHANNELS,
    DISPUTE_KINDS,
    DURATION_CLOCKS,
    DURATION_EDGES,
    FORUMS,
    GOVERNMENT_FIGURES,
    GROUP_FIGURES,
    GROUPS,
    PETITION_LEVELS,
    SURVEY_FIGURES,
    TRUST_LEVELS,
    WORK_FIGURES,
    WORK_LEVELS,
    Ledger,
    event,
)
from tests.sim.acting.world import USUAL

Figure = Callable[[Ledger], float]

MEDIATION = ("village", "township", "county")
PETITIONS = tuple(forum for forum in FORUMS if forum.startswith("petition"))


def count(*events: str, kinds: tuple[str, ...] = DISPUTE_KINDS, less: tuple[str, ...] = ()) -> Figure:
    """Total of events (less others), of some kinds of dispute."""
    rows = [DISPUTE_KINDS.index(kind) for kind in kinds]
    added, taken = [event(name) for name in events], [event(name) for name in less]

    def figure(ledger: Ledger) -> float:
        totals = ledger.counts[:, :, rows].sum(axis=(0, 1, 2), dtype=np.int64)
        return float(totals[added].sum() - totals[taken].sum())

    return figure


def share(part: Figure, whole: Figure) -> Figure:
    """One figure over another."""
    return lambda ledger: part(ledger) / whole(ledger)


def events(prefix: str, *levels: str) -> tuple[str, ...]:
    """An event of petitions in every channel: ``registered`` at the levels given (all of them when none is)."""
    return tuple(f"{prefix}_{channel}_{level}" for level in levels or PETITION_LEVELS for channel in CHANNELS)


def chosen(*forums: str) -> Figure:
    """How often forums were chosen."""
    return count(*(f"chose_{forum}" for forum in forums))


def durable_share(*forums: str, kinds: tuple[str, ...] = DISPUTE_KINDS) -> Figure:
    """Durable settlements among matters whose work ended at forums."""
    ended = [f"{outcome}_{forum}" for outcome in ("durable", "nominal", "failed") for forum in forums]
    return share(count(*(f"durable_{forum}" for forum in forums), kinds=kinds), count(*ended, kinds=kinds))


def registered_share(level: str) -> Figure:
    """Registered among presented petitions, first ones and repeats."""
    registered = events("registered", level) + events("repeat_registered", level)
    return share(count(*registered), count(*events("presented", level), *events("repeat_presented", level)))


def per_thousand(figure: Figure) -> Figure:
    """A figure per 1,000 residents and 365 days."""

    def rate(ledger: Ledger) -> float:
        days = (ledger.months[-1] + np.timedelta64(1, "M")).astype("M8[D]") - ledger.months[0].astype("M8[D]")
        return figure(ledger) * 1_000 / ledger.residents / (days.astype(int) / 365)

    return rate


def work(figure: str, *levels: str) -> Figure:
    """A figure of work, summed over work levels."""
    rows, column = [WORK_LEVELS.index(level) for level in levels], WORK_FIGURES.index(figure)
    return lambda ledger: float(ledger.work[:, :, rows, column].sum())


def mean_wait(*levels: str) -> Figure:
    """Days a case waited before it was started."""
    return share(work("wait_days", *levels), work("started", *levels))


def mean_service(*levels: str) -> Figure:
    """Slot-days a started case took."""
    return share(work("busy_days", *levels), work("started", *levels))


def days_from(clock: str) -> Figure:
    """Days from the start of a clock to a matter's first end, so far as it has one (left edges of bins)."""
    row = DURATION_CLOCKS.index(clock)

    def figure(ledger: Ledger) -> float:
        bins = ledger.durations[:, :, row, :-1].sum(axis=(0, 1, 2), dtype=np.int64)
        return float(bins @ DURATION_EDGES / bins.sum())

    return figure


mean_days = days_from("intake")
"""Days from a matter's first office."""


def of_month(month: str, *events: str) -> Figure:
    """Total of events in one month, such as ``"2019-02"``."""
    return lambda ledger: float(ledger.window(month, month).total_of(events))


def monthly(figure: str) -> Figure:
    """A figure of service halls."""
    return lambda ledger: ledger.monthly_total(figure)


def group(name: str, figure: str) -> Figure:
    """A figure of a group of claimants."""
    return lambda ledger: float(ledger.group_total(name, figure))


def _difference(by_county: NDArray[np.int64], ledger: Ledger) -> float:
    """Of the first county from the second, per 1,000 residents."""
    first, second = 1_000 * by_county / ledger.county_population
    return float(first - second)


def apart(*events: str, kinds: tuple[str, ...] = DISPUTE_KINDS) -> Figure:
    """How much more of events, of some kinds, the first of two counties has than the second, per 1,000 residents."""
    rows, columns = [DISPUTE_KINDS.index(kind) for kind in kinds], [event(name) for name in events]
    return lambda ledger: _difference(
        ledger.counts[:, :, rows][..., columns].sum(axis=(1, 2, 3), dtype=np.int64), ledger
    )


def of_group(name: str, figure: str) -> Figure:
    """How much more of a group's figure the first of two counties has than the second, per 1,000 residents."""
    group, column = GROUPS.index(name), GROUP_FIGURES.index(figure)
    return lambda ledger: _difference(ledger.groups[:, :, group, column].sum(axis=1), ledger)


def gap(figure: str, one: str, other: str) -> Figure:
    """One group's figure over another's."""
    return share(group(one, figure), group(other, figure))


def trust(*levels: str) -> Figure:
    """Mean learned change in trust at the last year end, by residents and averaged over levels."""
    columns = [TRUST_LEVELS.index(level) for level in levels]
    return lambda ledger: float(
        np.average(ledger.trust[:, -1][:, columns].mean(axis=1), weights=ledger.county_population)
    )


def survey(figure: str) -> Figure:
    """Content residents in truth, or as surveyed: mean over counties and year ends."""
    return lambda ledger: float(ledger.survey[..., SURVEY_FIGURES.index(figure)].mean())


def survey_error(ledger: Ledger) -> float:
    """How far the survey is from what an endless sample would answer, with the usual desirability."""
    content, surveyed = ledger.survey[..., 0], ledger.survey[..., 1]
    return float(np.abs(surveyed - content - USUAL.desirability * (1 - content)).mean())


def government(figure: str) -> Figure:
    """A figure of the cities' governments: mean over cities and year ends."""
    return lambda ledger: float(ledger.government[..., GOVERNMENT_FIGURES.index(figure)].mean())


def excellent_cities(ledger: Ledger) -> float:
    """Cities graded excellent at the year ends."""
    return float((ledger.government[..., GOVERNMENT_FIGURES.index("grade")] == EXCELLENT).sum())


def last_score(ledger: Ledger) -> float:
    """The first city's score at the last year end."""
    return float(ledger.government[0, -1, GOVERNMENT_FIGURES.index("score")])


def cost(ledger: Ledger) -> float:
    """Yuan spent."""
    return float(ledger.cost.sum())


def durable_per_grievance(ledger: Ledger) -> float:
    """True: durable settlements anywhere over grievances raised."""
    durable = [*(f"durable_{forum}" for forum in FORUMS[1:]), "settled_on_spot", "police_durable"]
    return count(*durable)(ledger) / count("raised")(ledger)


unresolved_per_grievance = share(count("lumped", "gave_up", less=("faded", "reactivated")), count("raised"))
"""True: what is added to the stock of grievances left unresolved, over grievances raised."""


def days_of_helped(ledger: Ledger) -> float:
    """Days since a grievance arose, however long ago, until a third party settled it durably."""
    days, helped = (
        sum(ledger.group_total(group, figure) for group in ("urban", "rural")) for figure in ("days", "helped")
    )
    return days / helped
