"""What every uncertainty about when things happen must do."""

from __future__ import annotations

from sim.ledger import FORUMS
from tests.sim.acting.case import Case
from tests.sim.acting.figures import count, events, of_month

TIMING = (
    Case("timing.meeting_pull", 2, of_month("2019-03", *events("presented")), +1, "a meeting draws petitioners"),
    Case(
        "timing.closed_days",
        15,
        of_month("2019-02", *(f"chose_{forum}" for forum in FORUMS)),
        -1,
        "from 4 to 18 February 2019 nobody acts",
    ),
    Case("timing.closed_days", 15, count("raised"), 0, "as many grievances", {"service_grievance": 0}),
)
