"""The province built from Gansu's tables, selections of it, and the tiny province."""

import numpy as np
import pytest

from sim.errors import InputError
from sim.province import Setting, TownshipKind, load_province

HOURS = ("hours_township", "hours_county", "hours_city", "hours_province", "hours_nation")


@pytest.fixture(scope="module")
def gansu():
    return load_province("gansu")


def test_numbers_of_places(gansu) -> None:
    assert [len(table) for table in (gansu.cities, gansu.counties, gansu.townships, gansu.villages)] == [
        14,
        88,
        1_403,
        17_718,
    ]
    assert np.bincount(gansu.villages["setting"]).tolist() == [15_513, 2_098, 107]
    assert np.bincount(gansu.townships["kind"]).tolist() == [1_230, 131, 42]
    assert gansu.region_types == ("capital", "ethnic", "hexi", "other")
    assert np.bincount(gansu.cities["region_type"]).tolist() == [1, 2, 5, 6]
    assert gansu.cities["code"][gansu.cities["pilot_batch"] == 2].tolist() == [6204, 6210, 6211, 6229]
    assert gansu.cities["counties"].tolist() == [9, 1, 2, 5, 7, 4, 6, 7, 7, 8, 7, 9, 8, 8]


def test_names(gansu) -> None:
    assert gansu.city_names_zh[0] == "兰州市"
    assert gansu.city_names_en[-1] == "Gannan"
    assert gansu.county_names_zh[0] == "城关区"
    assert gansu.township_names_zh[0] == "酒泉路街道"


@pytest.mark.parametrize(("source", "places"), [("gansu", ()), ("tiny", ()), ("gansu", (6205, 620102, 620171))])
def test_children_are_contiguous_and_residents_numbered_through(source: str, places: tuple[int, ...]) -> None:
    province = load_province(source, places)
    levels = {
        "city": province.cities,
        "county": province.counties,
        "township": province.townships,
        "village": province.villages,
    }
    for table in levels.values():
        assert (np.diff(table["code"]) > 0).all()
    children = {"county": "counties", "township": "townships", "village": "villages"}
    names = list(levels)
    for above_index, above in enumerate(names):
        for below in names[above_index + 1 :]:
            first, number = levels[above][f"first_{below}"], levels[above][children[below]]
            assert (number > 0).all()
            assert first.tolist() == [0, *np.cumsum(number)[:-1].tolist()]
            assert number.sum() == len(levels[below])
            assert levels[below][above].tolist() == np.repeat(np.arange(len(first)), number).tolist()
    for above in names[:-1]:
        sums = np.bincount(province.villages[above], weights=province.villages["population"])
        assert levels[above]["population"].tolist() == sums.tolist()
    ends = np.cumsum(province.villages["population"])
    assert province.villages["first_resident"].tolist() == [0, *ends[:-1].tolist()]
    first_villages = province.cities["first_village"]
    assert (province.cities["first_resident"] == province.villages["first_resident"][first_villages]).all()
    assert province.population == ends[-1]
    assert (province.villages["region_type"] == province.cities["region_type"][province.villages["city"]]).all()


def test_sizes_of_villages_are_plausible(gansu) -> None:
    population, setting = gansu.villages["population"], gansu.villages["setting"]
    assert population.min() >= 1
    assert population.max() < 60_000
    medians = [np.median(population[setting == each]) for each in Setting]
    assert 500 < medians[Setting.VILLAGE] < 900
    assert 4_000 < medians[Setting.COMMUNITY] < 7_000
    assert 100 < medians[Setting.OTHER] < 400
    assert 2.6 < gansu.population / gansu.villages["households"].sum() < 2.9


def test_jiayuguan_has_no_county_tier(gansu) -> None:
    without = gansu.cities[~gansu.cities["county_tier"]]
    assert without["code"].tolist() == [6202]
    county = gansu.counties[without["first_county"][0]]
    assert county["code"] == 620201
    assert county["population"] == without["population"][0] == 312_663
    assert (county["townships"], county["villages"]) == (5, 48)
    of_it = gansu.villages[gansu.villages["city"] == 1]
    assert (of_it["hours_city"] == of_it["hours_county"]).all()


def test_a_real_county_ending_in_01_is_no_substitute(gansu) -> None:
    linxia = gansu.cities[gansu.cities["code"] == 6229][0]
    assert gansu.counties["code"][linxia["first_county"]] == 622901
    assert linxia["county_tier"]
    assert load_province("gansu", (622901,)).cities["county_tier"].tolist() == [True]
    assert load_province("gansu", (620201,)).cities["county_tier"].tolist() == [False]


def test_lanzhou_new_area_is_a_county(gansu) -> None:
    row = gansu.counties["code"].tolist().index(620171)
    assert gansu.county_names_zh[row] == "兰州新区"
    assert gansu.counties["city"][row] == 0
    assert gansu.counties["townships"][row] == 4
    assert gansu.cities["county_tier"][0]


def test_parks_and_farms_are_other_and_small(gansu) -> None:
    kinds = dict(zip(gansu.townships["code"].tolist(), gansu.townships["kind"].tolist(), strict=True))
    assert kinds[620102400] == TownshipKind.OTHER  # a development zone
    assert kinds[620102001] == TownshipKind.SUBDISTRICT
    assert kinds[620171101] == TownshipKind.TOWN
    other = gansu.villages["setting"] == Setting.OTHER
    assert gansu.villages["population"][other].sum() < 0.005 * gansu.population


@pytest.mark.parametrize("places", [(6202,), (620502, 620503), (6230, 620171), (6205, 620502), (622901, 6229)])
def test_a_selection_changes_nothing_in_what_it_keeps(gansu, places: tuple[int, ...]) -> None:
    part = load_province("gansu", places)
    cities, counties = gansu.cities["code"], gansu.counties["code"]
    chosen = np.isin(cities[gansu.villages["city"]], places) | np.isin(counties[gansu.villages["county"]], places)
    assert part.places == tuple(sorted(places))
    same = ("code", "setting", "region_type", "population", "households", *HOURS)
    for column in same:
        assert (part.villages[column] == gansu.villages[column][chosen]).all(), column
    for level, table, whole in (
        ("county", part.counties, gansu.counties),
        ("township", part.townships, gansu.townships),
    ):
        kept = np.unique(gansu.villages[level][chosen])
        assert (table["code"] == whole["code"][kept]).all()
        assert (table["population"] == whole["population"][kept]).all()
    assert part.county_names_zh == tuple(
        name
        for row, name in enumerate(gansu.county_names_zh)
        if counties[row] in places or cities[gansu.counties["city"][row]] in places
    )
    assert len(part.township_names_zh) == len(part.townships)
    assert len(part.city_names_zh) == len(part.city_names_en) == len(part.cities)


def test_one_county_of_a_city(gansu) -> None:
    part = load_province("gansu", (620502,))
    assert part.cities["code"].tolist() == [6205]
    assert part.cities["counties"].tolist() == [1]
    assert part.cities["population"].tolist() == part.counties["population"].tolist() == [part.population]
    assert part.population < gansu.cities["population"][4]


def test_order_and_repeats_of_places_do_not_matter() -> None:
    one = load_province("gansu", [620503, 620502, 620503])
    assert one is load_province("gansu", (620502, 620503))


def test_provinces_are_shared_and_read_only(gansu) -> None:
    assert load_province("gansu") is gansu
    for table in (gansu.cities, gansu.counties, gansu.townships, gansu.villages):
        with pytest.raises(ValueError, match="read-only"):
            table["code"][0] = 1


def test_fingerprint_tells_provinces_apart(gansu, replace) -> None:
    prints = {
        gansu.fingerprint,
        load_province("gansu", (6202,)).fingerprint,
        load_province("tiny").fingerprint,
        load_province(replace("townships.csv", "石桥镇", "石桥乡")).fingerprint,
    }
    assert len(prints) == 4
    assert all(len(each) == 64 for each in prints)


def test_tiny_province() -> None:
    tiny = load_province("tiny")
    assert tiny.cities["population"].tolist() == [8_000, 4_000]
    assert tiny.cities["region_type"].tolist() == [0, 1]
    assert tiny.region_types == ("capital", "hexi")
    assert tiny.cities["county_tier"].tolist() == [True, False]
    assert tiny.townships["kind"].tolist() == [1, 0, 0, 2, 1, 0]
    assert (len(tiny.counties), len(tiny.townships), len(tiny.villages)) == (3, 6, 18)


@pytest.mark.parametrize(
    ("place", "near"),
    [
        (6299, "6210 庆阳市, 6211 定西市, 6212 陇南市, 6229 临夏回族自治州, 6230 甘南藏族自治州"),
        (620599, "620521 清水县, 620522 秦安县, 620523 甘谷县, 620524 武山县, 620525 张家川回族自治县"),
        (62, "6201 兰州市, 6202 嘉峪关市, 6203 金昌市, 6204 白银市, 6205 天水市"),
    ],
)
def test_unknown_place_names_near_ones(place: int, near: str) -> None:
    with pytest.raises(InputError) as caught:
        load_province("gansu", (6201, place))
    message = str(caught.value)
    start = f"places {place}: no such city (4 digits) or county (6 digits) in province 'gansu'; near ones: "
    assert message == start + near


@pytest.mark.parametrize("places", ["6205", ("6205",), (True,), (6205.0,), 6205])
def test_places_must_be_whole_numbers(places) -> None:
    with pytest.raises(InputError, match=r"^places .*must be a"):
        load_province("gansu", places)
