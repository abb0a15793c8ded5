"""What is odd in the tables of a province though it can be taken: warnings that name file, row and value."""

from __future__ import annotations

import numpy as np

from sim.province.kinds import Setting
from sim.province.population import urban_residents
from sim.province.tables import Tables

CODES_OF_CHINA = range(11, 66)
"""First two digits of codes of China's provinces."""

WHY = "live in communities, which alone are urban; every village has at least one resident"

LATITUDES, LONGITUDES = (3.0, 54.0), (73.0, 136.0)
"""Degrees between which China lies."""


def oddities(tables: Tables, residents: np.ndarray) -> tuple[str, ...]:
    """All warnings about a province; ``residents`` of its villages, shape (villages,)."""
    return (*tables.warnings, *_coordinates(tables), *_unmet_urban_shares(tables, residents))


def _coordinates(tables: Tables) -> list[str]:
    """Seats outside of China in a province of China's codes, and coordinates where there is no seat."""
    found = []
    if int(tables.cities.code[0]) // 100 in CODES_OF_CHINA:
        for level in (tables.cities, tables.counties, tables.townships):
            known = ~np.isnan(level.latitude)
            for column, values, (least, most) in (
                ("latitude", level.latitude, LATITUDES),
                ("longitude", level.longitude, LONGITUDES),
            ):
                for row in np.flatnonzero(known & ~((values >= least) & (values <= most))).tolist():
                    reason = f"lies outside of China ({least:g} to {most:g})"
                    found.append(str(level.refuse(row, column, reason)))
    for row in np.flatnonzero(~tables.city_tier & ~np.isnan(tables.cities.latitude)).tolist():
        reason = "the row only groups counties: it has no seat; they are not used"
        found.append(str(tables.cities.refuse(row, "latitude", reason)))
    return found


def _unmet_urban_shares(tables: Tables, residents: np.ndarray) -> list[str]:
    """Rows whose urban share the villages cannot meet: too few or too many of them are communities.

    A row is left out where it misses no more than rows below it for which it is told.
    """
    township = tables.villages.parent
    county = tables.townships.parent[township]
    urban = residents * (tables.village_setting == Setting.COMMUNITY)
    found: list[str] = []
    told = np.zeros(len(tables.townships), np.int64)  # residents by which rows of this level miss their shares
    for level, row_of in (
        (tables.townships, township),
        (tables.counties, county),
        (tables.cities, tables.counties.parent[county]),
    ):
        got = np.bincount(row_of, urban, len(level)).astype(np.int64)
        wanted = urban_residents(level)
        missed = np.where(np.isnan(level.urban_share), told, wanted - got)
        found += [
            str(level.refuse(row, "urban_share", f"means {wanted[row]:,} urban residents, but {got[row]:,} {WHY}"))
            for row in np.flatnonzero(missed != told).tolist()
        ]
        if level is not tables.cities:
            above = tables.counties if level is tables.townships else tables.cities
            told = np.bincount(level.parent, missed, len(above)).astype(np.int64)
    return found
