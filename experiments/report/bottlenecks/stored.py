"""The study and the tables that the results of bottlenecks hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Label, StoredStudy, StoredTable

SHORT, NOT_SHORT, UNTOLD, ABSENT = "short", "not_short", "untold", "absent"

VERDICTS = (SHORT, NOT_SHORT, UNTOLD, ABSENT)
"""One post more settles more, beyond chance; it does not; one seed has no interval; no post came into being."""


@dataclass(config=LAX, kw_only=True)
class StoredBottlenecks(StoredStudy):
    """What the report of bottlenecks reads."""

    bases: Annotated[list[Label], Field(min_length=1)]
    pools: Annotated[list[Label], Field(min_length=1)]


WHERE = {"base": "label", "pool": "label"}
KNOWN = {"base": "bases", "pool": "pools"}
FIGURES = {
    **dict.fromkeys(
        ("posts", "utilisation", "wait", "long_waits", "queue", "settled", "low", "high", "p_value"), "float?"
    ),
    "pairs": "count",
    "cost": "float?",
    "verdict": "|".join(VERDICTS),
    "yuan": "float?",
}

TABLES = {
    "pools": StoredTable({**WHERE, "places": "count", **FIGURES}, key=tuple(WHERE), known=KNOWN),
    "places": StoredTable(
        {**WHERE, "place": "label", "name_en": "text", "name_zh": "text", **FIGURES},
        key=(*WHERE, "place"),
        known=KNOWN,
    ),
    "runs": StoredTable(
        {
            **WHERE, "place": "label", "seed": "count",
            **dict.fromkeys(("posts", "settled", "cost"), "float"),
            **dict.fromkeys(("slot_days", "busy_days", "wait_days", "started", "queue_days", "waited_long"), "float"),
            "days": "count",
        },
        key=(*WHERE, "place", "seed"),
        known=KNOWN,
    ),
}  # fmt: skip
"""All of the first year after the reform. ``settled`` is what one post more settles for good in all of its city, with a
95 % interval; ``p_value`` is adjusted (Holm) among the rows of a base in its table; ``cost`` is yuan a post and
``yuan`` that per settlement, of what is short. Utilisation, mean wait (days), the share of waits above 30 days and the
queue (cases of a place on a mean day) are those without the post, of all mediators of the level. ``runs``: the arm with
the post less the base (posts, settled, cost), and work as it is in the base."""
