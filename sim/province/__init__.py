"""Places and the people who live in them: tables of a province, and the province built from them."""

from sim.province.builder import SHIPPED, build_province, load_province
from sim.province.province import (
    CITY,
    COUNTY,
    TOWNSHIP,
    VILLAGE,
    Province,
    RegionType,
    Setting,
    TownshipKind,
    WholeProvince,
)
from sim.province.tables import Tables, read_tables

__all__ = [
    "CITY",
    "COUNTY",
    "SHIPPED",
    "TOWNSHIP",
    "VILLAGE",
    "Province",
    "RegionType",
    "Setting",
    "Tables",
    "TownshipKind",
    "WholeProvince",
    "build_province",
    "load_province",
    "read_tables",
]
