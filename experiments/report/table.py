"""A table as the page prints it: text cells with a caption."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.report.numbers import NONE


@dataclass(frozen=True)
class Table:
    """Header cells and rows of text; the first column names the row."""

    caption: str
    header: list[str]
    rows: list[list[str]]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"a row of {len(row)} cells under a header of {len(self.header)}: {row}")

    @property
    def text_columns(self) -> tuple[int, ...]:
        """Columns without a number, which start at the left as the first does; the others end at the right."""
        columns = [[row[place] for row in self.rows if row[place] != NONE] for place in range(len(self.header))]
        return tuple(
            place for place, cells in enumerate(columns) if place == 0 or (cells and not any(map(_has_digit, cells)))
        )


def _has_digit(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell)
