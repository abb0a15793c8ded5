"""Worlds to compare in: every shipped policy and stress, and every mechanism switched on."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from sim.behaviour.counties import CountyDifferences
from sim.scenario import Scenario

CONFIGS = Path(__file__).parents[2] / "configs"

BASE = ("province.source=tiny", "after=gansu_2019")
"""Both cities of the tiny province; the reform of 2019 where a world names no other."""

EASTERN_CITY = "province.places=[9101]"
WESTERN_CITY = "province.places=[9102]"  # without a county tier

TWO_YEARS = (
    "calendar.start=2018-01-01",
    "calendar.reform=2018-07-01",
    "calendar.measures=2018-01-01",
    "calendar.end=2019-12-31",
)
"""With the reform half a year in: the second year holds all of it that a ramp of a year lets in."""

ONE_YEAR = ("calendar.start=2019-01-01", "calendar.reform=2019-04-01", "calendar.measures=2019-01-01")
"""A year with the reform in April."""

AT_ONCE = ("after.roll_out.batch_2_start=0", "after.roll_out.ramp=0")
WORKING = (
    "after.centre.coverage_township=1",
    "after.centre.coverage_county=1",
    "after.centre.coverage_city=1",
    "after.centre.working_share=1",
    *AT_ONCE,
)
MANY = ("behaviour.grievances=90",)
GROUPS = ("behaviour.causes.groups=3", "behaviour.causes.group_size=8")
PETITIONING = (*MANY, "behaviour.constant_petition=-1.5", "behaviour.weight_fatigue=0", "behaviour.nominal_share=0.6")

KINDS_IN_COUNTIES = ("labour", "land", "housing", "family", "debt", "injury", "medical", "environment")
MIXED = tuple(
    f"behaviour.counties.{each.name}={0.9 - 0.05 * place:.2f}"
    for place, each in enumerate(fields(CountyDifferences))
    if each.name.startswith(KINDS_IN_COUNTIES)
)
"""Every elasticity of disputes, each with a value of its own."""

PEOPLED = (
    "behaviour.counties.migrant_movers=0.8",
    "behaviour.counties.online_schooling=1.3",
    "behaviour.counties.online_aged=0.6",
    "behaviour.counties.law_schooling=0.7",
    "behaviour.counties.law_aged=0.3",
    "after.petition.online_channel=0.8",
    "after.services.online_services=0.5",
)


def shipped(group: str) -> list[str]:
    """Names of the shipped configurations of a group."""
    return sorted(file.stem for file in (CONFIGS / group).glob("*.yaml"))


POLICIES = {f"policy {name}": (f"after={name}",) for name in shipped("policy")}
STRESSES = {f"stress {name}": (f"stress={name}",) for name in shipped("stress") if name != "none"}
MECHANISMS = {
    "norms": (
        *MANY,
        *AT_ONCE,
        "after.norms.moral_bank=0.8",
        "after.norms.praise_meetings=0.7",
        "behaviour.norm_effect=0.6",
    ),
    "first contacts": (*AT_ONCE, "after.grid.first_contact=0.7", "behaviour.first_contact_prevention=0.5"),
    "early warning": (
        *MANY,
        "before.platform.early_warning=1",
        "after.platform.early_warning=0.8",
        "behaviour.warning_threshold=2",
        "behaviour.alert_prevention=0.5",
    ),
    "busy halls": (
        *WORKING,
        "after.services.service_clerks=1",
        "after.services.staff_sharing=0.5",
        "after.services.online_services=0.6",
        "behaviour.service_rate=1000",
        "behaviour.induced_demand=4",
        "behaviour.services.service_grievance=0.1",
    ),
    "hours bind": (
        *AT_ONCE,
        "before.grid.overtime=0.5",
        "before.platform.early_warning=1",
        "after.grid.visits_per_day=20",
        "after.grid.overtime=2",
        "after.grid.hours_per_day=6",
        "behaviour.short_visits=0.7",
        "behaviour.warning_threshold=1",
        "behaviour.spot_hours=6",
        "stress.lockdown=0.4",
        "stress.lockdown_start=3",
    ),
    "requests refused": (
        *WORKING,
        "after.services.one_window=0.9",
        "after.services.one_call=0.3",
        "before.platform.early_warning=1",
        "behaviour.warning_threshold=1",
        "behaviour.alert_prevention=0.5",
        "behaviour.service_rate=600",
        "behaviour.services.online_success=0.5",
        "behaviour.services.call_success=0.4",
        "behaviour.services.door_success=0.6",
        "behaviour.services.service_retry=0.8",
        "behaviour.services.service_grievance=0.05",
        "behaviour.kinds.share_administration=2",
    ),
    "pools of enterprises": (
        *WORKING,
        "after.staff.enterprise_mediators=100",
        "behaviour.party_refuses=0.5",
        "behaviour.enterprise_consent=0.9",
    ),
    "informal mediators and women's teams": (
        *AT_ONCE,
        "after.staff.informal_mediators=2",
        "after.staff.womens_teams=0.6",
        "behaviour.constant_village=0",
    ),
    "judges, commissars and escalation": (
        *WORKING,
        "after.centre.judge_contact_points=0.7",
        "after.centre.commissars=0.5",
        "after.centre.whistle_escalation=0.7",
        "behaviour.confirmation_share=0.8",
        "behaviour.withdrawals=0.3",
        "behaviour.constant_township=1",
    ),
    "unified intake that errs": (
        *WORKING,
        "after.centre.intake=unified",
        "after.platform.triage_accuracy=0.3",
        "after.centre.colocation=0.5",
        "behaviour.duplicate_share=0.5",
        "behaviour.constant_county=1",
    ),
    "windows": (
        *WORKING,
        "after.platform.triage_accuracy=0.1",
        "behaviour.constant_county=1",
        "behaviour.hand_off_delay=2",
    ),
    "petitioners": (*PETITIONING, "behaviour.repeats=2", "behaviour.review_share=0.9", "behaviour.letter_share=0.6"),
    "online petitioners": (
        *PETITIONING,
        "after.petition.online_channel=1",
        "behaviour.online_share=0.9",
        "after.petition.acceptance=strict",
    ),
    "nobody is online": (*PETITIONING, "behaviour.online_share=0"),
    "all registers wrong": (
        *PETITIONING,
        "behaviour.repeats=1.5",
        "stress.push_down=0.5",
        "stress.double_counting=1.5",
        "stress.non_registration=0.2",
    ),
    "causes with several claimants": (
        *MANY,
        *GROUPS,
        "behaviour.causes.group_likeness=0.5",
        "before.platform.early_warning=1",
        "behaviour.warning_threshold=2",
        "behaviour.alert_prevention=0.5",
        "after.grid.first_contact=0.7",
        "behaviour.first_contact_prevention=0.5",
        *MIXED,
    ),
    "coming together": (
        *PETITIONING,
        *GROUPS,
        "behaviour.causes.group_courage=0.5",
        "behaviour.causes.group_pooling=0.3",
        "behaviour.causes.join=0.7",
        "behaviour.causes.representatives_kept=0.4",
        "behaviour.constant_bilateral=-2",
        "behaviour.repeats=2",
        "behaviour.review_share=0.9",
        "behaviour.letter_share=0.3",
        "behaviour.intercept_petition=0",
        "behaviour.mediation_days=40",
        "behaviour.kinds.share_land_taking=2",
        "behaviour.waiting.queue_left_90=0.2",
        "behaviour.waiting.waiting_petitions=0.5",
    ),
    "early warning that acts": (
        *MANY,
        *GROUPS,
        "behaviour.kinds.share_land_taking=2",
        "behaviour.constant_bilateral=-2",
        "behaviour.constant_township=0",
        "behaviour.mediation_days=40",
        "before.platform.early_warning=1",
        "after.platform.early_warning=1",
        "behaviour.warning_threshold=2",
        "behaviour.causes.source_found=0.8",
        "behaviour.causes.alert_hours=40",
        "behaviour.intercept_mediation=3",
    ),
    "joint action": (
        *MANY,
        "behaviour.causes.groups=3",
        "behaviour.causes.group_size=30",
        "behaviour.causes.join=0.9",
        "behaviour.constant_bilateral=-3",
        "behaviour.constant_petition=0",
        "before.petition.registration_county=0.2",
        "after.petition.registration_county=0.2",
        "behaviour.kinds.share_land_taking=2",
        "behaviour.collective_rate=2",
        "behaviour.incident_share=0.4",
        "behaviour.agency_at_government=0.8",
        "behaviour.nominal_share=0.6",
        "behaviour.weight_fatigue=0",
    ),
    "assessment": (
        *MANY,
        "before.assessment.reward=1",
        "before.assessment.veto=true",
        "after.assessment.reward=2",
        "after.assessment.weight_recorded=1.5",
        "after.assessment.difficulty_adjustment=false",
        "after.assessment.excellent_units=0.4",
        "after.assessment.qualified_units=0.34",
        "behaviour.veto_incidents=0",
    ),
    "competition near the cut-off": (
        *MANY,
        "before.assessment.reward=0.5",
        "before.assessment.excellent_cities=0.5",
        "before.assessment.excellent_units=0.4",
        "before.assessment.qualified_units=0.34",
        "before.assessment.veto=true",
        "before.assessment.weight_recorded=0.8",
        "after.assessment.reward=0.5",
        "after.assessment.excellent_cities=0.5",
        "after.assessment.veto=true",
        "behaviour.assessment_luck=0.7",
        "behaviour.collective_rate=2",
        "behaviour.incident_share=1",
        "behaviour.constant_petition=-1",
        "behaviour.weight_fatigue=0",
        "behaviour.veto_satisfaction=0",
        "behaviour.veto_incidents=20",
    ),
    "another mix and training": (
        *WORKING,
        "after.staff.mediators_township=60",
        "after.staff.mediators_county=200",
        "after.staff.mediators_city=400",
        "after.staff.mix_people=0.3",
        "after.staff.mix_professional=4",
        "after.staff.training=0.7",
        "behaviour.learning_cases=10",
    ),
    "part-time posts": (
        *WORKING,
        "before.staff.full_time_share_village=0.6",
        "after.staff.full_time_share_village=0.2",
        "after.staff.full_time_share_centre=0.3",
        "after.staff.informal_mediators=1",
        "after.services.service_clerks=1",
        "after.services.staff_sharing=0.5",
        "behaviour.caseloads.part_time_hours=0.7",
        "behaviour.caseloads.work_hours_village=12",
        "behaviour.constant_township=1",
        "behaviour.constant_village=0",
    ),
    "hurry": (
        *MANY,
        *WORKING,
        "after.staff.mediators_township=0.1",
        "after.staff.petition_handlers=1",
        "after.staff.full_time_share_centre=0.4",
        "behaviour.slots_centre=30",
        "behaviour.slots_petition=60",
        "behaviour.caseloads.part_time_hours=2",
        "behaviour.centres.advice=80",
        "behaviour.caseloads.rush=0.6",
        "behaviour.caseloads.settle_rush=1.5",
        "behaviour.caseloads.work_hours_centre=35",
        "behaviour.caseloads.work_hours_petition=40",
        "behaviour.constant_township=1",
        "behaviour.constant_petition=-1.5",
    ),
    "nobody is employed": tuple(
        f"after.staff.{lever}=0"
        for lever in (
            "mediators_village",
            "mediators_township",
            "mediators_county",
            "mediators_city",
            "department_clerks",
            "petition_handlers",
            "prelitigation_mediators",
        )
    ),
    "places differ": (
        "after=gansu_2019",
        "after.places.capital.staff.womens_teams=0.5",
        "after.places.9102.grid.households_per_grid=60",
    ),
    "counties differ": (
        *MANY,
        *WORKING,
        "before.places.91.staff.training=0.3",
        "before.places.910102.staff.petition_handlers=60",
        "before.places.910103.staff.mediators_county=20",
        "after.places.9101.staff.mediators_city=40",
        "after.places.9101.roll_out.ramp=6",
        "after.places.910102.centre.coverage_county=0",
        "after.places.910102.centre.intake=windows",
        "after.places.910102.centre.whistle_response=0.1",
        "after.places.910102.centre.whistle_escalation=0.5",
        "after.places.910102.centre.colocation=0.2",
        "after.places.910103.staff.enterprise_mediators=50",
        "after.places.910103.services.service_clerks=2",
        "after.places.910103.services.staff_sharing=0.5",
        "after.places.910103.platform.subsystems=1",
        "after.places.910201.platform.deadline_supervision=0",
        "behaviour.party_refuses=0.5",
        "behaviour.constant_county=1",
        "behaviour.duplicate_share=0.5",
    ),
    "townships differ": (
        *MANY,
        *WORKING,
        "before.platform.early_warning=1",
        "behaviour.warning_threshold=2",
        "before.places.910102001.grid.households_per_grid=60",
        "before.places.910102100.grid.hours_per_day=2",
        "after.places.910102001.centre.coverage_township=0",
        "after.places.910102100.centre.intake=windows",
        "after.places.910102100.platform.triage_accuracy=0.2",
        "after.places.910103100.staff.mediators_township=30",
        "after.places.910103100.staff.mix_people=0.2",
        "after.places.910103100.staff.informal_mediators=2",
        "after.places.910103400.staff.training=0.9",
        "after.places.910103400.norms.moral_bank=1",
        "after.places.910103400.centre.judge_contact_points=1",
        "after.places.910201001.platform.information_sharing=0",
        "after.places.910201001.grid.settling_power=1",
        "after.places.910201100.roll_out.batch_2_start=12",
        "after.places.910201100.grid.reporting_minutes=240",
        "behaviour.constant_township=1",
        "behaviour.confirmation_share=0.8",
    ),
    "lockdown with alerts": (
        *MANY,
        "before.platform.early_warning=1",
        "behaviour.warning_threshold=1",
        "stress.lockdown=0.7",
        "stress.lockdown_start=8",
    ),
    "talks that do not hold": (*MANY, "behaviour.talk_nominal=0.5", "behaviour.relapse_rate=2.5"),
    "settlements that break late": (
        *MANY,
        "behaviour.talk_nominal=0.5",
        "behaviour.relapse_rate=0.8",
        "behaviour.late_relapse_returns=0.7",
        "behaviour.constant_township=1",
        "behaviour.failure_grievance=0.5",
        "behaviour.offence_rate=0.5",
    ),
    "police whose settlements break late": (
        *MANY,
        *WORKING,
        "behaviour.causes.groups=2",
        "after.centre.coverage_township=0.6",
        "after.centre.police_linkage=0.7",
        "behaviour.police.police_calls=2",
        "behaviour.police.police_background=20",
        "behaviour.police.police_spot=0.75",
        "behaviour.police.police_holds=0.5",
        "behaviour.bilateral_success=0.5",
        "behaviour.talk_nominal=0.3",
        "behaviour.late_relapse_returns=0.5",
        "behaviour.relapse_rate=1.2",
        "behaviour.reactivation=0.5",
    ),
    "leverage from above": (
        *PETITIONING,
        *WORKING,
        "after.centre.colocation=0.3",
        "after.centre.whistle_response=0.2",
        "behaviour.answer_leverage=0.5",
        "behaviour.agency_at_government=0.9",
        "behaviour.constant_county=1.5",
        "behaviour.settle_answer=4",
    ),
    "a past": (
        *PETITIONING,
        "behaviour.past.old_grievances=80",
        "behaviour.past.standing_petitioners=5",
        "behaviour.past.past_years=8",
        "behaviour.reactivation=0.5",
    ),
    "long memories": ("behaviour.reactivation=0.5", "behaviour.offence_rate=0.5", "behaviour.grievance_half_life=3650"),
    "kinds of dispute": (
        "behaviour.kinds.share_land=2",
        "behaviour.kinds.share_neighbour=0.5",
        "behaviour.kinds.severity_neighbour=0.37",
        "behaviour.kinds.severity_family=0.21",
        "behaviour.kinds.severity_labour=0.8",
        "behaviour.kinds.severity_other=0.6",
    ),
    "disputes by census": MIXED,
    "people by census": PEOPLED,
    "grievances by county": ("behaviour.counties.spread_grievances=0.4",),
    "mediation by county": ("behaviour.counties.spread_mediation=0.6",),
    "registers by county": (*PETITIONING, "behaviour.counties.spread_registration=0.6"),
    "counties differ in everything": (
        *PETITIONING,
        *MIXED,
        *PEOPLED,
        "behaviour.counties.spread_grievances=0.2",
        "behaviour.counties.spread_mediation=0.3",
        "behaviour.counties.spread_registration=0.3",
    ),
    "queues are left": (
        *MANY,
        "behaviour.waiting.queue_left_90=0.9",
        "behaviour.waiting.queue_left_shape=2",
        "behaviour.slots_centre=1",
        "behaviour.slots_village=1",
        "before.staff.mediators_township=1",
        "before.staff.prelitigation_mediators=1",
        "after.staff.mediators_township=1",
        "behaviour.constant_township=1",
        "behaviour.constant_court=0",
    ),
    "petitions while waiting": (
        *PETITIONING,
        "behaviour.waiting.waiting_petitions=1",
        "behaviour.waiting.queue_left_90=0.5",
        "behaviour.slots_centre=1",
        "behaviour.constant_county=1",
    ),
    "centres become known": (
        *MANY,
        *WORKING,
        "before.centre.coverage_township=0.6",
        "before.centre.coverage_county=1",
        "before.centre.working_share=1",
        "after.centre.intake=unified",
        "behaviour.centres.centre_appeal=3",
        "behaviour.centres.known_first=0.2",
        "behaviour.centres.known_by_themselves=0.2",
        "behaviour.centres.known_by_talk=1",
        "behaviour.centres.known_forgotten=0.15",
        "behaviour.centres.visits_per_matter=4.3",
        "behaviour.centres.advice=60",
        "behaviour.centres.advice_minutes=45",
        "behaviour.weight_doors=1",
    ),
    "several departments": (
        *MANY,
        *WORKING,
        "behaviour.further_departments=1.5",
        "after.centre.colocation=0.3",
        "after.centre.whistle_escalation=0.5",
        "behaviour.constant_township=1",
        "behaviour.constant_county=0",
    ),
    "nameplates": (
        *MANY,
        *AT_ONCE,
        "before.centre.coverage_county=1",
        "before.centre.working_share=0",
        "after.centre.coverage_township=1",
        "after.centre.coverage_county=1",
        "after.centre.working_share=0.3",
        "behaviour.centres.closed_door=0.5",
        "behaviour.constant_township=0",
        "behaviour.constant_county=0",
    ),
    "petition reception inside": (
        *PETITIONING,
        *WORKING,
        "after.centre.petition_inside=true",
        "after.staff.mediators_county=40",
        "behaviour.centres.offer_taken=0.6",
    ),
    "townships refer up": (
        *MANY,
        *WORKING,
        "behaviour.centres.referred_up=0.7",
        "behaviour.constant_township=1",
        "behaviour.nominal_share=0.6",
        "behaviour.intercept_mediation=-1",
    ),
    "months of meetings": (*PETITIONING, "behaviour.timing.meeting_pull=2"),
    "a trend of petitions": (*PETITIONING, "behaviour.timing.petition_trend=-0.2"),
    "offices are closed": (
        *PETITIONING,
        *GROUPS,
        "behaviour.timing.closed_days=15",
        "behaviour.waiting.queue_left_90=0.9",
        "behaviour.waiting.waiting_petitions=1",
        "behaviour.slots_centre=1",
        "before.platform.early_warning=1",
        "behaviour.warning_threshold=2",
    ),
    "a campaign": (
        *PETITIONING,
        *GROUPS,
        "before.petition.campaign_share=1",
        "before.petition.campaign_months=2",
        "after.petition.campaign_share=0.8",
        "after.petition.campaign_months=3",
        "behaviour.timing.campaign_durable=0.4",
        "behaviour.past.standing_petitioners=5",
        "behaviour.past.past_years=8",
        "behaviour.reactivation=0.5",
        "behaviour.relapse_rate=1.5",
        "behaviour.late_relapse_returns=0.7",
    ),
    "a rule that fades": (
        *PETITIONING,
        "before.petition.acceptance=strict",
        "after.petition.acceptance=strict",
        "behaviour.timing.rule_kept=0.2",
        "behaviour.timing.rule_half_life=0.2",
    ),
    "losses without a limit": ("behaviour.trust_gain=0.3", "behaviour.trust_asymmetry=3"),
    "pay by the case": (
        *AT_ONCE,
        "before.staff.full_time_share_village=0.3",
        "before.staff.case_pay=50",
        "after.staff.case_pay=250",
        "after.staff.informal_mediators=1",
        "after.staff.full_time_share_village=0.2",
        "after.places.910201001.staff.case_pay=100",
        "behaviour.caseloads.pay_work=0.3",
        "behaviour.caseloads.part_time_hours=0.7",
        "behaviour.caseloads.work_hours_village=12",
        "behaviour.registers.pay_paper=0.3",
        "behaviour.registers.written_spot=0.2",
        "behaviour.constant_village=0",
    ),
    "registers": (
        *WORKING,
        "behaviour.centres.visits_per_matter=3",
        "behaviour.centres.advice=60",
        "behaviour.constant_township=1",
        "behaviour.duplicate_share=0.5",
        "behaviour.nominal_share=0.6",
        "behaviour.registers.written_people=1.5",
        "behaviour.registers.written_grid=0.5",
        "behaviour.registers.written_centres=0.75",
        "behaviour.registers.written_courts=2",
        "behaviour.police.police_calls=1",
        "behaviour.registers.written_stations=0.5",
        "behaviour.registers.written_police=0.25",
        "behaviour.registers.written_spot=0.5",
        "behaviour.registers.written_advice=0.25",
        "behaviour.registers.written_handed_on=0.125",
        "behaviour.registers.written_elsewhere=1",
        "behaviour.registers.failures_left_out=0.5",
        "behaviour.registers.forms=[{register: people, since: 2019-08, own: 3, advice: 0.5}, "
        "{register: people, since: 2019-05, own: 2, left_out: 1}, {register: grid, since: 2019-05, handed_on: 1}]",
    ),
    "concessions": (
        *PETITIONING,
        "behaviour.causes.groups=3",
        "behaviour.causes.group_size=5",
        "behaviour.causes.group_courage=1.5",
        "behaviour.causes.join=1",
        "behaviour.kinds.share_land_taking=2",
        "behaviour.petition_against_agency=3",
        "behaviour.letter_share=0",
        "behaviour.online_share=0",
        "behaviour.constant_bilateral=-2",
        "behaviour.constant_petition=0",
        "behaviour.repeats=2",
        "behaviour.review_share=0.9",
        "behaviour.slots_petition=2",
        "behaviour.concessions.concession=1",
        "behaviour.concessions.weight_lesson=4",
        "behaviour.prices.cost_concession=5000",
        "before.petition.stability_fund=3",
        "after.petition.stability_fund=5",
        "before.assessment.weight_recorded=0.8",
        "after.assessment.weight_recorded=2",
        "after.assessment.pass_through=1",
    ),
    "satisficing": (
        *MANY,
        *WORKING,
        "behaviour.choice_model=satisficing",
        "behaviour.satisficing.aspiration=-0.3",
        "behaviour.satisficing.aspiration_spread=1.5",
        "behaviour.satisficing.aspiration_failed=-0.7",
        "behaviour.causes.groups=3",
        "behaviour.bilateral_success=0.5",
        "behaviour.constant_village=-1",
        "behaviour.constant_township=-0.7",
        "behaviour.constant_county=-1",
        "behaviour.constant_court=-1",
        "behaviour.constant_petition=-1",
        "behaviour.intercept_mediation=-1",
        "behaviour.nominal_share=0.6",
        "behaviour.reactivation=0.5",
        "behaviour.relapse_rate=2.5",
    ),
    "the disappointed ask for more": (
        *PETITIONING,
        "behaviour.choice_model=satisficing",
        "behaviour.satisficing.aspiration=-1",
        "behaviour.satisficing.aspiration_failed=0.8",
        "behaviour.past.standing_petitioners=5",
        "behaviour.police.police_calls=1",
    ),
}

WORLDS: dict[str, tuple[str, ...]] = POLICIES | STRESSES | MECHANISMS
"""Name → overrides, written as on the command line: values, or the name of a shipped policy or stress."""

CHOICES = {"before": "policy", "after": "policy", "stress": "stress"}
"""Parts of a scenario that are chosen among shipped configurations, and their group."""


def world(name: str, *also: str) -> Scenario:
    """A world by its name, in both cities for two years unless overrides in ``also`` say otherwise.

    Composed here in a few lines, since Hydra takes as long for it as a year of the world does.
    """
    values = Scenario().as_dict()
    for override in (*BASE, *TWO_YEARS, *WORLDS[name], *also):
        key, _, text = override.partition("=")
        if key in CHOICES:
            values[key] = configuration(CHOICES[key], text)
            continue
        value: Any = text if key.startswith("calendar.") else yaml.safe_load(text)
        for part in reversed(key.split(".")):
            value = {part: value}
        values = merged(values, value)
    return TypeAdapter(Scenario).validate_python(values)


@cache
def configuration(group: str, name: str) -> dict[str, Any]:
    """What a shipped configuration sets, those it builds on included."""
    own = yaml.safe_load((CONFIGS / group / f"{name}.yaml").read_text("utf-8")) or {}
    values: dict[str, Any] = {}
    for base in own.pop("defaults", []):
        if base != "_self_":
            values = merged(values, configuration(group, base))
    return merged(values, own)


def merged(values: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Nested values with others put over them."""
    both = {
        key: merged(values[key], over[key])
        for key in values.keys() & over.keys()
        if isinstance(values[key], dict) and isinstance(over[key], dict)
    }
    return values | over | both
