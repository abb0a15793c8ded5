"""How tables, labels and numbers of studies are written."""

from __future__ import annotations

import pytest
from matplotlib import colormaps
from matplotlib.colors import to_rgb

from experiments.report.factors import column_name, lever_name, lever_value, short_label, value_name
from experiments.report.measure_text import (
    difference_text,
    effect_text,
    in_unit,
    interval_text,
    title_of,
    title_of_effects,
    wrapped,
)
from experiments.report.sweep.evidence import number_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.theme import INK, Thousands, ink_on

EN, ZH = Words("en"), Words("zh")


def test_columns_of_words_are_told_from_columns_of_numbers():
    rows = [["1", "Status quo", "–", "+1.2 points", "–"], ["2", "“Gansu” 2019", "strict", "at most 3", "–"]]
    assert Table("", [""] * 5, rows).text_columns == (0, 1, 2)
    assert Table("", ["", ""], []).text_columns == (0,)


def test_chinese_breaks_neither_words_nor_numbers_and_its_lines_are_equally_long():
    assert wrapped("比例与目标的距离", ZH, 15) == "比例与目\n标的距离"
    assert wrapped("等待patience 21.79天", ZH, 12) == "等待patience\n21.79天"
    assert wrapped("处境最差群体的稳定化解率：不差于维持现状", ZH, 24) == "处境最差群体的稳定化\n解率：不差于维持现状"
    assert wrapped("高于\u00a060\u00a0%", ZH, 40) == "高于\u00a060%"


def test_english_breaks_between_words_and_keeps_the_lines_it_has():
    assert wrapped("one register", EN, 7) == "one\nregister"
    assert wrapped("Half the staff gone\n(stress, scored as harm)", EN, 24).count("\n") == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.25, "0.25"), (0.84976, "0.85"), (12.0, "12"), (21.789, "21.8"), (-2.345, "−2.35"), (1234.5, "1,234"), (0, "0")],
)
def test_values_of_factors_have_three_figures(value, text):
    assert number_text(value) == text


def test_a_unit_that_the_label_says_is_not_said_again():
    assert title_of("petitions_total", EN) == "Petitions registered, all levels (petitions/year)"
    assert title_of("petitions_per_1000", EN) == "Petitions per 1,000 a year"
    assert title_of("cost_per_durable", EN) == "Cost per durable settlement (yuan)"
    assert title_of("durable_resolution", ZH) == "每件诉求的稳定化解率（%）"


def test_changes_of_shares_are_points():
    assert in_unit("effect", "durable_resolution", EN) == "effect (points)"
    assert in_unit("effect", "cost_per_durable", EN) == "effect (yuan)"


def test_a_value_and_its_interval_have_the_same_decimals():
    assert difference_text(-0.55, -1.15, 0.0448, "distance_to_target", EN) == "−0.55 [−1.15\u00a0to\u00a0+0.04]"
    assert interval_text(998.2, 995.0, 1001.4, "yuan", EN) == "998 [995\u00a0to\u00a01,001]"
    assert interval_text(0.5, 0.25, 0.75, "share", EN) == "50.0 [25.0\u00a0to\u00a075.0]"


def test_a_factor_without_a_short_name_has_its_meaning_in_chinese():
    assert short_label("behaviour.trust_spread", EN) == "trust spread"
    assert short_label("behaviour.trust_spread", ZH) == "初始信任的离散程度"
    assert short_label("after.grid.visits_per_day", EN) == "visits a day"
    assert short_label("after.grid.visits_per_day", ZH) == "每日走访次数"


def test_a_column_of_an_ensemble_says_whether_it_is_of_the_status_quo():
    assert column_name("patience", EN) == "Median time before acting"
    assert column_name("status_quo.petition.acceptance", EN) == "Keep to step-by-step acceptance (status quo)"
    assert column_name("status_quo.petition.acceptance", ZH) == "是否严格逐级受理（现状）"
    assert [value_name("strict", words) for words in (EN, ZH)] == ["strict", "严格"]
    assert value_name("of_my_own", EN) == "of my own"


def test_ticks_from_a_thousand_have_commas():
    assert Thousands()(16_000) == "16,000" and Thousands()(-1_200) == "−1,200"


def test_ink_can_be_read_on_every_shade():
    def luminance(colour):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for step in range(101):
        for name in ("cividis", "PuOr"):
            shade = colormaps[name](step / 100)
            dark, light = sorted(luminance(each) for each in (shade, ink_on(shade)))
            assert (light + 0.05) / (dark + 0.05) >= 4, (name, step)
    assert ink_on((0, 0, 0, 0)) == INK and ink_on("black") == "white"  # nothing drawn is white paper


def test_levers_their_values_and_years_after_the_reform_are_said_as_people_say_them():
    assert (lever_name("grid.visits_per_day", EN), lever_name("grid.visits_per_day", ZH)) == (
        "Visits a day",
        "每日走访次数",
    )
    assert (lever_value("strict", EN), lever_value("strict", ZH), lever_value("0.5", ZH)) == ("strict", "严格", "0.5")
    assert [EN.year_after(year) for year in (1, 3, 7)] == ["the first year", "the third year", "year 7"]
    assert [ZH.year_after(year) for year in (1, 7)] == ["第一年", "第7年"]


def test_effects_on_shares_are_points():
    assert title_of_effects("durable_resolution", EN) == "Durable settlement per grievance (points)"
    assert title_of_effects("petitions_per_1000", EN) == "Petitions per 1,000 a year"
    row = {"difference": 0.0125, "low": 0.01, "high": 0.015}
    assert effect_text(row, "durable_resolution", EN) == "+1.25 [+1.00\u00a0to\u00a0+1.50]"
    assert effect_text(dict.fromkeys(row), "durable_resolution", EN) == "–"
