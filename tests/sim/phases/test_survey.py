"""The yearly survey: who is content in truth, and what a sample finds."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.behaviour import Behaviour
from sim.ledger import DISPUTE_KINDS, EVENTS, event
from sim.parameters import to_record
from sim.phases.survey import content_share, survey, surveyed_share

BEHAVIOUR = Behaviour(
    satisfaction_base=0.8,
    satisfaction_trust=0.5,
    satisfaction_service=0.2,
    satisfaction_unresolved=0.6,
    desirability=0.75,
    survey_sample=400,
)
ONE = to_record(BEHAVIOUR)


@pytest.mark.parametrize(
    ("learned", "met", "unresolved", "content"),
    [
        (0.0, 0.5, 0.0, 0.8),
        (0.1, 0.5, 0.0, 0.85),
        (-0.1, 0.5, 0.0, 0.75),
        (0.0, 1.0, 0.0, 0.9),
        (0.0, 0.0, 0.0, 0.7),
        (0.0, 0.5, 0.05, 0.77),
        (0.02, 0.75, 0.1, 0.8 + 0.01 + 0.05 - 0.06),
        (1.0, 1.0, 0.0, 1.0),  # never more than everybody
        (-1.0, 0.0, 1.0, 0.0),
    ],
)
def test_content_by_hand(learned: float, met: float, unresolved: float, content: float) -> None:
    got = content_share(np.array([learned]), np.array([met]), np.array([unresolved]), ONE)
    assert got.tolist() == pytest.approx([content], abs=1e-12)


def test_some_of_the_discontent_say_what_is_expected() -> None:
    assert surveyed_share(np.array([0.8, 0.0, 1.0]), 0.75).tolist() == pytest.approx([0.95, 0.75, 1.0], abs=1e-12)
    assert surveyed_share(np.array([0.8]), 0.0).tolist() == [0.8]


def place(counties: int, learned: float = 0.0) -> tuple[SimpleNamespace, SimpleNamespace]:
    """Counties of 1,000 residents over two years; trust in local bodies learned, none elsewhere."""
    codes = np.arange(620_100, 620_100 + counties)
    province = SimpleNamespace(counties={"population": np.full(counties, 1_000), "code": codes})
    trust = np.zeros((counties, 2, 4))
    trust[:, :, 0] = learned
    state = SimpleNamespace(
        counts=np.zeros((counties, 24, len(DISPUTE_KINDS), len(EVENTS)), np.int32),
        trust=trust,
        halls={"met": np.full(counties, 0.5)},
    )
    return state, province


def test_the_unresolved_are_who_left_it_less_who_forgot_it_or_took_it_up_again() -> None:
    state, province = place(1)
    for name, month, number in (
        ("lumped", 3, 60),
        ("gave_up", 13, 30),
        ("faded", 14, 12),
        ("reactivated", 20, 8),
        ("raised", 3, 500),
    ):
        state.counts[0, month, 2, event(name)] = number
    first, second = (survey(state, province, ONE, 1, year)[0, 0] for year in (0, 1))
    assert first == pytest.approx(0.8 - 0.6 * 0.06, abs=1e-12)
    assert second == pytest.approx(0.8 - 0.6 * (60 + 30 - 12 - 8) / 1_000, abs=1e-12)


def test_trust_is_the_mean_of_local_and_middle_bodies() -> None:
    state, province = place(1, learned=0.2)
    assert survey(state, province, ONE, 1, 1)[0, 0] == pytest.approx(0.8 + 0.5 * 0.1, abs=1e-12)


def test_answers_are_whole_people_of_the_sample_with_its_mean_and_spread() -> None:
    """2,000 counties of 400 asked: 0.95 say they are content, with a standard deviation of √(0.95 · 0.05 / 400)."""
    counties, share = 2_000, 0.95
    state, province = place(counties)
    answers = survey(state, province, ONE, 5, 0)[:, 1]
    np.testing.assert_allclose(answers * 400, np.round(answers * 400), atol=1e-9)
    variance = share * (1 - share) / 400
    assert abs(answers.mean() - share) < 4.5 * np.sqrt(variance / counties)
    assert abs(answers.var(ddof=1) / variance - 1) < 4.5 * np.sqrt(2 / counties)
    assert answers.max() <= 1


def test_a_county_s_answers_depend_on_its_code_the_year_and_the_seed() -> None:
    state, province = place(3)
    asked = survey(state, province, ONE, 5, 0)[:, 1]
    assert (survey(state, province, ONE, 5, 0)[:, 1] == asked).all()
    other_year, other_seed = survey(state, province, ONE, 5, 1)[:, 1], survey(state, province, ONE, 6, 0)[:, 1]
    assert (other_year != asked).any() and (other_seed != asked).any()
    alone, one = place(1)
    one.counties["code"] = province.counties["code"][2:]
    assert survey(alone, one, ONE, 5, 0)[0, 1] == asked[2]
