"""The calendar's checks and the scenario as plain values."""

import json
import re
import time
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from experiments.runs.run import runs_of
from sim.errors import InputError
from sim.model import GovernanceModel, run
from sim.policy import Intake, Policy
from sim.scenario import SEED_MAX, Calendar, ProvinceChoice, Scenario, check_seed


@pytest.mark.parametrize("key", ["start", "end", "reform", "measures"])
@pytest.mark.parametrize("value", ["yesterday", "", "2019-02-30", "2019-13-01", "2019-1-1", "01.01.2019"])
def test_what_is_no_date_is_refused(key: str, value: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"calendar.{key}={value!r} is not a date like 2019-01-01")):
        Calendar(**{key: value})


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({"start": "2015-01-02"}, "must be a 1 January"),
        ({"start": "2015-02-01"}, "must be a 1 January"),
        ({"end": "2019-12-30"}, "must be a 31 December after calendar.start=2015-01-01"),
        ({"end": "2019-01-31"}, "must be a 31 December after calendar.start=2015-01-01"),
        ({"end": "2014-12-31"}, "must be a 31 December after calendar.start=2015-01-01"),
        ({"reform": "2019-01-02"}, "must be the first day of a month between 2015-01-01 and 2021-12-31"),
        ({"reform": "2014-12-01"}, "must be the first day of a month between 2015-01-01 and 2021-12-31"),
        ({"measures": "2022-01-01"}, "must be the first day of a month between 2015-01-01 and 2021-12-31"),
    ],
)
def test_dates_that_do_not_fit_are_refused(change: dict[str, str], allowed: str) -> None:
    ((key, value),) = change.items()
    with pytest.raises(ValueError, match=re.escape(f"calendar.{key}={value} {allowed}")):
        Calendar(**change)


def test_days_are_counted_from_the_start() -> None:
    calendar = Calendar(start="2015-01-01", end="2019-12-31", reform="2019-01-01", measures="2018-01-01")
    assert calendar.days == 1826  # a leap year among the five
    assert [calendar.day(name) for name in ("measures", "reform", "end")] == [1096, 1461, 1825]
    assert Calendar(start="2019-01-01", measures="2019-01-01", reform="2019-12-01", end="2019-12-31").days == 365


def test_unknown_keys_are_refused() -> None:
    for group in (Scenario, Calendar, ProvinceChoice):
        with pytest.raises(ValidationError, match="no_such_key"):
            group(no_such_key=1)


def test_a_scenario_is_plain_values_and_back() -> None:
    policy = replace(Policy(), centre=replace(Policy().centre, intake=Intake.unified))
    scenario = Scenario(province=ProvinceChoice("tiny", [1]), after=policy)
    plain = scenario.as_dict()
    assert plain["after"]["centre"]["intake"] == "unified"
    assert plain["province"] == {"source": "tiny", "places": [1]}
    assert list(plain) == ["province", "calendar", "before", "after", "behaviour", "stress"]
    assert TypeAdapter(Scenario).validate_python(json.loads(json.dumps(plain))) == scenario


@pytest.mark.parametrize("text", ["20170101", "2017-W01-7"])
def test_other_iso_spellings_of_a_date_are_refused(text):
    with pytest.raises(ValueError, match="is not a date like 2019-01-01"):
        Calendar(start=text)


def test_values_are_changed_by_key_and_the_rest_is_shared():
    base = Scenario(province=ProvinceChoice("tiny"))
    varied = base.vary(
        {"after.centre.coverage_county": 0.3, "after.centre.intake": "unified", "calendar.end": "2020-12-31"}
    )
    assert (varied.after.centre.coverage_county, varied.after.centre.intake) == (0.3, Intake.unified)
    assert varied.calendar == Calendar(end="2020-12-31")
    assert varied.behaviour is base.behaviour and varied.before is base.before
    assert base == Scenario(province=ProvinceChoice("tiny"))


def test_a_group_is_given_whole_or_in_part_and_keys_within_it_change_what_was_given():
    policy = replace(Policy(), staff=replace(Policy().staff, training=0.5))
    varied = Scenario().vary({"after.staff.mediators_county": 12, "after": policy, "calendar": {"end": "2021-12-31"}})
    assert varied.after == replace(policy, staff=replace(policy.staff, mediators_county=12))
    assert varied.calendar == Calendar(end="2021-12-31")
    in_parts = {"after": {"centre": {"working_share": 1}}, "after.centre": {"colocation": 1}}
    assert Scenario().vary(in_parts).after.centre == replace(Policy().centre, working_share=1, colocation=1)


def test_values_that_go_together_change_at_once():
    later = {"start": "2020-01-01", "end": "2024-12-31", "reform": "2023-01-01", "measures": "2022-01-01"}
    assert Scenario().vary({f"calendar.{key}": value for key, value in later.items()}).calendar == Calendar(**later)


REFUSED = [
    ({"behaviour.patience": 200}, "behaviour.patience=200 is not allowed: it must be a number from 5 to 40 (days)"),
    ({"stress.staff_lost": "a"}, "stress.staff_lost=a is not allowed: it must be a number from 0 to 1 (share)"),
    ({"after.centre.intake": "doors"}, "after.centre.intake=doors is not allowed: it must be one of windows, unified"),
    ({"calendar.end": "2020-12-30"}, "calendar.end=2020-12-30 must be a 31 December after calendar.start=2015-01-01"),
    ({"after": "whistle"}, "after=whistle is not allowed: it has keys of its own, such as after.centre.coverage"),
    ({"after.center.intake": "unified"}, "unknown key 'after.center.intake': did you mean after.centre.intake"),
    ({"behaviour": {"patients": 9}}, "unknown key 'behaviour.patients': did you mean behaviour.patience"),
    (
        {"after.services.requests_met": 0.8},
        "unknown key 'after.services.requests_met': services.requests_met is no lever any more: what is met follows",
    ),
    (
        {"behaviour.service_requests": 0},
        "unknown key 'behaviour.service_requests': behaviour.service_requests is gone: behaviour.services.service_",
    ),
    (
        {"behaviour.striving": 0},
        "unknown key 'behaviour.striving': behaviour.striving is gone: governments compete by rank",
    ),
    ({"calendar.end.year": 2020}, "unknown key 'calendar.end.year': did you mean calendar.end?"),
    ({"province.places": [1.5]}, "province.places.0=1.5 is not allowed: must be the code or the name of a place"),
    ({"province.places": [True]}, "province.places.0=True is not allowed: must be the code or the name of a place"),
    ({"province.places": ["Lanzho"]}, "places 'Lanzho': no such place in province 'gansu'; near ones: 6201 兰州市"),
    (
        {"after.places": {"6209": {"norms": {"moral_bank": 3}}}},
        "places.6209.norms.moral_bank=3 is not allowed: it must be within 0 to 1 (share)",
    ),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED)
def test_what_is_not_allowed_is_refused_with_key_value_and_what_is(changes: dict[str, Any], message: str):
    for vary in (Scenario().vary, Scenario.from_dict):
        with pytest.raises(InputError, match=f"^{re.escape(message)}[^\n]*$"):
            vary(changes)


def test_all_that_is_wrong_is_said_at_once():
    wrong = {"behaviour.patience": 200, "after.centre": {"intake": "doors", "colocation": 2}, "speed": 1}
    with pytest.raises(InputError) as refused:
        Scenario().vary(wrong)
    keys = ["behaviour.patience=200", "after.centre.intake=doors", "after.centre.colocation=2", "unknown key 'speed'"]
    assert all(any(line.startswith(key) for line in str(refused.value).splitlines()) for key in keys)
    assert len(str(refused.value).splitlines()) == len(keys)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "province.source": st.sampled_from(["gansu", "tiny", "some/folder"]),
            "province.places": st.lists(st.integers(1000, 9999)),
            "calendar.end": st.sampled_from(["2019-12-31", "2029-12-31"]),
            "before.assessment.veto": st.booleans(),
            "after.centre.intake": st.sampled_from(list(Intake)),
            "after.centre.coverage_county": st.floats(0, 1),
            "after.places": st.dictionaries(
                st.sampled_from(["6209", "hexi"]),
                st.fixed_dictionaries({"norms": st.fixed_dictionaries({"moral_bank": st.floats(0, 1)})}),
            ),
            "behaviour.patience": st.floats(5, 40),
            "stress.demand_shock": st.floats(0, 0.5),
        },
    )
)
def test_a_scenario_goes_to_plain_values_and_back(changes: dict[str, Any]):
    scenario = Scenario().vary(changes)
    assert Scenario.from_dict(json.loads(json.dumps(scenario.as_dict()))) == scenario
    assert Scenario.from_dict(changes) == scenario  # keys with dots and defaults for the rest


def test_one_value_is_validated_without_its_group():
    """A hundred uncertainties take far longer to validate than one; no cross-field check is lost by that."""
    scenario = Scenario()
    scenario.vary({"behaviour.patience": 20})  # type hints are resolved once
    began = time.perf_counter()
    for _ in range(200):
        scenario.vary({"behaviour.patience": 20})
    assert (time.perf_counter() - began) / 200 < 1e-3  # 20 µs on an idle core


@pytest.mark.parametrize("seed", [0, 1, SEED_MAX, np.int64(7), np.uint8(3)])
def test_a_seed_is_a_whole_number(seed: Any) -> None:
    assert check_seed(seed) == int(seed) and type(check_seed(seed)) is int


@pytest.mark.parametrize("seed", [1.9, 2.0, -1, SEED_MAX + 1, True, "3", None, np.float64(1), np.int64(-1)])
def test_anything_else_is_no_seed_wherever_it_is_given(seed: Any) -> None:
    tiny = Scenario(province=ProvinceChoice("tiny"))
    for use in (check_seed, partial(GovernanceModel, tiny), partial(run, tiny), lambda given: runs_of(tiny, [given])):
        with pytest.raises(InputError, match=f"seed={seed} is not allowed: .*from 0 to 2,147,483,647"):
            use(seed)
