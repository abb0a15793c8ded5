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
        """Columns of words, which start at the left as the first does; numbers end together at the right."""
        columns = [[row[place] for row in self.rows if row[place] != NONE] for place in range(len(self.header))]
        return tuple(
            place for place, cells in enumerate(columns) if place == 0 or (cells and all(map(_is_word, cells)))
        )


def _is_word(cell: str) -> bool:
    return cell[:1].isalpha() or cell[:1] == "“"
