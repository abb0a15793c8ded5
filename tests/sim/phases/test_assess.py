"""The year-end assessment: grades by quota, vetoes, scores, and what competition does."""

from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.government import EXCELLENT, GOOD, QUALIFIED, UNGRADED, Government
from sim.ledger import DISPUTE_KINDS, EVENTS, event
from sim.phases.assess import _standard, adjust, grades, residuals, score, vetoed
from sim.phases.compete import density_at_cut
from sim.policy import REWARD
from sim.regime import REGIME

EXCELLENT_CITIES, EXCELLENT_UNITS, QUALIFIED_UNITS = 6 / 14, 38 / 190, 10 / 190


def nobody(units: int) -> np.ndarray:
    return np.zeros(units, bool)


@pytest.mark.parametrize(
    ("units", "excellent", "qualified", "numbers"),
    [
        (14, EXCELLENT_CITIES, 0.0, (6, 8, 0)),
        (190, EXCELLENT_UNITS, QUALIFIED_UNITS, (38, 142, 10)),
        (86, EXCELLENT_UNITS, QUALIFIED_UNITS, (17, 64, 5)),  # 17.2 and 4.53
        (3, EXCELLENT_UNITS, QUALIFIED_UNITS, (1, 2, 0)),  # 0.6 and 0.16
        (1, EXCELLENT_CITIES, 0.0, (0, 1, 0)),  # 0.43
    ],
)
def test_quotas(units: int, excellent: float, qualified: float, numbers: tuple[int, int, int]) -> None:
    scores = np.random.default_rng(2).normal(size=units)
    given = grades(scores, excellent, qualified, nobody(units))
    assert tuple(int((given == grade).sum()) for grade in (EXCELLENT, GOOD, QUALIFIED)) == numbers
    for better, worse in ((EXCELLENT, GOOD), (GOOD, QUALIFIED)):
        if (given == better).any() and (given == worse).any():
            assert scores[given == better].min() > scores[given == worse].max()


def test_quotas_are_no_standards() -> None:
    scores = np.array([3.0, 1.0, 2.0, 5.0, 4.0])
    expected = [GOOD, QUALIFIED, GOOD, EXCELLENT, EXCELLENT]
    for shift in (-100, 0, 100):  # everybody better or worse changes no grade
        assert grades(scores + shift, 0.4, 0.2, nobody(5)).tolist() == expected


def test_ties_go_to_the_lower_row() -> None:
    assert grades(np.zeros(5), 0.4, 0.2, nobody(5)).tolist() == [EXCELLENT, EXCELLENT, GOOD, GOOD, QUALIFIED]
    assert grades(np.array([0.0, 1.0, 1.0, 0.0]), 0.25, 0.25, nobody(4)).tolist() == [
        GOOD,
        EXCELLENT,
        GOOD,
        QUALIFIED,
    ]


@pytest.mark.parametrize(
    ("is_vetoed", "expected"),
    [
        # scores fall from row to row; two of five excellent, one qualified
        ((0, 0, 0, 0, 0), [EXCELLENT, EXCELLENT, GOOD, GOOD, QUALIFIED]),
        ((1, 0, 0, 0, 0), [GOOD, EXCELLENT, EXCELLENT, GOOD, QUALIFIED]),
        ((1, 1, 1, 0, 0), [GOOD, GOOD, GOOD, EXCELLENT, QUALIFIED]),  # the last stays the last
        ((1, 1, 1, 1, 1), [GOOD, GOOD, GOOD, GOOD, QUALIFIED]),
        ((0, 0, 0, 0, 1), [EXCELLENT, EXCELLENT, GOOD, GOOD, QUALIFIED]),
    ],
)
def test_the_vetoed_are_never_excellent(is_vetoed: tuple[int, ...], expected: list[int]) -> None:
    scores = np.arange(5, 0, -1).astype(float)
    assert grades(scores, 0.4, 0.2, np.array(is_vetoed, bool)).tolist() == expected


def test_rewards_follow_the_grades() -> None:
    assert REWARD[EXCELLENT] > REWARD[GOOD] > REWARD[QUALIFIED] > 0


@pytest.fixture
def world() -> tuple[SimpleNamespace, SimpleNamespace]:
    """Three counties, the first two in one city; per county: raised, settled for good, recorded above the county."""
    counts = np.zeros((3, 24, len(DISPUTE_KINDS), len(EVENTS)), np.int32)
    for county, (raised, settled, recorded) in enumerate([(100, 60, 10), (100, 40, 10), (50, 10, 10)]):
        counts[county, 13, 2, event("raised")] = raised
        counts[county, 14, 0, event("durable_village")] = settled - 4
        counts[county, 23, 1, event("settled_on_spot")] = 4
        counts[county, 12, 2, event("registered_visit_city")] = recorded - 3 - 3 * county
        counts[county, 12, 2, event("recorded_twice_letter_city")] = county
        counts[county, 12, 2, event("repeat_recorded_twice_visit_province")] = 2 * county
        counts[county, 12, 2, event("repeat_registered_online_nation")] = 3
        # None of these counts: at the county itself, only presented, nominal, of another year.
        counts[county, 12, 2, event("registered_visit_county")] = 99
        counts[county, 12, 2, event("recorded_twice_visit_county")] = 88 * county
        counts[county, 12, 2, event("presented_visit_city")] = 77
        counts[county, 12, 2, event("nominal_village")] = 50
        counts[county, 11, 2, event("registered_visit_city")] = 1000 * county
    levers = np.zeros(1, REGIME)
    levers["weight_recorded"], levers["weight_resolution"] = 0.5, 0.25
    levers["difficulty_adjustment"] = 1
    counties = np.zeros(3, [("city", np.int64), ("population", np.int64)])
    counties["city"], counties["population"] = (0, 0, 1), (1_000, 3_000, 2_000)
    cities = np.ones(2, [("city_tier", bool)])
    state = SimpleNamespace(counts=counts, regimes=[levers, levers], governments=np.zeros(6, Government.record))
    return state, SimpleNamespace(counties=counties, cities=cities)


CONTENT = np.array([0.9, 0.9, 0.9])
RATES = np.array([6, 2, 3]) - 11 / 3
"""Petitions of 600 residents, less their mean."""

BY_COUNTY = 0.25 * np.sqrt(1.5) * np.array([1, 0, -1]) - 0.5 * RATES / np.sqrt((RATES**2).mean())


def test_scores_by_hand(world) -> None:
    """Real 0.6, 0.4, 0.2: standardised √1.5, 0, -√1.5; recorded 10 of 1,000, 3,000 and 2,000 residents. Two cities: ±1
    for what is real, and 20 of 4,000 and 10 of 2,000 are the same."""
    expected = [*BY_COUNTY, 0.25, -0.25]
    np.testing.assert_allclose(score(*world, 12, 24, CONTENT), expected, rtol=0, atol=1e-12)


def test_satisfaction_is_weighed_by_residents(world) -> None:
    """Counties at 0.8, 0.9, 1.0: -√1.5, 0, √1.5. Cities: (0.8 + 3 · 0.9) / 4 = 0.875 against 1: ±1."""
    state, province = world
    levers = state.regimes[0]
    levers["weight_recorded"] = levers["weight_resolution"] = 0
    levers["weight_satisfaction"] = 0.5
    expected = [-0.5 * np.sqrt(1.5), 0, 0.5 * np.sqrt(1.5), -0.5, 0.5]
    got = score(state, province, 12, 24, np.array([0.8, 0.9, 1.0]))
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-12)


def test_without_adjustment_petitions_are_judged_per_resident(world) -> None:
    """Recorded 10, 10, 10 of 1,000, 3,000, 2,000 residents: 6, 2, 3 of 600; cities 20 of 4,000 and 10 of 2,000."""
    state, province = world
    levers = state.regimes[0]
    levers["weight_resolution"] = levers["difficulty_adjustment"] = 0
    rates = np.array([6, 2, 3]) - 11 / 3
    expected = [*(-0.5 * rates / np.sqrt((rates**2).mean())), 0, 0]
    np.testing.assert_allclose(score(state, province, 12, 24, CONTENT), expected, rtol=0, atol=1e-12)


LIMITS = np.zeros(1, [("veto_incidents", float), ("veto_satisfaction", float)])
LIMITS["veto_incidents"], LIMITS["veto_satisfaction"] = 50, 0.85


@pytest.mark.parametrize(
    ("incidents", "content", "expected"),
    [
        # Counties of 1,000, 3,000 and 2,000 residents, the first two one city; 50 incidents per 100,000 residents.
        ((0, 0, 0), (0.9, 0.9, 0.9), [0, 0, 0, 0, 0]),
        ((1, 0, 0), (0.9, 0.9, 0.9), [1, 0, 0, 0, 0]),  # 100 and 0, the city 25
        ((0, 2, 0), (0.9, 0.9, 0.9), [0, 1, 0, 0, 0]),  # 67; the city has 50, which is not above
        ((0, 0, 1), (0.9, 0.9, 0.9), [0, 0, 0, 0, 0]),  # 50
        ((0, 0, 2), (0.9, 0.9, 0.9), [0, 0, 1, 0, 1]),
        ((0, 0, 0), (0.8, 0.9, 0.85), [1, 0, 0, 0, 0]),  # the city 0.875; 0.85 is not below
        ((0, 0, 0), (0.9, 0.8, 0.84), [0, 1, 1, 1, 1]),  # the city 0.825
    ],
)
def test_vetoes(world, incidents: tuple[int, ...], content: tuple[float, ...], expected: list[int]) -> None:
    state, province = world
    state.counts[:, 12, 3, event("mass_incident")] = incidents
    state.counts[:, 11, 3, event("mass_incident")] = 99  # of the year before
    got = vetoed(state, province, LIMITS, 12, 24, np.array(content))
    assert got.tolist() == [bool(trips) for trips in expected]


def test_who_competes_works_the_more(world) -> None:
    """Weight 0.5 on real resolution at a cost of 1: effort 0.5 in full, and half of it where half is passed on.

    A third of three counties excellent, and one of two cities: 0.4 of a reward of 0.8, over luck of 1.
    """
    state, province = world
    levers = state.regimes[0]
    levers["weight_recorded"], levers["weight_resolution"], levers["pass_through"] = 0, 0.5, 0.5
    levers["reward"], levers["excellent_units"], levers["excellent_cities"] = 0.8, 1 / 3, 0.5
    behaviour = np.zeros(1, [(name, float) for name in (*COSTS, "assessment_luck")])
    for name in behaviour.dtype.names:
        behaviour[name] = 1.0
    governments = np.zeros(6, Government.record)  # three counties, two cities, the province
    state.governments = governments
    adjust(state, province, behaviour, 1.0)
    of_counties, of_cities = 0.32 * density_at_cut(3, 1), 0.32 * density_at_cut(2, 1)
    expected = [0.25 + of_counties] * 3 + [0.5 + of_cities] * 2 + [0.5]
    np.testing.assert_allclose(governments["effort"], expected, rtol=1e-12)
    assert (governments["concealment"] == 0).all()  # no register is judged
    governments["grade"], governments["score"] = (EXCELLENT, GOOD, GOOD, EXCELLENT, GOOD, UNGRADED), (2, 1, 0, 5, -5, 0)
    adjust(state, province, behaviour, 1.0)
    cut = np.exp(0.5 * NormalDist().inv_cdf(2 / 3) ** 2 - 0.5 * np.array([0.5, 0.5, 1.5]) ** 2)
    far = 0.5 + of_cities * np.exp(-0.5 * 25)
    np.testing.assert_allclose(governments["effort"][:3], 0.25 + of_counties * cut, rtol=1e-9)
    np.testing.assert_allclose(governments["effort"][3:], [far, far, 0.5], rtol=1e-9)
    levers["reward"] = 0
    adjust(state, province, behaviour, 1.0)
    np.testing.assert_allclose(governments["effort"], [0.25, 0.25, 0.25, 0.5, 0.5, 0.5], rtol=1e-12)


def test_difficulty_is_what_a_straight_line_says() -> None:
    """Eight units and one covariate: the values are 1 + 2x, but for two of them that differ by ±1."""
    x = np.array([0.0, 1, 2, 3, 4, 5, 6, 7])
    luck = np.array([1.0, -1, -1, 1, 1, -1, -1, 1])  # no slope, no mean
    np.testing.assert_allclose(residuals(1 + 2 * x + luck, x[:, None]), luck, atol=1e-7)
    values = np.arange(7.0)
    assert residuals(values, values[:, None]) is values  # too few units for a line
    assert residuals(np.ones(8), x[:, None]).tolist() == [1.0] * 8
    assert residuals(x, np.ones((8, 1))) is x  # all alike


def test_where_no_government_stands_nobody_is_judged_or_strives(world) -> None:
    """The counties of the second city are directly under the province: they are judged as before, the city is not."""
    state, province = world
    province.cities["city_tier"] = (True, False)
    state.counts[:, 12, 3, event("mass_incident")] = (0, 0, 9)
    np.testing.assert_allclose(score(state, province, 12, 24, CONTENT), [*BY_COUNTY, 0, 0], rtol=0, atol=1e-12)
    assert vetoed(state, province, LIMITS, 12, 24, CONTENT).tolist() == [False, False, True, False, False]
    state.regimes[0]["weight_resolution"], state.regimes[0]["pass_through"] = 0.5, 0.5
    behaviour = np.ones(1, [(name, float) for name in (*COSTS, "assessment_luck")])
    state.governments = np.zeros(6, Government.record)
    adjust(state, province, behaviour, 1.0)
    assert (state.governments["effort"] > 0).tolist() == [True, True, True, True, False, True]


COSTS = ("effort_cost", "effort_productivity", "satisfaction_productivity", "concealment_cost")


def test_where_all_are_alike_nobody_scores(world) -> None:
    state, province = world
    state.counts[:] = 0
    province.counties["population"] = 2_000
    for name, number in (("raised", 64), ("durable_court", 32), ("registered_visit_city", 8)):
        state.counts[:, 12, 0, event(name)] = number
    assert score(state, province, 12, 24, CONTENT).tolist() == [0.0] * 5
    assert score(state, province, 0, 12, CONTENT).tolist() == [0.0] * 5  # nor where nothing happened


def test_equal_units_score_nothing():
    assert list(_standard(np.array([0.1, 0.1, 0.1]), np.ones(3, bool))) == [0.0, 0.0, 0.0]
    assert list(_standard(np.zeros(3), np.ones(3, bool))) == [0.0, 0.0, 0.0]
    shares = np.array([0.975, np.nextafter(0.975, 0.0), 0.975])  # as 0.975 * residents / residents gives it
    assert list(_standard(shares, np.ones(3, bool))) == [0.0, 0.0, 0.0]
    assert _standard(np.array([1.0, 1.0 + 1e-9]), np.ones(2, bool)) == pytest.approx([-1.0, 1.0], rel=1e-6)
