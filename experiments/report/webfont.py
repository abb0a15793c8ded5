"""The Chinese of a page in a font of its own, so that it shows on machines that have no Chinese font, too."""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache

from experiments.report import theme

FAMILY = "Report SC"
"""Name of the embedded font; a page puts it first where it writes Chinese, last elsewhere."""

WEIGHTS = {"Regular": 400, "Bold": 700}

CHINESE = re.compile("[\u2e80-\uffef\u00b7\u2014\u2018-\u201d\u2026]")
"""Characters that it holds: Chinese with its punctuation; all others are every machine's."""


def font_faces(page: str) -> str:
    """Style rules with the characters of a page, in both weights; empty for a page without any Chinese."""
    characters = "".join(sorted(set(CHINESE.findall(page))))
    return _faces(characters) if any(character >= "\u2e80" for character in characters) else ""


@lru_cache(maxsize=16)
def _faces(characters: str) -> str:
    rules = (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; '
        f"src: url(data:font/woff;base64,{base64.b64encode(_subset(name, characters)).decode()}) format('woff'); }}"
        for name, weight in WEIGHTS.items()
    )
    return "\n".join(rules) + "\n"


def _subset(weight: str, characters: str) -> bytes:
    """A WOFF file of some characters alone; the same characters, the same bytes."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    cutter = subset.Subsetter(subset.Options(layout_features=[], hinting=False, recalc_timestamp=False))
    cutter.populate(text=characters)
    written = io.BytesIO()
    with TTFont(theme.FONTS / f"NotoSansSC-{weight}.ttf", lazy=True, recalcTimestamp=False) as font:
        cutter.subset(font)
        font.flavor = "woff"
        font.save(written)
    return written.getvalue()
