"""What a member has to meet: aims, slack in units or as a share, checks; what is drawn."""

from __future__ import annotations

import math

import pytest

from experiments.studies.calibrate.scale import Scale
from experiments.studies.calibrate.target import Check, Knob, Varied, unmet
from sim.parameters import Declaration

PATIENCE = Declaration("patience", 14.0, "days", 5.0, 40.0, (), "A", "", "")
ACCEPTANCE = Declaration("petition.acceptance", "loose", "", None, None, ("loose", "strict"), "F", "", "")


def knob(**changed):
    values = {"declared": PATIENCE, "along": (), "figure": "suits", "low": 2.0, "high": 8.0, "slack": 0.5,
              "scale": Scale.plain, "step": 1.0, "is_reported": True}  # fmt: skip
    return Knob(**{**values, **changed})


@pytest.mark.parametrize(
    ("scale", "low", "high", "middle"),
    [
        (Scale.plain, 2.0, 8.0, 5.0),
        (Scale.log, 2.0, 8.0, 4.0),
        (Scale.log_change, -0.5, 1.0, 0.0),  # half and double
        (Scale.logit, 0.2, 0.8, 0.5),
        (Scale.logit, 0.5, 0.9, 0.75),  # odds 1 and 9
    ],
)
def test_an_aim_is_drawn_evenly_on_the_scale(scale, low, high, middle):
    drawn = knob(scale=scale, low=low, high=high)
    assert [drawn.aim(q) for q in (0.0, 0.5, 1.0)] == pytest.approx([low, middle, high])


@pytest.mark.parametrize("scale", Scale)
def test_scales_go_there_and_back(scale):
    assert [scale.back(scale.of(value)) for value in (0.01, 0.3, 0.99)] == pytest.approx([0.01, 0.3, 0.99])
    assert math.isnan(scale.of(math.nan))


def test_ends_of_a_scale_are_finite():
    assert Scale.log.of(0.0) == pytest.approx(math.log(1e-4)) == Scale.log_change.of(-1.0)
    assert Scale.logit.of(0.0) == pytest.approx(-Scale.logit.of(1.0)) == pytest.approx(math.log(1e-4 / (1 - 1e-4)))


@pytest.mark.parametrize(
    ("value", "is_met"), [(4.5, True), (5.5, True), (4.49, False), (5.51, False), (math.nan, False)]
)
def test_a_figure_is_met_within_its_slack(value, is_met):
    assert knob().is_met(value, 5.0) is is_met


@pytest.mark.parametrize(
    ("aim", "value", "is_met"),
    [
        (5.0, 5.49, True),
        (5.0, 5.51, False),
        (10.0, 9.01, True),
        (10.0, 8.99, False),
        (-0.5, -0.46, True),
        (-0.5, -0.44, False),
    ],
)
def test_relative_slack_is_a_share_of_the_aim(aim, value, is_met):
    assert knob(slack=0.1, is_relative=True).is_met(value, aim) is is_met


def test_a_knob_stays_within_its_range():
    assert [knob().clipped(value) for value in (-3.0, 5.0, 17.5, 40.0, 41.0)] == [5.0, 5.0, 17.5, 40.0, 40.0]


def test_checks_have_one_end_or_two():
    assert [Check("suits", high=3).is_met(value) for value in (-9, 3, 3.01)] == [True, True, False]
    assert [Check("suits", 1, 3).is_met(value) for value in (0.99, 1, 3, 3.01)] == [False, True, True, False]
    assert not Check("suits").is_met(math.nan) and Check("suits").is_met(1e9)


def test_a_figure_a_little_out_of_bounds_is_near_them():
    both = Check("suits", 1, 3)
    assert [both.is_near(value) for value in (0.89, 0.91, 2, 3.09, 3.11)] == [False, True, True, True, False]
    assert not both.is_near(math.nan)
    assert Check("suits", high=3).is_near(1e9)  # how near that is nobody can say


def test_what_is_missed_is_named_knobs_first():
    knobs, checks = [knob(figure="suits"), knob(figure="mediations")], [Check("wait_county", high=15)]
    assert unmet(knobs, checks, [5.0, 6.0, 10.0], [5.2, 5.8]) == []
    assert unmet(knobs, checks, [4.0, 6.0, 16.0], [5.2, 5.8]) == ["suits", "wait_county"]
    assert unmet(knobs, checks, [5.0, math.nan, 15.0], [5.2, 5.8]) == ["mediations"]


def test_what_is_varied_is_drawn_evenly_on_its_scale():
    plain = Varied(PATIENCE, 8.0, 20.0, Scale.plain, (), False)
    assert [plain.at(q) for q in (0.0, 0.25, 1.0)] == [8.0, 11.0, 20.0]
    log = Varied(PATIENCE, 5.0, 20.0, Scale.log, (), False)
    assert [log.at(q) for q in (0.0, 0.5, 1.0)] == pytest.approx([5.0, 10.0, 20.0])


def test_each_value_of_a_choice_has_an_equal_part_of_the_quantiles():
    choice = Varied(ACCEPTANCE, 0.0, 0.0, Scale.plain, ("loose", "strict"), True)
    assert [choice.at(q) for q in (0.0, 0.49, 0.5, 0.99, 1.0)] == ["loose", "loose", "strict", "strict", "strict"]


def test_a_value_that_stands_twice_is_drawn_twice_as_often_and_has_one_place():
    choice = Varied(ACCEPTANCE, 0.0, 0.0, Scale.plain, ("loose", "loose", "loose", "strict"), True)
    assert [choice.at(q) for q in (0.0, 0.74, 0.76, 1.0)] == ["loose", "loose", "strict", "strict"]
    assert [choice.position(q) for q in (0.0, 0.74, 0.76, 1.0)] == [0.0, 0.0, 1.0, 1.0]


def test_slack_on_the_scale():
    assert knob().slack_on_scale(5.0) == pytest.approx(0.5)
    assert knob(scale=Scale.log, slack=0.1, is_relative=True).slack_on_scale(7.0) == pytest.approx(math.log(1.1))


def test_a_knob_may_be_a_lever_of_the_status_quo():
    office = Declaration("petition.registration_city", 0.71, "share", 0.0, 1.0, (), "A", "", "")
    lever = knob(declared=office, along=(PATIENCE,), is_lever=True)
    assert lever.name == "status_quo.petition.registration_city"
    assert lever.moved == {"status_quo.petition.registration_city": office, "patience": PATIENCE}


def test_a_lever_has_a_column_of_its_own():
    assert Varied(ACCEPTANCE, 0.0, 0.0, Scale.plain, ("loose",), True).name == "status_quo.petition.acceptance"
    assert Varied(PATIENCE, 8.0, 20.0, Scale.plain, (), False).name == "patience"
