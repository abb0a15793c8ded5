"""What the measurement of places makes of figures by seed and place."""

from __future__ import annotations

import numpy as np
import pytest

from bench.places import spread_of


def test_spreads_by_hand() -> None:
    """Places at 1 and 3, seeds 0.1 above and below: chance √0.02, seen √2, place √(2 − 0.02)."""
    spread = spread_of(np.array([[0.9, 2.9], [1.1, 3.1]]))
    assert spread.chance == pytest.approx(np.sqrt(0.02))
    assert spread.seen == pytest.approx(np.sqrt(2.0))
    assert spread.place == pytest.approx(np.sqrt(1.98))


def test_what_chance_explains_is_no_place() -> None:
    spread = spread_of(np.array([[0.0, 0.2], [1.0, 1.2]]))
    assert spread.seen < spread.chance and spread.place == 0.0
