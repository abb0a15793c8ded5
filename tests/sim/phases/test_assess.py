"""The year-end assessment: grades by quota and scores."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.government import EXCELLENT, GOOD, QUALIFIED
from sim.ledger import DISPUTE_KINDS, EVENTS, event
from sim.phases.assess import EXCELLENT_CITIES, EXCELLENT_UNITS, QUALIFIED_UNITS, REWARD, _standard, grades, score


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
    given = grades(scores, excellent, qualified)
    assert tuple(int((given == grade).sum()) for grade in (EXCELLENT, GOOD, QUALIFIED)) == numbers
    for better, worse in ((EXCELLENT, GOOD), (GOOD, QUALIFIED)):
        if (given == better).any() and (given == worse).any():
            assert scores[given == better].min() > scores[given == worse].max()


def test_quotas_are_no_standards() -> None:
    scores = np.array([3.0, 1.0, 2.0, 5.0, 4.0])
    expected = [GOOD, QUALIFIED, GOOD, EXCELLENT, EXCELLENT]
    for shift in (-100, 0, 100):  # everybody better or worse changes no grade
        assert grades(scores + shift, 0.4, 0.2).tolist() == expected


def test_ties_go_to_the_lower_row() -> None:
    assert grades(np.zeros(5), 0.4, 0.2).tolist() == [EXCELLENT, EXCELLENT, GOOD, GOOD, QUALIFIED]
    assert grades(np.array([0.0, 1.0, 1.0, 0.0]), 0.25, 0.25).tolist() == [GOOD, EXCELLENT, GOOD, QUALIFIED]


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
        counts[county, 12, 2, event("registered_visit_city")] = recorded - 3
        counts[county, 12, 2, event("repeat_registered_online_nation")] = 3
        # None of these counts: at the county itself, only presented, nominal, of another year.
        counts[county, 12, 2, event("registered_visit_county")] = 99
        counts[county, 12, 2, event("presented_visit_city")] = 77
        counts[county, 12, 2, event("nominal_village")] = 50
        counts[county, 11, 2, event("registered_visit_city")] = 1000 * county
    levers = np.zeros(1, [("weight_recorded", float), ("weight_resolution", float)])
    levers["weight_recorded"], levers["weight_resolution"] = 0.5, 0.25
    counties = np.zeros(3, [("city", np.int64)])
    counties["city"] = (0, 0, 1)
    return SimpleNamespace(counts=counts, regimes=[levers, levers]), SimpleNamespace(counties=counties)


def test_scores_by_hand(world) -> None:
    """Real 0.6, 0.4, 0.2: standardised √1.5, 0, -√1.5; recorded 0.1, 0.1, 0.2: -√½, -√½, √2. Two cities: ±1."""
    expected = [
        0.25 * np.sqrt(1.5) + 0.5 * np.sqrt(0.5),
        0.5 * np.sqrt(0.5),
        -0.25 * np.sqrt(1.5) - 0.5 * np.sqrt(2.0),
        0.75,
        -0.75,
    ]
    np.testing.assert_allclose(score(*world, 12, 24), expected, rtol=0, atol=1e-12)


def test_where_all_are_alike_nobody_scores(world) -> None:
    state, province = world
    state.counts[:] = 0
    for name, number in (("raised", 64), ("durable_court", 32), ("registered_visit_city", 8)):
        state.counts[:, 12, 0, event(name)] = number
    assert score(state, province, 12, 24).tolist() == [0.0] * 5
    assert score(state, province, 0, 12).tolist() == [0.0] * 5  # nor where nothing happened


def test_equal_units_score_nothing():
    assert list(_standard(np.array([0.1, 0.1, 0.1]))) == [0.0, 0.0, 0.0]
