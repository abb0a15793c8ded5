"""Trust, satisfaction, collective action, and flags."""

import math

import pytest
from ledgers import ledger

from sim.measures import cosmetic_flag, flags, harm_flag, measure_all, suppression_flag
from sim.measures.smallest_effect import smallest_effects


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
    made = {"joint_visit_county": 1, "joint_visit_nation": 3, "joint_visit_person": 22, "mass_incident": 2}
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
    [
        (90, 110, 50, True),
        (90, 100, 51.1, True),
        (90, 100, 50, False),
        (110, 200, 99, False),
        (90, 90, 40, False),
        # 2 % is too small a change to count, on either side
        (98, 110, 50, False),
        (97.9, 110, 50, True),
        (90, 102, 51, False),
    ],
)
def test_the_suppression_flag_is_a_fall_beside_a_rise(petitions, stock, open_cases, flagged):
    reference = {"petitions_total": 100.0, "unresolved_stock": 100.0, "open_cases": 50.0}
    policy = {"petitions_total": petitions, "unresolved_stock": stock, "open_cases": open_cases}
    assert suppression_flag(reference, policy, smallest_effects(reference)) is flagged


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
BANDS = smallest_effects(REFERENCE)


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
        ({"durable_resolution": 0.45, "open_cases": 82}, False, False, True),
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
    assert flags(REFERENCE, policy, BANDS) == {"suppression": suppression, "cosmetic": cosmetic, "harm": harm}
    assert [flag(REFERENCE, policy, BANDS) for flag in (suppression_flag, cosmetic_flag, harm_flag)] == [
        suppression,
        cosmetic,
        harm,
    ]


def test_changes_too_small_to_matter_are_none():
    slight = {"petitions_total": 981, "petitions_province": 197, "distance_to_target": 1.41, "recorded_success": 0.964}
    less = {"durable_resolution": 0.496, "unresolved_stock": 407, "open_cases": 81}
    assert not any(flags(REFERENCE, REFERENCE | slight | less, BANDS).values())
    # each of them a little further counts: 2 % of 1000, of 200 and of 80, 0.10, half a point
    for name, value in {
        "petitions_total": 979,
        "petitions_province": 195,
        "distance_to_target": 1.39,
        "recorded_success": 0.966,
    }.items():
        policy = REFERENCE | slight | less | {name: value}
        assert cosmetic_flag(REFERENCE, policy, BANDS) is True
        assert cosmetic_flag(REFERENCE, policy, BANDS, (name,)) is True
        assert cosmetic_flag(REFERENCE, policy, BANDS, set(slight) - {name}) is False
    assert harm_flag(REFERENCE, REFERENCE | less | {"durable_resolution": 0.494, "open_cases": 82}, BANDS) is True
    assert harm_flag(REFERENCE, REFERENCE | less | {"durable_resolution": 0.494}, BANDS) is False
    # a gain too small to matter is no better truth; a larger one is
    fewer = REFERENCE | {"petitions_total": 900}
    gains = (0.504, 0.506)
    assert [cosmetic_flag(REFERENCE, fewer | {"durable_resolution": each}, BANDS) for each in gains] == [True, False]


def test_bands_are_those_that_are_given():
    policy = REFERENCE | {"petitions_total": 955, "unresolved_stock": 420, "durable_resolution": 0.48}
    wide = BANDS | {"petitions_total": 50.0}
    assert suppression_flag(REFERENCE, policy, BANDS) is True
    assert suppression_flag(REFERENCE, policy, wide) is False
