"""Which levels of government the places of a study lack, and what is refused for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from experiments.runs.levels import check_levels, levels_of, missing_levels, stored_levels
from sim.errors import InputError
from sim.scenario import ProvinceChoice, Scenario
from tests.tiers import province_without

WHOLE, EAST, WEST = (Scenario(province=ProvinceChoice("tiny", places)) for places in ([], [9101], [9102]))
"""The west of the tiny province has no county tier."""


@pytest.fixture
def direct(tmp_path: Path) -> str:
    """The tiny province with the counties of the east directly under it."""
    return province_without(tmp_path / "direct", city_tier=[9101])


def test_a_level_is_missing_where_none_of_the_places_has_it(direct: str) -> None:
    found = {name: missing_levels(each.province) for name, each in {"": WHOLE, "east": EAST, "west": WEST}.items()}
    assert found == {"": (), "east": (), "west": ("county",)}
    assert missing_levels(ProvinceChoice(direct, [9101])) == ("city",)
    assert missing_levels(ProvinceChoice(direct, [])) == ()  # each of the two has what the other lacks
    assert missing_levels(ProvinceChoice("gansu", [6202])) == ("county",)
    assert missing_levels(ProvinceChoice("gansu", [6202, 6203])) == ()


def test_a_study_is_told_what_is_missing_in_all_its_scenarios() -> None:
    assert (
        stored_levels([WEST])
        == stored_levels([WEST, replace(WEST, after=WEST.before)])
        == {"missing_levels": ["county"]}
    )
    assert stored_levels([WHOLE]) == stored_levels([WEST, EAST]) == {}


def test_measures_of_groups_speak_of_the_levels_of_the_measure() -> None:
    assert levels_of("ratio_county_to_province@pilots") == levels_of("ratio_county_to_province") == ("county",)
    assert levels_of("durable_resolution") == levels_of("success_gap") == ()


@pytest.mark.parametrize(
    ("asked", "target", "message"),
    [
        (
            {"study.rank_by=ratio_county_to_province": ("county",)},
            (1, 2, 3),
            "study.rank_by=ratio_county_to_province speaks of a level of government that province=tiny places=[9102] "
            "does not have (no county level); take petitions_province, petitions_total or durable_resolution, "
            "or take places that have one",
        ),
        (
            {"study.aim=ratio": ("county", "city")},
            (1, 2, 3),
            "study.aim=ratio speaks of a level of government that province=tiny places=[9102] does not have "
            "(no county level); take settlement or worst_group, or take places that have one",
        ),
        (
            {},
            [1, 2, 4.5],
            "study.target=[1,2,4.5] speaks of a level of government that province=tiny places=[9102] does not have "
            "(no county level); leave it out, or take places that have one",
        ),
    ],
)
def test_what_speaks_of_a_missing_level_is_refused(asked, target, message: str) -> None:
    with pytest.raises(InputError) as refused:
        check_levels(asked, [WHOLE, WEST], target)
    assert str(refused.value) == message
    check_levels(asked, [WHOLE, EAST], target)


def test_other_levels_may_be_asked_for() -> None:
    check_levels({"of=ratio_city_to_province": ("city",), "of=durable_resolution": ()}, [WEST], [1.0, 2.0, 3.0])
