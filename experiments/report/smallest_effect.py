"""What would be too small to matter, in words."""

from __future__ import annotations

from experiments.report import numbers
from experiments.report.text import Words
from sim.measures.smallest_effect import DISTANCE, OTHERS, SHARE, TRUST


def smallest_effects(words: Words) -> str:
    """What is too small to matter, unit by unit, as a sentence."""
    return words("smallest_effects", **sizes())


def sizes() -> dict[str, str]:
    """The smallest effects of interest as numbers: of shares in percentage points, of other measures in per cent."""
    return {
        "share": numbers.plain(100 * SHARE, 1),
        "distance": numbers.plain(DISTANCE, 2),
        "trust": numbers.plain(TRUST, 3),
        "others": numbers.plain(100 * OTHERS, 0),
    }
