"""What one post more settles as tables, for the page and the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.report import numbers
from experiments.report.bottlenecks.stored import ABSENT
from experiments.report.measure_text import bracketed
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

if TYPE_CHECKING:
    import pandas as pd

    type Frames = Mapping[str, pd.DataFrame]

NAME = "bottlenecks"
"""Of the kind: how its words begin."""

FIGURES = ("verdict", "settled", "utilisation", "wait", "long_waits", "queue", "cost", "yuan")


def pool_table(tables: Frames, base: str, words: Words) -> Table:
    """A row a kind of pool, over all places that have one."""
    header = [words(f"{NAME}.{name}") for name in ("pool", *FIGURES, "places", "posts")]
    body = []
    for row in _rows(tables["pools"], base):
        many = [numbers.plain(row["places"], 0), numbers.plain(row["posts"], 0)]
        body.append([pool_name(row["pool"], words), *figures_of(row, words), *many])
    return Table(words(f"{NAME}.pools_under", base=words.scenario(base)), header, body)


def place_table(tables: Frames, base: str, words: Words) -> Table:
    """A row a pool of a place, those where a post settles most first."""
    rows = [row for row in _rows(tables["places"], base) if row["settled"] is not None]
    rows.sort(key=lambda row: -row["settled"])
    header = [words(f"{NAME}.{name}") for name in ("pool", "place", *FIGURES)]
    body = [[pool_name(row["pool"], words), row[f"name_{words.language}"], *figures_of(row, words)] for row in rows]
    return Table(words(f"{NAME}.places_under", base=words.scenario(base)), header, body)


def figures_of(row: Mapping[str, Any], words: Words) -> list[str]:
    """The cells of ``FIGURES``."""
    verdict = words(f"{NAME}.verdict.{row['verdict']}")
    if row["verdict"] == ABSENT:
        return [verdict, *[numbers.NONE] * (len(FIGURES) - 1)]
    return [
        verdict,
        bracketed((numbers.difference(row[key], decimals=1) for key in ("settled", "low", "high")), words),
        numbers.amount(row["utilisation"], "share", 0),
        numbers.plain(row["wait"], 1),
        numbers.amount(row["long_waits"], "share", 0),
        numbers.plain(row["queue"], 1),
        *(numbers.plain(row[key], 0) for key in ("cost", "yuan")),
    ]


def pool_name(pool: str, words: Words) -> str:
    """A pool as people say it."""
    return words(f"{NAME}.pool.{pool}")


def _rows(frame: pd.DataFrame, base: str) -> list[dict[str, Any]]:
    return plain_rows(frame[frame["base"] == base])
