"""Counties that stand for their province, where a study chooses no places."""

from __future__ import annotations

import numpy as np

from experiments.statistics.representative import representative_order
from sim.province import load_province
from sim.province.nation import is_nation
from sim.scenario import ProvinceChoice


def places_for(choice: ProvinceChoice, count: int) -> ProvinceChoice:
    """Places as they are chosen, or else so many counties that represent their province by size and by where they lie.

    All of it for 0, for a province that has no more, and for the nation.
    """
    if choice.places or not count or is_nation(choice.source):
        return choice
    province = load_province(choice.source)
    counties = province.counties
    if len(counties) <= count:
        return choice
    points = np.column_stack([np.log(counties["population"]), counties["latitude"], counties["longitude"]])
    chosen = np.sort(representative_order(points)[:count])
    cities = province.cities[counties["city"][chosen]]
    codes = np.where(cities["county_tier"], counties["code"][chosen], cities["code"])
    return ProvinceChoice(choice.source, codes.tolist())
