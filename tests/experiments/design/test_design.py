"""Factors, samples, constraints and scenarios: which points a design has, by hand and against known properties."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.design import Constraint, Design, Factor, Variation, factors_of, sample
from experiments.design.sampling import quantiles
from sim.errors import InputError
from sim.policy import Acceptance
from sim.scenario import ProvinceChoice, Scenario

TINY = Scenario(province=ProvinceChoice(source="tiny"))


def test_factors_are_written_in_many_ways():
    found = factors_of(
        {
            "after": "status_quo,whistle",
            "after.staff.mediators_county": "range(8,25,8)",
            "behaviour.patience": "interval(10,20)",
            "behaviour.trust_gain": "declared",
            "after.petition.acceptance": "declared",
            "after.assessment.veto": "declared",
            "stress": ["none", "lockdown"],
        }
    )
    assert [factor.key for factor in found][:3] == ["after", "after.staff.mediators_county", "behaviour.patience"]
    assert found[0].values == ("status_quo", "whistle") and not found[0].is_ordered
    assert found[1].values == (8, 16, 24) and found[1].is_ordered and found[1].unit == "mediators"
    assert (found[2].low, found[2].high, found[2].unit) == (10, 20, "days") and found[2].is_interval
    assert (found[3].low, found[3].high) == (0.05, 0.30)
    assert found[4].values == ("loose", "strict")
    assert found[5].values == (False, True) and not found[5].is_ordered
    assert found[6].values == ("none", "lockdown")


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        ({"behaviour.patiens": "1,2"}, "there is no key 'behaviour.patiens'; did you mean behaviour.patience"),
        ({"nothing": "1,2"}, "there is no key 'nothing'"),
        ({"after": "declared"}, "only a lever, an uncertainty or a stress has a range"),
        ({"after.petition.acceptance": "interval(0,1)"}, "only a number has an interval"),
        ({"behaviour.patience": "interval(20,10)"}, "the first end must be below the second"),
        ({"behaviour.patience": "10,10"}, "a value is given twice"),
        ({"behaviour.patience": "interval("}, "is not allowed: write values (8,16)"),
        ({"behaviour.patience": []}, "it has no values"),
    ],
)
def test_a_factor_that_is_none_is_refused(factor, said):
    with pytest.raises(InputError) as error:
        factors_of(factor)
    assert said in str(error.value)


def test_quantiles_become_values():
    number, word = Factor("behaviour.patience", low=10, high=20), Factor("after", ("a", "b", "c"))
    assert [number.at(q) for q in (0, 0.25, 0.99)] == pytest.approx([10, 12.5, 19.9])
    assert [word.at(q) for q in (0, 0.33, 0.34, 0.999)] == ["a", "a", "b", "c"]
    assert number.steps(5) == (10, 12.5, 15, 17.5, 20) and word.steps(5) == ("a", "b", "c")


def test_a_grid_has_every_combination_once_the_last_factor_fastest():
    factors = [Factor("after", ("a", "b")), Factor("behaviour.patience", low=1, high=3)]
    points = sample(factors, Design.grid, 64, 3, 0)
    assert [tuple(point.values()) for point in points] == [
        ("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2), ("b", 3)
    ]  # fmt: skip


def test_a_latin_hypercube_has_one_point_in_every_stratum():
    drawn = quantiles(Design.latin_hypercube, 3, 40, seed=5)
    for column in drawn.T:
        assert sorted((column * 40).astype(int).tolist()) == list(range(40))


def test_a_sobol_sequence_is_balanced_and_goes_on_where_it_ended():
    half, whole = quantiles(Design.sobol, 4, 32, seed=3), quantiles(Design.sobol, 4, 64, seed=3)
    assert np.array_equal(whole[:32], half)
    for column in whole.T:
        assert np.bincount((column * 64).astype(int), minlength=64).max() == 1
    assert not np.array_equal(half, quantiles(Design.sobol, 4, 32, seed=4))


def test_points_that_are_the_same_are_there_once():
    points = sample([Factor("after", ("a", "b"))], Design.sobol, 16, 5, 0)
    assert sorted(point["after"] for point in points) == ["a", "b"]


@pytest.mark.parametrize(
    ("design", "size", "said"),
    [(Design.sobol, 48, "such as 32 or 64"), (Design.latin_hypercube, 0, "must be a whole number from 1")],
)
def test_a_size_that_a_design_cannot_have_is_refused(design, size, said):
    with pytest.raises(InputError) as error:
        sample([Factor("a", low=0, high=1)], design, size, 5, 0)
    assert said in str(error.value)


def test_a_grid_too_large_is_counted_and_refused():
    factors = [Factor(str(which), low=0, high=1) for which in range(40)]
    with pytest.raises(InputError, match=r"the grid has 1,208,925,819,614,629,174,706,176 points"):
        sample(factors, Design.grid, 1, 4, 0)
    with pytest.raises(InputError, match="nothing to vary"):
        sample([], Design.grid, 1, 4, 0)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("after.staff.mediators_county > after.staff.mediators_township", True),
        ("after.staff.mediators_county <= 2 * after.staff.mediators_township", False),
        ("2 < behaviour.patience < 20 and not after.assessment.veto", True),
        ("behaviour.patience / 2 == 6 or 1 > 2", True),
        ("after == 'whistle'", True),
        ("after.petition.acceptance == 'strict'", True),
        ("-1 + behaviour.patience != 11", False),
    ],
)
def test_constraints_compare_any_keys(text, met):
    scenario = Variation(TINY).scenario(
        {"after.staff.mediators_county": 8, "behaviour.patience": 12, "after.petition.acceptance": "strict"}
    )
    assert scenario.after.petition.acceptance is Acceptance.strict
    assert Constraint.parse(text).is_met(scenario, {"after": "whistle", "behaviour.patience": 12}) is met


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("__import__('os').system('true')", "is not allowed"),
        ("[1, 2] == 3", "is not allowed"),
        ("behaviour.patience >", "cannot be read"),
        ("behaviour.patient > 1", "'behaviour.patient' is no key with a value"),
        ("behaviour.__class__ == 1", "is no key with a value"),
        ("behaviour > 1", "is no key with a value"),
        ("behaviour.patience > 'a'", "has no value"),
        ("behaviour.patience / 0 > 1", "has no value"),
        ("behaviour.patience ** 2 > 1", "has no value: an operator that is not allowed"),
        ("1 > 2 " + "+ 1" * 400, "cannot be read"),
    ],
)
def test_a_constraint_that_is_none_is_refused(text, said):
    with pytest.raises(InputError) as error:
        Constraint.parse(text).is_met(TINY, {})
    assert said in str(error.value)


def test_whole_options_come_before_single_values():
    variation = Variation(TINY)
    scenario = variation.scenario(
        {"after.centre.whistle_deadline": 3, "after": "whistle", "stress": "staff_cut", "behaviour.patience": 9}
    )
    alone = variation.scenario({"after": "whistle"})
    assert scenario.after.centre.whistle_deadline == 3
    assert scenario.after.centre.whistle_response == alone.after.centre.whistle_response == 0.8
    assert scenario.stress.staff_lost == 0.5 and scenario.behaviour.patience == 9
    assert scenario.before == TINY.before and variation.scenario({}) == TINY


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"behaviour.patience": 900}, "behaviour.patience=900 is not allowed: it must be a number from 5 to 40 (days)"),
        ({"after.staff.mediator_county": 1}, "did you mean after.staff.mediators_county"),
        ({"after": "whistl"}, "after=whistl: there is no policy 'whistl'; did you mean whistle?"),
        ({"stress": "nix"}, "there is no stress 'nix'"),
        ({"after.petition.acceptance": "maybe"}, "it must be one of loose, strict"),
        ({"calendar.end": "2019-13-31"}, "calendar.end='2019-13-31' is not a date"),
    ],
)
def test_a_value_that_is_not_allowed_is_named(values, said):
    with pytest.raises(InputError) as error:
        Variation(TINY).scenario(values)
    assert said in str(error.value)


def test_a_factor_may_be_a_province_by_any_name_or_some_places():
    province, places = factors_of({"province": "gansu,青海", "places": "[6201],[6229,620302]"})
    assert (province.key, province.values) == ("province.source", ("gansu", "qinghai"))
    assert places.as_dict()["values"] == ["[6201]", "[6229,620302]"] and places.values == ([6201], [6229, 620302])
    with pytest.raises(InputError, match="a value is given twice"):
        factors_of({"province": "青海,63"})
