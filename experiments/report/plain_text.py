"""Plain text for terminals and pipes: what their encoding has, tables, and documents of JSON."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from contextvars import ContextVar
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from sim.vocabulary import printable

LINE: ContextVar[int | None] = ContextVar("LINE", default=None)
"""Columns of the terminal that tables are fitted to; ``None`` leaves lines whole, as a pipe or a file needs them."""

NARROWEST = 24
"""Columns that a wrapped column has at least; where there is less room, it goes into the next block."""

SPELLED = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "→": "->", "←": "<-", "±": "+/-", "×": "x", "∶": ":", "⁄": "/"}
    | dict.fromkeys("−–—", "-") | {"≤": "<=", "≥": ">=", "√": "sqrt", "·": "*"}
)  # fmt: skip
"""What stands for signs that an encoding lacks; of fractions, ellipses and powers Unicode knows it."""

_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|\s*[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+")
"""A word with the space before it; Chinese may be broken after every character."""


def readable(text: str, encoding: str | None = None) -> str:
    """Text as a terminal, a pipe or a file of some encoding (default: UTF-8) can show it: printable, plain spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_readable(letter, encoding or "utf-8") for letter in text)


@lru_cache(maxsize=4096)
def _readable(letter: str, encoding: str) -> str:
    text = " " if unicodedata.decomposition(letter) == "<noBreak> 0020" else printable(letter)
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError:
        spelled = unicodedata.normalize("NFKD", text.translate(SPELLED)).translate(SPELLED)
        return spelled.encode("ascii", "ignore").decode() or "?"


def document(values: Any) -> str:
    """Values as JSON for stdout, with escapes where it could not show every letter."""
    text = json.dumps(values, indent=2, ensure_ascii=False)
    is_shown = readable(text, getattr(sys.stdout, "encoding", None)) == text
    return text if is_shown else json.dumps(values, indent=2)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Columns under a header; the first ``left`` columns align left, the others right.

    Where it is wider than ``LINE``, cells are wrapped, and columns for which there is no room go into further blocks,
    each with the first columns again: ``left`` of them, or one if all align left.
    """
    cells = [[readable(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    line = LINE.get()
    if line is None or sum(widths) + 2 * len(widths) - 2 <= line:
        return _block(cells, widths, left, range(len(widths)))
    keys, line = left if left < len(widths) else 1, max(line, NARROWEST)
    for place, (title, *column) in enumerate(zip(*cells, strict=True)):
        widths[place] = max(width(text.strip()) for text in (*_WORD.findall(title), *column, ""))
    share = max(2 * line // 3, line - sum(widths[keys:]) - 2 * (len(widths) - keys - 1))
    while sum(widths[:keys]) + 2 * keys > share:
        widths[widths.index(max(widths[:keys]))] -= 1
    room = line - sum(widths[:keys]) - 2 * keys
    blocks: list[list[int]] = []
    free = 0
    for place in range(keys, len(widths)):
        if free < (min(widths[place], NARROWEST) if place < left else widths[place]) or not blocks:
            blocks.append([*range(keys)])
            free = room
        blocks[-1].append(place)
        widths[place] = min(widths[place], free)
        free -= widths[place] + 2
    return "\n\n".join(_block(cells, widths, left, places) for places in blocks or [[*range(keys)]])


def _block(cells: Sequence[Sequence[str]], widths: Sequence[int], left: int, places: Sequence[int]) -> str:
    """Some columns of a table, header first."""
    lines = []
    for row in cells:
        wrapped = [_wrapped(row[place], widths[place]) for place in places]
        for texts in zip_longest(*wrapped, fillvalue=""):
            placed = []
            for place, text in zip(places, texts, strict=True):
                space = " " * (widths[place] - width(text))
                placed.append(text + space if place < left else space + text)
            lines.append("  ".join(placed).rstrip())
        if row is cells[0]:
            lines.append("  ".join("-" * widths[place] for place in places))
    return "\n".join(lines)


def _wrapped(text: str, room: int) -> list[str]:
    """Text in lines of some columns; words that are longer are cut."""
    if width(text) <= room:
        return [text]
    lines = [""]
    for word in _WORD.findall(text):
        for piece in [word] if width(word.strip()) <= room else word:
            if width(lines[-1] + piece) <= room:
                lines[-1] += piece
            else:
                lines.append(piece.strip())
    return lines if lines[0] else lines[1:]


def fitted(text: str) -> str:
    """Text with its sentences wrapped at ``LINE``; tables are fitted already."""
    line = LINE.get()
    return text if line is None else "\n".join(part for each in text.split("\n") for part in _wrapped(each, line))


def width(text: str) -> int:
    """Columns that a text takes on a terminal: Chinese characters take two, marks above or below a letter none."""
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else not unicodedata.combining(letter) for letter in text
    )
