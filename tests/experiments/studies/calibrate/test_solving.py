"""How a candidate is solved: what all places show more of, and where a figure is met."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from experiments.studies.calibrate.secant import Secant
from experiments.studies.calibrate.solving import Draw, Trial
from tests.experiments.studies.calibrate.test_plan import planned

STUDY = planned(
    fitted={
        "grievances": {"figure": "mediations", "tolerance": 0.5, "scale": "log", "step": 3.0},
        "repeats": {"figure": "suits", "tolerance": 1.0, "step": 0.1},
    }
)
TRIAL = Trial(
    Draw(0, (), (), (7.0, 9.5)), (60.0, 0.5), Secant(((0.1, 0.0), (0.0, 2.0))), (0.2, -0.5), (57.0, 0.5), (1.8, 9.0)
)


def test_what_all_places_show_more_of_goes_into_the_offset_and_what_was_seen():
    shifted = TRIAL.shifted((2.0, 9.3), (1.9, 9.6))
    assert shifted.offset == pytest.approx((0.3, -0.8))
    assert shifted.seen == pytest.approx((1.9, 8.7))
    assert (shifted.knobs, shifted.secant, shifted.left) == (TRIAL.knobs, TRIAL.secant, TRIAL.left)


def test_what_was_not_measured_shifts_nothing():
    first = replace(TRIAL, left=(), seen=())
    shifted = first.shifted((math.nan, 9.3), (1.9, 9.6))
    assert (shifted.offset, shifted.seen) == (pytest.approx((0.2, -0.8)), ())


@pytest.mark.parametrize(
    ("found", "is_met"),
    [((math.log(7.2), 9.6), True), ((math.log(7.3), 9.5), False), ((math.log(7.0), 10.1), False)],
)
def test_figures_are_met_within_their_slack(found, is_met):
    assert TRIAL.is_met(STUDY, found) is is_met  # mediations within 0.25 of 7, suits within 0.5 of 9.5


def test_a_move_makes_up_for_what_is_missed_and_no_further_than_allowed():
    moved = replace(TRIAL, left=(), seen=()).moved(STUDY, (math.log(7.0) - 0.05, 9.5))
    assert moved.knobs == pytest.approx((61.5, 0.5))  # half a step of 3
    far = replace(TRIAL, left=(), seen=()).moved(STUDY, (math.log(7.0) - 5, 9.5))
    assert far.knobs == pytest.approx((67.5, 0.5))  # 50 steps, of which 2.5 are made
