"""Trust, satisfaction, collective action, and flags."""

import math

import pytest
from ledgers import ledger

from sim.measures import cosmetic_flag, flags, harm_flag, measure_all, suppression_flag


def test_trust_is_weighted_by_residents_and_taken_at_the_last_year_end():
    made = ledger(months=24, start="2018-01")
    made.trust[:, 0] = 0.9
    made.trust[:, 1, 0] = [0.04, -0.08]
    assert measure_all(made)["trust_local"] == pytest.approx((0.04 - 3 * 0.08) / 4)
    assert measure_all(made.year(2018))["trust_local"] == pytest.approx(0.9)
    assert math.isnan(measure_all(made.window("2019-01", "2019-06"))["trust_local"])


def test_satisfaction_is_weighted_by_residents_and_true_beside_surveyed():
    made = ledger(months=24, start="2018-01")
    made.survey[:, 0] = 0.5
    made.survey[:, 1] = [[0.9, 0.96], [0.7, 0.92]]
    values = measure_all(made)
    assert values["satisfaction_true"] == pytest.approx((0.9 + 3 * 0.7) / 4)
    assert values["satisfaction_surveyed"] == pytest.approx((0.96 + 3 * 0.92) / 4)
    assert measure_all(made.year(2018))["satisfaction_true"] == 0.5
    for name in ("satisfaction_true", "satisfaction_surveyed"):
        assert math.isnan(measure_all(ledger(months=6))[name])


def test_collective_action_per_100000_a_year():
    made = {"joint_visit": 4, "joint_visit_person": 22, "mass_incident": 2}
    values = measure_all(ledger(made))
    assert values["joint_visits"] == pytest.approx(10)
    assert values["joint_visit_persons"] == pytest.approx(55)
    assert values["mass_incidents"] == pytest.approx(5)
    assert measure_all(ledger(made, months=6))["mass_incidents"] == pytest.approx(10)


def test_offences_per_100000_a_year():
    assert measure_all(ledger({"offence": 6}))["offences"] == pytest.approx(15)
    assert measure_all(ledger({"offence": 6}, months=6))["offences"] == pytest.approx(30)


@pytest.mark.parametrize(
    ("petitions", "stock", "open_cases", "flagged"),
    [(90, 110, 50, True), (90, 100, 51, True), (90, 100, 50, False), (110, 200, 99, False), (90, 90, 40, False)],
)
def test_the_suppression_flag_is_a_fall_beside_a_rise(petitions, stock, open_cases, flagged):
    reference = {"petitions_total": 100.0, "unresolved_stock": 100.0, "open_cases": 50.0}
    policy = {"petitions_total": petitions, "unresolved_stock": stock, "open_cases": open_cases}
    assert suppression_flag(reference, policy) is flagged


REFERENCE = {
    "petitions_total": 1000.0,
    "petitions_province": 200.0,
    "distance_to_target": 1.5,
    "recorded_success": 0.96,
    "durable_resolution": 0.5,
    "unresolved_stock": 400.0,
    "open_cases": 80.0,
    "trust_middle": -0.02,
}


@pytest.mark.parametrize(
    ("changed", "suppression", "cosmetic", "harm"),
    [
        ({}, False, False, False),
        # the record better, the truth better: nothing to distrust
        ({"petitions_total": 900, "durable_resolution": 0.55, "unresolved_stock": 350}, False, False, False),
        # the record better, the truth unchanged: for show
        ({"petitions_total": 900}, False, True, False),
        # any of four looks
        ({"petitions_total": 900, "unresolved_stock": 440}, True, True, False),
        ({"petitions_province": 150, "open_cases": 90}, False, True, False),
        ({"distance_to_target": 0.2, "trust_middle": -0.05}, False, True, False),
        ({"recorded_success": 0.99, "unresolved_stock": 440}, False, True, False),
        # more settled durably: more is left as well, but it is not for show alone
        ({"petitions_province": 150, "unresolved_stock": 440, "durable_resolution": 0.52}, False, False, False),
        # the record worse beside a worse truth: harm, nothing cosmetic
        ({"petitions_total": 1100, "durable_resolution": 0.45, "unresolved_stock": 440}, False, False, True),
        ({"durable_resolution": 0.45, "open_cases": 81}, False, False, True),
        # less settled durably and nothing more left (fewer arose): no harm
        ({"durable_resolution": 0.45, "unresolved_stock": 390}, False, False, False),
        # everything at once
        ({"petitions_total": 900, "durable_resolution": 0.45, "open_cases": 90}, True, True, True),
        # what cannot be computed raises nothing
        ({"petitions_total": math.nan, "durable_resolution": math.nan, "open_cases": 90}, False, False, False),
    ],
)
def test_flags_tell_suppression_show_and_harm_apart(changed, suppression, cosmetic, harm):
    policy = REFERENCE | changed
    assert flags(REFERENCE, policy) == {"suppression": suppression, "cosmetic": cosmetic, "harm": harm}
    assert [flag(REFERENCE, policy) for flag in (suppression_flag, cosmetic_flag, harm_flag)] == [
        suppression,
        cosmetic,
        harm,
    ]


def test_changes_within_the_tolerance_are_none():
    policy = REFERENCE | {"petitions_total": 955, "unresolved_stock": 420, "durable_resolution": 0.48}
    assert flags(REFERENCE, policy, 0.03) == {"suppression": True, "cosmetic": True, "harm": True}
    assert flags(REFERENCE, policy, 0.0425)["harm"] is False  # durable resolution fell by 4 % of itself
    assert flags(REFERENCE, policy, 0.0425)["suppression"] is True  # petitions fell by 4.5 %, the stock rose by 5 %
    assert flags(REFERENCE, policy, 0.0475)["suppression"] is False
    assert flags(REFERENCE, policy, 0.0475)["cosmetic"] is False
    grown = REFERENCE | {"petitions_total": 900, "unresolved_stock": 410}
    assert suppression_flag(REFERENCE, grown, 0.02) is True  # 2.5 % more is left
    assert suppression_flag(REFERENCE, grown, 0.03) is False
    gained = REFERENCE | {"petitions_total": 900, "durable_resolution": 0.55}
    assert cosmetic_flag(REFERENCE, gained, 0.09) is False  # 10 % more is settled durably
    fewer = gained | {"petitions_total": 500}
    assert [cosmetic_flag(REFERENCE, fewer, tolerance) for tolerance in (0.09, 0.11)] == [False, True]
    risen = REFERENCE | {"petitions_total": 900, "unresolved_stock": 480, "durable_resolution": 0.51}
    assert cosmetic_flag(REFERENCE, risen) is False  # 2 % more is settled durably
    assert cosmetic_flag(REFERENCE, risen, 0.05) is True  # which is no more than chance
