"""Groups of levers: which levers differ, whose they are, and the policies between two policies."""

from __future__ import annotations

import pytest

from experiments.configuration.options import load_policies
from experiments.studies.lever_groups import GROUPS, between, differences, levers_of, members_of
from sim.errors import InputError
from sim.parameters import declarations
from sim.policy import CentreLevers, GridLevers, Intake, NormLevers, Policy, StaffLevers

BEFORE = Policy(
    grid=GridLevers(visits_per_day=4),
    places={
        "6203": {"norms": {"moral_bank": 0.5}, "grid": {"visits_per_day": 6}},
        "6207": {"norms": {"moral_bank": 0.2}},
    },
)
AFTER = Policy(
    grid=GridLevers(visits_per_day=12),
    centre=CentreLevers(intake=Intake.unified),
    staff=StaffLevers(mediators_county=9),
    places={
        "6203": {"norms": {"moral_bank": 0.5}, "grid": {"visits_per_day": 20}},
        "62": {"norms": {"moral_bank": 0.9}},
    },
)


def test_the_standard_groups_hold_every_lever_once():
    held = [lever for patterns in GROUPS.values() for pattern in patterns for lever in levers_of(pattern)]
    assert sorted(held) == sorted(declared.name for declared in declarations(Policy))


def test_levers_differ_everywhere_or_in_some_places():
    found = {each.lever: (each.before, each.after, each.in_places) for each in differences(BEFORE, AFTER)}
    assert found == {
        "centre.intake": ("windows", "unified", False),
        "staff.mediators_county": (Policy().staff.mediators_county, 9, False),
        "grid.visits_per_day": (4, 12, True),
        "norms.moral_bank": (Policy().norms.moral_bank, Policy().norms.moral_bank, True),
    }
    assert differences(AFTER, AFTER) == []


def test_a_group_has_the_levers_that_differ_and_one_without_any_is_left_out():
    differing = [each.lever for each in differences(BEFORE, AFTER)]
    assert members_of({}, differing) == {
        "grid": ["grid.visits_per_day"],
        "centres": ["centre.intake", "staff.mediators_county"],
        "platform": ["norms.moral_bank"],
    }
    own = {"offices": ["staff.*", "centre.intake"], "rest": ["grid.visits_per_day", "norms.*"], "none": ["services.*"]}
    assert members_of(own, differing) == {
        "offices": ["centre.intake", "staff.mediators_county"],
        "rest": ["grid.visits_per_day", "norms.moral_bank"],
    }


def test_a_trend_may_be_in_a_group_and_no_other_uncertainty():
    assert levers_of("timing.petition_trend") == ["timing.petition_trend"]
    assert levers_of("*")[-1] == "timing.petition_trend" and len(levers_of("*")) == len([*declarations(Policy)]) + 1
    groups = {"trend": ["timing.*"], "rest": ["grid.*"]}
    differing = ["grid.visits_per_day", "timing.petition_trend"]
    assert members_of(groups, differing) == {"trend": ["timing.petition_trend"], "rest": ["grid.visits_per_day"]}
    with pytest.raises(InputError, match="patience is an uncertainty: what people are like"):
        members_of({"people": ["patience"], "rest": ["grid.*"]}, ["grid.visits_per_day"])


def test_with_all_levers_it_is_the_policy_after_and_with_none_the_one_before():
    differing = {each.lever for each in differences(BEFORE, AFTER)}
    for levers, policy in ((differing, AFTER), (set(), BEFORE)):
        found = between(BEFORE, AFTER, levers)
        assert differences(found, policy) == [] and found.places == policy.places


def test_what_places_set_for_themselves_follows_its_group():
    found = between(BEFORE, AFTER, {"grid.visits_per_day"})
    assert (found.grid.visits_per_day, found.centre.intake) == (12, Intake.windows)
    assert found.places == {
        "6203": {"grid": {"visits_per_day": 20}, "norms": {"moral_bank": 0.5}},
        "6207": {"norms": {"moral_bank": 0.2}},
    }
    other = between(BEFORE, AFTER, {"norms.moral_bank", "centre.intake"})
    assert (other.grid.visits_per_day, other.centre.intake) == (4, Intake.unified)
    assert other.places == {
        "62": {"norms": {"moral_bank": 0.9}},
        "6203": {"grid": {"visits_per_day": 6}, "norms": {"moral_bank": 0.5}},
    }
    assert [other.in_place(code, "hexi").norms.moral_bank for code in (6203, 6207)] == [0.5, 0.9]


def test_shipped_policies_can_be_held_against_the_status_quo_by_the_standard_groups():
    found = load_policies({"gansu_2019": "", "placebo": "", "grid_first": ""}, None, "gansu")
    named = {
        name: [*members_of({}, [each.lever for each in differences(Policy(), policy)])]
        for name, policy in found.items()
    }
    assert named == {"gansu_2019": [*GROUPS], "placebo": [], "grid_first": ["grid"]}


DIFFERING = ["grid.visits_per_day", "norms.moral_bank"]


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        ({"grid": ["grid.*"]}, "study.groups: norms.moral_bank differs between before and after, and no group has it"),
        ({"one": ["grid.*"], "two": ["grid.visits_per_day", "norms.*"]},
         "study.groups: grid.visits_per_day is in one and in two; it must be in one group alone"),
        ({"grid": ["grid.visit_per_day"]},
         "there is no lever 'grid.visit_per_day'; did you mean grid.visits_per_day or grid"),
        ({"grid": ["gird.*"]}, "pattern 'gird.*' fits no lever"),
        ({"harm": ["push_down"]}, "push_down is a stress: harm that happens to people, and never searched"),
        ({"": ["grid.*"]}, "study.groups: '' is no name: it must be 1 to 50 letters that can be printed"),
        ({"a" * 51: ["grid.*"]}, "is no name: it must be 1 to 50 letters that can be printed"),
    ],
)  # fmt: skip
def test_what_is_refused(groups, says):
    with pytest.raises(InputError) as error:
        members_of(groups, DIFFERING)
    assert says in str(error.value)


def test_a_lever_in_two_groups_is_no_matter_where_it_does_not_differ():
    assert members_of({"one": ["grid.*", "norms.*"], "two": ["grid.settling_power"]}, DIFFERING) == {"one": DIFFERING}


def test_eight_groups_are_the_most():
    names = [declared.name for declared in declarations(NormLevers, "norms.")] + [
        declared.name for declared in declarations(GridLevers, "grid.")
    ]
    eight = {f"group {place}": [name] for place, name in enumerate(names[:8])}
    assert len(members_of(eight, names[:8])) == 8
    nine = eight | {"ninth": ["petition.acceptance"]}
    assert len(members_of(nine, names[:8])) == 8  # one that does not differ is no group
    with pytest.raises(InputError, match=r"study\.groups: 9 groups differ, and at most 8 can be combined: 256 worlds"):
        members_of(nine, [*names[:8], "petition.acceptance"])
