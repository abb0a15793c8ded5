"""What the page says of its windows."""

from __future__ import annotations

from experiments.whatif.controls import Controls
from experiments.whatif.page import both, settings_of
from petition_pyramid import scenario
from tests.experiments.whatif.conftest import TINY


def settings(*arguments: str):
    base = scenario(*TINY, *arguments)
    controls = Controls.of(["staff.mediators_county"], [], base.before)
    return settings_of(
        "live", base, controls, "status_quo", [], 12_000, "en", both("live"), both("made", command="", model="")
    )


def test_the_page_says_what_its_window_shows_unfinished():
    told = settings("after=status_quo")["setting"]  # levers are moved on the page
    assert "In 2019 the reform is still being built" in told["en"] and "calendar.end=2021-12-31." in told["en"]
    assert "2019年改革仍处于建设期" in told["zh"] and "平均到位41%" in told["zh"]
    at_once = settings("after=status_quo", "after.roll_out.ramp=0", "after.roll_out.batch_2_start=0")["setting"]
    assert "still being built" not in at_once["en"]


def test_petitions_are_called_those_of_a_year_where_a_window_is_no_year():
    assert settings()["measures"]["petitions_total"]["en"] == "Petitions registered, all levels"
    longer = settings("calendar.end=2020-12-31")
    assert longer["measures"]["petitions_total"]["en"] == "Petitions registered, all levels, a year"
    assert longer["measures"]["petitions_total"]["zh"] == "每年登记信访总量"
    assert longer["length"] == {"before": 12, "after": 24}
