"""Places and the people who live in them: tables of a province, and the province built from them."""

from sim.province.builder import TINY, build_province, folder_of, load_province, places_of, shipped_names
from sim.province.kinds import Setting, Terrain, TownshipKind
from sim.province.province import CITY, COUNTY, TOWNSHIP, VILLAGE, Province, WholeProvince
from sim.province.tables import Tables, read_tables

__all__ = [
    "CITY",
    "COUNTY",
    "TINY",
    "TOWNSHIP",
    "VILLAGE",
    "Province",
    "Setting",
    "Tables",
    "Terrain",
    "TownshipKind",
    "WholeProvince",
    "build_province",
    "folder_of",
    "load_province",
    "places_of",
    "read_tables",
    "shipped_names",
]
