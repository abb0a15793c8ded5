"""Places that the runs of a study measure apart, as its results keep them: what they are called and where they lie.

No number of a run depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from experiments.design.factors import shown_value
from experiments.runs.groups import places_apart
from sim.province import load_province, titles
from sim.province.builder import places_of
from sim.province.nation import is_nation, provinces_of_nation
from sim.scenario import ProvinceChoice

LONGEST = 100
"""Letters of the name of a choice of places."""


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


def names_of(points: Iterable[tuple[Mapping[str, Any], ProvinceChoice]]) -> dict[str, dict[str, str]]:
    """Names, by language, of the provinces and places among the varied values of some points, by value as it is shown.

    ``points`` are values by key, each with the place that is simulated.
    """
    keys = {"province.source": False, "province": False, "places": True, "province.places": True}
    return {
        shown_value(values[key]): _name_of(choice, of_places)
        for values, choice in points
        for key, of_places in keys.items()
        if key in values
    }


def stored_names(choice: ProvinceChoice) -> dict[str, str]:
    """What the province of a study is called in both languages, and the places that were kept of it, if some were."""
    english, chinese = titles.names_of(choice.source)
    names = {"name_en": english, "name_zh": chinese}
    if choice.places:
        names |= {f"places_{language}": name for language, name in _name_of(choice, True).items()}
    return names


def _name_of(choice: ProvinceChoice, of_places: bool) -> dict[str, str]:
    """What a province, or with ``of_places`` what was chosen of it, is called."""
    if of_places and choice.places:
        known = provinces_of_nation() if is_nation(choice.source) else places_of(choice.source)
        chosen = [place for code in choice.codes for place in known if place.code == code]
        return {
            "en": ", ".join(place.name_en or place.name_zh for place in chosen)[:LONGEST],
            "zh": "、".join(place.name_zh for place in chosen)[:LONGEST],
        }
    if is_nation(choice.source):
        return dict(zip(("en", "zh"), titles.NATION, strict=True))
    about = load_province(choice.source).metadata
    return {"en": about.name_en, "zh": about.short_zh}


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
