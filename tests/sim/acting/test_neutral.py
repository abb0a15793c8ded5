"""What is switched off has exactly no effect: what a mechanism would read changes not one byte of the ledger."""

from __future__ import annotations

from typing import Any

import pytest

from sim.ledger import Ledger
from sim.policy import Acceptance
from tests.sim.acting.world import Runs

ARRAYS = ("counts", "durations", "work", "groups", "monthly", "trust", "survey", "government", "cost")

# What is off (the status quo where nothing is named), and what then is read by nobody.
SILENT: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({}, {"norm_effect": 0.6}),
    ({}, {"norm_hidden": 1}),
    ({}, {"warning_rise": 3, "warning_threshold": 1, "alert_prevention": 0.5}),
    ({}, {"escalation_response": 1}),
    ({}, {"enterprise_consent": 1}),
    ({}, {"confirmation_share": 1, "confirmation_cut": 1, "contact_awareness": 0.5}),
    ({}, {"commissar_coordination": 1}),
    ({}, {"subsystem_burden": 1}),
    ({}, {"group_size": 60, "group_likeness": 0, "group_courage": 1.5, "group_pooling": 0.5, "join": 1}),
    ({}, {"representatives_kept": 1, "source_found": 1, "alert_hours": 80}),
    ({}, {"collective_rate": 2, "incident_share": 1, "responsiveness_threat": 1}),
    ({}, {"informal_match": 0.5}),
    ({}, {"womens_match": 0.5}),
    ({}, {"short_visits": 1, "cost_overtime": 90}),  # visits of an hour, in the usual hours
    ({}, {"first_contact_notice": 3, "first_contact_prevention": 0.6}),
    ({}, {"assessment_luck": 3}),
    ({}, {"queue_left_shape": 3}),
    ({}, {"veto_incidents": 0, "veto_satisfaction": 1}),
    ({}, {"cost_training": 90_000, "cost_training_part_time": 9_000, "cost_informal_mediator": 40_000}),
    ({}, {"cost_commissar": 90_000, "cost_judge_contact_point": 90_000, "cost_enterprise_mediator": 90_000}),
    ({}, {"cost_womens_team": 90_000, "cost_praise_meetings": 90_000, "cost_first_contact": 90_000}),
    ({}, {"cost_moral_bank": 90_000, "capital_moral_bank": 90_000}),
    ({}, {"cost_subsystem": 900_000}),
    ({}, {"lockdown_start": 6}),
    ({}, {"rush": 1, "settle_rush": 1.5}),  # nobody is short of hours
    ({}, {"pay_work": 0.3, "pay_paper": 1}),  # nothing is paid by the case
    ({"slots_centre": 30, "part_time_hours": 0.5, "full_time_share_centre": 0.1}, {"settle_rush": 1.5}),
    ({"groups": 3, "collective_rate": 0}, {"incident_share": 1}),
    ({}, {"offer_taken": 1}),
    ({}, {"weight_lesson": 6, "cost_concession": 5_000, "stability_fund": 5}),  # nobody gives in
    ({"stability_fund": 0}, {"concession": 1, "weight_lesson": 6}),  # there is no money for it
    ({}, {"advice_minutes": 120}),
    ({}, {"known_by_themselves": 0.2, "known_by_talk": 1}),
    ({}, {"known_first": 0, "known_forgotten": 0.2}),
    ({"relapse_rate": 0, "judge_contact_points": 1}, {"confirmation_cut": 1}),
    ({}, {"past_years": 20}),
    ({}, {"campaign_months": 1, "campaign_durable": 1}),
    ({}, {"rule_kept": 0, "rule_half_life": 0.1}),  # a loose rule
    ({"acceptance": Acceptance.strict}, {"rule_half_life": 0.1}),
    ({}, {"police_spot": 0.9, "police_holds": 1, "cost_police_call": 900, "cost_police_passed": 900}),
    ({"coverage_township": 1, "working_share": 1}, {"police_linkage": 1}),  # nobody calls them
    ({"relapse_rate": 0}, {"talk_nominal": 0.5, "late_relapse_returns": 1}),
)

NEUTRAL: dict[str, Any] = {
    "whistle_escalation": 0,
    "commissars": 0,
    "petition_inside": False,
    "judge_contact_points": 0,
    "police_linkage": 0,
    "informal_mediators": 0,
    "womens_teams": 0,
    "enterprise_mediators": 0,
    "training": 0,
    "mix_people": 1,
    "mix_administrative": 1,
    "mix_judicial": 1,
    "mix_professional": 1,
    "full_time_share_centre": 1,
    "hours_per_day": 8,
    "overtime": 0,
    "first_contact": 0,
    "early_warning": 0,
    "subsystems": 1,
    "moral_bank": 0,
    "praise_meetings": 0,
    "veto": False,
    "reward": 0,
    "stability_fund": 0,
    "case_pay": 0,
    "non_registration": 0,
    "discouragement": 0,
    "provincial_door_closed": 0,
    "city_door_closed": 0,
    "push_down": 0,
    "double_counting": 0,
    "campaign_share": 0,
    "lockdown": 0,
    "demand_shock": 0,
    "staff_lost": 0,
    "places": {"hexi": {}, "6201": {"norms": {}}},
}
"""Neutral values of levers and stresses."""


def assert_same(one: list[Ledger], other: list[Ledger]) -> None:
    for left, right in zip(one, other, strict=True):
        for name in ARRAYS:
            assert getattr(left, name).tobytes() == getattr(right, name).tobytes(), name


@pytest.mark.parametrize(("off", "changed"), SILENT, ids=lambda value: "-".join(value) or "status quo")
def test_a_mechanism_that_is_off_reads_nothing(off: dict[str, Any], changed: dict[str, Any], runs: Runs) -> None:
    assert_same(runs.of(off, seeds=[1]), runs.of({**off, **changed}, seeds=[1]))


@pytest.mark.parametrize("name", NEUTRAL)
def test_a_neutral_value_changes_nothing(name: str, runs: Runs) -> None:
    assert_same(runs.of({}, seeds=[1]), runs.of({name: NEUTRAL[name]}, seeds=[1]))


def test_the_comparison_would_notice(runs: Runs) -> None:
    with pytest.raises(AssertionError):
        assert_same(runs.of({}, seeds=[1]), runs.of({"moral_bank": 0.1}, seeds=[1]))
