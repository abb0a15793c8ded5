"""A small tree of indicators to read an index from, and changes of it."""

from __future__ import annotations

import copy
from typing import Any

from sim.measures import MEASURES
from sim.measures.index import Index
from sim.measures.index_reader import read_index

PEOPLE = {"name_en": "name", "name_zh": "名称"}


def leaf(measure: str, worst: float, best: float, **more: Any) -> dict[str, Any]:
    return {**PEOPLE, "measure": measure, "worst": worst, "best": best, **more}


def small() -> dict[str, Any]:
    """Two branches, 3 : 1, with two leaves and one."""
    return {
        "name": "small",
        **PEOPLE,
        "counts": [2, 3],
        "colours": {"green": 80, "blue": 60, "orange": 40, "red": 0},
        "indicators": {
            "settled": {
                **PEOPLE,
                "weight": 3,
                "indicators": {
                    "resolved": leaf("durable_resolution", 0.2, 0.7, weight=2),
                    "relapsed": leaf("relapses", 10, 0, weight=1),
                },
            },
            "prompt": {**PEOPLE, "weight": 1, "indicators": {"doors": leaf("doors_per_case", 3, 1)}},
        },
    }


def read(values: dict[str, Any]) -> Index:
    return read_index(values, MEASURES)


def with_change(path: str, value: Any) -> dict[str, Any]:
    """``small`` with one value at a dotted path set, or removed by ``None``."""
    values = copy.deepcopy(small())
    *parents, last = path.split(".")
    node = values
    for part in parents:
        node = node[part]
    if value is None:
        node.pop(last)
    else:
        node[last] = value
    return values
