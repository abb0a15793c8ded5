"""What is said in the place of a ratio where a level of government is missing."""

from __future__ import annotations

import math

import pytest

from experiments.report.levels import figure_text, no_ratio_sentence, no_ratio_text, none_of, none_text
from experiments.report.text import Words

EN, ZH = Words("en"), Words("zh")


@pytest.mark.parametrize(
    ("missing", "english", "chinese"),
    [
        (["county"], "no county level", "不设县级"),
        (["city"], "no city level", "不设市级"),
        (["county", "city"], "no county and no city level", "不设县级和市级"),
    ],
)
def test_the_levels_are_named(missing: list[str], english: str, chinese: str) -> None:
    assert (none_text(missing, EN), none_text(missing, ZH)) == (english, chinese)
    assert no_ratio_text(missing, EN) == f"{english}: 1\xa0:\xa02\xa0:\xa03 has no meaning here"
    assert no_ratio_sentence(missing, EN) == f"N{english[1:]}: 1\xa0:\xa02\xa0:\xa03 has no meaning here."
    assert no_ratio_sentence(missing, ZH, (1, 2, 4.5)) == f"{chinese}，1\xa0:\xa02\xa0:\xa04.5在此无意义。"


def test_where_no_level_is_missing_nothing_is_said() -> None:
    assert no_ratio_sentence([], EN) == ""
    assert none_of("distance_to_target", [], EN) is None


def test_a_figure_of_a_missing_level_is_told_in_words_and_others_are_numbers() -> None:
    def text(measure: str, value: float, missing: tuple[str, ...] = ("county",)) -> str:
        return figure_text(value, measure, "", missing, EN)

    assert text("ratio_city_to_province", 25 / 6) == "4.17"
    assert text("ratio_county_to_province", math.nan) == text("distance_to_target", math.nan) == "no county level"
    assert text("petitions_county", 0.0) == "no county level"
    assert text("distance_to_target", math.nan, ("county", "city")) == "no county and no city level"
    assert text("ratio_county_to_province", math.nan, ("county", "city")) == "no county level"
    assert text("petitions_total", 31.0) == "31.0"
    assert figure_text(0.5, "durable_resolution", "share", ["county"], EN) == "50.0\xa0%"
    assert figure_text(math.nan, "effort", "effort", ["city"], ZH) == "不设市级"


def test_a_ratio_to_no_petitions_at_the_province_is_told_in_words() -> None:
    assert figure_text(math.nan, "visits_ratio_city_to_province", "ratio", [], EN) == "none at the province"
    assert figure_text(None, "ratio_county_to_province@pilots", "ratio", [], ZH) == "省级没有"
    assert figure_text(math.nan, "durable_success", "share", [], EN) == "–"
