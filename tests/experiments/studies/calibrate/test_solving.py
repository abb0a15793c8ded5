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


@pytest.mark.parametrize(
    ("found", "knob", "is_spent"),
    [
        (7.4, 0.5, False),  # missed by four tolerances, but the knob has room
        (7.4, 2.0, True),  # and at the end of its range
        (8.9, 2.0, False),  # by 1.2 tolerances: what the others do may bring it in
        (8.7, 2.0, True),  # by 1.6
        (11.6, 2.0, False),  # too much of it: the knob can go back
        (11.6, 0.0, True),
    ],
)
def test_a_knob_at_the_end_of_its_range_is_spent_where_its_figure_is_far_off_on_that_side(found, knob, is_spent):
    end = replace(TRIAL, knobs=(60.0, knob))
    assert end.is_spent(STUDY, (math.log(7.0), found), 1.5) is is_spent  # suits within 0.5 of 9.5; repeats 0 to 2


def test_a_knob_that_does_nothing_for_its_figure_is_not_spent():
    still = replace(TRIAL, knobs=(60.0, 2.0), secant=Secant(((0.1, 0.0), (0.0, 0.0))))
    assert not still.is_spent(STUDY, (math.log(7.0), 7.4), 1.5)
