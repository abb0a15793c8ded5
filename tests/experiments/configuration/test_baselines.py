"""Baselines of 2018 that any command takes as the policy before the reform, and a policy of another province."""

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


def test_zhejiang_differs_in_its_county_centres_and_stands_from_the_first_day() -> None:
    """Rules, registers and grids were there before its centres, and are not what is carried over."""
    zhejiang = before("zhejiang_2020")
    assert (zhejiang.centre.coverage_county, zhejiang.platform.subsystems) == (1, 33)
    assert (zhejiang.roll_out.batch_2_start, zhejiang.roll_out.ramp) == (0, 0) and zhejiang.centre.petition_inside
    assert moved(zhejiang) == {
        "coverage_county", "working_share", "intake", "colocation", "petition_inside", "batch_2_start", "ramp",
        "mediators_county", "information_sharing", "subsystems",
    }  # fmt: skip
