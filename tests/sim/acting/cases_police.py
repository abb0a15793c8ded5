"""What every uncertainty about the police must do, and the lever that links them with centres."""

from __future__ import annotations

from tests.sim.acting.case import Case
from tests.sim.acting.cases_levers import WORKING
from tests.sim.acting.figures import cost, count, monthly, share

CALLED = {"police_calls": 1}
"""A quarter of grievances are called about."""

POLICE = (
    Case("police.police_calls", 1, count("first_bilateral"), -1, "what the police settle is not talked over"),
    Case("police.police_background", 12, monthly("police_background"), +1, "more other quarrels"),
    Case("police.police_spot", 0.9, count("police_settled"), +1, "more is recorded as settled", CALLED),
    Case(
        "police.police_holds",
        1,
        share(count("police_durable"), count("police_settled")),
        +1,
        "more of it holds",
        {**CALLED, "police_holds": 0.2},
    ),
    Case("prices.cost_police_call", 1_000, cost, +1, "calls are dear", CALLED),
    Case(
        "prices.cost_police_passed",
        1_000_000,
        cost,
        +1,
        "what is passed on is dear",
        {**WORKING, **CALLED, "police_linkage": 1},
    ),
    Case(
        "centre.police_linkage",
        1,
        count("accepted_from_police_township"),
        +1,
        "townships are passed what is not settled",
        {**WORKING, **CALLED},
    ),
)
