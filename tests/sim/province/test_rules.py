"""The synthetic rules against hand computation."""

import numpy as np
import pytest

from sim.province import travel
from sim.province.population import distribute, households, weights
from sim.province.province import RegionType, Setting, TownshipKind
from sim.province.spread import Purpose, lognormal, near_normal, splitmix64


def test_splitmix64_known_answers() -> None:
    # First outputs of Vigna's reference generator from the state 1234567: the k-th output is the mix of
    # the state plus (k − 1) times the golden gamma.
    gamma = 0x9E3779B97F4A7C15
    states = np.array([(1234567 + k * gamma) % 2**64 for k in range(5)], dtype=np.uint64)
    assert splitmix64(states).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_near_normal_has_mean_0_variance_1_and_bounds() -> None:
    draws = near_normal(np.arange(620_000_000_000, 620_000_100_000), Purpose.POPULATION)
    # 100,000 draws, kurtosis 2.7: standard errors .0032 (mean), √(1.7 / 100,000) = .0041 (variance).
    assert abs(draws.mean()) < 4 * 0.0032
    assert abs(draws.var() - 1) < 4 * 0.0041
    assert abs((draws**4).mean() - 2.7) < 0.1
    assert np.abs(draws).max() < 2 * np.sqrt(3)


def test_purposes_are_independent() -> None:
    codes = np.arange(620_000_000_000, 620_000_100_000)
    one, other = (near_normal(codes, purpose) for purpose in (Purpose.POPULATION, Purpose.HOURS_TOWNSHIP))
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(100_000)


def test_lognormal_has_mean_1() -> None:
    factors = lognormal(np.arange(1, 100_001), Purpose.HOURS_COUNTY, 0.5)
    assert factors.mean() == pytest.approx(1.0, abs=0.01)  # the bounded tails cost less than half a per cent
    assert lognormal(np.array([1, 7, 9]), Purpose.HOURS_COUNTY, 0.0).tolist() == [1.0, 1.0, 1.0]


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


def test_households_by_hand() -> None:
    assert households(np.array([1, 285, 1000])).tolist() == [1, 100, 351]


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


def test_outward_by_hand() -> None:
    rank, siblings = np.array([0, 1, 2, 3, 0, 0, 1]), np.array([4, 4, 4, 4, 1, 2, 2])
    hours = travel.outward(rank, siblings, travel.Leg(seat=0.15, nearest=0.4, farthest=1.2))
    assert hours.tolist() == pytest.approx([0.15, 0.4, 0.8, 1.2, 0.15, 0.15, 0.4])


def test_a_county_that_stands_for_its_city_has_no_way_to_it() -> None:
    legs = travel.county_leg(
        np.array([910102, 910201]),
        np.array([0, 0]),
        np.array([2, 1]),
        np.array([RegionType.CAPITAL, RegionType.HEXI]),
        np.array([True, False]),
    )
    factor = float(lognormal(np.array([910102]), Purpose.HOURS_CITY, 0.2)[0])
    assert legs.tolist() == pytest.approx([0.15 * 0.8 * factor, 0.0])
