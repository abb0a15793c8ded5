"""What each lever is claimed to do, declared before it is measured: a measure, a direction, and the chain to it.

A claim is what a planner is told of the lever, whether or not the model bears it out; it is changed only with a line in
the change log. The direction is that of the measure as the lever rises over its range, or goes from its first choice to
its last. A link is one of ``year_figures.link_names``: each ought to move with the lever, in the order of the chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Direction = Literal["up", "down"]

SIGNS = {"up": 1, "down": -1}


@dataclass(frozen=True)
class Claim:
    """What a lever is claimed to do.

    Attributes:
        measure: the measure that it moves.
        direction: where to, as the lever rises.
        chain: names of the counts through which it does so, in order.
        over: the part of the lever's range that the claim is about, where it is not about all of it.
    """

    measure: str
    direction: Direction
    chain: tuple[str, ...]
    over: tuple[float, float] | None = None


SETTLED = "durable_resolution"

CLAIMS: dict[str, Claim] = {
    # A centre is known and gone to, has several authorities at one desk, and departments that answer it.
    "centre.coverage_township": Claim(
        SETTLED, "up", ("served_township", "chose_township", "started_township", "durable_township")
    ),
    "centre.coverage_county": Claim(
        SETTLED, "up", ("served_county", "chose_county", "started_county", "durable_county")
    ),
    "centre.coverage_city": Claim(SETTLED, "up", ("served_city", "started_city", "durable_county")),
    "centre.working_share": Claim(SETTLED, "up", ("closed_door_township", "started_township", "durable_township")),
    "centre.intake": Claim("doors_per_case", "down", ("handed_off", "doors")),
    "centre.colocation": Claim(SETTLED, "up", ("answer_stationed", "durable_township", "durable_county")),
    "centre.whistle_response": Claim(
        SETTLED, "up", ("whistle_called", "whistle_answered", "durable_township", "durable_county")
    ),
    "centre.whistle_deadline": Claim("days_to_close_median", "up", ("whistle_called", "whistle_answered")),
    "centre.whistle_escalation": Claim(
        SETTLED, "up", ("whistle_called", "whistle_escalated", "escalation_answered", "durable_county")
    ),
    "centre.commissars": Claim("answered_share", "up", ("whistle_called", "whistle_answered", "durable_township")),
    "centre.petition_inside": Claim(SETTLED, "up", ("mediation_offered", "mediation_taken", "durable_county")),
    "centre.judge_contact_points": Claim("relapses", "down", ("confirmed", "relapsed")),
    "centre.police_linkage": Claim(
        SETTLED, "up", ("police_passed", "accepted_from_police_township", "durable_township")
    ),
    # What comes later is there for less of the time.
    "roll_out.batch_1_start": Claim(SETTLED, "down", ("slot_days_township", "started_township", "durable_township")),
    "roll_out.batch_2_start": Claim(SETTLED, "down", ("slot_days_township", "started_township", "durable_township")),
    "roll_out.ramp": Claim(SETTLED, "down", ("slot_days_township", "started_township", "durable_township")),
    # Staff: shorter waits and more time a case, hence more and better agreements.
    "staff.mediators_village": Claim(SETTLED, "up", ("slot_days_village", "wait_days_village", "durable_village")),
    "staff.mediators_township": Claim(SETTLED, "up", ("slot_days_township", "wait_days_township", "durable_township")),
    "staff.mediators_county": Claim(SETTLED, "up", ("slot_days_county", "wait_days_county", "durable_county")),
    "staff.mediators_city": Claim(SETTLED, "up", ("slot_days_city", "wait_days_city", "durable_county")),
    "staff.department_clerks": Claim(SETTLED, "up", ("slot_days_county", "wait_days_county", "durable_county")),
    "staff.petition_handlers": Claim(
        "deadline_compliance", "up", ("slot_days_petition", "wait_days_petition", "petition_closed_in_time")
    ),
    "staff.prelitigation_mediators": Claim(
        "suits", "down", ("slot_days_prelitigation", "wait_days_prelitigation", "suit_filed")
    ),
    "staff.informal_mediators": Claim(SETTLED, "up", ("chose_village", "started_village", "durable_village")),
    "staff.full_time_share_village": Claim(SETTLED, "up", ("slot_days_village", "started_village", "durable_village")),
    "staff.full_time_share_centre": Claim(
        SETTLED, "up", ("slot_days_township", "started_township", "durable_township")
    ),
    "staff.case_pay": Claim(SETTLED, "up", ("minutes_there_village", "started_village", "durable_village")),
    "staff.womens_teams": Claim(SETTLED, "up", ("chose_village", "started_village", "durable_village")),
    "staff.enterprise_mediators": Claim(SETTLED, "up", ("slot_days_county", "started_county", "durable_county")),
    "staff.training": Claim("durable_success", "up", ("durable_village", "durable_township", "durable_county")),
    "staff.mix_people": Claim("durable_success", "up", ("slot_days_township", "durable_township")),
    "staff.mix_administrative": Claim("durable_success", "up", ("slot_days_county", "durable_county")),
    "staff.mix_judicial": Claim("durable_success", "up", ("slot_days_county", "durable_county")),
    "staff.mix_professional": Claim("durable_success", "up", ("slot_days_county", "durable_county")),
    # Grid workers notice early, settle on the spot what is small, and pass on the rest.
    "grid.households_per_grid": Claim(SETTLED, "down", ("noticed", "settled_on_spot", "referred")),
    "grid.visits_per_day": Claim(SETTLED, "up", ("visits", "noticed", "settled_on_spot", "referred")),
    "grid.settling_power": Claim(SETTLED, "up", ("settled_on_spot",)),
    "grid.reporting_minutes": Claim(SETTLED, "down", ("reporting_minutes", "noticed", "settled_on_spot")),
    "grid.hours_per_day": Claim(SETTLED, "up", ("visits", "noticed", "settled_on_spot", "referred")),
    "grid.overtime": Claim(SETTLED, "up", ("visits", "noticed", "settled_on_spot", "referred")),
    "grid.first_contact": Claim("grievances", "down", ("prevented_by_contact", "raised")),
    # The platform loses nothing, merges what is one, sends to the right window, watches deadlines and counts.
    "platform.information_sharing": Claim("days_to_close_median", "down", ("referral_forgotten", "started_township")),
    "platform.duplicate_detection": Claim(
        "petitions_per_1000", "down", ("duplicate_merged", "duplicate_recorded", "petitions_total")
    ),
    "platform.triage_accuracy": Claim("doors_per_case", "down", ("handed_off", "doors")),
    "platform.deadline_supervision": Claim(
        "deadline_compliance", "up", ("petition_closed_late", "petition_closed_in_time")
    ),
    "platform.early_warning": Claim(
        "grievances", "down", ("alert_true", "prevented_by_alert", "settled_at_source", "raised")
    ),
    "platform.subsystems": Claim(SETTLED, "down", ("reporting_minutes", "noticed", "settled_on_spot")),
    # A hall that meets more at the first try leaves less to become a grievance.
    "services.one_window": Claim("requests_met_share", "up", ("service_trips", "requests_met", "raised_by_service")),
    "services.one_call": Claim("requests_met_share", "up", ("requests_by_call", "requests_met", "raised_by_service")),
    "services.online_services": Claim(
        "requests_met_share", "up", ("requests_online", "requests_met", "raised_by_service")
    ),
    "services.service_clerks": Claim(
        "requests_met_share", "up", ("requests_waiting", "requests_met", "raised_by_service")
    ),
    "services.staff_sharing": Claim("requests_met_share", "up", ("minutes_lent", "requests_waiting", "requests_met")),
    # Norms keep neighbours and families from falling out.
    "norms.moral_bank": Claim("grievances", "down", ("prevented_by_norms", "raised")),
    "norms.praise_meetings": Claim("grievances", "down", ("prevented_by_norms", "raised")),
    # Rules and registers.
    "petition.acceptance": Claim(
        "petitions_province", "down", ("not_accepted_province", "presented_province", "petitions_province")
    ),
    "petition.campaign_share": Claim(
        "petitions_per_1000", "down", ("campaign_taken_up", "campaign_durable", "presented_total", "petitions_total")
    ),
    "petition.campaign_months": Claim(
        "petitions_per_1000", "up", ("campaign_taken_up", "presented_total", "petitions_total")
    ),
    "petition.online_channel": Claim(
        "visits_total", "down", ("presented_online_county", "presented_visit_county", "visits_total")
    ),
    "petition.registration_county": Claim("petitions_county", "up", ("presented_county", "petitions_county")),
    "petition.registration_city": Claim("petitions_city", "up", ("presented_city", "petitions_city")),
    "petition.registration_province": Claim("petitions_province", "up", ("presented_province", "petitions_province")),
    "petition.registration_nation": Claim("petitions_nation", "up", ("presented_nation", "petitions_nation")),
    # A county buys peace: it ends petitions, and settles nothing.
    "petition.stability_fund": Claim("presented_total", "down", ("conceded_province", "conceded_nation")),
    # What governments are judged by is what they work for, honestly where somebody looks.
    "assessment.weight_recorded": Claim("petitions_per_1000", "down", ("effort", "presented_total", "petitions_total")),
    "assessment.weight_resolution": Claim(SETTLED, "up", ("effort", "durable_township", "durable_county")),
    "assessment.weight_satisfaction": Claim("satisfaction_surveyed", "up", ("effort", "closed_cases")),
    "assessment.audit_rate": Claim("registered_share_total", "up", ("concealment", "petitions_total")),
    "assessment.audit_penalty": Claim("registered_share_total", "up", ("concealment", "petitions_total")),
    "assessment.pass_through": Claim(SETTLED, "up", ("durable_village", "durable_township")),
    # Effort is highest near a cut-off: with no winner at all nobody strives to be one.
    "assessment.excellent_cities": Claim(SETTLED, "up", ("reward", "effort", "durable_county"), over=(0.0, 0.5)),
    "assessment.excellent_units": Claim(SETTLED, "up", ("durable_township", "durable_county"), over=(0.0, 0.5)),
    "assessment.qualified_units": Claim(SETTLED, "up", ("durable_township", "durable_county"), over=(0.0, 0.5)),
    "assessment.veto": Claim("mass_incidents", "down", ("vetoed_cities", "effort", "mass_incident")),
    "assessment.reward": Claim(SETTLED, "up", ("reward", "effort", "durable_county")),
    "assessment.difficulty_adjustment": Claim("concealment", "down", ("effort", "concealment")),
}
"""Claims by lever, in the order of ``sim.policy``; every lever has one."""
