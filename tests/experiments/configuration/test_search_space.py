"""The door of every search: no stress passes it, and no register can be made smaller."""

from __future__ import annotations

import json

import pytest

from experiments.cli.main import main
from experiments.configuration.search_space import sample_space, search_space
from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import declarations
from sim.policy import Policy
from sim.stress import Stress

STRESSES = [declared.name for declared in declarations(Stress)]


@pytest.mark.parametrize("name", STRESSES)
def test_every_stress_is_refused_by_name_and_by_pattern(name):
    for written in (
        name,
        f"stress.{name}",
        f"{name[:-2]}*",
        f"stress.{name[:3]}*",
        f"*{name[2:]}",
        f"?{name[1:]}",
        "[!x]*",
    ):
        with pytest.raises(InputError, match="is a stress: harm that happens to people, and never searched"):
            search_space(["staff.mediators_county", written])
        with pytest.raises(InputError, match="is a stress: a world of its own in a study, and never sampled"):
            sample_space([written])


@pytest.mark.parametrize("pattern", ["*", "stress*", "stress.*", "*.*", "st*"])
def test_wide_patterns_that_take_in_a_stress_are_refused(pattern):
    with pytest.raises(InputError, match=r"pattern '.*': .* is a stress"):
        search_space([pattern])


def test_levers_come_as_declared_with_the_reference_as_default():
    reference = Policy()
    reference.staff.mediators_county = 12
    (lever,) = search_space(["after.staff.mediators_county"], reference)
    assert (lever.name, lever.default, lever.low, lever.high) == ("staff.mediators_county", 12, 0, 200)
    names = [lever.name for lever in search_space(["grid.*", "centre.intake", "grid.visits_per_day"])]
    expected = [each.name for each in declarations(Policy) if each.name.startswith("grid.")]
    assert names == [*expected, "centre.intake"]


def test_registration_is_never_searched_below_the_reference():
    reference = Policy()
    for level, share in (("county", 0.8), ("city", 0.76), ("province", 0.9), ("nation", 0.95)):
        setattr(reference.petition, f"registration_{level}", share)
    found = {lever.name: (lever.low, lever.high) for lever in search_space(["petition.registration_*"], reference)}
    assert found == {
        "petition.registration_county": (0.8, 1),
        "petition.registration_city": (0.76, 1),
        "petition.registration_province": (0.9, 1),
        "petition.registration_nation": (0.95, 1),
    }
    (online,) = search_space(["petition.online_channel"], reference)
    assert (online.low, online.high) == (0, 1)
    (county,) = search_space(["petition.registration_county"])
    assert 0 < county.low == Policy().petition.registration_county < 1  # the status quo


def test_uncertainties_are_a_space_of_their_own():
    assert [each.name for each in sample_space(["behaviour.patience", "trust_*"])] == [
        "patience", *(each.name for each in declarations(Behaviour) if each.name.startswith("trust_"))
    ]  # fmt: skip
    (patience,) = sample_space(["patience"])
    assert (patience.low, patience.high, patience.unit) == (5, 40, "days")
    with pytest.raises(InputError, match=r"^patience is an uncertainty: what people are like; see sample_space$"):
        search_space(["patience"])
    with pytest.raises(InputError, match=r"^grid\.visits_per_day is a lever: what a planner sets; see search_space$"):
        sample_space(["grid.visits_per_day"])


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["staff.mediators_conty"], "there is no lever 'staff.mediators_conty'; did you mean staff.mediators_county"),
        (["mediators_county"], "there is no lever 'mediators_county'; did you mean staff.mediators_county?"),
        (["grid.visits_per_day", "grid.visits_per_day"], "'grid.visits_per_day' is given twice"),
        (["norm.*"], "pattern 'norm.*' fits no lever; there are: centre.coverage_township"),
    ],
)
def test_what_is_no_lever_is_told_with_what_is_near(names, message):
    with pytest.raises(InputError) as raised:
        search_space(names)
    assert str(raised.value).startswith(message)


def test_the_list_of_stresses_says_that_they_are_harm(capsys):
    assert main(["list", "stresses", "output=json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["harm"] for row in rows} == {"yes, never searched"} and [row["name"] for row in rows] == STRESSES
    assert main(["list", "levers", "output=json"]) == 0
    assert all("harm" not in row for row in json.loads(capsys.readouterr().out))
