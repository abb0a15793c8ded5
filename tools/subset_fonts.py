"""Cuts the Chinese font of the reports out of the whole one.

The whole font is Noto Sans SC (SIL Open Font License 1.1), one TrueType file a weight: reports in PDF embed TrueType
outlines alone. The npm package ``@expo-google-fonts/noto-sans-sc`` has them (0.4.3 is what the shipped ones were cut
from: ``400Regular/NotoSansSC_400Regular.ttf``, ``700Bold/NotoSansSC_700Bold.ttf``):

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 && tar -xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
    python -m tools.subset_fonts package/400Regular/NotoSansSC_400Regular.ttf package/700Bold/NotoSansSC_700Bold.ttf \\
        --names data/divisions/*.csv.xz

What is kept: all of GB 2312, Latin letters, punctuation and the signs of figures and tables, and every character in the
column ``name`` of the tables (CSV, compressed or not). What the whole font lacks is said; private-use characters, which
have no shape of their own, are left out in silence. The same files and tables give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from unicodedata import category

import pandas as pd
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from experiments.report.theme import FONTS

BESIDE = {*map(chr, (*range(0x20, 0x180), *range(0x2010, 0x2040), *range(0x3000, 0x3020))), *"€−≅∋▼✓"}
"""Latin letters, punctuation and signs, of which the font's own are kept."""

FEATURES = ["kern", "liga", "locl"]
"""Layout that horizontal text needs."""


class FontError(Exception):
    """A file is not the font that it should be."""


def gb2312() -> set[str]:
    """All 7,445 characters of GB 2312: levels 1 and 2 of the Chinese ones, letters and signs."""
    pairs = (bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {character for character in pairs if character}


def named(tables: Iterable[Path]) -> set[str]:
    """Every character in the names of tables (column ``name``), private-use ones left out."""
    names = (pd.read_csv(table, usecols=["name"], dtype=str, na_filter=False)["name"] for table in tables)
    return {sign for column in names for name in column for sign in name if category(sign) != "Co"}


def subset(source: Path, target: Path, wanted: set[str]) -> set[str]:
    """Writes the part of a font that has the characters ``wanted`` and gives those that even the whole one lacks."""
    options = Options(layout_features=FEATURES, hinting=False, recalc_timestamp=False, name_IDs=["*"])
    options.drop_tables += ["vhea", "vmtx"]
    with TTFont(source, lazy=True, recalcTimestamp=False) as font:
        if "glyf" not in font:
            raise FontError(f"{source} has no TrueType outlines")
        has = {chr(code) for code in font.getBestCmap()}
        cutter = Subsetter(options)
        cutter.populate(text="".join(sorted(has & (wanted | BESIDE))))
        cutter.subset(font)
        font.save(target)
    return wanted - has


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes both weights into the reports' fonts, or where ``--into`` says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("regular", type=Path)
    parser.add_argument("bold", type=Path)
    parser.add_argument("--names", type=Path, nargs="+", default=[], help="tables with a column `name`")
    parser.add_argument("--into", type=Path, default=FONTS)
    given = parser.parse_args(arguments)
    try:
        wanted = gb2312() | named(given.names)
        for weight, source in (("Regular", given.regular), ("Bold", given.bold)):
            target = given.into / f"NotoSansSC-{weight}.ttf"
            lacks = "".join(sorted(subset(source, target, wanted)))
            print(f"{target}: {target.stat().st_size:,} bytes" + (f"; the whole font lacks {lacks}" if lacks else ""))
    except (FontError, OSError, ValueError) as error:
        print(f"subset_fonts: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
