"""Hours on the way, by hand."""

from pathlib import Path

import numpy as np
import pytest

from sim.province import Terrain, read_tables, travel
from sim.province.spread import Purpose, lognormal, uniform
from sim.province.travel import Travel, kilometres
from sim.province.ways import hours_of, ranks
from tests.sim.province.made import write

DEGREE = np.pi * 6371.0088 / 180
"""Kilometres of a degree of latitude: 111.195."""

CITY, NEAR, FAR = {"code": 9101, "population": 1000}, {"code": 910102}, {"code": 910103}
VILLAGES = ({"code": 910102001001}, {"code": 910103001001})


def at(latitude: float, longitude: float) -> dict[str, float]:
    return {"latitude": latitude, "longitude": longitude}


def legs_of(folder: Path, *rows: dict[str, object], yaml: str = "") -> dict[str, list[float]]:
    """Hours of each leg by village."""
    hours = hours_of(read_tables(write(folder, *rows, yaml=yaml), "mine"))
    total, legs = 0.0, {}
    for level, way in hours.items():
        legs[level.removeprefix("hours_")] = (way - total).tolist()
        total = way
    return legs


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (0, 1), DEGREE),
        ((10, 25), (11, 25), DEGREE),
        ((0, 0), (0, 180), 180 * DEGREE),
        ((90, 0), (-90, 77), 180 * DEGREE),
        ((60, 0), (60, 180), 60 * DEGREE),  # over the pole
        ((39.9042, 116.4074), (31.2304, 121.4737), 1067.3),  # Beijing, Shanghai: 1,067 km
    ],
)
def test_great_circles(one: tuple[float, float], other: tuple[float, float], expected: float) -> None:
    found = kilometres(*(np.array([each], float) for each in (*one, *other)))
    assert found.tolist() == pytest.approx([expected], abs=0.5)


@pytest.mark.parametrize(
    ("terrain", "hours"),
    [
        ("plain", 0.15 + 1.25 * DEGREE / 60),
        ("hills", 0.15 + 1.35 * DEGREE / 50),
        ("mountains", 0.15 + 1.5 * DEGREE / 40),
    ],
)
def test_a_degree_from_county_to_city_by_terrain(tmp_path: Path, terrain: str, hours: float) -> None:
    city, near = {**CITY, **at(36, 104)}, {**NEAR, **at(36, 104)}
    rows = (city, near, {**FAR, **at(37, 104)}, *VILLAGES)
    assert legs_of(tmp_path / "hills", *rows)["city"] == pytest.approx([0.15, 0.15 + 1.35 * DEGREE / 50])
    of_city = legs_of(tmp_path / "city", {**city, "terrain": terrain}, *rows[1:])
    assert of_city["city"] == pytest.approx([0.15, hours])
    of_county = legs_of(tmp_path / "county", city, near, {**FAR, **at(37, 104), "terrain": terrain}, *VILLAGES)
    assert of_county["city"] == pytest.approx([0.15, hours])


def test_stated_hours_win(tmp_path: Path) -> None:
    rows = (
        {**CITY, **at(36, 104), "hours": 4},
        {**NEAR, **at(36, 104), "hours": 1.5},
        {**FAR, **at(37, 104)},
        {"code": 910102001, "hours": 0.7},
        {"code": 910102001001, "hours": 0.2},
        {"code": 910103001001},
    )
    legs = legs_of(tmp_path, *rows, yaml="hours_to_nation: 3.5\n")
    assert [legs[level][0] for level in legs] == pytest.approx([0.2, 0.7, 1.5, 4, 3.5])
    assert legs["city"][1] == pytest.approx(0.15 + 1.35 * DEGREE / 50)


def test_a_province_may_have_its_own_speeds(tmp_path: Path) -> None:
    rows = ({**CITY, **at(36, 104)}, {**NEAR, **at(36, 104)}, {**FAR, **at(37, 104)}, *VILLAGES)
    own = "travel: {access: 1, detour: [2, 2, 2], regional_speed: [10, 100, 10]}\n"
    assert legs_of(tmp_path, *rows, yaml=own)["city"] == pytest.approx([1, 1 + 2 * DEGREE / 100])


def test_cities_reach_the_capital_over_long_roads(tmp_path: Path) -> None:
    rows = ({**CITY, **at(36, 104)}, {"code": 9102, "population": 5, **at(38, 104)})
    villages = ({"code": 910102001001}, {"code": 910202001001})
    legs = legs_of(tmp_path, *rows, *villages, yaml="capital: 9102\n")
    assert legs["province"] == pytest.approx([0.15 + 1.35 * 2 * DEGREE / 85, 0.15])


def test_villages_and_townships_without_a_place_lie_in_a_disc_around_the_seat(tmp_path: Path) -> None:
    # The two county seats are a degree apart: radii of half of it, held to 55.6 < 60 km.
    rows = (
        {**CITY, **at(36, 104)},
        {**NEAR, **at(36, 104)},
        {**FAR, **at(37, 104)},
        {"code": 910102001001, "setting": "community"},
        {"code": 910102002200},
        {"code": 910103001001},
    )
    legs = legs_of(tmp_path, *rows)
    codes = np.array([910102001001, 910102002200, 910103001001])
    u_village = uniform(codes, Purpose.PLACE_OF_VILLAGE)
    u_township = uniform(np.array([910102002]), Purpose.PLACE_OF_TOWNSHIP)[0]
    radius = DEGREE / 2
    slow = 1.35 / 32
    expected = [0.5 * radius / 2**0.5, radius / 2**0.5, radius] * np.sqrt(u_village)  # two townships share the first
    assert legs["township"] == pytest.approx((0.15 + slow * expected).tolist())
    assert legs["county"] == pytest.approx([0.15, 0.15 + slow * radius * np.sqrt(u_township), 0.15])


def test_a_township_with_a_place_is_as_far_as_it_is(tmp_path: Path) -> None:
    rows = (
        {**CITY, **at(36, 104)},
        {**NEAR, **at(36, 104)},
        {"code": 910102001, **at(36.2, 104)},
        {"code": 910102001001},
    )
    assert legs_of(tmp_path, *rows)["county"] == pytest.approx([0.15 + 0.2 * DEGREE * 1.35 / 32])


def test_without_coordinates_hours_go_by_the_order_of_codes(tmp_path: Path) -> None:
    rows = (
        {**CITY, "terrain": "mountains"},
        {"code": 9102, "population": 5},
        {"code": 9103, "population": 5},
        *({"code": f"{county}001001"} for county in (910102, 910103, 910104, 910105, 910202, 910302)),
    )
    legs = legs_of(tmp_path, *rows, yaml="capital: 9102\n")
    counties = np.array([910102, 910103, 910104, 910105])
    medians = np.array([0.15, 0.6, 1.3, 2.0])  # the seat's, then evenly from the next to the last
    factor = 1.3 * lognormal(counties, Purpose.HOURS_CITY, 0.2)
    assert legs["city"][:4] == pytest.approx((medians * factor).tolist())
    factor = lognormal(np.array([9101, 9102, 9103]), Purpose.HOURS_PROVINCE, 0.25) * [1.3, 1, 1]
    assert legs["province"] == pytest.approx(
        [*[2.5 * factor[0]] * 4, 0.3 * factor[1], 4.5 * factor[2]]
    )  # the capital's city first
    village = lognormal(np.array([910102001001]), Purpose.HOURS_TOWNSHIP, 0.3)[0]
    assert legs["township"][0] == pytest.approx(0.4 * 1.3 * village)
    assert legs["nation"] == pytest.approx([8.0] * 6)


def test_a_level_that_is_missing_has_no_way(tmp_path: Path) -> None:
    rows = (
        {**CITY, **at(36, 104), "county_tier": "no"},  # 910101 stands for it
        {"code": 9102, "population": 5, "city_tier": "no"},
        {"code": 910101, **at(36, 104)},
        {"code": 910202, **at(37, 104)},
        {"code": 910101001001},
        {"code": 910202001001},
    )
    legs = legs_of(tmp_path, *rows)
    assert legs["city"] == [0, 0]
    assert legs["province"] == pytest.approx([0.15, 0.15 + 1.35 * DEGREE / 85])  # straight from the county seat


def test_a_municipality_has_its_capital_in_a_county(tmp_path: Path) -> None:
    rows = (
        {**CITY, "city_tier": "no"},
        {**NEAR, **at(36, 104)},
        {**FAR, **at(37, 104)},
        *VILLAGES,
    )
    whole = 0.15 + 1.35 * DEGREE / 85
    assert legs_of(tmp_path / "stated", *rows, yaml="capital: 910103\n")["province"] == pytest.approx([whole, 0.15])
    assert legs_of(tmp_path / "first", *rows)["province"] == pytest.approx([0.15, whole])


def test_outward_by_hand() -> None:
    rank, siblings = np.array([0, 1, 2, 3, 0, 0, 1]), np.array([4, 4, 4, 4, 1, 2, 2])
    hours = travel.outward(rank, siblings, travel.Leg(seat=0.15, nearest=0.4, farthest=1.2))
    assert hours.tolist() == pytest.approx([0.15, 0.4, 0.8, 1.2, 0.15, 0.15, 0.4])


def test_ranks_are_places_among_siblings() -> None:
    rank, siblings = ranks(np.array([0, 0, 0, 1, 2, 2]))
    assert (rank.tolist(), siblings.tolist()) == ([0, 1, 2, 0, 0, 1], [3, 3, 3, 1, 2, 2])


def test_radii_are_half_the_way_to_the_nearest_other_seat_within_bounds() -> None:
    latitude, longitude = np.array([36, 36.5, 40, 40.01, 36, np.nan]), np.array([104.0] * 5 + [np.nan])
    # 55.6 km apart; 1.1 km, less than the least; the fifth lies where the first does, and its neighbour is the second.
    expected = [DEGREE / 4, DEGREE / 4, 3, 3, DEGREE / 4]
    found = travel.radii(latitude, longitude).tolist()
    assert found[:5] == pytest.approx(expected) and np.isnan(found[5])
    assert travel.radii(np.array([36.0, 40.0]), np.array([104.0, 104.0])).tolist() == [60, 60]


def test_half_of_the_places_in_a_disc_lie_beyond_seven_tenths_of_its_radius() -> None:
    away = travel.within_disc(np.arange(1, 100_001), Purpose.PLACE_OF_VILLAGE, np.float64(10))
    assert away.max() < 10
    assert abs((away > 10 / 2**0.5).mean() - 0.5) < 4 * 0.5 / np.sqrt(100_000)


def test_assumed_values_lie_within_their_ranges() -> None:
    for name, (least, most) in Travel.RANGES.items():
        value = getattr(Travel(), name)
        assert all(least <= each <= most for each in (value if isinstance(value, tuple) else (value,))), name
    assert [travel.TERRAIN_FACTOR[each] for each in Terrain] == [0.8, 1.0, 1.3]
