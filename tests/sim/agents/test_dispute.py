"""Rules of a dispute: who may petition where, how work ends, what kind of grievance it is."""

from itertools import permutations
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy.stats import beta, kstest

from sim import chance
from sim.agents.dispute import (
    Answer,
    Dispute,
    Forum,
    Opponent,
    Stage,
    competent_level,
    draw,
    draw_aside,
    draw_quad,
    key_of,
    refused_ordinal,
    severity_of,
)
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import FORUMS


def dispute(**fields) -> Dispute:
    records = np.zeros(1, Dispute.record)
    for name, value in fields.items():
        records[name] = value
    return Dispute(None, records, 0)


def test_forums_are_those_of_the_ledger() -> None:
    assert tuple(forum.name.lower() for forum in sorted(Forum)) == FORUMS


@pytest.mark.parametrize(
    ("opponent", "level"),
    [
        (Opponent.PEER, 0),
        (Opponent.ORGANISATION, 1),
        (Opponent.COUNTY_AGENCY, 1),
        (Opponent.COUNTY_GOVERNMENT, 2),
    ],
)
def test_competent_level(opponent: Opponent, level: int) -> None:
    assert competent_level(int(opponent)) == level


@pytest.mark.parametrize(
    ("opponent", "closed", "open_to"),
    [
        # levels 1 county, 2 city, 3 province, 4 nation
        (Opponent.PEER, 0, {1}),
        (Opponent.PEER, 1, {1, 2}),
        (Opponent.PEER, 2, {1, 2, 3}),
        (Opponent.PEER, 3, {1, 2, 3, 4}),
        (Opponent.ORGANISATION, 0, {1, 2}),
        (Opponent.ORGANISATION, 1, {1, 2}),
        (Opponent.COUNTY_AGENCY, 0, {1, 2}),
        (Opponent.COUNTY_AGENCY, 2, {1, 2, 3}),
        (Opponent.COUNTY_GOVERNMENT, 0, {1, 2, 3}),
        (Opponent.COUNTY_GOVERNMENT, 2, {1, 2, 3}),
        (Opponent.COUNTY_GOVERNMENT, 3, {1, 2, 3, 4}),
    ],
)
def test_levels_a_petition_may_go_to(opponent: Opponent, closed: int, open_to: set[int]) -> None:
    one = dispute(opponent=opponent, closed_level=closed)
    assert {level for level in range(1, 5) if one.is_eligible(level)} == open_to


WEIGHTS = SimpleNamespace(
    settle_skill=2.0,
    settle_match=1.0,
    settle_answer=0.8,
    settle_severity=2.0,
    settle_age=0.5,
    settle_power=0.3,
    settle_near=0.4,
    settle_rush=0.6,
)


@pytest.mark.parametrize(
    ("fields", "skill", "near", "age", "logit"),
    [
        # intercept 0.5 in all; first nothing but the intercept
        ({"match": 0.5, "severity": 0.5}, 0.5, False, 0, 0.5),
        ({"match": 0.5, "severity": 0.5}, 0.75, False, 0, 0.5 + 2 * 0.25),
        ({"match": 0.75, "severity": 0.5}, 0.5, False, 0, 0.5 + 0.25),
        ({"match": 0.5, "severity": 0.75}, 0.5, False, 0, 0.5 - 2 * 0.25),
        ({"match": 0.5, "severity": 0.5, "answer": Answer.GIVEN}, 0.5, False, 0, 0.5 + 0.4),
        ({"match": 0.5, "severity": 0.5, "answer": Answer.MISSING}, 0.5, False, 0, 0.5 - 0.4),
        ({"match": 0.5, "severity": 0.5}, 0.5, False, 90, 0.5 - 0.5 * np.log(4)),
        ({"match": 0.5, "severity": 0.5, "opponent": Opponent.ORGANISATION}, 0.5, False, 0, 0.5 - 0.3),
        ({"match": 0.5, "severity": 0.5, "opponent": Opponent.COUNTY_GOVERNMENT}, 0.5, False, 0, 0.5 - 0.3),
        ({"match": 0.5, "severity": 0.5}, 0.5, True, 0, 0.5 + 0.4),
        ({"match": 0.5, "severity": 0.5, "rushed": 2.0, "stage": Stage.IN_WORK}, 0.5, False, 0, 0.5 - 1.2),
        ({"match": 0.5, "severity": 0.5, "rushed": 2.0, "stage": Stage.IN_COURT}, 0.5, False, 0, 0.5),  # of a mediator
        # all at once: 0.5 + 0.5 + 0.25 + 0.4 + 0.5 - 0.5 ln 2 - 0.3 + 0.4
        (
            {"match": 0.75, "severity": 0.25, "answer": Answer.GIVEN, "opponent": Opponent.COUNTY_AGENCY},
            0.75,
            True,
            30,
            2.25 - 0.5 * np.log(2),
        ),
    ],
)
def test_settle_probability(fields: dict, skill: float, near: bool, age: float, logit: float) -> None:
    probability = dispute(**fields).settle_probability(0.5, skill, near, age, WEIGHTS)
    assert np.log(probability / (1 - probability)) == pytest.approx(logit, abs=1e-12)


def test_settle_probability_at_the_logit_ln_3_is_three_quarters() -> None:
    probability = dispute(match=0.5, severity=0.5).settle_probability(np.log(3), 0.5, False, 0, WEIGHTS)
    assert probability == pytest.approx(0.75, abs=1e-14)


def test_stake_is_severity_and_grievance() -> None:
    assert dispute(severity=0.25, grievance=0.5).stake() == 0.75


def felt(one: Any, added: float, today: int, half_life: float) -> None:
    one.feel(added, today, one.left_of_grievance(today, half_life))


def test_grievance_halves_with_its_half_life_and_new_grievance_comes_on_top() -> None:
    one = dispute(grievance=0.5, felt_on=100)
    felt(one, 0.0, 400, 300)
    assert (one.grievance, one.felt_on) == (0.25, 400)
    felt(one, 0.125, 400, 300)  # the same day nothing decays
    assert (one.grievance, one.felt_on) == (0.375, 400)
    felt(one, 0.25, 700, 300)
    assert (one.grievance, one.felt_on) == (0.4375, 700)
    felt(one, 0.0, 850, 300)
    assert one.grievance == pytest.approx(0.4375 / 2**0.5, abs=1e-7)


def test_decay_in_pieces_is_decay_at_once_and_nothing_decays_to_nothing() -> None:
    pieces, whole, calm = dispute(grievance=0.8), dispute(grievance=0.8), dispute()
    for today in (10, 11, 50, 365):
        felt(pieces, 0.0, today, 730)
        felt(calm, 0.0, today, 730)
    felt(whole, 0.0, 365, 730)
    assert pieces.grievance == pytest.approx(whole.grievance, rel=1e-6)
    assert whole.grievance == pytest.approx(0.8 / 2**0.5, rel=1e-6)
    assert (calm.grievance, calm.felt_on) == (0.0, 365)
    assert calm.left_of_grievance(400, 730) == 1
    felt(calm, 0.1, 500, 730)  # and does not decay from before it was felt
    assert calm.grievance == pytest.approx(0.1, rel=1e-7)


def test_a_little_grievance_decays_as_well_and_no_day_is_undone() -> None:
    one = dispute(grievance=0.0625, felt_on=100)
    felt(one, 0.0, 400, 300)
    assert one.grievance == 0.03125
    felt(one, 0.0, 100, 300)  # a day before: what has decayed does not come back
    assert one.grievance == 0.03125


def test_after_a_review_and_a_re_check_a_matter_is_terminated() -> None:
    assert [bool(dispute(reviews=reviews).is_terminated()) for reviews in range(5)] == [False, False, False, True, True]


def test_visits_to_petition_offices_are_counted_as_far_as_there_is_room() -> None:
    one = dispute(presentations=253)
    counted = []
    for _ in range(3):
        one.come_again()
        counted.append(int(one.presentations))
    assert counted == [254, 255, 255]


def test_ordinals_of_refused_requests_are_the_upper_half_and_come_round() -> None:
    """256 a day, 2^21 in all."""
    half = 2**21
    assert [refused_ordinal(*each) for each in ((0, 0), (0, 3), (3, 5))] == [half, half + 3, half + 3 * 256 + 5]
    assert refused_ordinal(2**13 - 1, 255) == 2 * half - 1 and refused_ordinal(2**13, 7) == half + 7


def test_severity_is_the_rank_th_smallest_in_every_order() -> None:
    for numbers in permutations((0.1, 0.2, 0.3, 0.4)):
        assert [severity_of(rank, *numbers) for rank in (1, 2, 3, 4)] == [0.1, 0.2, 0.3, 0.4]


def test_severity_between_two_ranks_is_as_far_between_two_numbers() -> None:
    for rank, expected in ((1.5, 0.15), (1.9, 0.19), (2.1, 0.22), (2.25, 0.25), (2.9, 0.38), (3.1, 0.44), (3.9, 0.76)):
        assert severity_of(rank, 0.4, 0.1, 0.8, 0.2) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize("rank", [1.5, 2.25, 3.9])
def test_mean_severity_is_a_fifth_of_the_rank(rank: float) -> None:
    draws = np.array([severity_of(rank, *chance.quad(7, int(Purpose.SEVERITY), who, 0)) for who in range(20_000)])
    assert abs(draws.mean() - rank / 5) < 4 * draws.std() / np.sqrt(len(draws))


@pytest.mark.parametrize("rank", [1, 2, 3, 4])
def test_severity_is_beta(rank: int) -> None:
    draws = [severity_of(rank, *chance.quad(7, int(Purpose.SEVERITY), who, 0)) for who in range(20_000)]
    assert kstest(draws, beta(rank, 5 - rank).cdf).pvalue > 0.001
    assert kstest(draws, beta(rank + 1, 5 - rank).cdf).pvalue < 1e-9  # the test would notice


def test_keys_of_villages_do_not_meet_and_stay_below_2_to_63() -> None:
    assert key_of(3, 5) == 3 * 4_194_304 + 5
    assert key_of(620_000_000_000, 2**22 - 1) + 1 == key_of(620_000_000_001, 0)
    assert 0 < key_of(999_999_999_999, 2**22 - 1) < 2**63


class Drawing(NamedTuple):
    """What of a world is drawn from."""

    disputes: np.ndarray
    seed: int = 11


@compiled_once
def _draw(world, d, purpose):
    return draw(world, d, purpose)


@compiled_once
def _draw_aside(world, d, purpose):
    return draw_aside(world, d, purpose)


@compiled_once
def _draw_quad(world, d, purpose):
    return draw_quad(world, d, purpose)


def test_a_dispute_counts_its_own_draws_and_none_aside() -> None:
    records = np.zeros(2, Dispute.record)
    records["key"] = 620_102_001_001 * 2**22 + np.array([4, 9])
    records["entries"][1] = 3
    world, key, purpose, seed = Drawing(records), 620_102_001_001 * 2**22 + 9, int(Purpose.TALK), 11
    for n in (4, 6):
        assert _draw(world, 1, purpose) == chance.uniform(seed, purpose, key, n)
        assert _draw_aside(world, 1, purpose) == chance.quad(seed, purpose, key, n)
        assert _draw_quad(world, 1, purpose) == chance.quad(seed, purpose, key, n + 1)
    assert records["entries"].tolist() == [0, 7]
