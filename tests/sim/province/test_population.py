"""How residents and households are distributed, by hand."""

from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.province import population, read_tables
from sim.province.kinds import Setting, TownshipKind
from sim.province.population import distribute, households, residents, weights
from sim.province.spread import Purpose, lognormal
from tests.sim.province.made import write

A, B = 910102100, 910103100
"""Townships of two counties of the city 9101; a village is one of them and three digits."""


def people_of(folder: Path, weight: list[int], *rows: dict[str, object]) -> list[int]:
    return residents(read_tables(write(folder, *rows), "mine"), np.array(weight, np.int64)).tolist()


def village(township: int, last: int, **more: object) -> dict[str, object]:
    return {"code": f"{township}{last:03}", **more}


def community(township: int, last: int) -> dict[str, object]:
    return village(township, last, setting="community")


@pytest.mark.parametrize(
    ("total", "shares", "expected"),
    [
        (160, [1, 1, 1], [54, 53, 53]),  # floor 50, the tie goes to the earlier row
        (250, [1, 3], [50 + 38, 50 + 112]),  # 150 · ¼ = 37.5: equal remainders, the earlier row
        (1150, [1, 2, 4], [50 + 143, 50 + 286, 50 + 571]),  # 142.86, 285.71, 571.43
        (100, [1, 9], [50, 50]),  # exactly the floor
        (99, [1, 9], [49, 50]),  # floor 49, the one left has weight .1 and .9
        (5, [7, 1, 1], [3, 1, 1]),  # floor 1, rest 2 by 1.556, .222, .222
        (3, [5, 1, 1], [1, 1, 1]),
    ],
)
def test_distribute_by_hand(total: int, shares: list[int], expected: list[int]) -> None:
    assert distribute(total, np.array(shares, dtype=np.int64)).tolist() == expected


def test_distribute_never_overflows() -> None:
    shares = np.array([30 * 65_536, 3000 * 65_536], dtype=np.int64)
    given = distribute(2_000_000_000, shares)
    assert given.sum() == 2_000_000_000
    assert given[1] / given[0] == pytest.approx(100, rel=1e-4)


def test_weights_by_hand() -> None:
    codes = np.array([910102001001, 910102001001, 910102001001, 910102001001])
    setting = np.array([Setting.VILLAGE, Setting.VILLAGE, Setting.OTHER, Setting.OTHER])
    kind = np.array([TownshipKind.TOWN] * 4)
    seat = np.array([False, True, False, True])
    plain, in_seat, other, other_in_seat = weights(codes, setting, kind, seat).tolist()
    factor = float(lognormal(codes[:1], Purpose.POPULATION, 0.45)[0])
    assert plain == round(65_536 * factor)
    assert in_seat == round(65_536 * factor * 1.3)
    assert other_in_seat == other < plain


def test_the_total_of_a_city_goes_to_its_villages_by_weight(tmp_path: Path) -> None:
    # Each has 50 first; 900 are left, 1 : 3.
    found = people_of(tmp_path, [1, 3], {"code": 9101, "population": 1000}, village(A, 200), village(A, 201))
    assert found == [50 + 225, 50 + 675]


def test_a_county_has_its_own_total_and_the_city_the_rest(tmp_path: Path) -> None:
    city, county = {"code": 9101, "population": 1000}, {"code": 910102, "population": 300}
    assert people_of(tmp_path, [1, 1, 9], city, county, village(A, 200), village(A, 201), village(B, 200)) == [
        150,
        150,
        700,
    ]


def test_totals_of_every_level_are_met_at_once(tmp_path: Path) -> None:
    rows = (
        {"code": 9101, "population": 2000},
        {"code": 910102, "population": 1200},
        {"code": A, "population": 700},
        village(A, 200, population=123),
        village(A, 201),
        village(A, 202),
        village(A + 1, 200),
        village(B, 200),
    )
    # 700 − 123 = 577: floors of 50, 477 by 1 : 2 is 159 : 318; 1200 − 700; 2000 − 1200.
    assert people_of(tmp_path, [7, 1, 2, 7, 7], *rows) == [123, 50 + 159, 50 + 318, 500, 800]


def test_a_province_may_state_villages_alone(tmp_path: Path) -> None:
    assert people_of(tmp_path, [1, 1], village(A, 200, population=7), village(B, 200, population=1)) == [7, 1]


def test_an_urban_share_is_met_by_communities(tmp_path: Path) -> None:
    city = {"code": 9101, "population": 1000, "urban_share": 0.6}
    assert people_of(tmp_path, [7, 1, 1], city, community(A, 1), village(A, 200), village(A, 201)) == [600, 200, 200]


def test_without_an_urban_share_weights_alone_decide(tmp_path: Path) -> None:
    city = {"code": 9101, "population": 1000}
    assert people_of(tmp_path, [8, 1], city, community(A, 1), village(A, 200)) == [50 + 800, 50 + 100]


def test_a_countys_urban_share_leaves_the_rest_of_the_citys(tmp_path: Path) -> None:
    rows = (
        {"code": 9101, "population": 1000, "urban_share": 0.5},
        {"code": 910102, "population": 400, "urban_share": 0.25},
        community(A, 1),
        village(A, 200),
        community(B, 1),
        village(B, 200),
    )
    assert people_of(tmp_path, [1, 1, 1, 1], *rows) == [100, 300, 400, 200]


def test_an_urban_share_above_several_totals_is_shared_by_weights(tmp_path: Path) -> None:
    rows = (
        {"code": 9101, "population": 1000, "urban_share": 0.5},
        {"code": 910102, "population": 400},
        {"code": 910103, "population": 600},
        community(A, 1),
        village(A, 200),
        community(B, 1),
        village(B, 200),
    )
    # One factor on both communities: 400 f/(f + 1) + 600 f/(f + 1) = 500 for f = 1.
    assert people_of(tmp_path, [1, 1, 1, 1], *rows) == [200, 200, 300, 300]
    # Weights 3 : 1 and 1 : 1: 400 · 3f/(3f + 1) + 600 · f/(f + 1) = 500, that is 1500f² − 200f − 500 = 0, f = .648.
    found = people_of(tmp_path, [3, 1, 1, 1], *rows)
    factor = (200 + np.sqrt(200**2 + 4 * 1500 * 500)) / 3000
    assert found[0] == round(400 * 3 * factor / (3 * factor + 1)) == 264
    assert found[0] + found[2] == 500 and found[0] + found[1] == 400 and found[2] + found[3] == 600


def test_a_county_without_communities_leaves_the_urban_share_to_the_others(tmp_path: Path) -> None:
    rows = (
        {"code": 9101, "population": 1000, "urban_share": 0.5},
        {"code": 910102, "population": 400},
        {"code": 910103, "population": 600},
        village(A, 200),
        community(B, 1),
        village(B, 200),
    )
    assert people_of(tmp_path, [1, 1, 1], *rows) == [400, 500, 100]


@pytest.mark.parametrize(
    ("share", "rows", "expected"),
    [
        (0.5, (village(A, 200), village(A, 201)), [500, 500]),  # no community: none is urban
        (0.5, (community(A, 1), community(A, 2)), [500, 500]),  # nothing else: all are
        (1, (community(A, 1), village(A, 200), village(A, 201)), [998, 1, 1]),  # every village has one resident
        (0, (community(A, 1), village(A, 200)), [1, 999]),
    ],
)
def test_an_urban_share_is_missed_by_as_little_as_villages_allow(tmp_path: Path, share, rows, expected) -> None:
    city = {"code": 9101, "population": 1000, "urban_share": share}
    assert people_of(tmp_path, [1] * len(rows), city, *rows) == expected


DISAGREEMENTS = {
    "counties above the city": (
        (
            {"code": 9101, "population": 1000},
            {"code": 910102, "population": 400},
            {"code": 910103, "population": 700},
            village(A, 200),
            village(B, 200),
        ),
        "cities.csv: row 2: population '1000': rows below it sum to 1,100; totals of two levels must agree",
    ),
    "counties below the city": (
        (
            {"code": 9101, "population": 1000},
            {"code": 910102, "population": 400},
            {"code": 910103, "population": 500},
            village(A, 200),
            village(B, 200),
        ),
        "cities.csv: row 2: population '1000': rows below it sum to 900; totals of two levels must agree",
    ),
    "townships above the county": (
        ({"code": 910102, "population": 10}, {"code": A, "population": 12}, village(A, 200)),
        "counties.csv: row 2: population '10': rows below it sum to 12; totals of two levels must agree",
    ),
    "nothing left for villages without a figure": (
        (
            {"code": 9101, "population": 1000},
            village(A, 200, population=999),
            village(A, 201),
            village(A, 202),
        ),
        "cities.csv: row 2: population '1000': rows below it sum to 999, which leaves 1 residents for 2 villages whose "
        "rows give none; each needs one",
    ),
    "fewer residents than villages": (
        ({"code": 9101, "population": 2}, village(A, 200), village(A, 201), village(A, 202)),
        "cities.csv: row 2: population '2': it has 3 villages, so at least 3 residents are needed",
    ),
    "no residents anywhere": (
        (village(A, 200),),
        "cities.csv: row 2: code '9101': needs a population, here or in every row below it",
    ),
    "a city without residents": (
        ({"code": 9101, "population": 5}, village(A, 200), {"code": "910201100200"}),
        "cities.csv: row 3: population missing: needs a population, here or in every row below it",
    ),
    "urban shares of counties above the city's": (
        (
            {"code": 9101, "population": 1000, "urban_share": 0.2},
            {"code": 910102, "population": 400, "urban_share": 0.75},
            community(A, 1),
            village(A, 200),
            community(B, 1),
            village(B, 200),
        ),
        "cities.csv: row 2: urban_share '0.2': means 200 urban residents, but rows below it state 300 and leave 600 "
        "residents",
    ),
    "urban shares of counties too low": (
        (
            {"code": 9101, "population": 1000, "urban_share": 0.9},
            {"code": 910102, "population": 400, "urban_share": 0.25},
            community(A, 1),
            village(A, 200),
            community(B, 1),
            village(B, 200),
        ),
        "cities.csv: row 2: urban_share '0.9': means 900 urban residents, but rows below it state 100 and leave 600 "
        "residents",
    ),
    "urban shares of all counties and another of the city": (
        (
            {"code": 9101, "population": 400, "urban_share": 0.5},
            {"code": 910102, "population": 400, "urban_share": 0.25},
            community(A, 1),
            village(A, 200),
        ),
        "cities.csv: row 2: urban_share '0.5': means 200 urban residents, but rows below it state 100; where all of "
        "them state a share, leave this one empty",
    ),
}


@pytest.mark.parametrize(("rows", "message"), DISAGREEMENTS.values(), ids=DISAGREEMENTS)
def test_figures_that_disagree_are_refused(tmp_path: Path, rows, message: str) -> None:
    with pytest.raises(InputError) as caught:
        people_of(tmp_path, [1] * sum(len(str(row["code"])) == 12 for row in rows), *rows)
    assert str(caught.value) == f"{tmp_path}/{message}"


def households_of(folder: Path, people: list[int], *rows: dict[str, object]) -> list[int]:
    return households(read_tables(write(folder, *rows), "mine"), np.array(people, np.int64)).tolist()


def test_households_without_a_size_are_of_an_assumed_one(tmp_path: Path) -> None:
    assert population.HOUSEHOLD_SIZE == 2.85
    rows = [village(A, 200 + n) for n in range(3)]
    assert households_of(tmp_path, [1, 285, 1000], {"code": 9101, "population": 9}, *rows) == [1, 100, 351]


def test_households_by_a_countys_size_sum_to_its_residents_over_it(tmp_path: Path) -> None:
    rows = (
        {"code": 910102, "household_size": 3},
        {"code": 9101, "household_size": 2},
        *(village(A, n) for n in (1, 2)),
    )
    # 300 / 3 = 100 households; one each, then 98 by 200 : 100 is 65.33 : 32.67, the one left to the larger remainder.
    found = households_of(tmp_path, [200, 100, 10], *rows, village(B, 200))
    assert found == [66, 34, 5]


def test_no_village_has_more_households_than_residents(tmp_path: Path) -> None:
    rows = ({"code": 9101, "household_size": 1}, village(A, 1), village(A, 2))
    assert households_of(tmp_path, [1, 999], *rows) == [1, 998]  # 1 + .998 would be 2 for the first
