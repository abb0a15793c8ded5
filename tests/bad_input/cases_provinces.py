"""Bad provinces: one defect in the tables of ``tiny``, beside those of ``tests/sim/province/test_tables.py``."""

from __future__ import annotations

import csv
import lzma
from collections.abc import Mapping

from sim.province import folder_of
from sim.province.metadata import FILE as METADATA
from sim.province.tables import FILES as TABLES
from tests.bad_input.case import Case

TINY = {name: (folder_of("tiny") / name).read_text("utf-8") for name in (*TABLES, METADATA)}
CITY, COUNTY, TOWNSHIP, VILLAGE = "cities.csv", "counties.csv", "townships.csv", "villages.csv"
POPULATION = "a whole number from 1 to 2000000000"
BATCH = "a whole number from 1 to 99"

DEFECTS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("population negative", CITY, ",8000,", ",-8000,", ("row 2", "'-8000'", POPULATION)),
    ("population of nought", CITY, ",8000,", ",0,", ("row 2", "'0'", POPULATION)),
    ("population of three thousand million", CITY, ",8000,", ",3000000000,", ("row 2", "'3000000000'", POPULATION)),
    ("population of a hundred digits", CITY, ",8000,", f",{'9' * 100},", ("row 2", "999", POPULATION)),
    ("population in words", CITY, ",8000,", ",many,", ("row 2", "'many'", POPULATION)),
    ("population a fraction", CITY, ",8000,", ",8000.5,", ("row 2", "'8000.5'", POPULATION)),
    ("population with an exponent", CITY, ",8000,", ",8e3,", ("row 2", "'8e3'", POPULATION)),
    ("population not a number", CITY, ",8000,", ",nan,", ("row 2", "'nan'", POPULATION)),
    ("population missing", CITY, ",8000,", ",,", ("row 2", "missing", "here or in every row below it")),
    ("population with an underscore", CITY, ",8000,", ",8_000,", ("row 2", "'8_000'", POPULATION)),
    ("population below the villages", CITY, ",8000,", ",3,", ("row 2", "'3'", "villages")),
    ("population in other digits", CITY, ",8000,", ",８０００,", ("row 2", "'８０００'", POPULATION)),
    ("population a formula", CITY, ",8000,", ",=8000,", ("row 2", "'=8000'", POPULATION)),
    ("batch of nought", CITY, ",1,capital", ",0,capital", ("row 2", "pilot_batch '0'", BATCH)),
    ("batch of a hundred", CITY, ",1,capital", ",100,capital", ("row 2", "pilot_batch '100'", BATCH)),
    ("region a number", CITY, "capital", "7", ("row 2", "region_type '7'", "must be a word")),
    ("region a fraction", CITY, "capital", "-1.5", ("row 2", "region_type '-1.5'", "must be a word")),
    ("setting unknown", VILLAGE, "910102100,community", "910102100,farm", ("row 5", "'farm'", "village, community")),
    ("name missing", CITY, "东川市", "", ("row 2", "name_zh missing", "a text is needed")),
    ("name that steers the terminal", CITY, "Dongchuan", "\x1b[31mDong", ("row 2", "name_en", "can be printed")),
    ("name with a null byte", COUNTY, "河东区", "河\0东", ("row 2", "name_zh", "can be printed")),
    ("name written backwards", COUNTY, "河东区", "\u202e河东区", ("row 2", "name_zh", "can be printed")),
    ("name of two lines", COUNTY, "河东区", '"河\n东"', ("row 3", "name_zh", "can be printed")),
    ("code twice", COUNTY, "910103,", "910102,", ("row 3", "'910102'", "duplicate code, first seen in row 2")),
    ("code with a nought first", CITY, "9101,", "0101,", ("row 2", "'0101'", "4 digits, the first not 0")),
    ("code negative", CITY, "9101,", "-101,", ("row 2", "'-101'", "4 digits, the first not 0")),
    ("code with spaces inside", COUNTY, "910102,", "91 102,", ("row 2", "'91 102'", "6 digits")),
    (
        "code of another parent",
        COUNTY,
        "Hedong District,9101",
        "Hedong District,9102",
        ("row 2", "begin with its city_code"),
    ),
    (
        "parent unknown",
        COUNTY,
        "910201,西原市,Xiyuan,9102",
        "910201,西原市,Xiyuan,9109",
        ("row 4", "'9109'", "no such code in"),
    ),
    ("parent missing", COUNTY, "Hedong District,9101", "Hedong District,", ("row 2", "city_code missing", "4 digits")),
    ("city without a county", COUNTY, "910201,西原市,Xiyuan,9102\n", "", (CITY, "row 3", "'9102'", "no county")),
    ("township without a village", TOWNSHIP, "910201100,柳", "910201101,柳", ("'910201100'", "no such code")),
    ("column missing", VILLAGE, ",setting", "", ("row 1", "missing column 'setting'")),
    ("column twice", CITY, "code,name_zh,", "code,code,name_zh,", ("row 1", "column 'code' occurs 2 times")),
    ("column unknown", CITY, ",terrain,", ",soil,", ("row 1", "unknown column 'soil'", "known are code, name_zh")),
    ("column misspelt", CITY, ",terrain,", ",terain,", ("row 1", "unknown column 'terain'", "did you mean 'terrain'?")),
    ("population of two to the fortieth", CITY, ",8000,", f",{2**40},", ("row 2", f"'{2**40}'", POPULATION)),
    ("population with a thousands separator", CITY, ",8000,", ',"8,000",', ("row 2", "'8,000'", POPULATION)),
    ("terrain unknown", CITY, "plain", "swamp", ("row 2", "terrain 'swamp'", "plain, hills, mountains")),
    ("tier in doubt", CITY, ",yes,yes,", ",yes,perhaps,", ("row 2", "county_tier 'perhaps'", "no, yes")),
    ("no counties though there are two", CITY, ",yes,yes,", ",yes,no,", ("row 2", "county_tier 'no'", "not 2")),
    ("neither city nor counties", CITY, ",yes,no,", ",no,no,", ("row 3", "city_tier 'no'", "no government is left")),
    ("capital without a government", CITY, ",yes,yes,", ",no,yes,", ("province.yaml", "capital: 9101", "a county")),
    ("hours negative", CITY, ",0.35", ",-0.35", ("row 2", "hours '-0.35", "a number from 0 to 200")),
    ("hours not a number", CITY, ",0.35228250634132524", ",NaN", ("row 2", "hours 'NaN'", "a number from 0 to 200")),
    ("hours without end", CITY, ",0.35228250634132524", ",inf", ("row 2", "hours 'inf'", "a number from 0 to 200")),
    ("hours in other digits", CITY, ",0.35228250634132524", ",３", ("row 2", "hours '３'", "a number from 0 to 200")),
    ("codes swapped", COUNTY, "910102,河东区", "910202,河东区", ("row 2", "'910202'", "must begin with its city_code")),
    ("name of 101 letters", COUNTY, "河东区", "河" * 101, ("row 2", "name_zh", "at most 100 letters, not 101")),
    ("name in English of a kilometre", CITY, "Dongchuan", "D" * 1000, ("row 2", "name_en", "not 1000")),
    ("a row of commas", COUNTY, "910103,山阳县,Shanyang County,9101", ",,,", ("row 3", "code missing", "6 digits")),
    (
        "county without a township",
        COUNTY,
        "910201,",
        "910105,无乡县,,9101\n910201,",
        ("row 4", "'910105'", "no township"),
    ),
    ("header in capitals", CITY, "code,", "CODE,", ("row 1", "missing column 'code'")),
    ("semicolons", CITY, "code,name_zh,name_en", "code;name_zh;name_en", ("row 1", "missing column")),
    ("a field too many", COUNTY, "District,9101", "District,9101,9", ("row 2", "5 fields", "the header has 4")),
    ("a field too few", COUNTY, "District,9101", "District", ("row 2", "3 fields", "the header has 4")),
    ("an open quote", COUNTY, "河东区", '"河东区', ("not comma-separated values",)),
    ("a quote inside", COUNTY, "河东区", '"河"东区', ("row 2", "not comma-separated values")),
    ("a field of a million letters", COUNTY, "河东区", "河" * 200_000, ("row 2", "field larger than field limit")),
)
"""Name, table, text that occurs once, what stands there instead, what the message says beside the table."""

WHOLE: tuple[tuple[str, str, str | bytes, tuple[str, ...]], ...] = (
    ("empty table", CITY, "", ("is empty",)),
    ("header alone", TOWNSHIP, "code,name_zh,county_code\n", ("no rows", "at least one")),
    ("binary table", VILLAGE, bytes(range(256)), ("not UTF-8",)),
    ("table in GBK", COUNTY, TINY[COUNTY].encode("gbk"), ("not UTF-8", "GBK")),
    ("table in UTF-16", COUNTY, TINY[COUNTY].encode("utf-16"), ("not UTF-8", "UTF-16")),
    ("table of JSON", COUNTY, '[{"code": 910102}]', ("missing column",)),
    ("table of blank lines", COUNTY, "\n\n\n", ("is empty",)),
    ("table of nulls", VILLAGE, bytes(1000), ("missing column",)),
    ("pickled table", COUNTY, b"\x80\x04\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.", ("not UTF-8",)),
)
"""Name, table, its whole content, what the message says beside the table."""

COLUMNS: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("totals of cities and counties", COUNTY, "population", ("5000", "2000", ""), (CITY, "'8000'", "sum to 7,000")),
    (
        "totals of counties above the city's",
        COUNTY,
        "population",
        ("9000", "", ""),
        (CITY, "'8000'", "sum to 9,000, more than it has"),
    ),
    (
        "totals of counties and townships",
        TOWNSHIP,
        "population",
        ("", "", "", "", "4000", "1"),
        (CITY, "'4000'", "sum to 4,001; totals of two levels must agree"),
    ),
    (
        "totals of townships and villages",
        VILLAGE,
        "population",
        ("9000", *[""] * 17),
        (CITY, "'8000'", "rows below it sum to 9,000"),
    ),
    ("urban share of more than all", CITY, "urban_share", ("1.2", ""), ("row 2", "urban_share '1.2'", "from 0 to 1")),
    ("urban share in per cent", CITY, "urban_share", ("52%", ""), ("row 2", "urban_share '52%'", "from 0 to 1")),
    ("urban share negative", CITY, "urban_share", ("", "-0.1"), ("row 3", "urban_share '-0.1'", "from 0 to 1")),
    (
        "urban share of nobody",
        COUNTY,
        "urban_share",
        ("0.5", "", ""),
        ("row 2", "'0.5'", "a population in the same row"),
    ),
    ("household of nobody", CITY, "household_size", ("0", ""), ("row 2", "household_size '0'", "from 1 to 20")),
    ("household of a crowd", COUNTY, "household_size", ("", "21", ""), ("row 3", "'21'", "from 1 to 20")),
    ("covariate negative", COUNTY, "mining", ("-0.01", "", ""), ("row 2", "mining '-0.01'", "from 0 to 1")),
    ("covariate above one", COUNTY, "aged_65", ("", "", "1.01"), ("row 4", "aged_65 '1.01'", "from 0 to 1")),
    ("covariate a word", COUNTY, "cars", ("many", "", ""), ("row 2", "cars 'many'", "from 0 to 1")),
    ("schooling for a lifetime", COUNTY, "schooling", ("26", "", ""), ("row 2", "schooling '26'", "from 0 to 25")),
    ("covariate of cities", CITY, "cars", ("0.1", ""), ("row 1", "unknown column 'cars'")),
    ("mountain above Everest", CITY, "elevation", ("9001", ""), ("row 2", "elevation '9001'", "from -500 to 9000")),
    ("latitude alone", CITY, "latitude", ("36", ""), ("row 2", "latitude '36'", "given together or not at all")),
    (
        "hours to the city it stands for",
        COUNTY,
        "hours",
        ("", "", "0.5"),
        ("row 4", "hours '0.5'", "stands for its city"),
    ),
    ("hours of a century", TOWNSHIP, "hours", ("900000", *[""] * 5), ("row 2", "hours '900000'", "from 0 to 200")),
)
"""Name, table, a column that is added, its cells, what the message says beside the table."""

YAML: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("unknown key", "captial: 9101", ("unknown key 'captial'", "did you mean capital?")),
    ("wrong type", "aliases: 7", ("aliases: 7", "must be a list of names")),
    ("two capitals", "capital: [9101, 9102]", ("capital: [9101, 9102]", "must be a whole number from 1000 to 999999")),
    ("capital twice", "capital: 9101\ncapital: 9102", ("line 2", "the key 'capital' is there twice")),
    ("capital elsewhere", "capital: 9109", ("capital: 9109 is no code of cities.csv or counties.csv",)),
    ("capital a township", "capital: 91010", ("capital: 91010 is no code of cities.csv or counties.csv",)),
    ("code of another province", "code: 62", ("code: 62", "cities.csv has 9101")),
    ("a bomb", "a: &a [x, x]\nb: &b [*a, *a]\naliases: [*b, *b]", ("line 1", "anchors and aliases (& and *) are not")),
    (
        "code that runs",
        "name_zh: !!python/object/apply:os.system [ls]",
        ("line 1", "could not determine a constructor"),
    ),
    ("not YAML", "name_zh: [甘肃", ("line 1", "is not YAML")),
    ("a list", "- 甘肃省", ("must hold keys and values",)),
    ("hours without end", "hours_to_nation: .inf", ("hours_to_nation: inf", "from 0 to 200")),
    ("hours not a number", "hours_to_nation: .nan", ("hours_to_nation: nan", "from 0 to 200")),
    ("no speed", "travel: {regional_speed: [0, 50, 40]}", ("travel.regional_speed: 0", "from 1 to 200")),
    ("name that steers the terminal", 'name_zh: "\\e[31m"', ("name_zh", "must be a text of at most 100 letters")),
)
"""Name, what ``province.yaml`` has, what the message says."""


def _damaged(packed: bytes) -> bytes:
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 0xFF]) + packed[middle + 1 :]


PACKED_VILLAGES = lzma.compress(TINY[VILLAGE].encode())

HIGH_SEASON = "month,debt\n" + "".join(f"{month},{2.1 if month == 1 else 0.9}\n" for month in range(1, 13))

CHANGED: tuple[tuple[str, dict[str, str | bytes | None], tuple[str, ...]], ...] = (
    ("packed and unpacked", {f"{VILLAGE}.xz": PACKED_VILLAGES}, ("villages.csv: is there twice", "keep one of them")),
    ("packed and broken off", {VILLAGE: None, f"{VILLAGE}.xz": PACKED_VILLAGES[:-30]}, ("csv.xz", "breaks off")),
    ("packed and damaged", {VILLAGE: None, f"{VILLAGE}.xz": _damaged(PACKED_VILLAGES)}, ("csv.xz: cannot be read: ",)),
    ("packed as ZIP", {VILLAGE: None, f"{VILLAGE}.xz": b"PK\x03\x04" * 30}, ("csv.xz: cannot be read: ",)),
    ("packed and empty", {VILLAGE: None, f"{VILLAGE}.xz": b""}, ("csv.xz: cannot be read: ", "breaks off")),
    ("packed nothing", {VILLAGE: None, f"{VILLAGE}.xz": lzma.compress(b"")}, ("csv.xz: is empty",)),
    ("a folder for a table", {VILLAGE: None, f"{VILLAGE}/x": ""}, ("villages.csv: cannot be read: Is a directory",)),
    (
        "a trend with a gap",
        {"trends.csv": "year,suits\n2015,1\n2017,1\n"},
        ("trends.csv: row 3", "follows 2015: a gap"),
    ),
    ("a trend below zero", {"trends.csv": "year,suits\n2015,-1\n"}, ("trends.csv: row 2: suits '-1'", "from 1e-06")),
    ("a trend too short", {"trends.csv": "year,suits\n2015,1\n2016,1\n"}, ("2015 to 2016", "from 2015 to 2021, needs")),
    ("a thirteenth month", {"seasons.csv": "month,debt\n13,1\n"}, ("seasons.csv: row 2: month '13'", "from 1 to 12")),
    (
        "a season of a month",
        {"seasons.csv": "month,debt\n1,1\n"},
        ("seasons.csv: has 1 of the twelve months", "all are needed"),
    ),
    ("a season too high", {"seasons.csv": HIGH_SEASON}, ("at 2.1 times the usual rate", "raise it to at least 2.1")),
    ("a folder for what it says", {"province.yaml": None, "province.yaml/x": ""}, ("yaml: cannot be read: Is a dir",)),
)
"""Name, files that differ (``None``: not there), what the message says."""

SIMULATE = ("simulate", "province.source=./province")


def _with(changed: Mapping[str, str | bytes | None]) -> dict[str, str | bytes]:
    return {f"province/{name}": content for name, content in {**TINY, **changed}.items() if content is not None}


def _with_column(table: str, column: str, cells: tuple[str, ...]) -> str:
    """A table with one more column, or with other cells in one that it has."""
    header, *rows = csv.reader(TINY[table].splitlines())
    place = header.index(column) if column in header else len(header)
    for row, cell in zip([header, *rows], (column, *cells), strict=True):
        row[place : place + 1] = [cell]
    return "".join(",".join(row) + "\n" for row in (header, *rows))


def _cases() -> tuple[Case, ...]:
    found = [(name, {table: text}, (table, *says)) for name, table, text, says in WHOLE]
    for name, table, old, new, says in DEFECTS:
        assert TINY[table].count(old) == 1, name
        found.append((name, {table: TINY[table].replace(old, new)}, _named(table, says)))
    for name, table, column, cells, says in COLUMNS:
        found.append((name, {table: _with_column(table, column, cells)}, _named(table, says)))
    found += [(f"it says {name}", {"province.yaml": text}, ("province.yaml", *says)) for name, text, says in YAML]
    found += [(name, dict(files), says) for name, files, says in CHANGED]
    found += [(f"no {table}", {table: None}, (f"{table}: missing", "a province needs it")) for table in TABLES]
    return tuple(Case(f"province: {name}", SIMULATE, says, _with(changed)) for name, changed, says in found)


def _named(table: str, says: tuple[str, ...]) -> tuple[str, ...]:
    """A defect may be told of the table above or below: then the message names that one."""
    return says if any(each.endswith((".csv", ".yaml")) for each in says) else (table, *says)


CASES = _cases()
