"""Both implementations agree dispute by dispute, day by day, and in every figure of the ledger.

A moderate set; ``python -m tests.reference --seeds 50`` compares all worlds with as many seeds as wanted.
"""

from __future__ import annotations

import pytest

from tests.reference.compare import compare
from tests.reference.worlds import EASTERN_CITY, ONE_YEAR, WESTERN_CITY, WORLDS, world

WHOLE = ("policy gansu_2019", "assessment")
"""Worlds that are compared in both cities: grades and scores need more than one."""


@pytest.mark.parametrize("name", WORLDS)
def test_both_implementations_agree(name: str) -> None:
    position = list(WORLDS).index(name)
    place = () if name in WHOLE else (WESTERN_CITY if position % 3 else EASTERN_CITY,)
    calendar = () if name in WHOLE or "warning" in name else ONE_YEAR
    comparison = compare(world(name, *place, *calendar), seed=100 + position)
    assert comparison.day is None
    assert comparison.differences == []
    assert comparison.disputes > 100
