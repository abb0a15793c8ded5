"""Baselines of 2018 that any command takes as the policy before the reform."""

from __future__ import annotations

import pytest

import petition_pyramid as pp
from sim.parameters import flat
from sim.policy import Acceptance, Policy

LOOSE = flat(Policy())


def before(name: str) -> Policy:
    return pp.scenario("province=tiny", f"before={name}").before


def moved(policy: Policy) -> set[str]:
    return {name for name, value in flat(policy).items() if value != LOOSE[name]}


def test_the_loose_one_is_the_default_and_the_strict_one_differs_in_the_rule_alone() -> None:
    assert pp.scenario("province=tiny").before == before("status_quo") == Policy()
    assert before("status_quo_strict").petition.acceptance is Acceptance.strict
    assert moved(before("status_quo_strict")) == {"acceptance"}


def test_halls_are_where_they_were_reported_and_have_no_more_mediators() -> None:
    """84 % of counties and all cities (Gansu, October 2015); on average as many mediators a county and city."""
    halls = before("status_quo_halls")
    assert (halls.centre.coverage_county, halls.centre.coverage_city) == (0.84, 1)
    assert halls.centre.petition_inside
    assert moved(halls) == {
        "coverage_county", "coverage_city", "petition_inside", "mediators_county", "mediators_city"
    }  # fmt: skip
    for level in ("county", "city"):
        mediators, plain = (
            getattr(each.staff, f"mediators_{level}") * getattr(each.centre, f"coverage_{level}")
            for each in (halls, Policy())
        )
        assert mediators == pytest.approx(plain, rel=0.01)
