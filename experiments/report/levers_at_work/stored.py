"""The study and the tables that the results of levers at work hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Label, StoredStudy, StoredTable
from experiments.statistics.verdicts import ENDS, VERDICTS

Year = Annotated[int, Field(strict=True, ge=1, le=50)]


@dataclass(config=LAX, kw_only=True)
class StoredLevers(StoredStudy):
    """What the report of levers at work reads."""

    bases: Annotated[list[Label], Field(min_length=1)]
    levers: Annotated[list[Label], Field(min_length=1)]
    years: Annotated[list[Year], Field(min_length=1)]


WHERE = {"base": "label", "lever": "label", "year": "count"}
KNOWN = {"base": "bases", "lever": "claims.lever", "year": "years"}
FIGURES = {**dict.fromkeys(("at_low", "at_high", "difference", "low", "high"), "float?"), "pairs": "count"}

TABLES = {
    "claims": StoredTable(
        {"lever": "label", "measure": "label", "direction": "up|down", "low": "text", "high": "text"},
        key=("lever",),
        known={"lever": "levers", "measure": "measures"},
    ),
    "verdicts": StoredTable(
        {
            **WHERE, "verdict": "|".join(VERDICTS), "chain": "|".join(ENDS),
            **dict.fromkeys(("link", "before", "empty"), "text"),
            **dict.fromkeys((f"share_{verdict}" for verdict in VERDICTS), "share?"),
        },
        key=tuple(WHERE),
        known=KNOWN,
    ),
    "effects": StoredTable(
        {**WHERE, "measure": "label", **FIGURES}, key=(*WHERE, "measure"), known={**KNOWN, "measure": "measures"}
    ),
    "links": StoredTable(
        {**WHERE, "place": "count", "link": "label", "unit": "text", **FIGURES}, key=(*WHERE, "place"), known=KNOWN
    ),
    "runs": StoredTable(
        {**WHERE, "end": "low|high", "seed": "count"},
        others=("float",),
        named=("measures",),
        key=(*WHERE, "end", "seed"),
        known=KNOWN,
    ),
}  # fmt: skip
"""``effects`` and ``links`` are the high end of a lever's range less its low one, paired by seed (or by set of
behaviours), with 95 % intervals; counts of links are per 1,000 residents a year."""
