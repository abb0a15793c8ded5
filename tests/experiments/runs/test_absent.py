"""Levers that are set for places which the province of a scenario does not have."""

from __future__ import annotations

import pytest

from experiments.cli.main import main
from experiments.runs.absent import absent_places, stored_absent
from petition_pyramid import scenario

CITIES = ["6201", "6203", "6204", "6205", "6207", "6208", "6209", "6210", "6211", "6212", "6229"]
"""Cities for which ``gansu_2019`` sets levers."""


def test_a_policy_of_one_province_in_another():
    there, away = (scenario(f"province={name}", "after=gansu_2019") for name in ("gansu", "qinghai"))
    assert absent_places([there]) == [] and stored_absent([there]) == {}
    assert absent_places([away]) == CITIES and stored_absent([away, there]) == {"absent_places": CITIES}
    assert absent_places([scenario("province=qinghai", "after=whistle")]) == []


def test_codes_and_region_types_of_either_policy():
    lever = {"staff": {"training": 0.5}}
    place = scenario("province=tiny", "after=whistle").vary(
        {
            "before.places": {"hexi": lever, "91": lever, "910102": lever, "6203": lever},
            "after.places": {"loess": lever},
        }
    )
    assert absent_places([place]) == ["6203", "loess"]


def test_a_selection_of_places_makes_none_absent():
    assert absent_places([scenario("province=gansu", "places=[6207]", "after=gansu_2019")]) == []


def test_the_nation_has_the_places_of_its_provinces():
    assert absent_places([scenario("province=china", "after=gansu_2019")]) == []
    assert absent_places([scenario("province=china", "places=[63,64]", "after=gansu_2019")]) == CITIES


@pytest.mark.parametrize("place", ["6201", "hexi"])
def test_what_is_typed_must_act(capsys, place):
    assert main(["simulate", "province=qinghai", f"+after.places.{place}.staff.mediators_county=3"]) == 2
    assert f"after.places.{place}: there is no " in capsys.readouterr().err
