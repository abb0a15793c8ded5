"""Numbers and tables as plain text."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence


def number(value: float | None) -> str:
    """A number to three or four significant figures, thousands grouped; ``–`` for none."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= 100:
        text = f"{value:,.0f}" if size >= 1000 or value == int(value) else f"{value:,.1f}"
    elif size >= 10 or value == 0:
        text = f"{value:.2f}" if value else "0"
    elif size >= 0.1:
        text = f"{value:.3f}"
    else:
        text = f"{value:.3g}"
    return text.replace("-", "−")


def signed(value: float | None) -> str:
    """A number with its sign."""
    text = number(value)
    return f"+{text}" if value is not None and value > 0 else text


def interval(low: float | None, high: float | None, sign: bool = False) -> str:
    """``[low, high]``; empty when there is none."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return ""
    show = signed if sign else number
    return f"[{show(low)}, {show(high)}]"


def percent(share: float | None) -> str:
    """A relative change, signed: ``−35.9 %``."""
    if share is None or math.isnan(share) or math.isinf(share):
        return "–"
    return f"{100 * share + 0.0:+.1f} %".replace("-0.0 ", "+0.0 ").replace("-", "−")


def table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Columns under a header; the first ``left`` columns align left, the others right."""
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
