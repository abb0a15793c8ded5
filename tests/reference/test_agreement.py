"""Both implementations agree dispute by dispute, day by day, and in every figure of the ledger.

A moderate set; ``python -m tests.reference --seeds 50`` compares all worlds with as many seeds as wanted.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reference.compare import compare
from tests.reference.worlds import EASTERN_CITY, ONE_YEAR, WESTERN_CITY, WORLDS, world
from tests.tiers import province_with, province_without

WHOLE = ("policy gansu_2019", "assessment")
"""Worlds that are compared in both cities: grades and scores need more than one."""


EVERY_THIRD = [
    name if name in WHOLE or n % 3 == 0 else pytest.param(name, marks=pytest.mark.long) for n, name in enumerate(WORLDS)
]
"""The default tests compare every third world, the long ones the others."""


@pytest.mark.parametrize("name", EVERY_THIRD)
def test_both_implementations_agree(name: str) -> None:
    position = list(WORLDS).index(name)
    place = () if name in WHOLE else (WESTERN_CITY if position % 3 else EASTERN_CITY,)
    calendar = () if name in WHOLE or "warning" in name or "late" in name else ONE_YEAR
    comparison = compare(world(name, *place, *calendar), seed=100 + position)
    assert comparison.day is None
    assert comparison.differences == []
    assert comparison.disputes > 100


DIRECT = {
    "counties under the province": {"city_tier": [9101], "county_tier": [9102]},
    "a province without cities": {"city_tier": [9101, 9102], "county_tier": []},
}
"""Cities that have no government on a level."""


@pytest.mark.long
@pytest.mark.parametrize("missing", DIRECT)
@pytest.mark.parametrize(
    "name", ["petitioners", "all registers wrong", "joint action", "unified intake that errs", "assessment"]
)
def test_both_agree_where_levels_of_government_are_missing(name: str, missing: str, tmp_path: Path) -> None:
    source = province_without(tmp_path / "direct", **DIRECT[missing])
    calendar = () if name == "assessment" else ONE_YEAR
    comparison = compare(world(name, f"province.source={source}", *calendar), seed=300)
    assert comparison.day is None
    assert comparison.differences == []
    assert comparison.disputes > 100


SEASONS = "month,neighbour,labour\n" + "".join(
    f"{month},{1.5 if month % 2 else 0.5},{0.1 * month + 0.35}\n" for month in range(1, 13)
)
TRENDS = "year,grievances,suits,petitions,registers\n2018,1,90,200,3\n2019,0.8,100,100,2\n2020,0.9,120,400,5\n"


IN_TIME = (
    "behaviour.rate_headroom=3",
    "behaviour.timing.meeting_pull=1",
    "behaviour.timing.petition_trend=0.1",
    "behaviour.timing.closed_days=7",
    "behaviour.timing.rule_kept=0.2",
    "before.petition.acceptance=strict",
    "before.platform.early_warning=1",
    "after.norms.moral_bank=0.5",
)


@pytest.mark.long
@pytest.mark.parametrize("name", ["petitioners", "a campaign"])
def test_both_agree_where_months_and_days_differ_in_everything(name: str, tmp_path: Path) -> None:
    source = province_with(tmp_path / "seasonal", seasons=SEASONS, trends=TRENDS)
    comparison = compare(world(name, f"province.source={source}", *IN_TIME), seed=301)
    assert comparison.day is None
    assert comparison.differences == []
    assert comparison.disputes > 100
    assert (comparison.events["campaign_taken_up"] > 0) == (name == "a campaign")
