"""A ledger cut down to some of its places."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.ledger import (
    DISPUTE_KINDS,
    DURATION_EDGES,
    EVENTS,
    GOVERNMENT_FIGURES,
    GROUP_FIGURES,
    GROUPS,
    MONTHLY_FIGURES,
    SURVEY_FIGURES,
    TRUST_LEVELS,
    WORK_FIGURES,
    WORK_LEVELS,
    Ledger,
    event,
)

OF_CITIES = ("city_codes", "city_tier", "county_tier", "government")


@pytest.fixture
def whole() -> Ledger:
    """Five counties in three cities (rows 0 0 1 2 2), two years; every number is another."""
    start = iter(range(0, 10**9, 10**6))

    def numbered(*shape: int) -> np.ndarray:
        return np.arange(np.prod(shape)).reshape(shape) + next(start)

    return Ledger(
        months=np.datetime64("2018-01", "M") + np.arange(24),
        county_codes=np.array([10, 11, 20, 30, 31]),
        county_city=np.array([0, 0, 1, 2, 2], np.int32),
        city_codes=np.array([1, 2, 3]),
        city_tier=np.array([False, True, False]),
        county_tier=np.array([True, False, True]),
        county_population=np.array([100, 200, 400, 800, 1600]),
        county_urban_population=np.array([1, 2, 4, 8, 16]),
        counts=numbered(5, 24, len(DISPUTE_KINDS), len(EVENTS)).astype(np.int32),
        durations=numbered(5, 24, 2, 4, len(DURATION_EDGES)).astype(np.int32),
        work=numbered(5, 24, len(WORK_LEVELS), len(WORK_FIGURES)),
        groups=numbered(5, 24, len(GROUPS), len(GROUP_FIGURES)),
        monthly=numbered(5, 24, len(MONTHLY_FIGURES)),
        trust=numbered(5, 2, len(TRUST_LEVELS)).astype(float),
        survey=numbered(5, 2, len(SURVEY_FIGURES)).astype(float),
        government=numbered(3, 2, len(GOVERNMENT_FIGURES)).astype(float),
        cost=numbered(5, 24).astype(float),
    )


def test_some_counties_keep_their_rows_and_their_cities(whole):
    part = whole.of_counties([4, 1])
    assert part.county_codes.tolist() == [31, 11]
    assert part.city_codes.tolist() == [1, 3]  # the city in the middle is gone, the others keep their order
    assert part.county_city.tolist() == [1, 0]
    assert part.county_city.dtype == whole.county_city.dtype
    assert part.residents == 1800
    assert part.government.tolist() == whole.government[[0, 2]].tolist()
    assert part.months is whole.months
    for field in fields(Ledger):
        if field.name not in (*OF_CITIES, "months", "county_city"):
            kept, before = getattr(part, field.name), getattr(whole, field.name)
            assert np.array_equal(kept, before[[4, 1]]), field.name


def test_a_mask_and_all_counties(whole):
    of_last_city = whole.of_counties(whole.county_city == 2)
    assert of_last_city.county_codes.tolist() == [30, 31] and of_last_city.county_city.tolist() == [0, 0]
    everything = whole.of_counties(range(5))
    for field in fields(Ledger):
        assert np.array_equal(getattr(everything, field.name), getattr(whole, field.name)), field.name


def test_parts_add_up_and_windows_may_come_first_or_last(whole):
    raised = np.zeros_like(whole.counts)
    raised[..., event("raised")] = np.random.default_rng(1).poisson(3, raised.shape[:3])
    counted = replace(whole, counts=raised)
    parts = [counted.of_counties(counted.county_city == city) for city in range(3)]
    assert sum(part.total("raised") for part in parts) == counted.total("raised") > 0
    one = counted.of_counties([2]).window("2019-01", "2019-12")
    other = counted.window("2019-01", "2019-12").of_counties([2])
    for field in fields(Ledger):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


@pytest.mark.parametrize("rows", [[], [1, 1], [1, -4], np.zeros(5, bool)])
def test_no_county_and_one_twice_are_refused(whole, rows):
    with pytest.raises(ValueError, match="once each and at least one"):
        whole.of_counties(rows)


def test_a_county_that_is_not_there(whole):
    with pytest.raises(IndexError):
        whole.of_counties([5])


@pytest.mark.parametrize(
    ("counties", "missing"),
    [
        (range(5), ()),  # each level stands somewhere
        ([0, 1], ("city",)),
        ([2], ("county",)),
        ([2, 4], ()),
    ],
)
def test_a_level_is_missing_where_no_place_has_it(whole, counties, missing):
    assert whole.of_counties(counties).missing_levels == missing
