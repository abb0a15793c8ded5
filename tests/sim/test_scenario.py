"""The calendar's checks and the scenario as plain values."""

import json
import re
from dataclasses import replace

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.policy import Intake, Policy
from sim.scenario import Calendar, ProvinceChoice, Scenario


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
        ({"reform": "2019-01-02"}, "must be the first day of a month between 2015-01-01 and 2019-12-31"),
        ({"reform": "2014-12-01"}, "must be the first day of a month between 2015-01-01 and 2019-12-31"),
        ({"measures": "2020-01-01"}, "must be the first day of a month between 2015-01-01 and 2019-12-31"),
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
    assert Calendar(start="2019-01-01", measures="2019-01-01", reform="2019-12-01").days == 365


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
