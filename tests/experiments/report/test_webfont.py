"""The font that a page brings along: exactly the Chinese that it prints, in both weights, the same bytes every time."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from experiments.report.webfont import CHINESE, font_faces


def fonts_in(page: str) -> list[TTFont]:
    found = re.findall(r"src: url\(data:font/woff;base64,([A-Za-z0-9+/=]+)\)", page)
    return [TTFont(io.BytesIO(base64.b64decode(each))) for each in found]


def characters(font: TTFont) -> set[str]:
    return {chr(code) for code in font.getBestCmap()}


def test_it_holds_the_chinese_of_a_page_and_nothing_else():
    fonts = fonts_in(font_faces("<p>信访“金字塔”：Pyramid 1 → 2</p>"))
    assert [characters(font) for font in fonts] == [set("信访“金字塔”：")] * 2
    assert [font["OS/2"].usWeightClass for font in fonts] == [400, 700]


def test_a_page_without_chinese_needs_none():
    assert font_faces("“Pyramid” … — only") == ""


def test_the_same_page_has_the_same_bytes():
    from experiments.report import webfont

    first = font_faces("调解")
    webfont._faces.cache_clear()
    assert font_faces("解调") == first and "font-weight: 700" in first


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_sign_of_a_page_is_missing(drawn, language):
    page = drawn("compare").page(language)
    printed = set(CHINESE.findall(re.sub(r"@font-face.*", "", page)))
    held = fonts_in(page)
    assert len(held) == 2 and len(printed) >= 2
    for font in held:
        assert printed - characters(font) == set()
