"""What every uncertainty about people and their choices must do."""

from __future__ import annotations

from sim.policy import Acceptance
from tests.sim.acting.case import Case
from tests.sim.acting.figures import (
    FORUMS,
    PETITIONS,
    chosen,
    count,
    events,
    gap,
    mean_days,
    monthly,
    per_thousand,
    share,
    survey,
    survey_error,
    trust,
)

AGAIN = count(*(f"chose_{forum}" for forum in FORUMS), less=tuple(f"first_{forum}" for forum in FORUMS))
"""Choices after the first one."""

AGENCY_KINDS = ("land_taking", "administration")
"""Mostly against agencies."""

OFFENCES = {"offence_rate": 0.5}
"""Enough offences to be counted."""

GRIEVANCES = (
    Case("grievances", 90, per_thousand(count("raised")), +1, "their rate", {"service_grievance": 0}, 90),
    Case("rate_headroom", 3, count("raised"), 0, "other candidates, as many real ones"),
    Case(
        "agency_at_government",
        1,
        share(
            count("skip_level_province", kinds=AGENCY_KINDS),
            count(*events("presented", "province"), kinds=AGENCY_KINDS),
        ),
        -1,
        "matters against county governments may go higher",
    ),
    Case("duplicate_share", 0.5, count("duplicate_merged", "duplicate_recorded"), +1, "more is lodged twice"),
)

PEOPLE = (
    Case("patience", 40, count("noticed"), +1, "who waits longer is noticed more"),
    Case("patience_spread", 1.5, count("noticed"), +1, "a longer tail of patience"),
    Case("patience_again", 0.05, AGAIN, +1, "who has failed tries again sooner", {"patience": 40, "patience_again": 1}),
    Case("trust_mean", 0.8, count("first_nothing"), -1, "trust makes people try"),
    Case("trust_spread", 0.3, chosen(*PETITIONS), +1, "the most trusting choose what few choose"),
    Case(
        "centralised_share",
        0.67,
        chosen("petition_province", "petition_nation"),
        +1,
        "more trust in higher bodies",
        {"centralised_share": 0.33, "centralised_gap": 0.6},
    ),
    Case("centralised_gap", 0.6, chosen("petition_province", "petition_nation"), +1, "more trust in higher bodies"),
    Case("trust_gain", 0.05, trust("local", "middle"), +1, "less is learned, and most of it is bad"),
    Case("trust_asymmetry", 3, trust("local", "middle"), -1, "failures teach more"),
    Case("reputation_memory", 100, chosen(*PETITIONS), +1, "the hopes of the first day last longer"),
    Case("assertiveness", 2, count("first_nothing"), +1, "the timid leave it more often than the bold try"),
    Case("migrant_share", 0.5, gap("raised", "migrant", "native"), +1, "one in two, so one to one", {}, 1.0),
    Case("migrant_barrier", 3, chosen("village", "township"), -1, "migrants stay away"),
    Case(
        "income_fee",
        1,
        gap("helped", "income_low", "income_high"),
        -1,
        "the fee keeps the poor from court",
        {"weight_fee": 3, "constant_court": 1},
    ),
    Case("online_share", 1, count(*events("presented", "county", "city")[2::3]), +1, "more people online"),
    Case(
        "letter_share",
        0.8,
        share(
            count(*(f"presented_letter_{level}" for level in ("county", "city"))),
            count(*events("presented", "county", "city")),
        ),
        +1,
        "nobody is online: the share of letters",
        {"online_share": 0},
        0.8,
    ),
    Case(
        "visit_share",
        0.7,
        share(
            count(*(f"presented_visit_{level}" for level in ("county", "city"))),
            count(*events("presented", "county", "city")),
        ),
        +1,
        "everybody is online: the share of visits",
        {"online_share": 1, "online_channel": 1},
        0.7,
    ),
)

CHOICE = (
    Case("nest_scale", 1, chosen("court"), -1, "nests of several forums weigh more, the court alone does not"),
    Case("constant_bilateral", 0.5, count("first_bilateral"), +1, "more talk"),
    Case("constant_village", -1, count("first_village"), +1, "more go to the village"),
    Case("constant_township", -1, count("first_township"), +1, "more go to the township"),
    Case("constant_county", -1, count("first_county"), +1, "more go to the county"),
    Case("constant_court", -2, count("first_court"), +1, "more go to court"),
    Case("constant_petition", -2, chosen(*PETITIONS), +1, "more petition"),
    Case("constant_nation", 0, chosen("petition_nation"), +1, "more go to the capital"),
    Case("petition_against_organisation", 3, chosen(*PETITIONS), +1, "more petition against organisations"),
    Case("petition_against_agency", 2, chosen(*PETITIONS), +1, "more petition against agencies"),
    Case("weight_success", 8, count("first_nothing"), -1, "every forum has something to hope for"),
    Case("weight_trust", 8, chosen("petition_province"), +1, "the centralised trust it most"),
    Case("weight_travel", 2, chosen("petition_province"), -1, "it is far"),
    Case("weight_wait", 2, chosen(*PETITIONS), -1, "routing alone takes a month"),
    Case("weight_doors", 2, chosen("township", "county"), -1, "windows have many doors"),
    Case("weight_fee", 3, chosen("court"), -1, "the court has a fee"),
    Case("weight_law", 6, chosen("court"), +1, "who knows the law sues"),
    Case("weight_failed", 4, chosen(*PETITIONS), +1, "failures below push up"),
    Case("weight_again", 3, count("chose_bilateral", less=("first_bilateral",)), -1, "talk that failed is not tried"),
    Case("weight_fatigue", 2, count("gave_up"), +1, "every attempt tires"),
    Case(
        "rule_spread",
        1000,
        count("skip_level_province"),
        +1,
        "who has not heard of the strict rule skips levels",
        {"acceptance": Acceptance.strict, "rule_spread": 1, "constant_petition": -2},
    ),
    Case("doors_windows", 6, chosen("township", "county"), -1, "more doors at windows"),
)

GRID = (
    Case("disclosure", 1, count("noticed"), +1, "households tell more"),
    Case("short_visits", 1, count("noticed"), -1, "24 minutes are too short", {"visits_per_day": 20}),
    Case("spot_success", 1, count("settled_on_spot"), +1, "more is settled on the spot"),
    Case("spot_hours", 24, count("noticed"), -1, "who settles does not visit", {"settling_power": 1}),
    Case("first_contact_notice", 3, count("noticed"), +1, "a first contact hears more", {"first_contact": 1}),
    Case("first_contact_prevention", 0.6, count("prevented_by_contact"), +1, "and prevents more", {"first_contact": 1}),
    Case(
        "subsystem_burden",
        1,
        share(count("reporting_minutes"), count("noticed")),
        +1,
        "30 minutes once more for each tenfold",
        {"subsystems": 1000},
        120,
    ),
    Case("referral_delay", 60, mean_days, +1, "paper is slow", {"referral_consent": 1, "referral_forgotten": 0}),
    Case("referral_forgotten", 1, count("referral_forgotten"), +1, "more is forgotten"),
    Case("referral_consent", 1, count("referred"), +1, "more is referred"),
)

NORMS = (
    Case("warning_rise", 4, monthly("alerts"), -1, "only a larger rise is looked for", {"early_warning": 1}),
    Case("warning_threshold", 20, monthly("alerts"), -1, "more excess is waited for", {"early_warning": 1}),
    Case("alert_prevention", 0.5, count("prevented_by_alert"), +1, "taking stock prevents", {"early_warning": 1}),
    Case("norm_effect", 0.6, count("prevented_by_norms"), +1, "norms prevent", {"moral_bank": 1}),
    Case("norm_hidden", 1, count("hidden_by_norms"), +1, "what is not prevented is silenced", {"moral_bank": 1}),
)

SERVICES = (
    Case(
        "service_rate",
        1000,
        per_thousand(monthly("requests")),
        +1,
        "their rate",
        {"induced_demand": 0, "service_clerks": 400, "service_retry": 0},
        1000,
    ),
    Case("service_minutes", 60, monthly("requests_left"), +1, "less can be done", {"service_clerks": 8}),
    Case("induced_demand", 5, monthly("requests"), +1, "good service is asked for more", {"online_services": 1}),
    Case("online_success", 0, monthly("requests_met"), -1, "nothing online is met", {"online_services": 1}),
    Case("call_success", 0, monthly("requests_met"), -1, "no call meets its request", {"one_call": 1}),
    Case("door_success", 0.2, monthly("requests_met"), -1, "windows turn people away"),
    Case("service_retry", 0, monthly("requests_refused"), +1, "nobody comes again"),
    Case("service_grievance", 0.1, count("raised_by_service"), +1, "refused requests become grievances"),
)

SURVEY = (
    Case("satisfaction_base", 0.7, survey("content"), -1, "fewer are content to begin with"),
    Case("satisfaction_trust", 5, survey("content"), -1, "trust has been lost, on the whole"),
    Case(
        "satisfaction_service", 0.5, survey("content"), +1, "requests are met", {"one_window": 1, "online_services": 1}
    ),
    Case("satisfaction_unresolved", 1, survey("content"), -1, "the unresolved are not content"),
    Case("desirability", 0, survey("surveyed"), -1, "nobody flatters"),
    Case("survey_sample", 5000, survey_error, -1, "a larger sample errs less", {"survey_sample": 20}),
)

PAST = (
    Case("old_grievances", 60, count("faded"), +1, "what was left before fades"),
    Case(
        "standing_petitioners",
        5,
        count(*events("presented", "county", "city", "province")),
        +1,
        "who was turned away before comes again",
    ),
    Case(
        "past_years",
        10,
        mean_days,
        +1,
        "old matters are old when they are settled",
        {"standing_petitioners": 5, "past_years": 0.5},
    ),
)

PEOPLES = GRIEVANCES + PEOPLE + CHOICE + GRID + NORMS + SERVICES + SURVEY + PAST
