"""Uncertainties: what people are like. A *behaviour* is a full set; every value has a range and a provenance.

``fitted`` in a source means: assumed, with the default found by fitting the reported patterns (README, "What the
defaults reproduce"); such a value is tagged A and never a fact. Constants of the forum choice are utilities against
doing nothing (Michelson's shares of the dispute pagoda gave the starting values).
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.behaviour.caseloads import Caseloads
from sim.behaviour.causes import Causes
from sim.behaviour.centres import CentreUse
from sim.behaviour.concessions import Concessions
from sim.behaviour.counties import CountyDifferences
from sim.behaviour.kinds import DisputeKinds
from sim.behaviour.past import Past
from sim.behaviour.police import Police
from sim.behaviour.prices import Prices
from sim.behaviour.registers import Registers
from sim.behaviour.satisficing import ChoiceModel, Satisficing
from sim.behaviour.services import ServiceOutcomes
from sim.behaviour.timing import Timing
from sim.behaviour.waiting import Waiting
from sim.parameters import STRICT, choice, parameter

_FIT = "fitted"
_UTILITY = "utility"


@dataclass(config=STRICT)
class Behaviour:
    """A full set of uncertainties."""

    # Grievances
    grievances: Annotated[float, parameter("grievances per 1,000 residents a year", "1/1000/year", 40, 90)] = 60
    rate_headroom: Annotated[
        float, parameter("highest possible rate of grievances over the usual one", "ratio", 1.0, 3.0)
    ] = 1.6
    agency_at_government: Annotated[
        float,
        parameter("grievances against agencies that are against the county government itself", "share", 0, 1),
    ] = 0.35
    duplicate_share: Annotated[float, parameter("matters also lodged at another window", "share", 0, 0.5)] = 0.10
    # People
    patience: Annotated[float, parameter("median time before acting", "days", 5, 40)] = 14
    patience_spread: Annotated[float, parameter("spread of ln(patience)", "sd", 0.1, 1.5)] = 0.8
    patience_again: Annotated[
        float, parameter("patience after a failure, of the first one", "share", 0.05, 1, "A", _FIT)
    ] = 0.48
    trust_mean: Annotated[float, parameter("mean baseline trust", "0–1", 0.2, 0.8)] = 0.5
    trust_spread: Annotated[float, parameter("spread of baseline trust", "sd", 0, 0.3)] = 0.15
    centralised_share: Annotated[
        float,
        parameter("people who trust higher bodies more than local ones", "share", 0.33, 0.67, "F", "Li 2016"),
    ] = 0.5
    centralised_gap: Annotated[
        float,
        parameter(
            "gap between higher and local trust of people who trust higher bodies more", "0–1", 0, 0.6, "A", _FIT
        ),
    ] = 0.08
    trust_gain: Annotated[float, parameter("trust learned from a success", "rate", 0.05, 0.30)] = 0.19
    trust_asymmetry: Annotated[
        float, parameter("trust lost in a failure over trust gained in a success", "ratio", 1, 3)
    ] = 1.5
    reputation_memory: Annotated[float, parameter("settlements over which a reputation averages", "cases", 3, 100)] = 20
    assertiveness: Annotated[
        float, parameter("spread of assertiveness, for any try against doing nothing", _UTILITY, 0, 2)
    ] = 0.5
    migrant_share: Annotated[float, parameter("residents who have moved in from elsewhere", "share", 0, 0.5)] = 0.15
    migrant_barrier: Annotated[
        float, parameter("what keeps migrants from village and township mediators", _UTILITY, 0, 3)
    ] = 0.4
    income_fee: Annotated[
        float, parameter("how much heavier a fee weighs on the poorest third, lighter on the richest", "share", 0, 1)
    ] = 0.5
    online_share: Annotated[float, parameter("people with online access", "share", 0, 1)] = 0.5
    letter_share: Annotated[float, parameter("petitions by letter among those not online", "share", 0, 1)] = 0.25
    visit_share: Annotated[float, parameter("people with online access who still go in person", "share", 0, 1)] = 0.4
    # Forum choice
    choice_model: Annotated[
        ChoiceModel,
        choice("a forum is chosen among all by random utility, or the nearest good enough is taken"),
    ] = ChoiceModel.random_utility
    nest_scale: Annotated[float, parameter("dissimilarity within a nest of forums", "scale", 0.2, 1)] = 0.5
    constant_bilateral: Annotated[float, parameter("talk to the other side", _UTILITY, -3, 3, "A", _FIT)] = -0.52
    constant_village: Annotated[float, parameter("village mediator", _UTILITY, -8, 2, "A", _FIT)] = -2.26
    constant_township: Annotated[float, parameter("township centre", _UTILITY, -8, 2, "A", _FIT)] = -1.91
    constant_county: Annotated[float, parameter("county centre", _UTILITY, -8, 2, "A", _FIT)] = -3.76
    constant_court: Annotated[float, parameter("court", _UTILITY, -8, 2, "A", _FIT)] = -3.62
    constant_petition: Annotated[float, parameter("petition", _UTILITY, -8, 2, "A", _FIT)] = -3.57
    constant_nation: Annotated[
        float, parameter("petition to the nation, beside that for any petition", _UTILITY, -4, 2, "A", _FIT)
    ] = -1.23
    petition_against_organisation: Annotated[
        float, parameter("petition when the opponent is an organisation", _UTILITY, 0, 4, "A", _FIT)
    ] = 2.08
    petition_against_agency: Annotated[
        float, parameter("petition when the opponent is an agency", _UTILITY, 0, 4, "A", _FIT)
    ] = 1.15
    weight_success: Annotated[
        float, parameter("what a forum is likely to yield, stake × reputation × acceptance", _UTILITY, 0, 8, "A", _FIT)
    ] = 2.88
    weight_trust: Annotated[
        float, parameter("trust in the level a forum belongs to, above one half", _UTILITY, 0, 8, "A", _FIT)
    ] = 3.6
    weight_travel: Annotated[float, parameter("the way to a forum, ln(1 + hours)", _UTILITY, 0, 2, "A", _FIT)] = 0.65
    weight_wait: Annotated[float, parameter("the wait at a forum, ln(1 + days / 30)", _UTILITY, 0, 2, "A", _FIT)] = 0.4
    weight_doors: Annotated[float, parameter("every door after the first", _UTILITY, 0, 2, "A", _FIT)] = 0.25
    weight_fee: Annotated[float, parameter("court fee", _UTILITY, 0, 3, "A", _FIT)] = 0.5
    weight_law: Annotated[float, parameter("legal awareness, court only", _UTILITY, 0, 6, "A", _FIT)] = 2.1
    weight_failed: Annotated[
        float, parameter("failures at lower forums, ln(1 + their number)", _UTILITY, 0, 4, "A", _FIT)
    ] = 2.24
    weight_again: Annotated[float, parameter("every failure at the forum itself", _UTILITY, 0, 3, "A", _FIT)] = 1.47
    weight_fatigue: Annotated[float, parameter("every attempt so far, against going on", _UTILITY, 0, 2, "A", _FIT)] = (
        0.42
    )
    rule_spread: Annotated[
        float, parameter("time in which a changed rule becomes known", "days", 1, 1000, "A", _FIT)
    ] = 216
    doors_windows: Annotated[float, parameter("doors a matter passes at separate windows", "doors", 1, 6)] = 3
    # Village, grid and intake
    disclosure: Annotated[
        float, parameter("a visited household tells of its dispute, at full trust", "probability", 0, 1)
    ] = 0.6
    short_visits: Annotated[
        float,
        parameter("power of its length in what a visit under an hour discloses: 0 as much, 1 in proportion", "1", 0, 1),
    ] = 0.5
    spot_success: Annotated[
        float, parameter("on-the-spot success at severity 0, falling to 0 at severity 1", "probability", 0, 1)
    ] = 0.7
    spot_hours: Annotated[float, parameter("hours of a grid worker to settle one matter", "hours", 0.5, 24)] = 3
    first_contact_notice: Annotated[
        float, parameter("notices that a first contact in the village adds, of the usual", "ratio", 0, 3)
    ] = 0.4
    first_contact_prevention: Annotated[
        float, parameter("housing disputes that a first contact in the village prevents", "share", 0, 0.6)
    ] = 0.15
    subsystem_burden: Annotated[
        float, parameter("reporting added by ten times as many subsystems, of the usual", "ratio", 0, 1)
    ] = 0.15
    referral_delay: Annotated[float, parameter("mean days of a referral on paper", "days", 1, 60)] = 8
    referral_forgotten: Annotated[float, parameter("referrals on paper that are forgotten", "share", 0, 1)] = 0.15
    referral_consent: Annotated[
        float, parameter("noticed claimants who let the grid worker refer the matter", "share", 0, 1)
    ] = 0.35
    bilateral_success: Annotated[
        float, parameter("talks that settle for good", "probability", 0.4, 0.95, "A", _FIT)
    ] = 0.92
    bilateral_power: Annotated[
        float, parameter("cut in the success of talks with an organisation or agency", "share", 0, 1)
    ] = 0.3
    talk_nominal: Annotated[
        float, parameter("agreements reached in talk that do not hold in truth", "share", 0, 0.5)
    ] = 0.05
    bilateral_days: Annotated[float, parameter("mean length of talks", "days", 1, 60)] = 10
    hand_off_delay: Annotated[float, parameter("mean days lost at a wrong window", "days", 1, 60)] = 10
    hand_up_delay: Annotated[float, parameter("mean days until the level above has it", "days", 1, 60)] = 7
    hand_off_grievance: Annotated[float, parameter("grievance of an empty hand-off", "grievance", 0.02, 0.2)] = 0.08
    stationed_days: Annotated[float, parameter("mean days for a stationed department", "days", 1, 30)] = 3
    unaided_days: Annotated[float, parameter("mean days when nobody calls the department", "days", 5, 120)] = 28
    responsiveness: Annotated[
        float,
        parameter("answers nobody called for", "probability", 0, 1, "F", "Chen, Pan & Xu 2016: a third"),
    ] = 0.33
    further_departments: Annotated[
        float, parameter("matters that concern further departments, of the usual share of their kind", "ratio", 0, 1.5)
    ] = 1
    escalation_response: Annotated[
        float, parameter("missing answers that the level above obtains", "probability", 0, 1)
    ] = 0.4
    answer_leverage: Annotated[
        float, parameter("missing answers that each level above the county obtains", "probability", 0, 0.5)
    ] = 0.1
    commissar_coordination: Annotated[
        float, parameter("missing answers that a township's commissar obtains", "probability", 0, 1)
    ] = 0.2
    responsiveness_threat: Annotated[
        float,
        parameter(
            "answers nobody called for, under the threat of collective action",
            "probability",
            0,
            1,
            "D",
            "Chen, Pan & Xu 2016: a third and some 8 to 10 points",
        ),
    ] = 0.42
    # Early warning and norms
    warning_rise: Annotated[float, parameter("rise of a village's counts to be found early", "ratio", 1.1, 4)] = 1.6
    warning_threshold: Annotated[float, parameter("cumulated excess that raises an alert", "cases", 1, 20)] = 5
    alert_prevention: Annotated[
        float, parameter("grievances that taking stock prevents in an alerted village", "share", 0, 0.5)
    ] = 0.05
    norm_effect: Annotated[
        float,
        parameter("neighbour and family grievances that a moral bank keeps from surfacing", "share", 0, 0.6),
    ] = 0.15
    norm_hidden: Annotated[
        float,
        parameter(
            "of the grievances that a moral bank keeps from surfacing, those hidden and not prevented", "share", 0, 1
        ),
    ] = 0.3
    # Convenience and government service
    service_rate: Annotated[
        float,
        parameter("service requests per 1,000 residents a year, before anybody comes again", "1/1000/year", 20, 1000),
    ] = 175
    service_minutes: Annotated[
        float, parameter("clerk's time for a request in person at one window", "minutes", 1, 60)
    ] = 15
    induced_demand: Annotated[
        float,
        parameter(
            "growth of first requests with the share met, e-fold for a share of 1",
            "1",
            0,
            5,
            "D",
            "Beijing's hotline: up to 3.8",
        ),
    ] = 1.5
    # Petitions
    loose_acceptance: Annotated[
        float, parameter("ineligible petitions accepted under loose rules", "probability", 0, 1, "A", _FIT)
    ] = 0.735
    strict_refusal: Annotated[
        float,
        parameter("ineligible petitions the city and province refuse when strict", "probability", 0, 1, "A", _FIT),
    ] = 0.891
    strict_refusal_nation: Annotated[
        float,
        parameter("ineligible petitions the nation refuses when strict", "probability", 0, 1, "A", _FIT),
    ] = 0.965
    returned_to_law: Annotated[
        float, parameter("petitions against peers returned to the legal channel", "share", 0, 1)
    ] = 0.2
    repeats: Annotated[
        float, parameter("repeat petitions per unit of stake in 30 days", "1/30 days", 0, 2, "A", _FIT)
    ] = 0.57
    repeat_higher: Annotated[float, parameter("repeats taken to the next level", "share", 0, 1, "A", _FIT)] = 0.18
    refusal_grievance: Annotated[float, parameter("grievance of a petition not accepted", "grievance", 0, 0.5)] = 0.02
    petition_days: Annotated[float, parameter("mean work on a petition", "days", 10, 90)] = 45
    review_share: Annotated[
        float, parameter("failed petitioners who ask for the next level's review", "share", 0, 1)
    ] = 0.3
    collective_rate: Annotated[
        float,
        parameter("joint actions of five linked disputants of a cause, growing with their number", "1/year", 0, 2),
    ] = 1.0
    incident_share: Annotated[float, parameter("joint actions that are mass incidents", "share", 0, 1)] = 0.15
    # Work
    mediation_days_village: Annotated[float, parameter("mean mediation in the village", "days", 1, 60)] = 10
    mediation_days: Annotated[
        float,
        parameter("mean mediation in a centre", "days", 5, 60, "D", "23.33 d on the courts' platform, SPC 2021"),
    ] = 27
    prelitigation_share: Annotated[
        float, parameter("matters brought to court that first go to mediation", "share", 0, 1)
    ] = 0.4
    court_days: Annotated[
        float, parameter("mean civil procedure", "days", 28, 56, "D", "open over concluded suits, China 2018: 40 days")
    ] = 40
    service_shape: Annotated[float, parameter("Erlang shape of service times, whole", "count", 1, 6)] = 2
    slots_village: Annotated[float, parameter("cases a village mediator has at once, whole", "cases", 1, 10)] = 2
    slots_centre: Annotated[float, parameter("cases a mediator of a centre has at once, whole", "cases", 1, 30)] = 6
    slots_petition: Annotated[float, parameter("cases a petition handler has at once, whole", "cases", 1, 60)] = 12
    court_capacity: Annotated[float, parameter("civil suits a county court can conclude", "1/1000/year", 2, 30)] = 10.5
    court_background: Annotated[
        float,
        parameter("suits not born of modelled grievances", "1/1000/year", 0, 20, "D", "SPC 2021: 9.3–9.8 in all"),
    ] = 7.8
    skill_mean: Annotated[float, parameter("skill of a new mediator", "0–1", 0, 1)] = 0.5
    skill_spread: Annotated[float, parameter("spread of skill", "sd", 0, 0.3)] = 0.12
    learning_cases: Annotated[
        float, parameter("cases until half of the missing skill is learned", "cases", 10, 2000)
    ] = 300
    skill_speed: Annotated[float, parameter("service is this much shorter at full skill", "share", 0, 0.9)] = 0.3
    effort_speed: Annotated[float, parameter("service is this much shorter per unit of effort", "share", 0, 0.9)] = 0.3
    # Settlement
    intercept_mediation: Annotated[float, parameter("mediation, base", "logit", -2, 4, "A", _FIT)] = 0.69
    intercept_petition: Annotated[float, parameter("petition handling, base", "logit", -3, 3, "A", _FIT)] = -0.46
    intercept_court: Annotated[float, parameter("judgment or settlement in court, base", "logit", -2, 4)] = 0.8
    settle_skill: Annotated[float, parameter("success that a mediator's skill above one half adds", "logit", 0, 4)] = (
        1.0
    )
    settle_match: Annotated[float, parameter("success that a mediator's fit above one half adds", "logit", 0, 4)] = 0.8
    settle_answer: Annotated[
        float,
        parameter("success that a concerned department's answer adds, half of it lost without one", "logit", 0, 4),
    ] = 0.9
    settle_severity: Annotated[float, parameter("success that severity above one half takes", "logit", 0, 6)] = 1.6
    settle_age: Annotated[
        float, parameter("success that a matter's age takes, by ln(1 + days / 30)", "logit", 0, 2)
    ] = 0.25
    settle_power: Annotated[
        float, parameter("success that an organisation or agency as opponent takes", "logit", 0, 3)
    ] = 0.6
    settle_near: Annotated[float, parameter("success that being near, in village or township, adds", "logit", 0, 2)] = (
        0.25
    )
    party_refuses: Annotated[float, parameter("opponents who refuse mediation", "share", 0, 0.5)] = 0.06
    enterprise_consent: Annotated[
        float, parameter("refusals of organisations that an enterprise pool overcomes", "share", 0, 1)
    ] = 0.5
    withdrawals: Annotated[float, parameter("claimants who withdraw from mediation", "share", 0, 0.3)] = 0.03
    informal_match: Annotated[
        float, parameter("fit that informal mediators add in disputes between peers", "0–1", 0, 0.5)
    ] = 0.1
    womens_match: Annotated[float, parameter("fit that a women's team adds in family disputes", "0–1", 0, 0.5)] = 0.15
    confirmation_share: Annotated[
        float, parameter("mediated settlements confirmed by a judge who is at hand", "share", 0, 1)
    ] = 0.3
    confirmation_cut: Annotated[
        float, parameter("relapse of a nominal settlement that confirmation cuts", "share", 0, 1)
    ] = 0.5
    contact_awareness: Annotated[
        float, parameter("legal awareness that a judge's contact point adds", "0–1", 0, 0.5)
    ] = 0.1
    nominal_share: Annotated[
        float,
        parameter("failures recorded as settled all the same", "share", 0.6, 0.95, "A", _FIT),
    ] = 0.891
    nominal_concealment: Annotated[float, parameter("further nominal share at full concealment", "share", 0, 1)] = 0.5
    relapse_rate: Annotated[float, parameter("relapse of nominal settlements", "1/year", 0, 2.5, "A", _FIT)] = 1.69
    late_relapse_returns: Annotated[
        float, parameter("settlements that break after a year and bring the matter back", "share", 0, 1)
    ] = 0.3
    failure_grievance: Annotated[float, parameter("grievance of a failure or relapse", "grievance", 0, 0.5)] = 0.15
    grievance_half_life: Annotated[float, parameter("half-life of a grievance", "days", 60, 3650)] = 730
    reactivation: Annotated[
        float, parameter("given-up grievances taken up again where all is settled well", "1/year", 0, 0.5, "A", _FIT)
    ] = 0.1
    offence_rate: Annotated[
        float, parameter("public-order offences per unit of grievance × distrust", "1/year", 0, 0.5)
    ] = 0.2
    # Government
    effort_cost: Annotated[float, parameter("cost of effort", "weight", 0.4, 5)] = 1.0
    effort_productivity: Annotated[float, parameter("recorded petitions one unit of effort avoids", "share", 0, 2)] = (
        0.6
    )
    concealment_cost: Annotated[float, parameter("cost of concealment", "weight", 0.1, 10)] = 2.0
    effort_adjustment: Annotated[float, parameter("way to the chosen effort covered at once", "share", 0, 1)] = 0.6
    satisfaction_productivity: Annotated[float, parameter("satisfaction one unit of effort adds", "share", 0, 2)] = 0.3
    assessment_luck: Annotated[
        float,
        parameter("standard deviation of the luck in a unit's score", "score", 0.7, 3),
    ] = 1
    veto_incidents: Annotated[
        float, parameter("mass incidents a year that trip the veto on public safety", "1/100000/year", 0, 20)
    ] = 1.0
    veto_satisfaction: Annotated[
        float, parameter("surveyed satisfaction below which the veto on the sense of safety trips", "share", 0, 1)
    ] = 0.9
    # Survey
    satisfaction_base: Annotated[
        float,
        parameter("content residents when nothing has been learned and half the requests are met", "share", 0.5, 1),
    ] = 0.85
    satisfaction_trust: Annotated[
        float, parameter("content residents per unit of learned trust in local and middle bodies", "share", 0, 5)
    ] = 1.0
    satisfaction_service: Annotated[
        float, parameter("content residents per share of service requests met", "share", 0, 0.5, "A", _FIT)
    ] = 0.25
    satisfaction_unresolved: Annotated[
        float, parameter("residents with an unresolved grievance who are not content", "share", 0, 1)
    ] = 0.5
    desirability: Annotated[
        float, parameter("discontent residents who tell the survey they are content", "share", 0, 0.9, "A", _FIT)
    ] = 0.6
    survey_sample: Annotated[float, parameter("residents surveyed in a county, whole", "residents", 20, 5000)] = 400
    kinds: DisputeKinds = field(default_factory=DisputeKinds)
    causes: Causes = field(default_factory=Causes)
    counties: CountyDifferences = field(default_factory=CountyDifferences)
    waiting: Waiting = field(default_factory=Waiting)
    past: Past = field(default_factory=Past)
    centres: CentreUse = field(default_factory=CentreUse)
    services: ServiceOutcomes = field(default_factory=ServiceOutcomes)
    caseloads: Caseloads = field(default_factory=Caseloads)
    prices: Prices = field(default_factory=Prices)
    timing: Timing = field(default_factory=Timing)
    concessions: Concessions = field(default_factory=Concessions)
    registers: Registers = field(default_factory=Registers)
    police: Police = field(default_factory=Police)
    satisficing: Satisficing = field(default_factory=Satisficing)
