"""Provinces made of the tiny one: without some levels of government, as municipalities have it, or with more tables."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from pathlib import Path

from sim.province import TINY, folder_of


def province_without(folder: Path, *, city_tier: Iterable[int] = (), county_tier: Iterable[int] = (9102,)) -> str:
    """A folder with the tiny province in which the cities given have no government on a level; its path."""
    shutil.copytree(folder_of(TINY), folder)
    table = folder / "cities.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    without = {"city_tier": set(city_tier), "county_tier": set(county_tier)}
    for row in rows:
        row |= {level: "no" if int(row["code"]) in codes else "yes" for level, codes in without.items()}
    if 9101 in without["city_tier"]:  # a row that only groups counties cannot be the capital
        about = folder / "province.yaml"
        about.write_text(about.read_text("utf-8").replace("capital: 9101", "capital: 910102"), "utf-8")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(folder)


def province_with(folder: Path, **tables: str) -> str:
    """A folder with the tiny province and further tables by name, such as ``trends``; its path."""
    shutil.copytree(folder_of(TINY), folder)
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return str(folder)
