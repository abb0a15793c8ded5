"""From tables to hours: which leg is stated, which follows from coordinates, which from the synthetic rule."""

from __future__ import annotations

import numpy as np

from sim.province import travel as way
from sim.province.kinds import Terrain
from sim.province.spread import Purpose
from sim.province.tables import UNKNOWN, Level, Tables


def ranks(parent: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Position of each row among its parent's children, and their number; `parent` is non-decreasing."""
    number = np.bincount(parent)
    first = np.cumsum(number) - number
    return np.arange(len(parent)) - first[parent], number[parent]


def hours_of(tables: Tables) -> dict[str, np.ndarray]:
    """Hours one way from every village to its township and the seats of county, city, province and nation.

    By the names of the columns of ``VILLAGE``; a level without a government has the hours of the next one below.
    """
    townships, villages = tables.townships, tables.villages
    county = townships.parent[villages.parent]
    legs = (
        ("hours_township", _village_leg(tables)),
        ("hours_county", _township_leg(tables)[villages.parent]),
        ("hours_city", _county_leg(tables)[county]),
        ("hours_province", _city_leg(tables)[county]),
        ("hours_nation", tables.metadata.hours_to_nation),
    )
    total: np.ndarray | float = 0.0
    hours = {}
    for level, leg in legs:
        total = total + leg
        hours[level] = np.asarray(total)
    return hours


def _terrain(tables: Tables) -> tuple[np.ndarray, np.ndarray]:
    """Terrain of cities and of counties: the row's, else the one above, else hills."""
    city = np.where(tables.cities.terrain == UNKNOWN, Terrain.HILLS, tables.cities.terrain)
    county = tables.counties.terrain
    return city, np.where(county == UNKNOWN, city[tables.counties.parent], county)


def _distance(level: Level, above: Level, row: np.ndarray) -> np.ndarray:
    """Kilometres from places to the rows of another level; NaN where one of the two has no coordinates."""
    return way.kilometres(level.latitude, level.longitude, above.latitude[row], above.longitude[row])


def _or_stated(level: Level, hours: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(level.hours), hours, level.hours)


def _village_leg(tables: Tables) -> np.ndarray:
    """Anywhere in a disc of its township's share of the county; communities half as far from the middle."""
    villages, townships, counties = tables.villages, tables.townships, tables.counties
    county = townships.parent[villages.parent]
    terrain = _terrain(tables)[1][county]
    setting = tables.village_setting
    synthetic = way.synthetic_village_leg(villages.code, setting, terrain)
    radius = way.radii(counties.latitude, counties.longitude) / np.sqrt(np.bincount(townships.parent))
    distance = way.within_disc(villages.code, Purpose.PLACE_OF_VILLAGE, radius[county])
    distance = np.where(setting == way.Setting.COMMUNITY, 0.5 * distance, distance)
    travel = tables.metadata.travel
    hours = way.hours_between(distance, travel.local_speed, terrain, travel)
    return _or_stated(villages, np.where(np.isnan(hours), synthetic, hours))


def _township_leg(tables: Tables) -> np.ndarray:
    """From its coordinates, or from anywhere in a disc around the county seat; the first township has the seat."""
    townships, counties = tables.townships, tables.counties
    terrain = _terrain(tables)[1][townships.parent]
    rank, siblings = ranks(townships.parent)
    leg = way.synthetic_leg(
        townships.code, rank, siblings, terrain, way.TOWNSHIP_LEG, Purpose.HOURS_COUNTY, way.SPREAD_TOWNSHIP
    )
    radius = way.radii(counties.latitude, counties.longitude)[townships.parent]
    around = way.within_disc(townships.code, Purpose.PLACE_OF_TOWNSHIP, np.where(rank == 0, 0.0, 1.0) * radius)
    known = _distance(townships, counties, townships.parent)
    travel = tables.metadata.travel
    hours = way.hours_between(np.where(np.isnan(known), around, known), travel.local_speed, terrain, travel)
    return _or_stated(townships, np.where(np.isnan(hours), leg, hours))


def _county_leg(tables: Tables) -> np.ndarray:
    """To the city seat, by county; 0 where there is no city or the county stands for it."""
    counties, cities = tables.counties, tables.cities
    terrain = _terrain(tables)[1]
    rank, siblings = ranks(counties.parent)
    leg = way.synthetic_leg(
        counties.code, rank, siblings, terrain, way.COUNTY_LEG, Purpose.HOURS_CITY, way.SPREAD_COUNTY
    )
    travel = tables.metadata.travel
    distance = _distance(counties, cities, counties.parent)
    hours = way.hours_between(distance, travel.regional_speed, terrain, travel)
    hours = _or_stated(counties, np.where(np.isnan(hours), leg, hours))
    has_both = (tables.city_tier & tables.county_tier)[counties.parent]
    return np.where(has_both, hours, 0.0)


def _city_leg(tables: Tables) -> np.ndarray:
    """To the provincial capital, by county: from the city seat, or from the county seat where there is no city.

    By the synthetic rule the city of the capital comes first and the others follow in code order.
    """
    counties, cities = tables.counties, tables.cities
    terrain, county_terrain = _terrain(tables)
    level, row = tables.capital
    seat = row if level is cities else int(counties.parent[row])
    place = np.arange(len(cities))
    order = np.where(place == seat, 0, place + (place < seat))
    leg = way.synthetic_leg(
        cities.code,
        order,
        np.full(len(cities), len(cities)),
        terrain,
        way.CITY_LEG,
        Purpose.HOURS_PROVINCE,
        way.SPREAD_CITY,
    )
    travel = tables.metadata.travel

    def hours_from(places: Level, land: np.ndarray) -> np.ndarray:
        distance = way.kilometres(places.latitude, places.longitude, level.latitude[row], level.longitude[row])
        return way.hours_between(distance, travel.long_speed, land, travel)

    of_cities = hours_from(cities, terrain)
    of_cities = _or_stated(cities, np.where(np.isnan(of_cities), leg, of_cities))[counties.parent]
    direct = hours_from(counties, county_terrain)
    direct = _or_stated(counties, np.where(np.isnan(direct), of_cities, direct))
    return np.where(tables.city_tier[counties.parent], of_cities, direct)
