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
    year = "calendar.end=2019-12-31"
    told = settings("after=status_quo", year)["setting"]  # levers are moved on the page
    assert "In 2019 the reform is still being built" in told["en"] and "calendar.end=2021-12-31." in told["en"]
    assert "2019年改革仍处于建设期" in told["zh"] and "平均到位41%" in told["zh"]
    at_once = settings("after=status_quo", year, "after.roll_out.ramp=0", "after.roll_out.batch_2_start=0")["setting"]
    assert "still being built" not in at_once["en"]
