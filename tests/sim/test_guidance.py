"""Levers that differ by place."""

import re
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from sim.guidance import LEVELS, LOCAL_GROUPS, why_not_there
from sim.parameters import declarations
from sim.policy import Intake, Policy
from sim.scenario import Scenario

OVERRIDES = {
    "hexi": {"norms": {"moral_bank": 0.5, "praise_meetings": 0.25}, "centre": {"intake": "unified"}},
    "6209": {"norms": {"moral_bank": 1}},
}


def policy(places: dict | None = None) -> Policy:
    return replace(Policy(), places=OVERRIDES if places is None else places)


def test_a_city_s_own_levers_go_before_those_of_its_region_and_these_before_the_province_s() -> None:
    own = policy().in_place(6209, "hexi")
    assert (own.norms.moral_bank, own.norms.praise_meetings) == (1, 0.25)
    assert own.centre == replace(Policy().centre, intake=Intake.unified)
    assert own.places == {}
    neighbour = policy().in_place(6207, "hexi")
    assert (neighbour.norms.moral_bank, neighbour.norms.praise_meetings) == (0.5, 0.25)
    elsewhere = policy({"6209": OVERRIDES["6209"]}).in_place(6209, "other")
    assert (elsewhere.norms.moral_bank, elsewhere.norms.praise_meetings) == (1, 0)
    assert elsewhere.staff == Policy().staff


def test_the_nearest_level_wins() -> None:
    levels = ("62", "hexi", "6209", "620902", "620902001")
    whole = policy({place: {"norms": {"moral_bank": share / 10}} for share, place in enumerate(levels, 1)})
    of = {code: whole.in_place(code, "hexi").norms.moral_bank for code in (620902001, 620902002, 620903001, 620903)}
    assert of == {620902001: 0.5, 620902002: 0.4, 620903001: 0.3, 620903: 0.3}
    assert whole.in_place(6207, "hexi").norms.moral_bank == 0.2
    assert whole.in_place(620102001, "capital").norms.moral_bank == 0.1
    assert whole.in_place(910102001, "capital") is whole


def test_levers_of_several_levels_come_together_in_a_place() -> None:
    own = policy({"62": {"norms": {"moral_bank": 0.5}}, "620902": {"grid": {"visits_per_day": 12}}})
    local = own.in_place(620902001, "hexi")
    assert (local.norms.moral_bank, local.grid.visits_per_day, local.staff) == (0.5, 12, Policy().staff)


def test_a_lever_is_set_where_it_acts_or_above() -> None:
    """Of every lever that may differ by place, the levels of places that take it."""
    allowed = {
        each.name: [level for level in LEVELS if not why_not_there(each.name, level)]
        for each in declarations(Policy)
        if each.name.partition(".")[0] in LOCAL_GROUPS
    }
    assert {tuple(levels) for levels in allowed.values()} == {
        ("province", "city"),
        ("province", "city", "county"),
        ("province", "city", "county", "township"),
    }
    assert [name for name, levels in allowed.items() if len(levels) == 2] == [
        "centre.coverage_city",
        "staff.mediators_city",
    ]
    assert "township" in allowed["centre.intake"] and "township" not in allowed["centre.colocation"]
    assert [level for level in LEVELS if not why_not_there("petition.acceptance", level)] == []
    assert not any(why_not_there(name, "region type") for name in allowed)


def test_other_places_have_the_province_s_policy() -> None:
    whole = policy()
    assert whole.in_place(6201, "capital") is whole


def test_an_override_by_enum_or_by_name_is_the_same() -> None:
    by_enum = policy({"6201": {"centre": {"intake": Intake.unified}}})
    by_name = policy({"6201": {"centre": {"intake": "unified"}}})
    assert by_enum.in_place(6201, "capital") == by_name.in_place(6201, "capital") != Policy()


@pytest.mark.parametrize(
    ("places", "message"),
    [
        (
            {"620": {}},
            "places.620: a place is the code of a province (2 digits), city (4), county (6) or township (9), or a "
            "region type",
        ),
        ({"": {}}, "places.: a place is the code"),
        (
            {"620902": {"staff": {"mediators_city": 3}}},
            "places.620902.staff.mediators_city=3 is not allowed: it acts at the level of the city; "
            "set it for a city, a region type or the province",
        ),
        (
            {"620902001": {"services": {"one_call": 1}}},
            "places.620902001.services.one_call=1 is not allowed: it acts at the level of the county; "
            "set it for a county, a city, a region type or the province",
        ),
        ({"6209": 3}, "places.6209=3 is not allowed: it must hold groups of levers"),
        ({"6209": {"norm": {}}}, "places.6209.norm: only these groups may differ by place: centre, roll_out, staff"),
        ({"6209": {"petition": {"registration_county": 1}}}, "places.6209.petition: only these groups may differ"),
        ({"6209": {"assessment": {"veto": True}}}, "places.6209.assessment: only these groups may differ"),
        ({"6209": {"norms": 1}}, "places.6209.norms=1 is not allowed: it must hold levers"),
        ({"6209": {"norms": {"moral_banks": 1}}}, "unknown key 'places.6209.norms.moral_banks': did you mean"),
        ({"6209": {"norms": {"moral_banks": 1}}}, "norms.moral_bank"),
        (
            {"6209": {"services": {"requests_met": 1}}},
            "unknown key 'places.6209.services.requests_met': services.requests_met is no lever any more: what is met",
        ),
        (
            {"6209": {"norms": {"moral_bank": 1.5}}},
            "places.6209.norms.moral_bank=1.5 is not allowed: it must be within",
        ),
        ({"6209": {"norms": {"moral_bank": -0.1}}}, "norms.moral_bank=-0.1 is not allowed: it must be within 0 to 1"),
        ({"6209": {"norms": {"moral_bank": True}}}, "norms.moral_bank=True is not allowed"),
        ({"6209": {"norms": {"moral_bank": "all"}}}, "norms.moral_bank=all is not allowed"),
        ({"6209": {"norms": {"moral_bank": float("nan")}}}, "norms.moral_bank=nan is not allowed"),
        ({"hexi": {"centre": {"intake": "door"}}}, "places.hexi.centre.intake=door is not allowed: it must be within"),
    ],
)
def test_bad_overrides_are_refused_by_name(places: dict, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):  # told on one line by the command
        policy(places)


def test_limits_themselves_are_allowed() -> None:
    for share in (0, 1):
        assert policy({"6209": {"norms": {"moral_bank": share}}}).in_place(6209, "hexi").norms.moral_bank == share


def test_local_groups_are_groups_of_the_policy() -> None:
    assert set(LOCAL_GROUPS) < set(vars(Policy()))


def test_a_scenario_applies_both_policies_to_a_city() -> None:
    world = Scenario(before=policy(), after=policy({"hexi": {"staff": {"training": 0.5}}}))
    local = world.in_place(6209, "hexi")
    assert (local.before.norms.moral_bank, local.after.norms.moral_bank) == (1, 0)
    assert (local.before.staff.training, local.after.staff.training) == (0, 0.5)
    assert world.in_place(6201, "capital") is world


def test_overrides_survive_the_way_to_plain_values_and_back() -> None:
    world = Scenario(after=policy())
    plain = world.as_dict()
    assert plain["after"]["places"] == OVERRIDES
    assert TypeAdapter(Scenario).validate_python(plain) == world
