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
    def is_words(self) -> list[bool]:
        """By column, whether it holds words, which begin on the left as the first column's do; numbers end together."""
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.header)
        told = [[cell for cell in column if cell != NONE] for column in columns]
        return [bool(cells) and all(cell[:1].isalpha() or cell[:1] == "“" for cell in cells) for cells in told]
