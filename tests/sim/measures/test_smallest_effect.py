"""How large a change must be to matter, by unit."""

import math

import pytest

from sim.measures import MEASURES
from sim.measures.smallest_effect import ABSOLUTE, is_absolute, smallest_effect, smallest_effects


@pytest.mark.parametrize(
    ("measure", "reference", "expected"),
    [
        ("durable_resolution", 0.4, 0.005),
        ("durable_resolution", math.nan, 0.005),
        ("durable_resolution@pilots", 0.4, 0.005),
        ("distance_to_target", 2.0, 0.10),
        ("visits_distance_to_target", 2.0, 0.10),
        ("ilr_1", -0.7, 0.10),
        ("trust_middle", -0.08, 0.005),
        ("petitions_total", 5000.0, 100.0),
        ("petitions_total", 0.0, 0.0),
        ("days_gap_urban", -10.0, 0.2),
        ("cost_per_durable", 1500.0, 30.0),
        ("ratio_city_to_province", 2.0, 0.04),
    ],
)
def test_the_smallest_effect_of_interest_by_unit(measure, reference, expected):
    assert smallest_effect(measure, reference) == pytest.approx(expected)


def test_a_count_without_a_reference_has_none():
    assert math.isnan(smallest_effect("petitions_total", math.nan))
    assert smallest_effects({"petitions_total": 50.0, "recorded_success": 0.9}) == {
        "petitions_total": 1.0,
        "recorded_success": 0.005,
    }


def test_every_measure_has_one_and_every_unit_named_exists():
    assert set(ABSOLUTE) - {"probability"} <= {measure.unit for measure in MEASURES.values()}
    for name in MEASURES:
        assert (smallest_effect(name, 1000.0) == smallest_effect(name, 1.0)) is is_absolute(name)
    with pytest.raises(KeyError):
        smallest_effect("no_such_measure", 1.0)
