"""What every uncertainty about the use of centres must do."""

from __future__ import annotations

from tests.sim.acting.case import Case
from tests.sim.acting.figures import chosen, count, events, monthly

WORKING = {"coverage_township": 1, "coverage_county": 1, "working_share": 1}
"""Centres everywhere, all of them at work."""

ATTRACTIVE = {**WORKING, "centre_appeal": 4, "known_first": 0.3, "known_by_themselves": 0, "known_by_talk": 0}
"""A third of the people know a centre that draws them, and hardly anybody learns of it."""

AT_CENTRES = chosen("township", "county")

NAMEPLATES = {"coverage_township": 1, "coverage_county": 1, "working_share": 0}
"""Centres everywhere, none of them at work."""

CENTRES = (
    Case("centres.centre_appeal", 4, AT_CENTRES, +1, "who knows a centre goes there", WORKING),
    Case("centres.known_first", 0.9, AT_CENTRES, +1, "who knows it goes there", ATTRACTIVE),
    Case("centres.known_by_themselves", 0.2, AT_CENTRES, +1, "more learn of it", ATTRACTIVE),
    Case("centres.known_by_talk", 1, AT_CENTRES, +1, "more hear of it", ATTRACTIVE),
    Case("centres.known_forgotten", 0.2, AT_CENTRES, -1, "more forget it", ATTRACTIVE),
    Case("centres.closed_door", 0.8, AT_CENTRES, -1, "neighbours hear of who found nobody", NAMEPLATES),
    Case(
        "centres.offer_taken",
        0.9,
        count(*events("presented", "county")),
        -1,
        "who takes mediation presents nothing",
        {**WORKING, "petition_inside": True},
    ),
    Case(
        "centres.referred_up",
        0.8,
        count("durable_county"),
        +1,
        "a second try at the county",
        {**WORKING, "nominal_share": 0.6},
    ),
    Case("centres.visits_per_matter", 6, monthly("received_county"), +1, "more visits a matter", WORKING),
    Case("centres.advice", 60, monthly("received_county"), +1, "people come for advice", WORKING),
    Case(
        "centres.advice_minutes",
        60,
        monthly("advice_minutes_county"),
        +1,
        "advice takes longer",
        {**WORKING, "advice": 40},
    ),
    Case(
        "further_departments",
        1.5,
        count("answer_stationed", "whistle_called"),
        +1,
        "more departments are asked",
        WORKING,
    ),
)
