"""The fate of every dispute of a world: followed day by day from the reform to the end of the calendar.

Nothing is added to the model for it: a dispute's row keeps, until it is taken again, what it was when it left, and rows
are taken again at the beginning of a day, before any leaves. So it is enough to look at the free rows every evening.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.agenda import Phase
from sim.agents.dispute import Forum, Stage
from sim.model import GovernanceModel


class Fate(IntEnum):
    """Where a dispute ended: settled for good at a forum, or not."""

    ABSENT = 0  # it is no case in this world: prevented, left unspoken, or taken over by protection
    SELF = 1
    GRID = 2
    POLICE = 3
    VILLAGE = 4
    TOWNSHIP = 5
    COUNTY = 6
    COURT = 7
    PETITION = 8
    NOMINAL = 9  # recorded as settled and not settled
    CONCEDED = 10  # ended by a concession to who petitioned above the county
    GAVE_UP = 11
    OPEN = 12


FATES = len(Fate)

DURABLE = tuple(Fate(number) for number in range(Fate.SELF, Fate.NOMINAL))
"""Fates of disputes that are settled for good."""

_OF_FORUM = np.full(len(Forum), int(Fate.PETITION), np.int8)
for _forum, _fate in (
    (Forum.NOTHING, Fate.POLICE),
    (Forum.BILATERAL, Fate.SELF),
    (Forum.VILLAGE, Fate.VILLAGE),
    (Forum.TOWNSHIP, Fate.TOWNSHIP),
    (Forum.COUNTY, Fate.COUNTY),
    (Forum.COURT, Fate.COURT),
):
    _OF_FORUM[_forum] = _fate


@dataclass(frozen=True)
class Followed:
    """Disputes of one world, each once, sorted by key.

    Attributes:
        keys: identity, the same in every world, int64, shape (n,).
        fates: ``Fate``, int8, shape (n,).
        counties: row of the province's counties, int16, shape (n,).
        at_province: whether it ever came before the province's office or the nation's, bool, shape (n,).
    """

    keys: NDArray[np.int64]
    fates: NDArray[np.int8]
    counties: NDArray[np.int16]
    at_province: NDArray[np.bool_]


def follow(model: GovernanceModel, days: int) -> Followed:
    """Runs a model some days and gives the fate of every dispute that was a case in them.

    Disputes that had been given up or settled before, and stay so, are left out.
    """
    cities = len(model.province.cities)
    village_county = model.province.villages["county"]
    at_rest = [
        {stage: _keys_of(model, city, stage) for stage in (Stage.LAPSED, Stage.HOLDING)} for city in range(cities)
    ]
    seen: list[NDArray[np.int64]] = [np.zeros(0, np.int64)] * cities
    for city in range(cities):
        seen[city] = _remember(model, city, seen[city])[0]
    parts: list[NDArray] = []
    for _ in range(days):
        model.run_for(1)
        for city in range(cities):
            seen[city], left = _remember(model, city, seen[city])
            if len(left):
                parts.append(_described(left, _fate_when_left(left), village_county))
    for city in range(cities):
        rows = model.state.disputes[model.state.used_disputes_of(city)]
        still = rows[rows["stage"] != Stage.FREE]
        for stage, keys in at_rest[city].items():
            still = still[~(np.isin(still["key"], keys, assume_unique=True) & (still["stage"] == stage))]
        parts.append(_described(still, _fate_while_there(still), village_county))
    return _once(np.concatenate(parts))


_ROW = np.dtype([("key", np.int64), ("fate", np.int8), ("county", np.int16), ("at_province", np.bool_)])


def _keys_of(model: GovernanceModel, city: int, stage: Stage) -> NDArray[np.int64]:
    rows = model.state.disputes[model.state.used_disputes_of(city)]
    return rows["key"][rows["stage"] == stage]


def _remember(model: GovernanceModel, city: int, seen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray]:
    """The key last seen on each free row, and the records of the disputes that have left since.

    A grievance that never becomes a case takes a row and gives it back with the key of the dispute before it.
    """
    state = model.state
    used = state.used_disputes_of(city)
    if len(seen) < used.stop - used.start:
        seen = np.concatenate([seen, np.full(used.stop - used.start - len(seen), -1, np.int64)])
    free = state.free_rows[state.disputes_of(city)][: int(state.states[city]["free"][0])]
    rows = state.disputes[state.disputes_of(city)]
    keys = rows["key"][free]
    is_new = keys != seen[free]
    left = rows[free[is_new]]
    seen[free[is_new]] = keys[is_new]
    return seen, left


def _fate_when_left(left: NDArray) -> NDArray[np.int8]:
    """Of disputes that have left: on the spot, for good at their forum, by a concession, or given up and faded."""
    settled = np.where(left["phase"] == Phase.SETTLE, _OF_FORUM[left["forum"]], np.int8(Fate.GAVE_UP))
    settled = np.where(left["phase"] == Phase.INTAKE, np.int8(Fate.CONCEDED), settled)
    return np.where(left["phase"] == Phase.PATROL, np.int8(Fate.GRID), settled).astype(np.int8)


def _fate_while_there(rows: NDArray) -> NDArray[np.int8]:
    """Of disputes that are still there."""
    stage = rows["stage"]
    other = np.where(stage == Stage.LAPSED, np.int8(Fate.GAVE_UP), np.int8(Fate.OPEN))
    other = np.where(stage == Stage.HOLDING, _OF_FORUM[rows["forum"]], other)
    return np.where(stage == Stage.RELAPSING, np.int8(Fate.NOMINAL), other).astype(np.int8)


def _described(rows: NDArray, fates: NDArray[np.int8], village_county: NDArray) -> NDArray:
    found = np.zeros(len(rows), _ROW)
    found["key"], found["fate"] = rows["key"], fates
    found["county"] = village_county[rows["village"]]
    failures = rows["failures"]
    above = failures[:, Forum.PETITION_PROVINCE :].any(axis=1)
    found["at_province"] = above | (rows["forum"] >= Forum.PETITION_PROVINCE)
    return found


def _once(rows: NDArray) -> Followed:
    order = np.argsort(rows["key"], kind="stable")
    rows = rows[order]
    last = np.ones(len(rows), bool)
    last[:-1] = rows["key"][1:] != rows["key"][:-1]
    rows = rows[last]
    return Followed(rows["key"].copy(), rows["fate"].copy(), rows["county"].copy(), rows["at_province"].copy())
