"""Small worlds in which the model is checked against itself, and how far two ledgers are apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from experiments.verification.queues import PLACES
from sim.behaviour import Causes
from sim.ledger import CHANNELS, FORUMS, PETITION_LEVELS, Ledger
from sim.policy import Policy, RollOutLevers, StaffLevers
from sim.province import folder_of, tables
from sim.scenario import Calendar, ProvinceChoice, Scenario

CALENDAR = Calendar(start="2018-01-01", end="2019-12-31", reform="2019-01-01", measures="2018-01-01")
AT_ONCE = RollOutLevers(batch_1_start=0, batch_2_start=0, ramp=0)
POLICY = replace(Policy(), roll_out=AT_ONCE)
TINY = Scenario(province=ProvinceChoice("tiny"), calendar=CALENDAR, before=POLICY, after=POLICY)
"""Two years of the tiny province under the status quo, all of the policy after in force at once."""

CROWDED = replace(
    TINY,
    behaviour=replace(
        TINY.behaviour,
        slots_village=1,
        slots_centre=1,
        slots_petition=1,
        mediation_days_village=60,
        mediation_days=60,
        petition_days=90,
        grievances=90,
        causes=Causes(groups=3),
    ),
)
"""The same with several claimants of many causes, one case at a time for everybody, and long work on it: queues
everywhere."""

NOBODY = replace(POLICY, staff=StaffLevers(**dict.fromkeys((each.name for each in fields(StaffLevers)), 0)))
"""The status quo without anybody who mediates or handles petitions."""

BELOW = FORUMS[2:]
"""Forums of third parties."""

Rewrite = Callable[[str, list[list[str]]], list[list[str]]]
"""From a table's name and its rows (without header) to other rows."""


def cells_apart(one: Ledger, other: Ledger) -> int:
    """Cells of all arrays of two ledgers that are not the same to the bit."""
    apart = 0
    for each in fields(Ledger):
        left, right = getattr(one, each.name), getattr(other, each.name)
        apart += int((np.ascontiguousarray(left).view(np.uint8) != np.ascontiguousarray(right).view(np.uint8)).sum())
    return apart


def settled_by_others(ledger: Ledger) -> int:
    """Durable settlements by third parties."""
    return sum(ledger.total(f"durable_{forum}") for forum in BELOW)


def unresolved_of(ledger: Ledger) -> int:
    """Grievances left or given up, less those taken up again."""
    return ledger.total("lumped") + ledger.total("gave_up") - ledger.total("reactivated")


def petitions_of(ledger: Ledger, what: str, levels: Sequence[str] = PETITION_LEVELS) -> int:
    """Petitions ``presented`` or ``registered`` (or what else is counted of them) at some levels, repeats included."""
    return sum(
        ledger.total(f"{first}{what}_{channel}_{level}")
        for first in ("", "repeat_")
        for channel in CHANNELS
        for level in levels
    )


@contextmanager
def rewritten(source: str | Path, rewrite: Rewrite) -> Iterator[str]:
    """A folder with the tables of a province, their rows rewritten; gone afterwards."""
    folder = folder_of(source)
    with TemporaryDirectory(prefix="pyramid-verify-") as place:
        for file in tables.FILES:
            header, *lines = (folder / file).read_text("utf-8").splitlines()
            rows = rewrite(file.removesuffix(".csv"), [line.split(",") for line in lines])
            (Path(place) / file).write_text("\n".join([header, *map(",".join, rows)]) + "\n", "utf-8")
        yield place


def in_another_order(_: str, rows: list[list[str]]) -> list[list[str]]:
    """The rows from the last to the first, every place with another name."""
    return [[row[0], row[1] + "新", *row[2:]] for row in reversed(rows)]


def under_other_codes(_: str, rows: list[list[str]]) -> list[list[str]]:
    """Every code 100 cities further on: other places with other luck."""

    def further(cell: str) -> str:
        return str(int(cell[:4]) + 100) + cell[4:] if cell.isdigit() and cell.startswith("92") else cell

    return [[further(cell) for cell in row] for row in rows]


def twice(name: str, rows: list[list[str]]) -> list[list[str]]:
    """The same places and once more under other codes."""
    return rows + under_other_codes(name, rows)


EQUAL = replace(TINY, province=ProvinceChoice(str(PLACES)), behaviour=replace(TINY.behaviour, weight_travel=0))
"""Equal counties, so that another code is another luck and nothing else: travel, drawn by code, has no weight."""
