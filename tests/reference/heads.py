"""Staff of places, from levers that are stated for a place of usual size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.fixed import REFERENCE_SIZE, REFERENCE_VILLAGE
from tests.reference.numbers import rounded

if TYPE_CHECKING:
    from tests.reference.places import County
    from tests.reference.village import Village


def heads(lever: float, residents: int, reference: int) -> int:
    """Staff of a place: in proportion to residents, at least one where there is any."""
    return max(1, rounded(lever * residents / reference)) if lever > 0 else 0


def heads_of_village(village: Village, lever: float) -> int:
    """Staff of a village."""
    return heads(lever, village.population, REFERENCE_VILLAGE)


def heads_of_county(county: County, lever: float) -> int:
    """Staff of a county."""
    return heads(lever, county.population, REFERENCE_SIZE["county"])
