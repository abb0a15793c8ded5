"""The warning of a warm-up that is too short."""

from __future__ import annotations

import pytest

from experiments.report.text import Words
from experiments.report.warm_up import WARM_UP, warm_up_notes
from sim.scenario import Calendar


@pytest.mark.parametrize(
    ("start", "months"),
    [("2014-01-01", None), ("2015-01-01", None), ("2016-01-01", 24), ("2018-01-01", 0)],
)
def test_less_than_three_years_are_warned_of(start: str, months: int | None):
    notes = warm_up_notes(Calendar(start=start, measures="2018-01-01"), Words("en"))
    assert WARM_UP == 36
    if months is None:
        assert notes == []
    else:
        (note,) = notes
        assert note.startswith(f"Warning: {months} months of warm-up before the measures begin on 2018-01-01, where 36")


def test_in_chinese_too():
    (note,) = warm_up_notes(Calendar(start="2017-01-01", measures="2018-01-01"), Words("zh"))
    assert "12" in note and "36" in note and "2018-01-01" in note
    assert not note.startswith("Warning")


def test_without_a_window_before_the_reform_there_is_nothing_to_warn_of():
    calendar = Calendar(start="2018-01-01", measures="2019-01-01", reform="2019-01-01", end="2019-12-31")
    assert warm_up_notes(calendar, Words("en")) == []
