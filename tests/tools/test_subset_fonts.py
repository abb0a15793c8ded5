"""The font is cut to what is asked for, in the shape it had; what is wrong is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from experiments.report.theme import FONTS
from tools.subset_fonts import gb2312, main, named, subset

REGULAR, BOLD = (FONTS / f"NotoSansSC-{weight}.ttf" for weight in ("Regular", "Bold"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "counties.csv"
    file.write_text("code,name\n610118,鄠邑区\n999999,\ue000\U0001f9ff村\n", "utf-8")
    return file


def test_gb2312_is_whole() -> None:
    letters = gb2312()
    assert len(letters) == 7445 and {"啊", "齄", "★", "。"} <= letters
    assert {"鄠", "a"}.isdisjoint(letters)


def test_names_of_a_table_are_read_without_private_characters(table: Path) -> None:
    assert named([table]) == set("鄠邑区村\U0001f9ff")


def test_a_subset_has_what_is_wanted_with_latin_and_its_outlines(tmp_path: Path) -> None:
    target = tmp_path / "part.ttf"
    assert subset(REGULAR, target, {"鄠", "信", "\U0001f9ff"}) == {"\U0001f9ff"}
    with TTFont(target) as part, TTFont(REGULAR) as whole:
        has, had = part.getBestCmap(), whole.getBestCmap()
        assert {chr(code) for code in has if code > 0x3020} == {"鄠", "信"}
        assert set(map(ord, "aZ0 é–…“「✓")) <= set(has) and len(has) < 300
        assert part["glyf"][has[ord("鄠")]] == whole["glyf"][had[ord("鄠")]]
        assert part["name"].getDebugName(16) is None and part["name"].getDebugName(1) == "Noto Sans SC"


def test_a_subset_is_the_same_bytes_again(tmp_path: Path) -> None:
    for name in ("once.ttf", "again.ttf"):
        subset(BOLD, tmp_path / name, {"鄠", "信"})
    assert (tmp_path / "once.ttf").read_bytes() == (tmp_path / "again.ttf").read_bytes()


@pytest.mark.long
def test_both_weights_are_written_and_what_they_lack_is_said(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(REGULAR), str(BOLD), "--names", str(table), "--into", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("the whole font lacks \U0001f9ff") == 2
    for font in (REGULAR, BOLD):  # all of the shipped one but the names' rare characters
        assert 0.85 < (tmp_path / font.name).stat().st_size / font.stat().st_size < 0.95


def test_what_is_not_a_font_with_truetype_outlines_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with TTFont(REGULAR) as font:
        del font["glyf"], font["loca"]
        font.save(tmp_path / "hollow.ttf")
    assert main([str(tmp_path / "hollow.ttf"), str(BOLD), "--into", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"subset_fonts: {tmp_path / 'hollow.ttf'} has no TrueType outlines\n"
    assert main([str(tmp_path / "none.ttf"), str(BOLD)]) == 1
    assert "none.ttf" in capsys.readouterr().err
