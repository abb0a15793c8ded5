"""What keeps grievances from arising, and what only keeps them from being seen; violence and protection among them.

A grievance that norms *prevent* never arises. One that they *hide* does: it is raised and left unresolved at once.
"""

from __future__ import annotations

from functools import partial

from sim.ledger import Ledger
from sim.measures.measure import Measure, per_1000_a_year, share, total
from sim.measures.resolution import per_grievance

GROUP = "surfacing"
PREVENTED_BY = ("norms", "contact", "alert")
"""Norms of the village, its first contact, and taking stock after an alert."""


def prevented(ledger: Ledger) -> float:
    """Grievances that were prevented, by whatever means, per 1,000 residents a year."""
    return per_1000_a_year(total(ledger, (f"prevented_by_{means}" for means in PREVENTED_BY)), ledger)


def violent_share(ledger: Ledger, name: str) -> float:
    """An event (``protected``, ``violence_hidden``) per grievance that involves violence."""
    return share(ledger.total(name), ledger.total("violent"))


def mean_alerts(ledger: Ledger) -> float:
    """Villages on alert in a month, all places together, mean over months."""
    return share(ledger.monthly_total("alerts"), len(ledger.months))


def notices_per_grid(ledger: Ledger) -> float:
    """Matters that a grid worker notices in a year."""
    return share(ledger.total("noticed"), ledger.monthly_total("grid_workers") / 12)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "prevented",
        prevented,
        "1/1000/year",
        "up",
        "grievances prevented by norms, first contacts and alerts, per 1,000 residents a year",
        GROUP,
    ),
    Measure(
        "hidden_by_norms_share",
        partial(per_grievance, name="hidden_by_norms"),
        "share",
        "down",
        "hidden by norms and so left unresolved, per grievance raised",
        GROUP,
    ),
    Measure(
        "violence_hidden_share",
        partial(violent_share, name="violence_hidden"),
        "share",
        "down",
        "hidden by norms, among grievances that involve violence",
        GROUP,
    ),
    Measure(
        "protected_share",
        partial(violent_share, name="protected"),
        "share",
        "up",
        "taken over by protection, among grievances that involve violence",
        GROUP,
    ),
    Measure(
        "notices_per_grid",
        notices_per_grid,
        "1/year",
        "none",
        "matters that a grid worker notices in a year; published figures go from 3 to 8",
        GROUP,
    ),
    Measure(
        "alerts",
        mean_alerts,
        "villages",
        "none",
        "villages on alert in a month, mean over months",
        GROUP,
    ),
)
