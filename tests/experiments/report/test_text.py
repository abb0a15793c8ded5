"""The catalogue: every line in both languages, every key known, every glyph in the fonts."""

from __future__ import annotations

import re
import string
import warnings
from pathlib import Path

import pandas as pd
import pytest

import experiments.report
from experiments.report import theme
from experiments.report.compare.figures import FIGURES, SECTIONS
from experiments.report.compare.page import INTERVALS
from experiments.report.text import Words, catalogue, measure_labels, measure_meaning, parameter_words
from experiments.statistics.decomposition import PARTS
from sim.behaviour import Behaviour
from sim.measures import MEASURES
from sim.parameters import declarations
from sim.policy import Policy
from sim.stress import Stress

MEASURE_LABELS = measure_labels()
UNITS, SOURCES, MEANINGS = (parameter_words()[name] for name in ("units", "sources", "meanings"))
ROOM = Path(experiments.report.__file__).parent
DIVISIONS = Path(__file__).parents[3] / "data" / "divisions"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def places(line: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(line) if name}


def test_both_languages_say_the_same_with_the_same_places():
    lines = {key: pair for key, pair in catalogue().items() if key != "page.language_link"}
    assert [key for key, (english, chinese) in lines.items() if places(english) != places(chinese)] == []
    assert [key for key, (english, _) in lines.items() if CHINESE.search(english)] == []
    spoken = {key for key, (english, _) in lines.items() if re.search(r"[a-z]{4}", re.sub(r"\{\w+\}", "", english))}
    assert [key for key in sorted(spoken) if not CHINESE.search(lines[key][1])] == []
    assert len(spoken) > 150


def test_keys_in_the_code_are_in_the_catalogue():
    sources = [*ROOM.rglob("*.py"), *ROOM.rglob("*.j2")]
    used = {key for path in sources for key in re.findall(r"""words\(["']([\w.]*\w)["']""", path.read_text("utf-8"))}
    assert len(used) > 80
    assert sorted(used - set(catalogue())) == []
    for name in FIGURES:
        assert {f"{name}.title", f"{name}.caption", f"{name}.alt"} <= set(catalogue())
    for section in SECTIONS:
        assert f"section.{section}" in catalogue()
    assert sorted(name for names in SECTIONS.values() for name in names) == sorted(FIGURES) == sorted(INTERVALS)


def test_every_glyph_is_in_the_fonts():
    from fontTools.ttLib import TTFont

    lines = [text for pair in (*catalogue().values(), *MEASURE_LABELS.values()) for text in pair]
    lines += [*MEANINGS.values(), *SOURCES.values(), *UNITS.values()]
    lines += [Words(language).measure(name) for language in ("en", "zh") for name in MEASURES]
    wanted = {letter for line in lines for letter in line if letter.isprintable()}
    for font in sorted(theme.FONTS.glob("*.ttf")):
        have = TTFont(font).getBestCmap()
        assert "".join(sorted(letter for letter in wanted if ord(letter) not in have)) == ""


RARE_NAMES = ["鄠邑区", "硚口区", "瀍河回族区", "埇桥区", "湾沚区", "浉河区", "猇亭区", "畖底镇", "㮾梨街道"]
"""Of counties and townships, with characters that common sets lack."""


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_names_of_all_divisions_down_to_townships_are_in_the_fonts(weight):
    from fontTools.ttLib import TTFont

    have = TTFont(theme.FONTS / f"NotoSansSC-{weight}.ttf").getBestCmap()
    tables = (DIVISIONS / f"{level}.csv.xz" for level in ("provinces", "cities", "counties", "townships"))
    names = {name for table in tables for name in pd.read_csv(table, dtype=str, na_filter=False)["name"]}
    assert names.issuperset(RARE_NAMES)
    assert sorted(letter for letter in set("".join(names)) if ord(letter) not in have) == []


GROUPS = (Policy, Behaviour, Stress)
DECLARED = [each for group in GROUPS for each in declarations(group)]


def test_every_parameter_is_told_in_chinese():
    names = {each.name for each in DECLARED}
    assert len(names) == len(DECLARED) > 200
    assert sorted(names - set(MEANINGS)) == []
    assert sorted(set(MEANINGS) - names) == []
    assert [name for name, meaning in MEANINGS.items() if not CHINESE.search(meaning)] == []
    assert {each.source for each in DECLARED} - set(SOURCES) == {"Li 2016"}  # a citation stays as it is


def test_every_unit_of_a_parameter_or_measure_is_told_in_chinese():
    units = {each.unit for each in DECLARED} | {each.unit for each in MEASURES.values()}
    assert sorted(units - set(UNITS)) == []
    assert sorted(unit for unit in units if not CHINESE.search(UNITS[unit])) == ["0–1"]


def test_parts_and_labels_are_told_in_both_languages():
    assert {f"part.{part}" for part in PARTS} == {key for key in catalogue() if key.startswith("part.")}
    assert set(theme.PART_COLOURS) == set(PARTS)
    assert len(set(theme.PART_COLOURS.values())) == len(PARTS)
    assert sorted(set(MEASURE_LABELS) - set(MEASURES)) == []
    assert [name for name, (_, chinese) in MEASURE_LABELS.items() if not CHINESE.search(chinese)] == []
    assert len({english for english, _ in MEASURE_LABELS.values()}) == len(MEASURE_LABELS)
    assert len({chinese for _, chinese in MEASURE_LABELS.values()}) == len(MEASURE_LABELS)


def test_a_missing_glyph_would_be_noticed():
    with theme.drawing(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = theme.new_figure(1)
        figure.text(0, 0, "\U0001f9ff")
        with pytest.raises(UserWarning, match="missing from font"):
            theme.settle_layout(figure)


def test_lists_of_words():
    words = Words("en")
    assert [words.listed(list(letters)) for letters in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert Words("zh").listed(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert words.spaced("Why\x1b[31m\u202e?\n“5 %”") == "Why\\x1b[31m\\u202e?\n“5\u00a0%”"
    assert Words("zh").spaced("5\u00a0%") == "5%" and words.spaced("5\u00a0%") == "5\u00a0%"


def test_every_measure_is_described_in_chinese_but_one_of_your_own(monkeypatch: pytest.MonkeyPatch):
    assert [name for name in MEASURES if not CHINESE.search(measure_meaning(name, "zh"))] == []
    monkeypatch.setitem(MEASURES, "of_your_own", MEASURES["petitions_total"])
    assert measure_meaning("of_your_own", "zh") == MEASURES["petitions_total"].meaning
