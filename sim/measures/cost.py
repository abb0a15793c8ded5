"""What it costs, in yuan, and what governments put in and get: effort, concealment beside it, vetoes and rewards."""

from __future__ import annotations

import math
from functools import partial

from sim.ledger import GOVERNMENT_FIGURES, Ledger
from sim.measures.measure import Measure, share
from sim.measures.resolution import durable
from sim.measures.summing import once

GROUP = "cost"


@once
def cost(ledger: Ledger) -> float:
    """Yuan spent on staff and centres."""
    return float(ledger.cost.sum())


def cost_per_resident(ledger: Ledger) -> float:
    """Yuan per resident a year."""
    return share(cost(ledger), ledger.residents * ledger.years)


def cost_per_durable(ledger: Ledger) -> float:
    """Yuan per durable settlement with a third party's help: what the two sides settle alone costs nothing."""
    return share(cost(ledger), durable(ledger) - ledger.total("durable_bilateral"))


def of_governments(ledger: Ledger, figure: str) -> float:
    """Mean over cities of a figure of their governments at the last year end of the window; NaN without one."""
    if not ledger.government.shape[1]:
        return math.nan
    return float(ledger.government[:, -1, GOVERNMENT_FIGURES.index(figure)].mean())


MEASURES: tuple[Measure, ...] = (
    Measure("cost_total", cost, "yuan", "down", "yuan spent on staff and centres", "人员和中心的支出（元）", GROUP),
    Measure(
        "cost_per_resident",
        cost_per_resident,
        "yuan/year",
        "down",
        "yuan spent on staff and centres per resident a year",
        "每人每年的人员和中心支出（元）",
        GROUP,
    ),
    Measure(
        "cost_per_durable",
        cost_per_durable,
        "yuan",
        "down",
        "yuan per durable settlement reached with a third party's help",
        "由第三方促成的每件稳定化解的成本（元）",
        GROUP,
    ),
    Measure(
        "effort",
        partial(of_governments, figure="effort"),
        "effort",
        "none",
        "effort of city governments at the window's last year end, mean over cities",
        "期内最后一个年末各市政府的平均努力程度",
        GROUP,
    ),
    Measure(
        "concealment",
        partial(of_governments, figure="concealment"),
        "share",
        "down",
        "concealment by city governments at the window's last year end, mean over cities",
        "期内最后一个年末各市政府的平均隐瞒程度",
        GROUP,
    ),
    Measure(
        "vetoed_cities",
        partial(of_governments, figure="vetoed"),
        "share",
        "down",
        "cities that a veto kept out of the excellent grade at the window's last year end",
        "期内最后一个年末被一票否决、不得评优的市的比例",
        GROUP,
    ),
    Measure(
        "reward",
        partial(of_governments, figure="reward"),
        "share",
        "none",
        "reward of city governments at the window's last year end, of the highest one, mean over cities",
        "期内最后一个年末各市政府所得奖励占最高奖励的平均比例",
        GROUP,
    ),
)
