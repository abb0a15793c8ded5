"""A calibration composed: what it is to be, and what is refused before anything runs."""

from __future__ import annotations

from typing import Any

import pytest

from experiments.configuration.command import Invocation
from experiments.configuration.compose import compose
from experiments.configuration.schema import validate
from experiments.studies.calibrate.plan import Calibration, plan
from experiments.studies.calibrate.scale import Scale
from experiments.studies.calibrate.schema import CalibrateConfig, CalibrationChoice
from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import declarations
from sim.scenario import ProvinceChoice

MEDIATIONS: dict[str, Any] = {"figure": "mediations", "tolerance": 0.5}
NAMES = [each.name for each in declarations(Behaviour())][:23]


def planned(source: str = "tiny", **choice: Any) -> Calibration:
    """A calibration of some keys of ``study``."""
    found = CalibrationChoice(**{"fitted": {"grievances": MEDIATIONS}, **choice})
    return plan(CalibrateConfig(study=found, province=ProvinceChoice(source)), Invocation("calibrate"))


def test_a_reported_figure_brings_its_range_and_half_a_tolerance_beyond():
    (knob,) = planned(fitted={"grievances": {"figure": "mediations", "scale": "log", "step": 3.0}}).knobs
    assert (knob.low, knob.high, knob.slack) == (5.75, 7.25, 0.25)  # reported: 6 to 7 within 0.5
    assert (knob.is_reported, knob.is_relative, knob.scale, knob.step) == (True, False, Scale.log, 3.0)
    (own,) = planned(fitted={"grievances": {"figure": "mediations", "tolerance": 1.0}}).knobs
    assert (own.low, own.high, own.slack) == (5.5, 7.5, 0.5)


def test_a_range_of_ours_has_a_tolerance_that_is_a_share_of_the_aim():
    (knob,) = planned(fitted={"grievances": {"figure": "mediations", "low": 2.0, "high": 9.0, "tolerance": 0.1}}).knobs
    assert (knob.low, knob.high, knob.slack, knob.is_reported, knob.is_relative) == (2.0, 9.0, 0.1, False, True)


def test_figures_are_those_of_knobs_checks_and_predictions_in_order():
    study = planned(
        fitted={"constant_village": {**MEDIATIONS, "along": ["constant_township"]}},
        varied={
            "patience": {"low": 8.0, "high": 20.0},
            "status_quo.petition.acceptance": {"values": ["loose", "strict"]},
        },
        checks={"wait_county": {"high": 15.0}, "first_nothing_share": {"low": 0.2}},
        held_out=["suits", "online_share"],
    )
    assert study.names == ("mediations", "wait_county", "first_nothing_share", "suits", "online_share")
    assert study.columns == ("constant_village", "constant_township", "patience", "status_quo.petition.acceptance")
    assert not study.has_own_reports  # tiny has but national ones
    stored = study.as_dict()
    assert stored["checks"] == {
        "wait_county": {"low": None, "high": 15.0},
        "first_nothing_share": {"low": 0.2, "high": None},
    }
    assert stored["varied"]["status_quo.petition.acceptance"] == {"values": ["loose", "strict"]}
    assert planned("gansu", fitted={"grievances": {"figure": "mediations", "tolerance": 0.5}}).has_own_reports


def test_what_moves_along_moves_as_much_and_stays_within_its_range():
    study = planned(fitted={"constant_village": {**MEDIATIONS, "along": ["constant_township"]}})
    village, township = (float(each.default) for each in (study.knobs[0].declared, study.knobs[0].along[0]))
    assert study.values([village + 0.25], ()) == {
        "constant_village": pytest.approx(village + 0.25), "constant_township": pytest.approx(township + 0.25)
    }  # fmt: skip
    least = float(study.knobs[0].along[0].low or 0)
    assert study.values([village - 99], ())["constant_township"] == least


def test_what_a_member_sets_is_in_the_scenario():
    study = planned(varied={"status_quo.petition.acceptance": {"values": ["loose", "strict"]}})
    scenario = study.at(study.base, study.values([61.23456789], ["strict"]))
    assert scenario.behaviour.grievances == 61.2346  # as an ensemble holds it
    assert {each.petition.acceptance.value for each in (scenario.before, scenario.after)} == {"strict"}


HELD_OUT = "online_share is held out in patterns.csv: a figure is fitted or scored, never both"
REFUSED = {
    "nothing to calibrate: study.fitted is empty": {"fitted": {}},
    "study.fitted has 23 knobs; at most 22 are allowed": {"fitted": dict.fromkeys(NAMES, MEDIATIONS)},
    "study.fitted: the figure mediations stands twice; each knob has one figure of its own": {
        "fitted": dict.fromkeys(("grievances", "repeats"), MEDIATIONS)
    },
    "study.fitted: constant_township stands twice; each knob has one figure of its own": {
        "fitted": {"constant_village": {**MEDIATIONS, "along": ["constant_township"]},
                   "constant_township": {"figure": "suits"}}
    },
    "study.fitted.grievances.figure: there is no pattern or measure 'suit'; did you mean ": {
        "fitted": {"grievances": {"figure": "suit"}}
    },
    "study.fitted.grievances.figure: requests is known by its direction alone: it cannot be fitted": {
        "fitted": {"grievances": {"figure": "requests"}}
    },
    f"study.fitted.grievances.figure: {HELD_OUT}": {"fitted": {"grievances": {"figure": "online_share"}}},
    "study.fitted.grievances needs both low and high, or neither": {
        "fitted": {"grievances": {**MEDIATIONS, "low": 1.0}}
    },
    "study.fitted.grievances: visits_province is not reported: give low and high": {
        "fitted": {"grievances": {"figure": "visits_province"}}
    },
    "study.fitted.grievances.tolerance: recorded_success has none; a figure is fitted within one": {
        "fitted": {"grievances": {"figure": "recorded_success"}}
    },
    "study.fitted.grievances: low=9 is above high=3": {
        "fitted": {"grievances": {**MEDIATIONS, "low": 9.0, "high": 3.0}}
    },
    "study.fitted.grievances.tolerance is missing: a figure is fitted within one": {
        "fitted": {"grievances": {"figure": "mediations", "low": 1.0, "high": 3.0}}
    },
    "there is no uncertainty 'grievance'; did you mean grievances?": {"fitted": {"grievance": MEDIATIONS}},
    "staff.mediators_county is a lever: what a planner sets; see search_space": {
        "fitted": {"staff.mediators_county": MEDIATIONS}
    },
    "staff_lost is a stress: a world of its own in a study, and never sampled": {"fitted": {"staff_lost": MEDIATIONS}},
    "study.varied: grievances is a knob of study.fitted: one or the other": {
        "varied": {"grievances": {"low": 50.0, "high": 60.0}}
    },
    "study.varied.patience needs low and high, and no values": {"varied": {"patience": {"low": 8.0}}},
    "study.varied.patience: from 2 to 20 is no part of 5 to 40": {
        "varied": {"patience": {"low": 2.0, "high": 20.0}}
    },
    "study.varied.patience: from 20 to 20 is no part of 5 to 40": {
        "varied": {"patience": {"low": 20.0, "high": 20.0}}
    },
    "study.varied.constant_village: low=-3 must be above 0 on a logarithmic scale": {
        "varied": {"constant_village": {"low": -3.0, "high": -1.0, "scale": "log"}}
    },
    "study.varied.status_quo.petition.acceptance.values: must be some of loose, strict, not ['lax']": {
        "varied": {"status_quo.petition.acceptance": {"values": ["loose", "lax"]}}
    },
    "study.varied.status_quo.petition.acceptance.values: must be some of loose, strict, not none": {
        "varied": {"status_quo.petition.acceptance": {}}
    },
    "study.varied.status_quo.petition.veto: there is no lever 'petition.veto'; did you mean assessment.veto?": {
        "varied": {"status_quo.petition.veto": {"values": ["true"]}}
    },
    "study.checks.suits needs low, high or both": {"checks": {"suits": {}}},
    f"study.checks: {HELD_OUT}": {"checks": {"online_share": {"high": 0.5}}},
    "study.held_out: mediations is fitted or checked too: a figure is fitted or scored, never both": {
        "held_out": ["mediations"]
    },
    "study.held_out: visits_nation is no reported pattern; there are: ": {"held_out": ["visits_nation"]},
}  # fmt: skip


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_wrong_is_refused_in_one_line(said):
    with pytest.raises(InputError) as error:
        planned(**REFUSED[said])
    message = str(error.value)
    assert message.startswith(said) if said.endswith(" ") else message == said
    assert "\n" not in message


def test_a_choice_cannot_be_fitted(monkeypatch):
    from experiments.studies.calibrate import plan as planning
    from sim.parameters import Declaration

    choice = Declaration("kind", "a", "", None, None, ("a", "b"), "A", "", "")
    monkeypatch.setattr(planning, "sample_space", lambda names: [choice])
    with pytest.raises(InputError) as error:
        planned(fitted={"kind": MEDIATIONS})
    assert str(error.value) == "study.fitted.kind: kind is a choice; only numbers can be fitted"


def test_a_lever_of_the_status_quo_may_be_a_knob_and_a_corner():
    lever = "status_quo.petition.registration_city"
    study = planned(fitted={lever: {"figure": "city_before", "low": 0.4, "high": 1.0, "tolerance": 0.05}},
                    corners={lever: [0.6, 0.8]})  # fmt: skip
    (knob,) = study.knobs
    assert (knob.name, knob.is_lever, knob.declared.default) == (lever, True, 0.71)
    values = study.values([0.9], [])
    assert values == {lever: 0.9} and study.at(study.base, values).before.petition.registration_city == 0.9


def test_what_another_study_has_can_be_taken_out():
    study = planned(fitted={"grievances": MEDIATIONS, "repeats": None}, varied={"patience": None},
                    checks={"wait_county": None})  # fmt: skip
    assert (study.columns, study.names) == (("grievances",), ("mediations",))
    with pytest.raises(InputError, match=r"study.fitted is empty"):
        planned(fitted={"grievances": None})


@pytest.mark.long
def test_the_shipped_studies_differ_in_what_they_hold_out_and_in_what_they_vary():
    found = {}
    for name in ("gansu_2019_patterns", "gansu_2019_reform", "gansu_2019_wider"):
        config = validate(CalibrateConfig, compose("calibrate", [f"study={name}"]))
        found[name] = plan(config, Invocation("calibrate"))
    headline, reform, wider = found.values()
    assert [each.name for each in headline.predicted] == ["visits_province", "city_after", "county_after"]
    assert not reform.predicted and {each.name for each in headline.predicted} <= set(reform.names)
    assert set(headline.columns) == set(reform.columns)  # what is varied in one is fitted in the other
    fitted = {"strict_refusal", "weight_success"}
    assert {each.name for each in headline.varied} - {each.name for each in reform.varied} == fitted
    assert max(len(each.knobs) for each in found.values()) <= 22
    assert headline.training == reform.training == wider.training
    further = {"bilateral_power", "trust_mean", "party_refuses", "weight_wait"}
    assert set(wider.columns) - set(headline.columns) == further and wider.names == headline.names
    assert [each.name for each in wider.varied if each.name not in further] == [each.name for each in headline.varied]


def test_a_calibration_takes_no_ensemble():
    config = CalibrateConfig(
        study=CalibrationChoice(fitted={"grievances": MEDIATIONS}),
        ensemble="gansu_ensemble",
        province=ProvinceChoice("tiny"),
    )
    with pytest.raises(InputError) as error:
        plan(config, Invocation("calibrate"))
    assert str(error.value) == "a calibration takes no set of behaviours, here gansu_ensemble: it makes one"
