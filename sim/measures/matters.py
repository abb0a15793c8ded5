"""What disputes are about, how mediation of them differs between counties, and how many fall to a mediator."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.ledger import DISPUTE_KINDS, Ledger, event
from sim.measures.measure import Measure, share
from sim.measures.resolution import MEDIATION

GROUP = "resolution"

CONCLUDED = [event(f"{outcome}_{forum}") for outcome in ("durable", "nominal", "failed") for forum in MEDIATION]
LAND = [DISPUTE_KINDS.index(kind) for kind in ("land", "land_taking")]


def mediated(ledger: Ledger) -> NDArray[np.int64]:
    """Mediations concluded at village, township and county, by county and kind, shape (C, kinds)."""
    return ledger.counts[..., CONCLUDED].sum(axis=(1, 3), dtype=np.int64)


def mediated_kind_share(ledger: Ledger, kind: str) -> float:
    """A kind's share of the mediations concluded."""
    by_kind = mediated(ledger).sum(axis=0)
    return share(float(by_kind[DISPUTE_KINDS.index(kind)]), float(by_kind.sum()))


def mediation_spread(ledger: Ledger) -> float:
    """Coefficient of variation between counties of mediations concluded per resident; NaN with less than two."""
    rates = mediated(ledger).sum(axis=1) / np.maximum(1, ledger.county_population)
    return share(float(rates.std(ddof=1)), float(rates.mean())) if len(rates) > 1 else float("nan")


def land_disputes(ledger: Ledger) -> float:
    """Grievances about land and its taking per 1,000 residents of villages a year."""
    raised = int(ledger.counts[..., LAND, event("raised")].sum(dtype=np.int64))
    rural = ledger.residents - int(ledger.county_urban_population.sum())
    return share(1000 * raised, rural * ledger.years)


def against_agency_share(ledger: Ledger) -> float:
    """Grievances against an agency or government among those raised."""
    against = [ledger.group_total(f"against_{whom}", "raised") for whom in ("agency", "peer", "organisation")]
    return share(against[0], sum(against))


def cases_per_mediator(ledger: Ledger) -> float:
    """Entries of people's mediation for each mediator of a village, in a year."""
    return share(ledger.monthly_total("register_people"), ledger.monthly_total("village_mediators") / 12)


def _kind(kind: str, english: str) -> Measure:
    name = f"mediated_{kind}_share"
    meaning = f"disputes {english} among mediations concluded at village, township and county"
    return Measure(name, partial(mediated_kind_share, kind=kind), "share", "none", meaning, GROUP)


MEASURES: tuple[Measure, ...] = (
    _kind("family", "in families"),
    _kind("neighbour", "between neighbours"),
    Measure(
        "land_disputes",
        land_disputes,
        "1/1000/year",
        "none",
        "grievances about land and its taking, per 1,000 residents of villages a year",
        GROUP,
    ),
    Measure(
        "against_agency_share",
        against_agency_share,
        "share",
        "none",
        "grievances against an agency or a county's government among those raised",
        GROUP,
    ),
    Measure(
        "cases_per_mediator",
        cases_per_mediator,
        "1/year",
        "none",
        "entries on the books of people's mediation for each mediator of a village, in a year",
        GROUP,
    ),
    Measure(
        "mediation_spread",
        mediation_spread,
        "ratio",
        "none",
        "coefficient of variation between counties of mediations concluded per resident",
        GROUP,
    ),
)
