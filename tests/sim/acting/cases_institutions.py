"""What every uncertainty about institutions, settlement, governments and money must do."""

from __future__ import annotations

from math import exp

from sim.measures.welfare import JOINT_VISITS
from sim.policy import Acceptance
from tests.sim.acting.case import Case
from tests.sim.acting.cases_levers import REWARDED, TO_COUNTY, WORKING
from tests.sim.acting.cases_people import OFFENCES
from tests.sim.acting.figures import (
    MEDIATION,
    PETITIONS,
    chosen,
    cost,
    count,
    durable_share,
    events,
    government,
    mean_days,
    mean_service,
    share,
    work,
)

TALK = share(count("durable_bilateral"), count("durable_bilateral", "failed_bilateral"))
"""Talks that settle."""

TALKING = count("chose_bilateral", less=("durable_bilateral", "failed_bilateral"))
"""Talks begun and not ended."""

LINKED = {
    "grievances": 90,
    "groups": 3,
    "group_size": 30,
    "join": 0.9,
    "constant_petition": 0,
    "constant_bilateral": -3,
    "registration_county": 0.2,
    "weight_fatigue": 0,
}
"""Many who share a cause, have failed against organisations and agencies and do not give up."""

CROWDED = {"slots_centre": 1, "slots_village": 1, "grievances": 90}
"""Queues everywhere."""

LEFT = count(*(f"left_queue_{level}" for level in ("village", "township", "county", "city", "prelitigation")))
BORNE = share(work("left_days", "village", "township", "county", "city", "prelitigation"), LEFT)
"""Days that are waited before one leaves."""

INTAKE = (
    Case("bilateral_success", 0.95, TALK, +1, "as given", {"bilateral_power": 0}, 0.95),
    Case("bilateral_power", 1, TALK, -1, "organisations and agencies do not give in"),
    Case(
        "talk_nominal",
        0.5,
        share(count("nominal_bilateral"), count("durable_bilateral", "nominal_bilateral")),
        +1,
        "half do not hold, of which those that break within a year are nominal",
        {"relapse_rate": 1},
        0.5 * (1 - exp(-1)),
    ),
    Case("bilateral_days", 60, TALKING, +1, "more talks are under way", {"bilateral_days": 1}),
    Case("hand_off_delay", 60, mean_days, +1, "days lost at wrong windows", {"triage_accuracy": 0.3}),
    Case("hand_up_delay", 60, mean_days, +1, "days lost on the way up", {"coverage_township": 0, "hand_up_delay": 1}),
    Case(
        "hand_off_grievance",
        0.2,
        count("offence"),
        +1,
        "grievance breeds offences",
        {
            **OFFENCES,
            "hand_off_grievance": 0.02,
            "triage_accuracy": 0,
            "hand_off_delay": 1,
            "constant_county": 1,
            "patience_again": 1,
            "intercept_mediation": -2,
            "nominal_share": 0.6,
        },
    ),
    Case("stationed_days", 30, mean_days, +1, "slower answers", {**WORKING, "colocation": 1}),
    Case("unaided_days", 120, mean_days, +1, "slower answers"),
    Case("responsiveness", 1, count("answer_missing"), -1, "everybody answers"),
    Case(
        "escalation_response",
        1,
        share(count("escalation_answered"), count("whistle_escalated")),
        +1,
        "the level above obtains every answer",
        {**WORKING, "whistle_escalation": 1},
    ),
    Case("answer_leverage", 0.5, count("petition_answered"), +1, "higher levels obtain answers to petitions"),
    Case(
        "answer_leverage",
        0.5,
        count("durable_petition_city", "durable_petition_province", "durable_petition_nation"),
        +1,
        "what is answered is settled more often",
        {"constant_petition": -1, "settle_answer": 4},
    ),
    Case(
        "commissar_coordination",
        1,
        count("answer_missing"),
        -1,
        "commissars obtain every answer in townships",
        {**WORKING, "commissars": 1},
    ),
    Case("responsiveness_threat", 1, count("answer_unaided"), +1, "a threat is answered", LINKED),
)

PETITION = (
    Case("loose_acceptance", 0, count("accepted_province"), -1, "ineligible ones refused"),
    Case("strict_refusal", 0, count("accepted_province"), +1, "accepted", {"acceptance": Acceptance.strict}),
    Case("strict_refusal_nation", 0, count("accepted_nation"), +1, "accepted", {"acceptance": Acceptance.strict}),
    Case("returned_to_law", 1, count("returned_to_legal_channel"), +1, "more is returned"),
    Case("repeats", 2, count(*events("repeat_presented")), +1, "more repeats"),
    Case("repeat_higher", 1, count(*events("repeat_presented", "county")), -1, "repeats go higher"),
    Case(
        "refusal_grievance",
        0.5,
        count("offence"),
        +1,
        "grievance breeds offences",
        {**OFFENCES, "registration_county": 0, "constant_petition": -1},
    ),
    Case("petition_days", 90, mean_service("petition"), +1, "longer work"),
    Case("review_share", 1, count("petition_reviewed"), +1, "more ask for a review"),
    Case(
        "collective_rate",
        2,
        count(*JOINT_VISITS),
        +1,
        "more joint actions",
        LINKED,
    ),
    Case("incident_share", 1, count("mass_incident"), +1, "more of them incidents", LINKED | {"collective_rate": 2}),
)

WORK = (
    Case("mediation_days_village", 40, mean_service("village"), +1, "longer work"),
    Case("mediation_days", 60, mean_service("township"), +1, "longer work", {"coverage_township": 1}),
    Case("prelitigation_share", 1, count("suit_filed"), -1, "mediated first"),
    Case("court_days", 56, mean_days, +1, "suits take longer", {"court_days": 28, "constant_court": -1}),
    Case(
        "service_shape",
        6,
        share(count("petition_closed_late"), count("petition_closed_late", "petition_closed_in_time")),
        -1,
        "regular work is seldom very late",
        {"deadline_supervision": 0},
    ),
    Case("slots_village", 10, work("slot_days", "village"), +1, "more cases at once"),
    Case("slots_centre", 30, work("slot_days", "county"), +1, "more cases at once"),
    Case("waiting.queue_left_90", 0.9, LEFT, +1, "who waits gives up", CROWDED),
    Case("waiting.queue_left_shape", 3, BORNE, +1, "fewer leave early", {**CROWDED, "queue_left_90": 0.5}),
    Case("waiting.waiting_petitions", 1, count("presented_while_waiting_county"), +1, "while they wait", CROWDED),
    Case("slots_petition", 60, work("slot_days", "petition"), +1, "more cases at once"),
    Case("court_capacity", 30, work("queued", "court"), -1, "the backlog goes", {"court_background": 20}),
    Case("court_background", 20, work("queued", "court"), +1, "a backlog grows"),
    Case("skill_mean", 1, durable_share(*MEDIATION), +1, "skill settles"),
    Case(
        "skill_spread",
        0.3,
        durable_share("village"),
        -1,
        "where nearly all settles, the unskilled lose more than the skilled gain",
        {
            "skill_spread": 0,
            "settle_skill": 4,
            "intercept_mediation": 3,
            "learning_cases": 2000,
            "constant_village": 0,
        },
    ),
    Case("learning_cases", 10, durable_share(*MEDIATION), +1, "learned sooner"),
    Case("skill_speed", 0.9, mean_service("village"), -1, "the skilled are faster", {"skill_mean": 1}),
    Case("effort_speed", 0.9, mean_service("petition"), -1, "effort is faster", {"weight_resolution": 0.5}),
)

SETTLEMENT = (
    Case("intercept_mediation", 3, durable_share(*MEDIATION), +1, "more settles"),
    Case("intercept_petition", 2, durable_share(*PETITIONS), +1, "more settles"),
    Case("intercept_court", 3, durable_share("court"), +1, "more settles"),
    Case("settle_skill", 4, durable_share(*MEDIATION), +1, "mediators are skilled", {"skill_mean": 0.9}),
    Case("settle_match", 4, durable_share("village", kinds=("neighbour", "family")), +1, "villages fit neighbours"),
    Case("settle_answer", 4, durable_share("village"), -1, "no department answers in a village"),
    Case(
        "settle_severity",
        6,
        durable_share("village", kinds=("neighbour",)),
        +1,
        "little is severe there",
        {"constant_village": 0},
    ),
    Case("settle_age", 2, durable_share(*MEDIATION), -1, "matters have aged"),
    Case("settle_power", 3, durable_share(*PETITIONS), -1, "most petitions are against the strong"),
    Case("settle_near", 2, durable_share("village"), +1, "it is near"),
    Case("party_refuses", 0.5, count("party_refused"), +1, "more refuse"),
    Case(
        "enterprise_consent",
        1,
        share(
            count("party_refused", kinds=("injury", "medical")),
            count("party_refused", "mediation_started", kinds=("injury", "medical")),
        ),
        -1,
        "organisations come to the shared pool",
        {**TO_COUNTY, "party_refuses": 0.5, "enterprise_mediators": 20, "enterprise_consent": 0},
    ),
    Case("withdrawals", 0.3, count("party_withdrew"), +1, "more withdraw"),
    Case(
        "informal_match",
        0.5,
        durable_share("village"),
        +1,
        "people whom people know",
        {"informal_mediators": 1, "settle_match": 4},
    ),
    Case(
        "womens_match",
        0.5,
        durable_share("village", kinds=("family",)),
        +1,
        "a team fits family matters",
        {"womens_teams": 1, "womens_match": 0, "settle_match": 4},
    ),
    Case("confirmation_share", 1, count("confirmed"), +1, "more is confirmed", {"judge_contact_points": 1}),
    Case(
        "confirmation_cut",
        1,
        count("relapsed"),
        -1,
        "what is confirmed holds",
        {"judge_contact_points": 1, "confirmation_share": 1},
    ),
    Case("contact_awareness", 0.5, chosen("court"), +1, "who knows the law sues", {"judge_contact_points": 1}),
    Case("nominal_share", 0.6, count("nominal_village"), -1, "failures are recorded as failures"),
    Case(
        "nominal_concealment",
        1,
        count("failed_village"),
        -1,
        "who conceals records failures as settled",
        {"weight_recorded": 2, "nominal_share": 0.6},
    ),
    Case("relapse_rate", 0.5, count("relapsed"), -1, "what is nominal breaks more slowly"),
    Case("late_relapse_returns", 1, count("returned_late"), +1, "what breaks late comes back", {"relapse_rate": 1}),
    Case("failure_grievance", 0.5, count("offence"), +1, "grievance breeds offences", OFFENCES),
    Case("grievance_half_life", 60, count("faded"), +1, "sooner forgotten"),
    Case("reactivation", 0.5, count("reactivated"), +1, "more is taken up again"),
    Case("offence_rate", 0.5, count("offence"), +1, "their rate"),
)

VETOED = LINKED | {"veto": True, "collective_rate": 0.2, "incident_share": 1, "veto_satisfaction": 0}
"""Governments that trip over mass incidents alone."""

GOVERNMENT = (
    Case("effort_cost", 5, government("effort"), -1, "effort is dear"),
    Case("effort_productivity", 2, government("effort"), +1, "effort helps the record"),
    Case("concealment_cost", 0.5, government("concealment"), +1, "concealment is cheap"),
    Case("effort_adjustment", 0.2, government("effort"), -1, "governments are slow", {"weight_resolution": 1}),
    Case("satisfaction_productivity", 2, government("effort"), +1, "effort pleases"),
    Case("assessment_luck", 3, government("effort"), -1, "luck decides, effort does not", REWARDED),
    Case("veto_incidents", 20, government("vetoed"), -1, "more incidents are allowed", VETOED),
    Case(
        "veto_satisfaction", 1, government("vetoed"), +1, "nobody pleases all", {"veto": True, "veto_satisfaction": 0}
    ),
)

EVERYWHERE = {**WORKING, "coverage_city": 1}

JUDICIAL = {**EVERYWHERE, "mix_judicial": 5, "mediators_county": 20}

MONEY = tuple(
    Case(name, to, cost, +1, why, given)
    for name, to, why, given in (
        ("cost_contract_mediator", 80_000, "dearer mediators on contracts", {}),
        ("cost_judicial_mediator", 180_000, "dearer judicial mediators", JUDICIAL),
        ("cost_official", 200_000, "dearer officials", {}),
        ("cost_prelitigation", 72_000, "dearer pre-litigation mediators", {}),
        ("cost_enterprise_mediator", 36_000, "dearer mediators of enterprises", {"enterprise_mediators": 20}),
        ("cost_village_mediator", 1_200, "dearer committees", {}),
        ("cost_informal_mediator", 2_000, "dearer informal mediators", {"informal_mediators": 1}),
        ("cost_training", 12_000, "dearer training", {"training": 0.5}),
        ("cost_training_part_time", 800, "dearer training of committees", {"training": 0.5}),
        ("cost_grid_worker", 64_000, "dearer grids", {}),
        ("cost_grid_worker_least", 40_000, "dearer grids", {}),
        ("cost_overtime", 30, "dearer overtime", {"overtime": 1}),
        ("cost_service_clerk", 70_000, "dearer halls", {}),
        ("cost_commissar", 20_000, "dearer posts", {"commissars": 1}),
        ("cost_judge_contact_point", 40_000, "dearer posts", {"judge_contact_points": 1}),
        ("cost_centre_township", 200_000, "dearer centres", WORKING),
        ("cost_centre_county", 400_000, "dearer centres", WORKING),
        ("cost_centre_city", 900_000, "dearer centres", EVERYWHERE),
        ("capital_township", 300_000, "dearer buildings", WORKING),
        ("capital_county", 3_000_000, "dearer buildings", WORKING),
        ("capital_city", 26_000_000, "dearer buildings", EVERYWHERE),
        ("cost_womens_team", 4_000, "dearer teams", {"womens_teams": 1}),
        ("cost_moral_bank", 16_000, "dearer moral banks", {"moral_bank": 1}),
        ("capital_moral_bank", 50_000, "dearer moral banks", {"moral_bank": 1}),
        ("cost_praise_meetings", 4_000, "dearer meetings", {"praise_meetings": 1}),
        ("cost_first_contact", 14_000, "dearer group leaders", {"first_contact": 1}),
        ("cost_subsystem", 20_000, "dearer subsystems", {"subsystems": 10}),
        ("discount_rate", 0.1, "dearer money", WORKING),
        ("life", 5, "buildings that last less long", WORKING),
    )
)

INSTITUTIONS = INTAKE + PETITION + WORK + SETTLEMENT + GOVERNMENT + MONEY
