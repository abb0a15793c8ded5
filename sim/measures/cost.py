"""What it costs, in yuan, and what governments put in and get: effort, concealment beside it, vetoes and rewards."""

from __future__ import annotations

import math
from functools import partial

from sim.ledger import GOVERNMENT_FIGURES, Ledger
from sim.measures.measure import Measure, share
from sim.measures.resolution import helped
from sim.measures.summing import once

GROUP = "cost"


@once
def cost(ledger: Ledger) -> float:
    """Yuan spent on staff and centres, pay by the case, concessions to petitioners and calls to the police included."""
    return float(ledger.cost.sum())


def cost_per_resident(ledger: Ledger) -> float:
    """Yuan per resident a year."""
    return share(cost(ledger), ledger.residents * ledger.years)


def cost_per_durable(ledger: Ledger) -> float:
    """Yuan per durable settlement with a third party's help: what the two sides settle alone costs nothing."""
    return share(cost(ledger), helped(ledger))


def concessions(ledger: Ledger) -> float:
    """Yuan spent on concessions to petitioners."""
    return ledger.monthly_total("concession_yuan")


def of_governments(ledger: Ledger, figure: str) -> float:
    """Mean over the cities that have a government of a figure of it at the window's last year end; NaN without one."""
    if not (ledger.government.shape[1] and ledger.city_tier.any()):
        return math.nan
    return float(ledger.government[ledger.city_tier, -1, GOVERNMENT_FIGURES.index(figure)].mean())


MEASURES: tuple[Measure, ...] = (
    Measure(
        "cost_total",
        cost,
        "yuan/year",
        "down",
        "yuan spent on staff and centres, on concessions to petitioners and on calls to the police",
        GROUP,
        is_total=True,
    ),
    Measure(
        "cost_per_resident",
        cost_per_resident,
        "yuan/year",
        "down",
        "yuan spent on staff and centres, concessions to petitioners and calls to the police, per resident a year",
        GROUP,
    ),
    Measure(
        "cost_per_durable",
        cost_per_durable,
        "yuan",
        "down",
        "yuan per durable settlement reached with a third party's help",
        GROUP,
    ),
    Measure(
        "cost_concessions",
        concessions,
        "yuan/year",
        "down",
        "of these, yuan spent on concessions that end petitions above the county: peace bought, no settlement",
        GROUP,
        is_total=True,
    ),
    Measure(
        "cost_case_pay",
        partial(Ledger.monthly_total, figure="case_pay_yuan"),
        "yuan/year",
        "down",
        "of these, yuan paid to village mediators by the case on the books as settled",
        GROUP,
        is_total=True,
    ),
    Measure(
        "effort",
        partial(of_governments, figure="effort"),
        "effort",
        "none",
        "effort of city governments at the window's last year end, mean over cities",
        GROUP,
        levels=("city",),
    ),
    Measure(
        "concealment",
        partial(of_governments, figure="concealment"),
        "share",
        "down",
        "concealment by city governments at the window's last year end, mean over cities",
        GROUP,
        levels=("city",),
    ),
    Measure(
        "vetoed_cities",
        partial(of_governments, figure="vetoed"),
        "share",
        "down",
        "cities that a veto kept out of the excellent grade at the window's last year end",
        GROUP,
        levels=("city",),
    ),
    Measure(
        "reward",
        partial(of_governments, figure="reward"),
        "share",
        "none",
        "reward of city governments at the window's last year end, of the highest one, mean over cities",
        GROUP,
        levels=("city",),
    ),
)
