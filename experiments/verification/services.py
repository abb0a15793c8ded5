"""What becomes of first requests at service halls, in the end and over all tries."""

from __future__ import annotations

import numpy as np

from experiments.verification.queues import Figures, System
from sim.ledger import MONTHLY_FIGURES, event
from sim.model import GovernanceModel


def observe_services(system: System, seed: int) -> Figures:
    """Of every county, for each first request: requests met in the end, trips, and grievances that refusal raised."""
    calendar = system.scenario.calendar
    model = GovernanceModel(system.scenario, seed)
    model.run_for(calendar.days)
    ledger = model.ledger().window(calendar.measures[:7], calendar.end[:7])
    figures = dict(zip(MONTHLY_FIGURES, ledger.monthly.sum(axis=1).T, strict=True))
    first = figures["requests"] - figures["requests_again"]
    raised = ledger.counts[..., event("raised_by_service")].sum(axis=(1, 2), dtype=np.float64)
    return {"met": figures["requests_met"] / first, "trips": figures["service_trips"] / first, "raised": raised / first}
