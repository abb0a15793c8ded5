"""What hours must do: who has fewer than a case asks for takes longer or hurries."""

from __future__ import annotations

from tests.sim.acting.case import Case
from tests.sim.acting.cases_levers import WORKING
from tests.sim.acting.figures import count, durable_share, mean_service

PART_TIME = {"full_time_share_village": 0.1, "part_time_hours": 0.5, "constant_village": 0}
"""Most of a village's mediators have half an hour a day, and people come to them."""

CENTRES = {**WORKING, "part_time_hours": 0.5, "constant_township": 1, "mediators_township": 1}

CASELOADS = (
    Case("staff.full_time_share_village", 1, mean_service("village"), -1, "more hours", {"part_time_hours": 0.5}),
    Case("staff.full_time_share_centre", 0.1, mean_service("township"), +1, "fewer hours", CENTRES),
    Case("centres.advice", 80, mean_service("township"), +1, "advice takes hours from cases", CENTRES),
    Case("caseloads.part_time_hours", 4, mean_service("village"), -1, "more hours", PART_TIME),
    Case("caseloads.rush", 1, mean_service("village"), -1, "hurry instead of time", PART_TIME),
    Case("caseloads.settle_rush", 1.5, durable_share("village"), -1, "hurry settles less", {**PART_TIME, "rush": 1}),
    Case("caseloads.work_hours_village", 12, mean_service("village"), +1, "a case asks for more", PART_TIME),
    Case(
        "caseloads.work_hours_centre",
        40,
        count("rushed"),
        +1,
        "a case asks for more",
        {**CENTRES, "full_time_share_centre": 0.1, "rush": 1, "slots_centre": 30, "work_hours_centre": 10},
    ),
    Case(
        "caseloads.work_hours_petition",
        50,
        mean_service("petition"),
        +1,
        "a case asks for more",
        {"petition_handlers": 1, "slots_petition": 60, "constant_petition": -1.5},
    ),
)
