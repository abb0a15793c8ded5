"""What every lever must do."""

from __future__ import annotations

from sim.policy import Acceptance, Intake
from tests.sim.acting.case import Case
from tests.sim.acting.figures import (
    MEDIATION,
    count,
    durable_share,
    excellent_cities,
    government,
    last_score,
    mean_days,
    mean_service,
    mean_wait,
    monthly,
    registered_share,
    share,
    work,
)

WORKING = {"coverage_township": 1, "coverage_county": 1, "coverage_city": 1, "working_share": 1}
"""Centres everywhere, all of them at work."""

TO_COUNTY = {"coverage_county": 1, "working_share": 1, "constant_county": 1.5, "settle_match": 4}
"""Many matters at county centres, where the fit of the mediators' kind counts."""

HONEST = {"audit_rate": 1, "effort_adjustment": 1}
"""Audits that deter all concealment at once, so that registers keep what the lever says."""

CENTRE = (
    Case("centre.coverage_township", 1, count("handed_up"), -1, "a township with a centre hands nothing up"),
    Case("centre.coverage_county", 1, work("slot_days", "county"), +1, "its mediators come on top of the clerks"),
    Case("centre.coverage_city", 1, work("slot_days", "city"), +1, "a city's mediators work in its centre"),
    Case("centre.working_share", 1, count("whistle_called"), +1, "a nameplate calls nobody", {"coverage_township": 1}),
    Case("centre.intake", Intake.unified, count("handed_off"), -1, "one register sends nobody on", WORKING),
    Case("centre.colocation", 1, count("answer_stationed"), +1, "who is stationed answers", WORKING),
    Case(
        "centre.whistle_response",
        1,
        share(count("answer_missing"), count("whistle_called")),
        -1,
        "departments that answer",
        WORKING,
    ),
    Case(
        "centre.whistle_deadline",
        1,
        mean_days,
        -1,
        "answers, or silence, come sooner",
        {**WORKING, "colocation": 0},
    ),
    Case("centre.whistle_escalation", 1, count("escalation_answered"), +1, "the level above obtains answers", WORKING),
    Case(
        "centre.commissars",
        1,
        share(count("answer_missing"), count("whistle_called")),
        -1,
        "a commissar obtains answers",
        WORKING,
    ),
    Case("centre.petition_inside", True, count("mediation_offered"), +1, "who comes is offered mediation", WORKING),
    Case("centre.judge_contact_points", 1, count("confirmed"), +1, "a judge is at hand to confirm"),
)

ROLL_OUT = (
    Case("roll_out.batch_1_start", 12, count("handed_up"), +1, "townships wait for their centres", WORKING),
    Case("roll_out.batch_2_start", 12, count("handed_up"), +1, "townships wait for their centres", WORKING),
    Case("roll_out.ramp", 12, count("handed_up"), +1, "centres come one after the other", WORKING),
)

STAFF = (
    Case(
        "staff.mediators_village", 1, mean_wait("village"), +1, "fewer mediators, longer queues", {"slots_village": 1}
    ),
    Case("staff.mediators_township", 30, work("slot_days", "township"), +1, "more mediators", WORKING),
    Case("staff.mediators_county", 60, work("slot_days", "county"), +1, "more mediators", WORKING),
    Case("staff.mediators_city", 100, work("slot_days", "city"), +1, "more mediators", WORKING),
    Case("staff.department_clerks", 1, mean_wait("county"), +1, "fewer clerks, longer queues"),
    Case("staff.petition_handlers", 5, mean_wait("petition"), +1, "fewer handlers, longer queues"),
    Case("staff.prelitigation_mediators", 0, count("prelitigation_started"), -1, "nobody to mediate before a suit"),
    Case(
        "staff.informal_mediators",
        2,
        durable_share("village"),
        +1,
        "mediators whom people know fit better",
        {"informal_match": 0.5, "settle_match": 4},
    ),
    Case(
        "staff.womens_teams",
        1,
        durable_share("village", kinds=("family",)),
        +1,
        "they fit family matters",
        {"womens_match": 0.5, "settle_match": 4},
    ),
    Case(
        "staff.enterprise_mediators",
        100,
        share(
            count("party_refused", kinds=("injury", "medical")),
            count("party_refused", "mediation_started", kinds=("injury", "medical")),
        ),
        -1,
        "organisations come to a shared pool",
        {**TO_COUNTY, "party_refuses": 0.5, "enterprise_consent": 1},
    ),
    Case("staff.training", 1, durable_share(*MEDIATION), +1, "skill settles"),
    Case(
        "staff.mix_people",
        0,
        durable_share("township", kinds=("neighbour",)),
        -1,
        "administrative mediators do not fit neighbours",
        {**WORKING, "constant_township": 0, "settle_match": 4},
    ),
    Case(
        "staff.mix_administrative",
        0,
        durable_share("township", kinds=("administration", "labour", "environment")),
        -1,
        "people's mediators fit such matters less",
        {**WORKING, "settle_match": 4},
    ),
    Case(
        "staff.mix_judicial",
        0,
        durable_share("county", kinds=("debt",)),
        -1,
        "they fit debts best",
        {**TO_COUNTY, "mediators_county": 60},
    ),
    Case(
        "staff.mix_professional",
        0,
        durable_share("county", kinds=("injury", "medical")),
        -1,
        "nobody else fits such matters as well",
        TO_COUNTY,
    ),
)

GRID = (
    Case("grid.households_per_grid", 100, count("noticed"), +1, "more workers, more visits"),
    Case("grid.visits_per_day", 20, count("noticed"), +1, "more visits"),
    Case("grid.settling_power", 1, count("settled_on_spot"), +1, "larger matters may be settled"),
    Case("grid.reporting_minutes", 240, count("noticed"), -1, "who reports does not visit"),
    Case("grid.hours_per_day", 2, count("noticed"), -1, "a shorter day, fewer visits"),
    Case("grid.overtime", 2, count("noticed"), +1, "longer visits", {"visits_per_day": 20, "short_visits": 1}),
    Case("grid.first_contact", 1, count("noticed"), +1, "a first contact in the village hears of it"),
)

PLATFORM = (
    Case("platform.information_sharing", 1, count("referral_forgotten"), -1, "nothing goes on paper"),
    Case("platform.duplicate_detection", 1, count("duplicate_recorded"), -1, "duplicates are merged"),
    Case("platform.triage_accuracy", 1, count("handed_off"), -1, "everybody comes to the right window"),
    Case("platform.deadline_supervision", 1, count("petition_closed_late"), -1, "reminders"),
    Case("platform.early_warning", 1, monthly("alerts"), +1, "watched villages raise alerts"),
    Case(
        "platform.subsystems",
        1000,
        share(count("reporting_minutes"), count("noticed")),
        +1,
        "30 minutes, and 15 % for each tenfold, to the nearest minute",
        equals=44,
    ),
)

SERVICES = (
    Case("services.one_window", 1, count("raised_by_service"), -1, "one window refuses fewer than three"),
    Case("services.one_call", 1, monthly("service_trips"), -1, "who calls stays at home"),
    Case("services.online_services", 1, monthly("clerk_minutes"), -1, "done online in less time"),
    Case("services.service_clerks", 1, monthly("requests_left"), +1, "too few to serve everybody"),
    Case(
        "services.staff_sharing",
        0.5,
        mean_service("county"),
        +1,
        "mediators who help the hall mediate less",
        {**WORKING, "service_clerks": 1, "mediators_county": 1, "department_clerks": 2},
    ),
)

NORMS = (
    Case("norms.moral_bank", 1, count("prevented_by_norms"), +1, "a moral bank prevents"),
    Case("norms.praise_meetings", 1, count("hidden_by_norms"), +1, "praise meetings silence"),
)

PETITION = (
    Case("petition.acceptance", Acceptance.strict, count("accepted_province"), -1, "ineligible petitions refused"),
    Case(
        "petition.online_channel",
        0,
        count(*(f"presented_online_{level}" for level in ("county", "city", "province"))),
        -1,
        "nobody is reached",
    ),
    Case("petition.registration_county", 0.95, registered_share("county"), +1, "as the lever says", HONEST, 0.95),
    Case("petition.registration_city", 0.3, registered_share("city"), -1, "as the lever says", HONEST, 0.3),
    Case("petition.registration_province", 0.3, registered_share("province"), -1, "as the lever says", equals=0.3),
    Case("petition.registration_nation", 0.1, registered_share("nation"), -1, "as the lever says", equals=0.1),
)

EASY_AND_HARD = {
    "places": {
        "6201": {"norms": {"moral_bank": 1}, "grid": {"first_contact": 1}, "platform": {"early_warning": 1}},
        "6210": {"services": {"service_clerks": 0}, "staff": {"mediators_village": 0}},
    },
    "service_grievance": 0.1,
    "alert_prevention": 0.5,
    "warning_threshold": 1,
    "warning_rise": 1.1,
    "norm_effect": 0.6,
    "norm_hidden": 0,
    "first_contact_prevention": 0.6,
    "weight_resolution": 0,
    "weight_satisfaction": 0,
}
"""A city with far fewer grievances than the other, judged by recorded petitions alone."""

REWARDED = {"reward": 2, "weight_resolution": 1}
"""Rewards that are worth competing for."""

ASSESSMENT = (
    Case("assessment.weight_recorded", 2, registered_share("county"), -1, "a weight on records pays concealment"),
    Case("assessment.weight_resolution", 2, mean_service("petition"), -1, "effort shortens work"),
    Case("assessment.weight_satisfaction", 2, government("effort"), +1, "effort for satisfaction"),
    Case(
        "assessment.audit_rate", 1, registered_share("county"), +1, "audits deter concealment", {"weight_recorded": 1}
    ),
    Case("assessment.audit_penalty", 5, registered_share("county"), +1, "penalties deter", {"weight_recorded": 0.6}),
    Case(
        "assessment.pass_through",
        0,
        mean_service("village"),
        +1,
        "no pressure reaches villages",
        {"weight_resolution": 2},
    ),
    Case("assessment.excellent_cities", 1, excellent_cities, +1, "a quota: all of them, at both year ends"),
    Case(
        "assessment.excellent_units",
        1,
        mean_service("petition"),
        +1,
        "counties that are all excellent have nothing to compete for",
        {**REWARDED, "excellent_units": 0.5},
    ),
    Case(
        "assessment.qualified_units",
        0.5,
        mean_service("petition"),
        -1,
        "there is more to lose",
        {**REWARDED, "excellent_units": 0},
    ),
    Case("assessment.veto", True, government("vetoed"), +1, "who trips is vetoed", {"veto_satisfaction": 1}),
    Case("assessment.reward", 2, government("effort"), +1, "there is something to win"),
    Case(
        "assessment.difficulty_adjustment",
        False,
        last_score,
        0,
        "two units are too few to tell what difficulty does (tests/sim/phases/test_assess.py has eight)",
        EASY_AND_HARD,
    ),
)

LEVERS = CENTRE + ROLL_OUT + STAFF + GRID + PLATFORM + SERVICES + NORMS + PETITION + ASSESSMENT
