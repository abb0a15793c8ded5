"""Petitions by level under each counting basis, their ratio and distance to the target."""

import math
from dataclasses import replace

import numpy as np
import pytest
from ledgers import ledger

from sim.ledger import CHANNELS, MONTHLY_FIGURES, PETITION_LEVELS
from sim.measures import MEASURES, CountingBasis, measure_all
from sim.measures.composition import aitchison_distance
from sim.measures.petitions import (
    BASES,
    DEFAULT,
    distance_to_target,
    ilr_coordinate,
    petitions,
    presented,
    pyramid,
    ratio_to_province,
)

EVENTS = {
    "registered_visit_county": 200,
    "registered_letter_county": 30,
    "registered_online_county": 20,
    "repeat_registered_visit_county": 50,
    "registered_visit_city": 150,
    "repeat_registered_online_city": 50,
    "registered_visit_province": 60,
    "repeat_registered_visit_province": 40,
    "registered_visit_nation": 10,
    "presented_visit_county": 500,
    "repeat_presented_visit_county": 100,
    "presented_visit_city": 250,
    "accepted_county": 40,
    "not_accepted_county": 120,
    "handed_down_to_county": 70,
    "handed_down_to_city": 7,
    "registered_persons_county": 260,
    "repeat_registered_persons_county": 90,
    "registered_persons_city": 300,
    "registered_persons_province": 180,
    "repeat_registered_persons_province": 220,
    "registered_persons_nation": 30,
    "presented_persons_county": 700,
    "repeat_presented_persons_county": 200,
    "presented_persons_city": 450,
}
PREFIXES = ("", "visits_", "persons_", "visitors_", "first_time_", "with_hand_downs_", "with_receptions_")


def test_the_default_basis_counts_all_channels_and_repeats_but_no_hand_downs():
    counted = ledger(EVENTS)
    assert [petitions(counted, level) for level in PETITION_LEVELS] == [300, 200, 100, 10]
    assert petitions(counted, "total") == 610
    assert pyramid(counted) == (100, 200, 300)


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        (CountingBasis(channels="visit"), (100, 150, 250)),
        (CountingBasis(repeats=False), (60, 150, 250)),
        (CountingBasis(channels="visit", repeats=False), (60, 150, 200)),
        (CountingBasis(hand_downs=True), (100, 207, 370)),
        (CountingBasis(persons=True), (180 + 220, 300 + 50, 260 + 90 + 30 + 20)),
        (CountingBasis(channels="visit", persons=True), (180 + 220, 300, 260 + 90)),
        (CountingBasis(persons=True, repeats=False), (180, 300, 260 + 30 + 20)),
    ],
)
def test_other_bases_count_what_they_say(basis, expected):
    assert pyramid(ledger(EVENTS), basis) == expected


def test_an_unknown_channel_is_refused():
    with pytest.raises(ValueError, match="'post' is not 'all' or 'visit'"):
        CountingBasis(channels="post")


def test_presented_and_registered_are_apart():
    counted = ledger(EVENTS)
    assert presented(counted, "county") == 600
    assert presented(counted, "county", CountingBasis(repeats=False, hand_downs=True)) == 500
    assert presented(counted, "total") == 850
    assert presented(counted, "county", CountingBasis(persons=True)) == 700 + 200
    assert presented(counted, "total", CountingBasis("visit", persons=True, repeats=False)) == 700 + 450
    values = measure_all(counted)
    assert values["registered_share_county"] == 0.5
    assert values["registered_share_total"] == pytest.approx(610 / 850)
    assert values["acceptance_share_county"] == 0.25
    assert values["repeat_share"] == pytest.approx(140 / 610)


def with_receptions(township: int = 0, county: int = 0, city: int = 0):
    """The same with visits to working centres, in the first month and spread over two counties."""
    counted = ledger(EVENTS)
    for level, visits in (("township", township), ("county", county), ("city", city)):
        counted.monthly[0, 0, MONTHLY_FIGURES.index(f"received_{level}")] = visits - 3
        counted.monthly[1, 2, MONTHLY_FIGURES.index(f"received_{level}")] = 3
    return counted


def test_receptions_at_centres_of_county_and_city_count_where_a_basis_says_so() -> None:
    counted, basis = with_receptions(township=900, county=50, city=40), CountingBasis(receptions=True)
    assert pyramid(counted, basis) == (100, 240, 350) and pyramid(counted) == (100, 200, 300)
    assert [presented(counted, level, basis) for level in ("county", "city", "province")] == [650, 290, 0]
    assert petitions(counted, "total", basis) == 610 + 90 and presented(counted, "total", basis) == 850 + 90
    of_march = counted.window("2019-03", "2019-03")
    assert presented(of_march, "total", basis) - presented(of_march, "total") == 6


def test_every_basis_has_what_is_registered_and_what_is_presented_on_it() -> None:
    values = measure_all(with_receptions(county=50, city=40))
    for prefix, basis in BASES.items():
        counted = with_receptions(county=50, city=40)
        for level in (*PETITION_LEVELS, "total"):
            assert values[f"{prefix}_{level}"] == petitions(counted, level, basis)
            true = (
                f"presented_{level}" if basis in (DEFAULT, BASES["with_hand_downs"]) else f"presented_{prefix}_{level}"
            )
            assert values[true] == presented(counted, level, basis), true
    assert values["with_receptions_ratio_county_to_province"] == 3.5
    assert values["visitors_ratio_city_to_province"] == 0.75
    persons = {name for name, measure in MEASURES.items() if measure.unit == "persons/year"}
    assert persons == {
        f"{true}{prefix}_{level}"
        for true in ("", "presented_")
        for prefix in ("persons", "visitors")
        for level in (*PETITION_LEVELS, "total")
    }


def test_the_target_ratio_has_its_known_coordinates_and_no_distance():
    counted = ledger(EVENTS)
    assert ratio_to_province(counted, "city") == 2
    assert ratio_to_province(counted, "county") == 3
    assert ilr_coordinate(counted, 0) == pytest.approx(-0.7315, abs=5e-5)
    assert ilr_coordinate(counted, 1) == pytest.approx(-0.2867, abs=5e-5)
    assert distance_to_target(counted) == pytest.approx(0, abs=1e-12)


def test_an_upside_down_pyramid_is_as_far_as_the_formula_says():
    counted = ledger({"registered_visit_province": 300, "registered_visit_city": 200, "registered_visit_county": 100})
    # From (3, 2, 1) to (1, 2, 3) the log-ratios move by (ln 3, 0, -ln 3), already centred.
    assert distance_to_target(counted) == pytest.approx(math.sqrt(2) * math.log(3))


def test_the_ratio_does_not_see_the_scale():
    thrice = ledger({name: 3 * count for name, count in EVENTS.items()})
    assert distance_to_target(thrice) == pytest.approx(0, abs=1e-12)
    assert ilr_coordinate(thrice, 0) == pytest.approx(ilr_coordinate(ledger(EVENTS), 0))


def test_half_is_added_for_logarithms_alone_where_one_is_zero():
    counted = ledger({"registered_visit_city": 2, "registered_visit_county": 4})
    assert ilr_coordinate(counted, 1) == pytest.approx(math.sqrt(0.5) * math.log(2.5 / 4.5))
    assert math.isnan(ratio_to_province(counted, "city"))  # none at the province
    few = ledger({"registered_visit_province": 3, "registered_visit_city": 6})
    assert [ratio_to_province(few, level) for level in ("city", "county")] == [2, 0]
    assert ilr_coordinate(few, 1) == pytest.approx(math.sqrt(0.5) * math.log(6.5 / 0.5))


def without(**tiers: bool):
    """25 at the city, 6 at the province, none at the county, of a city where a level is missing."""
    counted = ledger({"registered_visit_city": 25, "registered_visit_province": 6})
    return replace(counted, **{name: np.array([stands]) for name, stands in tiers.items()})


def test_a_ratio_with_a_missing_level_is_no_number():
    values = measure_all(without(county_tier=False))
    assert values["ratio_city_to_province"] == 25 / 6
    for prefix in PREFIXES:
        assert math.isnan(values[f"{prefix}ratio_county_to_province"])
        assert math.isnan(values[f"{prefix}distance_to_target"])
    assert math.isnan(values["ilr_1"]) and math.isnan(values["ilr_2"])
    assert (values["petitions_city"], values["petitions_county"]) == (25, 0)
    direct = measure_all(without(city_tier=False))
    assert math.isnan(direct["ratio_city_to_province"]) and math.isnan(direct["distance_to_target"])
    assert direct["ratio_county_to_province"] == 0
    assert measure_all(without())["distance_to_target"] == pytest.approx(float(aitchison_distance([6.5, 25.5, 0.5])))


def test_a_level_that_some_of_the_places_have_is_not_missing():
    counted = replace(ledger(EVENTS), city_tier=np.array([True, False]), county_tier=np.array([False, True]))
    assert ratio_to_province(counted, "county") == 3


def test_measures_name_the_levels_that_they_speak_of():
    both = ("county", "city")
    expected = {"ilr_1": both, "distance_to_target": both, "visits_distance_to_target": both}
    expected |= {"ratio_city_to_province": ("city",), "petitions_county": ("county",), "petitions_province": ()}
    expected |= {
        "petitions_total": (),
        "effort": ("city",),
        "durable_resolution": (),
        "acceptance_share_city": ("city",),
    }
    assert {name: MEASURES[name].levels for name in expected} == expected


def test_no_petitions_at_all_have_no_ratio():
    values = measure_all(ledger())
    names = ["ratio_city_to_province", "ilr_1", "ilr_2", "distance_to_target", "repeat_share", "registered_share_city"]
    assert all(math.isnan(values[name]) for name in names)
    assert values["petitions_total"] == 0


def test_rates_are_per_1000_residents_and_year():
    assert measure_all(ledger(EVENTS))["petitions_per_1000"] == pytest.approx(610 / 40)
    assert measure_all(ledger(EVENTS, months=6))["petitions_per_1000"] == pytest.approx(2 * 610 / 40)


def test_every_channel_and_level_is_counted_once():
    names = [
        f"{repeat}registered_{c}_{level}" for repeat in ("", "repeat_") for c in CHANNELS for level in PETITION_LEVELS
    ]
    assert petitions(ledger({name: 10**n for n, name in enumerate(names[:9])}), "total") == 111_111_111
    assert petitions(ledger(dict.fromkeys(names, 1)), "total") == len(names) == 24


ELSEWHERE = {
    "pushed_down_visit_county": 8,
    "pushed_down_letter_county": 4,
    "repeat_pushed_down_visit_county": 3,
    "recorded_twice_visit_county": 20,
    "recorded_twice_online_city": 10,
    "recorded_twice_letter_province": 5,
    "pushed_down_persons_county": 80,
    "repeat_pushed_down_persons_county": 9,
    "recorded_twice_persons_county": 100,
    "repeat_recorded_twice_persons_city": 77,
    "repeat_recorded_twice_visit_city": 7,
    "repeat_recorded_twice_online_county": 3,
}


@pytest.mark.parametrize(
    ("basis", "province", "city", "county"),
    [
        (CountingBasis(), 100 + 5, 200 + 10 + 7, 300 + 8 + 4 + 3 + 20 + 3),
        (CountingBasis(channels="visit"), 100, 150 + 7, 250 + 8 + 3 + 20),
        (CountingBasis(repeats=False), 60 + 5, 150 + 10, 250 + 8 + 4 + 20),
        (CountingBasis(channels="visit", repeats=False), 60, 150, 200 + 8 + 20),
        (CountingBasis(hand_downs=True), 100 + 5, 200 + 10 + 7 + 7, 300 + 38 + 70),
        (CountingBasis(persons=True), 400 + 5, 350 + 10 + 77, 400 + 80 + 4 + 9 + 100 + 3),
        (CountingBasis(channels="visit", persons=True, repeats=False), 180, 300, 260 + 80 + 100),
    ],
)
def test_every_basis_counts_what_is_on_a_register_without_having_been_presented_there(basis, province, city, county):
    counted = ledger(EVENTS | ELSEWHERE)
    assert pyramid(counted, basis) == (province, city, county)
    nation = petitions(ledger(EVENTS), "nation", basis)
    assert petitions(counted, "nation", basis) == nation > 0
    assert petitions(counted, "total", basis) == province + city + county + nation
    for level in (*PETITION_LEVELS, "total"):
        assert presented(counted, level, basis) == presented(ledger(EVENTS), level, basis)


def test_records_from_elsewhere_are_shares_of_all_and_complete_no_register():
    with_them, without = measure_all(ledger(EVENTS | ELSEWHERE)), measure_all(ledger(EVENTS))
    assert with_them["pushed_down_share"] == pytest.approx(15 / 670)
    assert with_them["recorded_twice_share"] == pytest.approx(45 / 670)
    assert without["pushed_down_share"] == without["recorded_twice_share"] == 0
    for level in ("county", "city", "total"):
        assert with_them[f"registered_share_{level}"] == without[f"registered_share_{level}"] > 0
    assert with_them["repeat_share"] == pytest.approx((140 + 13) / 670)


def test_every_record_from_elsewhere_is_counted_once():
    names = [
        f"{repeat}{what}_{channel}_{level}"
        for repeat in ("", "repeat_")
        for what, levels in (("pushed_down", ["county"]), ("recorded_twice", ["county", "city", "province"]))
        for level in levels
        for channel in CHANNELS
    ]
    assert len(names) == 24
    assert [petitions(ledger({name: 1}), "total") for name in names] == [1] * 24
    assert petitions(ledger(dict.fromkeys(names, 1)), "total", CountingBasis("visit", repeats=False)) == 4


def test_skipping_levels_is_told_per_first_presentation():
    counted = ledger(EVENTS | {"skip_level_city": 30, "skip_level_province": 45})
    assert measure_all(counted)["skip_level_share"] == pytest.approx(75 / 750)


def test_few_petitions_are_never_called_better():
    counts = [name for name in MEASURES if name.startswith(("petitions_", "visits_", "first_time_", "presented_"))]
    assert len(counts) > 20
    assert {MEASURES[name].better for name in counts} == {"none"}


def test_ratios_are_of_city_and_county_to_the_province_on_every_basis():
    ratios = {name for name in MEASURES if name.endswith("_to_province")}
    assert ratios == {f"{prefix}ratio_{level}_to_province" for prefix in PREFIXES for level in ("city", "county")}


def test_a_measure_of_a_level_says_which():
    places = {"county": "at the county", "city": "at the city", "province": "at the province", "nation": "capital"}
    for level, place in places.items():
        for name in ("presented", "registered_share", "accepted", "not_accepted", "acceptance_share", "petitions"):
            assert place in MEASURES[f"{name}_{level}"].meaning
