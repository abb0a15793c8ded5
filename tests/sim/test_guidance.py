"""Levers that differ by place."""

import re
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from sim.guidance import LOCAL_GROUPS
from sim.policy import Intake, Policy
from sim.scenario import Scenario

OVERRIDES = {
    "hexi": {"norms": {"moral_bank": 0.5, "praise_meetings": 0.25}, "centre": {"intake": "unified"}},
    "6209": {"norms": {"moral_bank": 1}},
}


def policy(cities: dict | None = None) -> Policy:
    return replace(Policy(), cities=OVERRIDES if cities is None else cities)


def test_a_city_s_own_levers_go_before_those_of_its_region_and_these_before_the_province_s() -> None:
    own = policy().in_city(6209, "hexi")
    assert (own.norms.moral_bank, own.norms.praise_meetings) == (1, 0.25)
    assert own.centre == replace(Policy().centre, intake=Intake.unified)
    assert own.cities == {}
    neighbour = policy().in_city(6207, "hexi")
    assert (neighbour.norms.moral_bank, neighbour.norms.praise_meetings) == (0.5, 0.25)
    elsewhere = policy({"6209": OVERRIDES["6209"]}).in_city(6209, "other")
    assert (elsewhere.norms.moral_bank, elsewhere.norms.praise_meetings) == (1, 0)
    assert elsewhere.staff == Policy().staff


def test_other_places_have_the_province_s_policy() -> None:
    whole = policy()
    assert whole.in_city(6201, "capital") is whole


def test_an_override_by_enum_or_by_name_is_the_same() -> None:
    by_enum = policy({"6201": {"centre": {"intake": Intake.unified}}})
    by_name = policy({"6201": {"centre": {"intake": "unified"}}})
    assert by_enum.in_city(6201, "capital") == by_name.in_city(6201, "capital") != Policy()


@pytest.mark.parametrize(
    ("cities", "message"),
    [
        (
            {"62": {}},
            "cities.62: a place is a city code of four digits or a region type (capital, ethnic, hexi, other)",
        ),
        ({"Hexi": {}}, "cities.Hexi: a place is a city code"),
        ({"6209": 3}, "cities.6209=3 is not allowed: it must hold groups of levers"),
        ({"6209": {"norm": {}}}, "cities.6209.norm: only these groups may differ by place: centre, roll_out, staff"),
        ({"6209": {"petition": {"registration_county": 1}}}, "cities.6209.petition: only these groups may differ"),
        ({"6209": {"assessment": {"veto": True}}}, "cities.6209.assessment: only these groups may differ"),
        ({"6209": {"norms": 1}}, "cities.6209.norms=1 is not allowed: it must hold levers"),
        ({"6209": {"norms": {"moral_banks": 1}}}, "unknown key 'cities.6209.norms.moral_banks': did you mean"),
        ({"6209": {"norms": {"moral_banks": 1}}}, "norms.moral_bank"),
        (
            {"6209": {"norms": {"moral_bank": 1.5}}},
            "cities.6209.norms.moral_bank=1.5 is not allowed: it must be within",
        ),
        ({"6209": {"norms": {"moral_bank": -0.1}}}, "norms.moral_bank=-0.1 is not allowed: it must be within 0 to 1"),
        ({"6209": {"norms": {"moral_bank": True}}}, "norms.moral_bank=True is not allowed"),
        ({"6209": {"norms": {"moral_bank": "all"}}}, "norms.moral_bank=all is not allowed"),
        ({"6209": {"norms": {"moral_bank": float("nan")}}}, "norms.moral_bank=nan is not allowed"),
        ({"hexi": {"centre": {"intake": "door"}}}, "cities.hexi.centre.intake=door is not allowed: it must be within"),
    ],
)
def test_bad_overrides_are_refused_by_name(cities: dict, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):  # told on one line by the command
        policy(cities)


def test_limits_themselves_are_allowed() -> None:
    for share in (0, 1):
        assert policy({"6209": {"norms": {"moral_bank": share}}}).in_city(6209, "hexi").norms.moral_bank == share


def test_local_groups_are_groups_of_the_policy() -> None:
    assert set(LOCAL_GROUPS) < set(vars(Policy()))


def test_a_scenario_applies_both_policies_to_a_city() -> None:
    world = Scenario(before=policy(), after=policy({"hexi": {"staff": {"training": 0.5}}}))
    local = world.in_city(6209, "hexi")
    assert (local.before.norms.moral_bank, local.after.norms.moral_bank) == (1, 0)
    assert (local.before.staff.training, local.after.staff.training) == (0, 0.5)
    assert world.in_city(6201, "capital") is world


def test_overrides_survive_the_way_to_plain_values_and_back() -> None:
    world = Scenario(after=policy())
    plain = world.as_dict()
    assert plain["after"]["cities"] == OVERRIDES
    assert TypeAdapter(Scenario).validate_python(plain) == world
