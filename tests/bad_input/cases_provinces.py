"""Bad provinces: one defect in the tables of ``tiny``, beside those of ``tests/sim/province/test_tables.py``."""

from __future__ import annotations

from sim.province import folder_of
from tests.bad_input.case import Case

TINY = {file.name: file.read_text("utf-8") for file in folder_of("tiny").glob("*.csv")}
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
    ("population missing", CITY, ",8000,", ",,", ("row 2", "missing", POPULATION)),
    ("population with an underscore", CITY, ",8000,", ",8_000,", ("row 2", "'8_000'", POPULATION)),
    ("population below the villages", CITY, ",8000,", ",3,", ("row 2", "'3'", "villages")),
    ("population in other digits", CITY, ",8000,", ",８０００,", ("row 2", "'８０００'", POPULATION)),
    ("population a formula", CITY, ",8000,", ",=8000,", ("row 2", "'=8000'", POPULATION)),
    ("batch of nought", CITY, ",1,capital", ",0,capital", ("row 2", "pilot_batch '0'", BATCH)),
    ("batch of a hundred", CITY, ",1,capital", ",100,capital", ("row 2", "pilot_batch '100'", BATCH)),
    ("region unknown", CITY, "capital", "desert", ("row 2", "'desert'", "capital, ethnic, hexi, other")),
    ("region in capitals", CITY, "capital", "CAPITAL", ("row 2", "'CAPITAL'", "capital, ethnic, hexi, other")),
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
        "河东区,9101",
        "河东区,9102",
        ("row 2", "begin with its city_code"),
    ),
    ("parent unknown", COUNTY, "910201,西原市,9102", "910201,西原市,9109", ("row 4", "'9109'", "no such code in")),
    ("parent missing", COUNTY, "河东区,9101", "河东区,", ("row 2", "city_code missing", "4 digits")),
    ("city without a county", COUNTY, "910201,西原市,9102\n", "", (CITY, "row 3", "'9102'", "no county")),
    ("township without a village", TOWNSHIP, "910201100,柳", "910201101,柳", ("'910201100'", "no such code")),
    ("column missing", VILLAGE, ",setting", "", ("row 1", "missing column 'setting'")),
    ("column twice", CITY, "code,name_zh,", "code,code,", ("row 1", "'name_zh'")),
    ("header in capitals", CITY, "code,", "CODE,", ("row 1", "missing column 'code'")),
    ("semicolons", CITY, "code,name_zh,name_en", "code;name_zh;name_en", ("row 1", "missing column")),
    ("a field too many", COUNTY, "河东区,9101", "河东区,9101,9", ("row 2", "4 fields", "the header has 3")),
    ("a field too few", COUNTY, "河东区,9101", "河东区", ("row 2", "2 fields", "the header has 3")),
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
    ("pickled table", COUNTY, b"\x80\x04\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.", ("not UTF-8",)),
)
"""Name, table, its whole content, what the message says beside the table."""

SIMULATE = ("simulate", "province.source=./province")


def _with(table: str, content: str | bytes) -> dict[str, str | bytes]:
    return {f"province/{name}": content if name == table else text for name, text in TINY.items()}


def _cases() -> tuple[Case, ...]:
    found = [
        Case(f"province: {name}", SIMULATE, (table, *says), _with(table, text)) for name, table, text, says in WHOLE
    ]
    for name, table, old, new, says in DEFECTS:
        assert TINY[table].count(old) == 1, name
        # A defect may be told of the table above or below: the message names the right one by itself.
        named = () if any(each.endswith(".csv") for each in says) else (table,)
        found.append(Case(f"province: {name}", SIMULATE, (*named, *says), _with(table, TINY[table].replace(old, new))))
    for table in TINY:
        rest = {f"province/{name}": text for name, text in TINY.items() if name != table}
        found.append(Case(f"province: no {table}", SIMULATE, (f"{table}: missing", "a province needs"), rest))
    return tuple(found)


CASES = _cases()
