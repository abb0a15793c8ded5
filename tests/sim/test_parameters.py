"""Declarations of parameters and what is made of them."""

from dataclasses import replace

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.behaviour import Behaviour
from sim.parameters import declarations, flat, record_type, to_record, vector
from sim.policy import CentreLevers, Intake, Policy
from sim.stress import Stress

GROUPS = pytest.mark.parametrize("group", [Policy, Behaviour, Stress])


def leaves(group: type) -> list[str]:
    return [declared.name.rpartition(".")[2] for declared in declarations(group)]


@GROUPS
def test_names_of_leaves_are_unique(group: type) -> None:
    names = leaves(group)
    assert len(names) == len(set(names)) == len(flat(group())) > 0


def test_groups_share_no_name() -> None:
    names = [name for group in (Policy, Behaviour, Stress) for name in leaves(group)]
    assert len(names) == len(set(names))


@GROUPS
def test_defaults_lie_within_their_ranges(group: type) -> None:
    for declared in declarations(group):
        if declared.choices:
            default = str(declared.default).lower() if isinstance(declared.default, bool) else declared.default
            assert default in declared.choices, declared.name
        else:
            assert declared.low < declared.high, declared.name
            assert declared.low <= declared.default <= declared.high, declared.name


@GROUPS
def test_everything_has_a_meaning_a_unit_a_tag_and_a_source(group: type) -> None:
    for declared in declarations(group):
        assert declared.meaning and declared.unit and declared.source, declared.name
        assert declared.tag in ("F", "D", "A"), declared.name
        assert declared.tag == "A" or declared.source not in ("assumed", "fitted"), declared.name  # no fact unsourced


def test_stresses_are_neutral_by_default() -> None:
    assert set(flat(Stress()).values()) == {0.0}


@GROUPS
def test_an_unknown_key_is_refused(group: type) -> None:
    with pytest.raises(ValidationError, match="no_such_lever"):
        group(no_such_lever=1)


@GROUPS
def test_values_outside_the_range_are_refused(group: type) -> None:
    adapter = TypeAdapter(group)
    for declared in declarations(group):
        if declared.choices:
            continue
        for value, inside in ((declared.low, True), (declared.high, True), (declared.low - 0.01, False)):
            tree: object = value
            for part in reversed(declared.name.split(".")):
                tree = {part: tree}
            if inside:
                adapter.validate_python(tree)
            else:
                with pytest.raises(ValidationError, match=declared.name.rpartition(".")[2]):
                    adapter.validate_python(tree)


def test_a_value_is_checked_when_assigned() -> None:
    levers = CentreLevers()
    with pytest.raises(ValidationError, match="less than or equal to 1"):
        levers.coverage_city = 1.5
    with pytest.raises(ValidationError, match="no_such_lever"):
        levers.no_such_lever = 1


def test_an_instance_is_declared_with_its_own_values() -> None:
    policy = replace(Policy(), centre=replace(CentreLevers(), coverage_city=0.75, intake=Intake.unified))
    declared = {one.name: one for one in declarations(policy)}
    city, intake = declared["centre.coverage_city"], declared["centre.intake"]
    assert (city.default, city.low, city.high, city.allowed, city.unit) == (0.75, 0, 1, "0 to 1", "share")
    assert (intake.default, intake.allowed) == ("unified", "windows, unified")


def test_records_hold_the_numbers() -> None:
    policy = replace(Policy(), centre=replace(CentreLevers(), coverage_city=0.75, intake=Intake.unified))
    values, record = flat(policy), to_record(policy)
    assert record.shape == (1,) and record.dtype == record_type(Policy)
    assert (values["coverage_city"], values["intake"], values["acceptance"]) == (0.75, 1.0, 0.0)
    assert {name: record[name][0] for name in record.dtype.names} == values
    assert vector(policy).tolist() == list(values.values()) and list(values) == list(record.dtype.names)
    assert all(record.dtype[name] == "float64" for name in record.dtype.names)
