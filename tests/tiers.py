"""Provinces in which levels of government are missing, as municipalities and directly administered counties have it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from sim.province import Province, builder, folder_of
from sim.province.tables import Tables

TINY = folder_of("tiny")


def province_without(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    city_tier: Iterable[int] = (),
    county_tier: Iterable[int] = (9102,),
) -> str:
    """A folder with the tiny province in which the cities given have no government on a level; its path."""
    shutil.copytree(TINY, folder)
    build = builder.build_province

    def build_without(tables: Tables, places: tuple[int, ...] = ()) -> Province:
        province = build(tables, places)
        if tables.name != folder.name:
            return province
        parts = {name: getattr(province, name).copy() for name in ("cities", "villages")}
        cities, villages = parts["cities"], parts["villages"]
        for name, without in (("city_tier", city_tier), ("county_tier", county_tier)):
            cities[name] = ~np.isin(cities["code"], list(without))
        # The leg to a level that is missing is 0.
        leg = np.where(cities["city_tier"][villages["city"]], 0, villages["hours_city"] - villages["hours_county"])
        for name in ("hours_city", "hours_province", "hours_nation"):
            villages[name] -= leg.astype(np.float32)
        return _replaced(province, parts)

    monkeypatch.setattr(builder, "build_province", build_without)
    return str(folder)


def _replaced(province: Province, parts: dict[str, np.ndarray]) -> Province:
    names = [each for each in Province.__dataclass_fields__ if each not in ("population", "fingerprint")]
    return Province(**{name: parts.get(name, getattr(province, name)) for name in names})
