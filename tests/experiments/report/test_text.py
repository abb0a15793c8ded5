"""The catalogue: every line in both languages, every key known, every glyph in the fonts."""

from __future__ import annotations

import re
import string
import warnings
from pathlib import Path

import pytest

import experiments.report
from experiments.report import theme
from experiments.report.figures import FIGURES, SECTIONS
from experiments.report.page import INTERVALS
from experiments.report.text import CATALOGUE, Words
from experiments.report.text.names import MEASURE_LABELS
from experiments.report.text.parameters import MEANINGS, SOURCES, UNITS

ROOM = Path(experiments.report.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def places(line: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(line) if name}


def test_both_languages_say_the_same_with_the_same_places():
    lines = {key: pair for key, pair in CATALOGUE.items() if key != "page.language_link"}
    assert [key for key, (english, chinese) in lines.items() if places(english) != places(chinese)] == []
    assert [key for key, (english, _) in lines.items() if CHINESE.search(english)] == []
    spoken = {key for key, (english, _) in lines.items() if re.search(r"[a-z]{4}", re.sub(r"\{\w+\}", "", english))}
    assert [key for key in sorted(spoken) if not CHINESE.search(lines[key][1])] == []
    assert len(spoken) > 150


def test_keys_in_the_code_are_in_the_catalogue():
    sources = [*ROOM.rglob("*.py"), *ROOM.rglob("*.j2")]
    used = {key for path in sources for key in re.findall(r"""words\(["']([\w.]*\w)["']""", path.read_text("utf-8"))}
    assert len(used) > 80
    assert sorted(used - set(CATALOGUE)) == []
    for name in FIGURES:
        assert {f"{name}.title", f"{name}.caption", f"{name}.alt"} <= set(CATALOGUE)
    for section in SECTIONS:
        assert f"section.{section}" in CATALOGUE
    assert sorted(name for names in SECTIONS.values() for name in names) == sorted(FIGURES) == sorted(INTERVALS)


def test_every_glyph_is_in_the_fonts():
    from fontTools.ttLib import TTFont

    lines = [text for pair in (*CATALOGUE.values(), *MEASURE_LABELS.values()) for text in pair]
    lines += [*MEANINGS.values(), *SOURCES.values(), *UNITS.values()]
    wanted = {letter for line in lines for letter in line if letter.isprintable()}
    for font in sorted(theme.FONTS.glob("*.ttf")):
        have = TTFont(font).getBestCmap()
        assert "".join(sorted(letter for letter in wanted if ord(letter) not in have)) == ""


def test_a_missing_glyph_would_be_noticed():
    with theme.drawing(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = theme.new_figure(1)
        figure.text(0, 0, "\U0001f9ff")
        with pytest.raises(UserWarning, match="missing from font"):
            theme.settle(figure)


def test_licence_of_the_fonts_is_shipped():
    assert "SIL OPEN FONT LICENSE" in (theme.FONTS / "OFL.txt").read_text("utf-8").upper()


def test_lists_of_words():
    words = Words("en")
    assert [words.listed(list(letters)) for letters in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert Words("zh").listed(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert Words("zh").spaced("5\u00a0%") == "5%" and words.spaced("5\u00a0%") == "5\u00a0%"
