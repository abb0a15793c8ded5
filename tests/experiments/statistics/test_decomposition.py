"""Parts of the change in registered petitions: each alone by hand, and all together to the exact sum."""

import math
from itertools import permutations

import numpy as np
import pytest

from experiments.statistics.decomposition import PARTS, registered, why_petitions_fell
from sim.ledger import EVENTS


def arm(
    raised=1000.0, first=900.0, go_on=0.8, back=0.5, again=0.0, petitions=0.2, repeats=1.5, written=0.6, elsewhere=0.0
):
    """Event totals with given factors: e = first / raised, x = go_on, f = back, v = again, q, r, u, m = elsewhere.

    The defaults: 900 / (1 − .8 · .5) = 1500 decisions, 1200 tries, 240 petitions, 360 presentations, 216 registered.
    Of the records from elsewhere a third each are pushed down, recorded twice, and repeats recorded twice.
    """
    totals = dict.fromkeys(EVENTS, 0.0)
    decisions = first / (1 - go_on * back - (1 - go_on) * again)
    tries = go_on * decisions
    presented = petitions * tries
    presentations = repeats * presented
    totals["raised"] = raised
    totals["first_bilateral"] = first
    totals["chose_nothing"] = decisions - tries
    totals["reactivated"] = again * totals["chose_nothing"]
    totals["chose_bilateral"] = tries - presented
    totals["chose_petition_city"] = presented
    totals["presented_visit_city"] = presented
    totals["repeat_presented_visit_city"] = presentations - presented
    totals["registered_visit_city"] = written * presented
    totals["repeat_registered_visit_city"] = written * (presentations - presented)
    for name in ("pushed_down_visit_county", "recorded_twice_letter_city", "repeat_recorded_twice_online_county"):
        totals[name] = elsewhere * presentations / 3
    return totals


def test_the_hand_made_arm_is_what_it_says():
    totals = arm()
    assert registered(totals) == pytest.approx(216)
    assert totals["chose_nothing"] == pytest.approx(300)
    assert totals["presented_visit_city"] == pytest.approx(240)


@pytest.mark.parametrize(
    ("changed", "part", "count"),
    [
        ({"raised": 500, "first": 450}, "prevented", 108),
        ({"first": 600}, "resolved", 144),
        ({"back": 0.25}, "resolved", 162),  # 900 / .8 = 1125 decisions, 900 tries, 180, 270, 162
        ({"go_on": 0.5}, "discouraged", 108),  # 900 / .75 = 1200 decisions, 600 tries, 120, 180, 108
        ({"again": 0.5}, "discouraged", 259.2),  # 900 / .5 = 1800 decisions, 1440 tries, 288, 432, 259.2
        ({"petitions": 0.1}, "diverted", 108),
        ({"repeats": 1.0}, "repeats", 144),
        ({"written": 0.9}, "unregistered", 324),
        ({"elsewhere": 0.1}, "relabelled", 252),  # 36 records more for 360 presentations
    ],
)
def test_one_factor_alone_makes_one_part_alone(changed, part, count):
    reasons = why_petitions_fell(arm(), arm(**changed))
    assert reasons.change == pytest.approx(count - 216)
    expected = {name: (count - 216 if name == part else 0.0) for name in PARTS}
    assert reasons.parts == pytest.approx(expected, abs=1e-9)


def test_two_factors_share_their_interaction_equally():
    """216 · (½ · 1.5 − 1): alone −108 and +108; switching after the other −162 and +54; each part is the mean."""
    reasons = why_petitions_fell(arm(), arm(raised=500, first=450, written=0.9))
    assert reasons.change == pytest.approx(-54)
    assert reasons.prevented == pytest.approx((-108 - 162) / 2)
    assert reasons.unregistered == pytest.approx((108 + 54) / 2)


def test_pushing_petitions_down_moves_records_and_the_two_parts_show_it():
    """60 of 216 records go from the city's register to the county's: none is lost, and yet something was done."""
    totals = arm()
    totals["registered_visit_city"] -= 60
    totals["pushed_down_visit_county"] += 60
    reasons = why_petitions_fell(arm(), totals)
    assert reasons.change == pytest.approx(0)
    expected = dict.fromkeys(PARTS, 0.0) | {"unregistered": -60, "relabelled": 60}
    assert reasons.parts == pytest.approx(expected, abs=1e-9)


def test_giving_up_and_coming_back_are_one_part():
    """Both factors of a part are switched together, so their interaction stays within it."""
    reasons = why_petitions_fell(arm(), arm(go_on=0.5, again=0.5))  # 900 / .5 = 1800, 900 tries, 180, 270, 162
    expected = dict.fromkeys(PARTS, 0.0) | {"discouraged": 162 - 216}
    assert reasons.parts == pytest.approx(expected, abs=1e-9)


def test_grievances_that_come_back_though_nobody_left_any_have_no_parts():
    totals = arm(go_on=1.0) | {"reactivated": 5.0}
    assert all(math.isnan(value) for value in why_petitions_fell(arm(), totals).parts.values())
    assert not any(math.isnan(value) for value in why_petitions_fell(arm(), arm(go_on=1.0)).parts.values())


@pytest.mark.parametrize(
    "changed",
    [
        {"raised": 0.0, "first": 0.0},  # nobody has a grievance
        {"first": 0.0},  # or nobody comes to a decision
        {"go_on": 0.0},  # or nobody tries anything
        {"petitions": 0.0},  # or nobody petitions
    ],
)
@pytest.mark.parametrize("which", [0, 1])
def test_a_factor_of_exactly_nothing_leaves_a_change_and_no_parts(changed, which):
    arms = [arm(), arm()]
    arms[which] = arm(**changed)
    reasons = why_petitions_fell(*arms)
    assert reasons.change == pytest.approx(216 if which == 0 else -216)
    assert all(math.isnan(value) for value in reasons.parts.values())
    least = arm(raised=1.0, first=1.0, go_on=0.5, back=0.0, petitions=1.0, repeats=1.0, written=0.0)
    found = why_petitions_fell(least, least)  # half a petition, none of it on the register: everything else exists
    assert found.change == 0 and found.parts == dict.fromkeys(PARTS, 0.0)


def test_claimants_who_come_back_for_ever_make_no_count():
    """x f = 1: everyone who tries is back; a mixture of two possible arms may ask for it, and has no value then."""
    old, new = arm(go_on=1.0, back=0.5), arm(go_on=0.5, back=1.5)  # the mixture: all go on, each back 1.5 times
    reasons = why_petitions_fell(old, new)
    assert math.isfinite(reasons.change)
    assert math.isnan(reasons.discouraged) and math.isnan(reasons.resolved)
    at_one = why_petitions_fell(arm(go_on=1.0, back=0.5), arm(go_on=0.5, back=1.0))  # left = 1 − 1 · 1 = 0 exactly
    assert math.isnan(at_one.resolved)


def test_the_parts_are_the_mean_over_all_orders_of_switching():
    old = {
        "raised": 1000.0,
        "first": 900.0,
        "go_on": 0.8,
        "back": 0.5,
        "again": 0.1,
        "petitions": 0.2,
        "repeats": 1.5,
        "written": 0.6,
        "elsewhere": 0.02,
    }
    new = {
        "raised": 900.0,
        "first": 750.0,
        "go_on": 0.7,
        "back": 0.4,
        "again": 0.3,
        "petitions": 0.25,
        "repeats": 1.2,
        "written": 0.9,
        "elsewhere": 0.1,
    }
    names = {
        "discouraged": ("go_on", "again"),
        "diverted": ("petitions",),
        "repeats": ("repeats",),
        "unregistered": ("written",),
        "relabelled": ("elsewhere",),
        "resolved": ("share", "back"),
        "prevented": ("raised",),
    }

    def count(values):
        first = values["raised"] * values["share"]
        return registered(arm(**{k: v for k, v in values.items() if k != "share"} | {"first": first}))

    for values in (old, new):
        values["share"] = values["first"] / values["raised"]
    expected = dict.fromkeys(names, 0.0)
    orders = list(permutations(names))
    for order in orders:
        values = dict(old)
        for part in order:
            start = count(values)
            values |= {name: new[name] for name in names[part]}
            expected[part] += (count(values) - start) / len(orders)
    plain = [{k: v for k, v in values.items() if k != "share"} for values in (old, new)]
    assert why_petitions_fell(arm(**plain[0]), arm(**plain[1])).parts == pytest.approx(expected)


def test_the_parts_always_sum_to_the_change():
    rng = np.random.default_rng(1)
    for _ in range(50):
        draws = rng.uniform(0.1, 0.9, (2, 7))
        arms = [
            arm(1000 * a, 1000 * a * b, c, d, g, e, 1 + a, b, h)
            for a, b, c, d, e, g, h in (tuple(map(float, row)) for row in draws)
        ]
        reasons = why_petitions_fell(*arms)
        assert math.fsum(reasons.parts.values()) == pytest.approx(reasons.change, rel=1e-9)


def test_the_parts_sum_to_the_change_whatever_was_counted():
    """Totals without any order in them, some impossible in a run: the identity holds for any counts."""
    rng = np.random.default_rng(2)
    for _ in range(20):
        arms = [dict(zip(EVENTS, rng.uniform(50, 150, len(EVENTS)), strict=True)) for _ in range(2)]
        for totals in arms:
            for name in EVENTS:
                if name.startswith("first_"):
                    totals[name] /= 4
        reasons = why_petitions_fell(*arms)
        assert reasons.change == pytest.approx(registered(arms[1]) - registered(arms[0]))
        assert math.fsum(reasons.parts.values()) == pytest.approx(reasons.change, rel=1e-9, abs=1e-9)


def test_the_same_arm_twice_has_no_parts_and_turning_round_turns_the_signs():
    assert why_petitions_fell(arm(), arm()).parts == dict.fromkeys(PARTS, 0.0)
    other = arm(950, 800, 0.7, 0.3, 0.2, 0.3, 1.1, 0.95, 0.05)
    forth, back = why_petitions_fell(arm(), other).parts, why_petitions_fell(other, arm()).parts
    assert {name: -value for name, value in back.items()} == pytest.approx(forth)


def test_an_arm_without_petitions_has_a_change_and_no_parts():
    reasons = why_petitions_fell(arm(), arm(petitions=0.0))
    assert reasons.change == pytest.approx(-216)
    assert all(math.isnan(value) for value in reasons.parts.values())
