"""The policy as in force in one city in one month: between before and after, with roll-out and stress."""

from __future__ import annotations

import numpy as np

from sim.behaviour import Behaviour
from sim.ledger import FORUMS, PETITION_LEVELS
from sim.parameters import flat, record_type, vector
from sim.policy import Acceptance, Policy
from sim.scenario import Scenario

RAMPED = ("centre", "staff", "grid", "platform", "services", "norms")
"""Groups of levers that arrive city by city and build up; the others apply everywhere on the reform date."""

SWITCHED = ("intake", "whistle_response", "whistle_deadline", "whistle_escalation", "petition_inside")
"""Levers of ramped groups that are rules: in force from a city's start, without a ramp."""

DOORS = {"city": "city_door_closed", "province": "provincial_door_closed"}
"""Stresses that close the door of a level."""

REGIME = np.dtype(
    [
        *[(name, np.float64) for name in record_type(Policy).names or ()],
        ("registration", np.float64, (len(PETITION_LEVELS),)),  # share of presented petitions registered
        (
            "acceptance_ineligible",
            np.float64,
            (len(PETITION_LEVELS),),
        ),  # chance that an ineligible one is accepted
        (
            "acceptance_known",
            np.float64,
            (len(PETITION_LEVELS),),
        ),  # the same under the rule before the last change
        ("rule_changed_on", np.float64),  # day
        ("open_door", np.float64, (len(PETITION_LEVELS),)),  # petitions not turned away at the door
        ("push_down", np.float64),  # petitions to province and nation sent to the county's register instead
        ("double_counting", np.float64),  # further records of a petition at each lower level
        ("lockdown", np.float64),  # strength this month
        ("reporting", np.float64),  # minutes of reporting per case noticed, subsystems included
        ("discouragement", np.float64, (len(FORUMS),)),
        ("arise_share", np.float64),  # rate of grievances over the highest possible
        ("city_tier", np.float64),  # whether a government, and so an office, stands on the level
        ("county_tier", np.float64),
        ("staff_kept", np.float64),
        ("campaign", np.float64),  # old matters that a campaign takes up this month
    ],
    align=True,
)
"""Levers as numbers, and what follows from them and from the stresses."""


_LEVERS = record_type(Policy).names or ()
IS_SWITCHED = np.isin(_LEVERS, SWITCHED)
IS_RAMPED = np.isin(_LEVERS, [name for group in RAMPED for name in flat(getattr(Policy(), group))]) & ~IS_SWITCHED
"""Of the numbers of a policy (``sim.parameters.vector``), those that build up, and those that come with the start."""


def numbers(regime: np.ndarray) -> np.ndarray:
    """All numbers of one ``REGIME`` record (shape (1,)) as they lie in memory, a view; every field is made of them."""
    return regime.view(np.float64)


def roll_out_share(policy: Policy, batch: int, months: int) -> float:
    """How far a city of a pilot batch has built up ``months`` after the reform date (0 in the month of reform)."""
    lever = policy.roll_out
    start = lever.batch_1_start if batch <= 1 else lever.batch_2_start
    if months < start:
        return 0.0
    return 1.0 if lever.ramp <= 0 else min(1.0, (months - start + 1) / lever.ramp)


def months_before(scenario: Scenario) -> int:
    """Months from the start of the calendar to the reform."""
    start, reform = (np.datetime64(day, "M") for day in (scenario.calendar.start, scenario.calendar.reform))
    return int((reform - start).astype(np.int64))


def rule_left(scenario: Scenario, months: int) -> float:
    """What is left of a strict rule of acceptance in the month ``months`` after the reform (negative before), a share.

    It fades from the reform on when that brings it, else from the first day of the calendar.
    """
    timing = scenario.behaviour.timing
    policies = [scenario.before, scenario.after] if months >= 0 else [scenario.before]
    old, new = policies[0].petition.acceptance, policies[-1].petition.acceptance
    if new is not Acceptance.strict or timing.rule_kept >= 1.0:
        return 1.0
    age = months if old is not new else months + months_before(scenario)
    return timing.rule_kept + (1.0 - timing.rule_kept) * float(np.exp2(-max(0, age) / (12.0 * timing.rule_half_life)))


def campaign_of(scenario: Scenario, months: int) -> float:
    """Old matters that a campaign takes up in the month ``months`` after the reform (negative before), a share."""
    age, policy = (months, scenario.after) if months >= 0 else (months + months_before(scenario), scenario.before)
    length = int(policy.petition.campaign_months)
    return policy.petition.campaign_share / length if age < length else 0.0


def _ineligible_acceptance(policy: Policy, behaviour: Behaviour, left: float) -> np.ndarray:
    """Chance that an ineligible petition is accepted at each level; ``left`` of a strict rule, a share."""
    loose = np.full(len(PETITION_LEVELS), behaviour.loose_acceptance)
    if policy.petition.acceptance is not Acceptance.strict:
        return loose
    strict = np.full(len(PETITION_LEVELS), 1.0 - behaviour.strict_refusal)
    strict[-1] = 1.0 - behaviour.strict_refusal_nation
    return left * strict + (1.0 - left) * loose


LOCKDOWN_MONTHS = 3
"""A lockdown lasts a quarter."""


def era_of(scenario: Scenario, batch: int, months: int) -> tuple[float, ...]:
    """What of a month its regime depends on: months of one era have the same regime (arguments as ``in_force``)."""
    of_month = rule_left(scenario, months), campaign_of(scenario, months)
    if months < 0:
        return -1.0, *of_month
    is_locked_down = scenario.stress.lockdown_start <= months < scenario.stress.lockdown_start + LOCKDOWN_MONTHS
    return roll_out_share(scenario.after, batch, months), float(is_locked_down), *of_month


def in_force(
    scenario: Scenario, batch: int, city_tier: bool, county_tier: bool, months: int, reform_day: int
) -> np.ndarray:
    """The regime of a city in the month ``months`` after the reform (negative before), one ``REGIME`` record.

    ``city_tier`` and ``county_tier`` tell whether there is a government on the level. Before the reform
    nothing of ``after`` or ``stress`` is read.
    """
    reformed = months >= 0
    before, after = scenario.before, scenario.after if reformed else scenario.before
    share = roll_out_share(after, batch, months) if reformed else 0.0
    record = np.zeros(1, REGIME)
    old, new = vector(before), vector(after)
    levers = numbers(record)[: len(old)]  # the levers are a regime's first fields
    levers[:] = new
    if share <= 0:
        levers[IS_SWITCHED] = old[IS_SWITCHED]
    if share < 1.0:
        levers[IS_RAMPED] = (old + share * (new - old))[IS_RAMPED]

    stress = scenario.stress if reformed else type(scenario.stress)()
    level = [record[f"registration_{name}"][0] for name in PETITION_LEVELS]
    record["open_door"] = 1.0
    for name in ("city", "province"):
        door = PETITION_LEVELS.index(name)
        record["open_door"][0, door] = 1.0 - getattr(stress, DOORS[name])
    record["registration"] = np.array(level) * (1.0 - stress.non_registration) * record["open_door"][0]
    record["push_down"], record["double_counting"] = stress.push_down, stress.double_counting
    if stress.lockdown_start <= months < stress.lockdown_start + LOCKDOWN_MONTHS:
        record["lockdown"] = stress.lockdown
    burden = 1.0 + scenario.behaviour.subsystem_burden * np.log10(record["subsystems"])
    record["reporting"] = record["reporting_minutes"] * burden
    known = min(months, -1)  # what was in force before the reform
    for field, policy, month in (("acceptance_ineligible", after, months), ("acceptance_known", before, known)):
        record[field] = _ineligible_acceptance(policy, scenario.behaviour, rule_left(scenario, month))
    record["campaign"] = campaign_of(scenario, months)
    record["rule_changed_on"] = reform_day
    discouragement = np.zeros(len(FORUMS))
    discouragement[FORUMS.index("petition_city") :] = stress.discouragement
    record["discouragement"] = discouragement
    record["arise_share"] = (1.0 + stress.demand_shock) / scenario.behaviour.rate_headroom
    record["city_tier"], record["county_tier"] = city_tier, county_tier
    record["staff_kept"] = 1.0 - stress.staff_lost
    return record
