"""Tables as plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from experiments.report.numbers import NBSP


def table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Columns under a header; the first ``left`` columns align left, the others right."""
    header, *rows = ([cell.replace(NBSP, " ") for cell in row] for row in (header, *rows))
    widths = [max(width(row[column]) for row in (header, *rows)) for column in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        placed = []
        for column, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
            space = " " * (wide - width(cell))
            placed.append(cell + space if column < left else space + cell)
        return "  ".join(placed).rstrip()

    return "\n".join([line(header), "  ".join("-" * wide for wide in widths), *map(line, rows)])


def width(text: str) -> int:
    """Columns that a text takes on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
