"""Places that the runs of a study measure apart, as its results keep them: what they are called and where they lie.

No number of a run depends on it.
"""

from __future__ import annotations

import math
from typing import Any

from experiments.runs.groups import places_apart
from sim.province import load_province
from sim.province.nation import is_nation, provinces_of_nation
from sim.scenario import ProvinceChoice


def stored_places(choice: ProvinceChoice) -> list[dict[str, Any]]:
    """Code, names, residents that are simulated, and seat of every one of ``places_apart``, in their order.

    ``latitude`` and ``longitude`` (degrees, WGS 84) are left out where nobody knows them. Of the nation these are the
    provinces, at their capitals.
    """
    if is_nation(choice.source):
        return _provinces(choice)
    province = load_province(choice.source, choice.codes)
    cities, counties = province.cities, province.counties
    rows = {}
    for table, zh, en in (
        (cities, province.city_names_zh, province.city_names_en),
        (counties, province.county_names_zh, province.county_names_en),
    ):
        columns = (table[name].tolist() for name in ("code", "population", "latitude", "longitude"))
        for code, residents, latitude, longitude, chinese, english in zip(*columns, zh, en, strict=True):
            place = {"code": code, "en": english, "zh": chinese, "residents": residents}
            seat = {"latitude": latitude, "longitude": longitude}
            rows[code] = place | (seat if math.isfinite(latitude) and math.isfinite(longitude) else {})
    found = places_apart(cities["code"], cities["city_tier"], counties["code"], counties["city"])
    return [rows[code] for code in found]


def _provinces(choice: ProvinceChoice) -> list[dict[str, Any]]:
    found = []
    for each in provinces_of_nation(choice.codes):
        province = load_province(each.slug)
        capital = province.metadata.capital
        table = province.cities if capital in province.cities["code"] else province.counties
        (seat,) = table[table["code"] == capital]
        place = {"code": each.code, "en": each.name_en, "zh": each.name_zh, "residents": each.residents}
        found.append(place | {"latitude": float(seat["latitude"]), "longitude": float(seat["longitude"])})
    return found if len(found) > 1 else []
