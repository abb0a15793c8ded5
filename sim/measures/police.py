"""The police, who are called to quarrels: how often, and what comes of it, as recorded and in truth.

What comes of calls about quarrels that are no grievance of the model (``police_background``) is not followed: shares
are of calls about grievances.
"""

from __future__ import annotations

from functools import partial

from sim.ledger import Ledger
from sim.measures.measure import Measure, per_1000_a_year, share

GROUP = "police"


def calls(ledger: Ledger) -> float:
    """Calls a year per 1,000 residents, those about other quarrels included."""
    return per_1000_a_year(ledger.total("police_called") + ledger.monthly_total("police_background"), ledger)


def share_of_calls(ledger: Ledger, event: str) -> float:
    """An event per call about a grievance."""
    return share(ledger.total(event), ledger.total("police_called"))


def _share(name: str, event: str, better: str, english: str) -> Measure:
    meaning = f"calls to the police about grievances {english}"
    return Measure(name, partial(share_of_calls, event=event), "share", better, meaning, GROUP)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "police_calls_per_1000",
        calls,
        "1/1000/year",
        "none",
        "calls to the police about quarrels, grievances or not, per 1,000 residents a year",
        GROUP,
    ),
    _share("police_settled_share", "police_settled", "none", "recorded as settled on the spot"),
    _share("police_durable_share", "police_durable", "up", "settled on the spot for at least twelve months"),
    _share("police_passed_share", "police_passed", "none", "passed on to a township's centre"),
)
