"""What every uncertainty about when things happen must do."""

from __future__ import annotations

from sim.ledger import FORUMS
from sim.policy import Acceptance
from tests.sim.acting.case import Case
from tests.sim.acting.figures import PETITIONS, count, events, of_month, share

STRICT = {"acceptance": Acceptance.strict}
ABOVE = share(
    count("accepted_city", "accepted_province", "accepted_nation"),
    count(*events("registered", "city", "province", "nation")),
)

WITH_OLD_CASES = {"standing_petitioners": 5, "past_years": 10}
CLEARED = WITH_OLD_CASES | {"campaign_share": 1}

TIMING = (
    Case("timing.petition_trend", 0.3, of_month("2019-12", *events("presented")), +1, "petitions grow by themselves"),
    Case("timing.meeting_pull", 2, of_month("2019-03", *events("presented")), +1, "a meeting draws petitioners"),
    Case(
        "timing.closed_days",
        15,
        of_month("2019-02", *(f"chose_{forum}" for forum in FORUMS)),
        -1,
        "from 4 to 18 February 2019 nobody acts",
    ),
    Case("timing.closed_days", 15, count("raised"), 0, "as many grievances", {"service_grievance": 0}),
    Case("timing.rule_kept", 0, ABOVE, +1, "the rule fades", STRICT),
    Case("timing.rule_half_life", 20, ABOVE, -1, "it fades slowly", STRICT | {"rule_kept": 0, "rule_half_life": 0.2}),
    Case("petition.campaign_share", 1, count("campaign_taken_up"), +1, "old cases are taken up", WITH_OLD_CASES),
    Case(
        "petition.campaign_share",
        1,
        count(*(f"durable_{forum}" for forum in PETITIONS)),
        +1,
        "offices settle what they take up",
        WITH_OLD_CASES,
    ),
    Case("petition.campaign_months", 1, of_month("2018-07", "campaign_taken_up"), +1, "all at once", CLEARED),
    Case(
        "timing.campaign_durable",
        1,
        share(count("campaign_durable"), count("campaign_taken_up")),
        +1,
        "all are settled for good",
        CLEARED,
        equals=1,
    ),
)
