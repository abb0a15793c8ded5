"""Every defect of a user's tables is refused by file, row, column, value and reason."""

import lzma
import os
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.province import load_province, read_tables
from sim.province.tables import FILES
from tests.sim.province.made import write


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_province(folder)
    message = str(caught.value)
    assert message.startswith(f"{folder.resolve()}/")
    assert "\n" not in message
    return message.removeprefix(f"{folder.resolve()}/").replace(f"{folder.resolve()}/", "")


def test_rows_are_ordered_by_code_whatever_the_order_of_the_file(folder: Path) -> None:
    expected = load_province(folder).fingerprint
    for name in FILES:
        header, *rows = (folder / name).read_text(encoding="utf-8").splitlines()
        (folder / name).write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    assert load_province(folder).fingerprint == expected == load_province("tiny").fingerprint


def test_columns_in_another_order_are_accepted(folder: Path) -> None:
    lines = (folder / "counties.csv").read_text(encoding="utf-8").splitlines()
    turned = [",".join(reversed(line.split(","))) for line in lines]
    (folder / "counties.csv").write_text("\n".join(turned), encoding="utf-8")
    assert load_province(folder).fingerprint == load_province("tiny").fingerprint


def test_packed_tables_and_those_of_several_streams_are_read(folder: Path) -> None:
    for name in FILES:
        content = (folder / name).read_bytes()
        streams = lzma.compress(content[:20]) + bytes(8) + lzma.compress(content[20:])
        (folder / name).unlink()
        (folder / f"{name}.xz").write_bytes(streams if name == "villages.csv" else lzma.compress(content))
    assert load_province(folder).fingerprint == load_province("tiny").fingerprint


def test_whole_numbers_as_spreadsheets_write_them_are_taken(replace) -> None:
    folder = replace("cities.csv", ",4000,2,", ",4000.0,2.00,")
    assert load_province(folder).fingerprint == load_province("tiny").fingerprint


def test_the_old_name_of_a_column_is_known(replace) -> None:
    folder = replace("cities.csv", "population", "population_2020")
    assert load_province(folder).fingerprint == load_province("tiny").fingerprint


def test_rows_are_found_by_code_with_what_they_say(folder: Path, replace) -> None:
    replace("counties.csv", "code,name_zh,name_en,city_code", "code,name_zh,name_en,city_code,latitude,longitude,cars")
    replace("counties.csv", "910102,河东区,Hedong District,9101", "910102,河东区,Hedong District,9101,1e1,-.5,0.25")
    replace("counties.csv", "910103,山阳县,Shanyang County,9101", "910103,山阳县,Shanyang County,9101,,,")
    replace("counties.csv", "910201,西原市,Xiyuan,9102", "910201,西原市,Xiyuan,9102,-90,180,1")
    tables = read_tables(folder, "mine")
    assert np.array_equal(tables.counties.latitude, [10, np.nan, -90], equal_nan=True)
    assert np.array_equal(tables.counties.longitude, [-0.5, np.nan, 180], equal_nan=True)
    assert np.array_equal(tables.covariates["cars"], [0.25, np.nan, 1], equal_nan=True)
    assert np.isnan(tables.covariates["lifts"]).all() and np.isnan(tables.counties.urban_share).all()
    assert tables.cities.population.tolist() == [8000, 4000]
    assert (tables.city_tier.tolist(), tables.county_tier.tolist()) == ([True, True], [True, False])
    assert tables.metadata.name_en == "Tiny" and tables.metadata.capital == 9101


@pytest.mark.parametrize(
    ("counties", "city_tier", "expected"),
    [
        ((910101,), "", False),  # stands for the city
        ((910100,), "", False),
        ((910101,), "no", True),  # a group of one county
        ((910102,), "", True),
        ((910101, 910102), "", True),
    ],
)
def test_a_tier_that_is_not_stated_follows_from_the_rows(tmp_path: Path, counties, city_tier, expected) -> None:
    city = {"code": 9101, "population": 9, "city_tier": city_tier}
    write(tmp_path, city, *({"code": f"{code}001001"} for code in counties))
    assert read_tables(tmp_path, "mine").county_tier.tolist() == [expected]


def test_a_provinces_own_words_are_its_region_types(tmp_path: Path) -> None:
    cities = [{"code": code, "population": 9, "region_type": word} for code, word in ((9101, "草原"), (9102, "loess"))]
    write(tmp_path, *cities, {"code": 9103, "population": 9}, *({"code": f"{n}02001001"} for n in (9101, 9102, 9103)))
    tables = read_tables(tmp_path, "mine")
    assert tables.region_types == ("loess", "other", "草原")
    assert tables.city_region_type.tolist() == [2, 0, 1]
    assert tables.city_pilot_batch.tolist() == [1, 1, 1]


def test_byte_order_mark_windows_line_ends_and_blank_lines_are_accepted(folder: Path) -> None:
    for name in FILES:
        text = (folder / name).read_text(encoding="utf-8").replace("\n", "\r\n")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n\r\n")
    assert load_province(folder).fingerprint == load_province("tiny").fingerprint


def test_parents_are_rows_of_the_ordered_level_above(folder: Path) -> None:
    tables = read_tables(folder, "mine")
    assert tables.counties.parent.tolist() == [0, 0, 1]
    assert tables.townships.parent.tolist() == [0, 0, 1, 1, 2, 2]
    assert tables.villages.parent.tolist() == [row for row in range(6) for _ in range(3)]


@pytest.mark.parametrize("name", FILES)
def test_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert refusal(folder) == f"{name}: missing; a province needs it"


@pytest.mark.parametrize("name", FILES)
def test_empty_file(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    assert refusal(folder) == f"{name}: is empty; a header and at least one row are needed"


@pytest.mark.parametrize("name", FILES)
def test_header_only(folder: Path, name: str) -> None:
    header = (folder / name).read_text(encoding="utf-8").splitlines()[0]
    (folder / name).write_text(header + "\n", encoding="utf-8")
    assert refusal(folder) == f"{name}: has a header but no rows; at least one is needed"


def test_file_is_a_folder(folder: Path) -> None:
    (folder / "villages.csv").unlink()
    (folder / "villages.csv").mkdir()
    assert refusal(folder) == "villages.csv: cannot be read: Is a directory"


def test_gbk_is_not_utf_8(folder: Path) -> None:
    lines = (folder / "townships.csv").read_text(encoding="utf-8").split("\n")
    content = "\n".join(lines[:3]).encode() + b"\n" + "\n".join(lines[3:]).encode("gbk")
    (folder / "townships.csv").write_bytes(content)
    message = refusal(folder)
    assert message.startswith("townships.csv: row 4: byte 0xb3 is not UTF-8; save the table as UTF-8")


def test_utf_16_is_not_utf_8(folder: Path) -> None:
    text = (folder / "cities.csv").read_text(encoding="utf-8")
    (folder / "cities.csv").write_bytes(text.encode("utf-16"))
    assert refusal(folder).startswith("cities.csv: row 1: byte 0xff is not UTF-8")


POPULATION = "a population must be a whole number from 1 to 2000000000"

# file, text that occurs once, its replacement, message
DEFECTS = {
    "missing column": (
        "villages.csv",
        ",setting",
        "",
        "villages.csv: row 1: missing column 'setting'; the header is 'code,name_zh,township_code', "
        "needed are code, name_zh, township_code, setting",
    ),
    "misspelt column": (
        "cities.csv",
        "population",
        "populaton",
        "cities.csv: row 1: unknown column 'populaton': did you mean 'population'?",
    ),
    "unknown column": (
        "townships.csv",
        "county_code",
        "county_code,q",
        "townships.csv: row 1: unknown column 'q': known are code, name_zh, county_code, name_en, population, "
        "urban_share, household_size, latitude, longitude, elevation, hours",
    ),
    "needed column twice": (
        "counties.csv",
        "code,name_zh",
        "code,code,name_zh",
        "counties.csv: row 1: column 'code' occurs 2 times",
    ),
    "too few fields": (
        "counties.csv",
        "Hedong District,9101",
        "Hedong District",
        "counties.csv: row 2: 3 fields, but the header has 4",
    ),
    "too many fields": (
        "cities.csv",
        "Xiyuan,4000",
        "Xiyuan,4,000",
        "cities.csv: row 3: 11 fields, but the header has 10",
    ),
    "open quote": (
        "cities.csv",
        "Xiyuan",
        '"Xiyuan',
        "cities.csv: row 3: not comma-separated values: unexpected end of data",
    ),
    "code of letters": (
        "villages.csv",
        "910102001200,丙",
        "9101020012AB,丙",
        "villages.csv: row 4: code '9101020012AB': a code must be 12 digits, the first not 0",
    ),
    "code too short": (
        "counties.csv",
        "910102,",
        "91012,",
        "counties.csv: row 2: code '91012': a code must be 6 digits, the first not 0",
    ),
    "code in full-width digits": (
        "cities.csv",
        "9102,西",
        "９１０２,西",
        "cities.csv: row 3: code '９１０２': a code must be 4 digits, the first not 0",
    ),
    "code missing": (
        "cities.csv",
        "9102,西",
        ",西",
        "cities.csv: row 3: code missing: a code must be 4 digits, the first not 0",
    ),
    "duplicate city": (
        "cities.csv",
        "9102,西",
        "9101,西",
        "cities.csv: row 3: code '9101': duplicate code, first seen in row 2",
    ),
    "duplicate village": (
        "villages.csv",
        "910201100201,未",
        "910102001001,未",
        "villages.csv: row 19: code '910102001001': duplicate code, first seen in row 2",
    ),
    "unknown parent": (
        "townships.csv",
        "石桥镇,910102",
        "石桥镇,910199",
        "townships.csv: row 3: county_code '910199': no such code in counties.csv",
    ),
    "unknown parent beyond the last": (
        "counties.csv",
        "Xiyuan,9102",
        "Xiyuan,9999",
        "counties.csv: row 4: city_code '9999': no such code in cities.csv",
    ),
    "code of another parent": (
        "townships.csv",
        "石桥镇,910102",
        "石桥镇,910103",
        "townships.csv: row 3: code '910102100': must begin with its county_code 910103",
    ),
    "name missing": (
        "townships.csv",
        "石桥镇",
        " ",
        "townships.csv: row 3: name_zh missing: a text is needed",
    ),
    "population negative": (
        "cities.csv",
        "4000",
        "-4000",
        f"cities.csv: row 3: population '-4000': {POPULATION}",
    ),
    "population missing": (
        "cities.csv",
        "4000",
        "",
        "cities.csv: row 3: population missing: needs a population, here or in every row below it",
    ),
    "population zero": (
        "cities.csv",
        "4000",
        "0",
        f"cities.csv: row 3: population '0': {POPULATION}",
    ),
    "population with a fraction": (
        "cities.csv",
        "4000",
        "4000.5",
        f"cities.csv: row 3: population '4000.5': {POPULATION}",
    ),
    "population of words": (
        "cities.csv",
        "4000",
        "many",
        f"cities.csv: row 3: population 'many': {POPULATION}",
    ),
    "population not a number": (
        "cities.csv",
        "4000",
        "nan",
        f"cities.csv: row 3: population 'nan': {POPULATION}",
    ),
    "population smaller than the number of villages": (
        "cities.csv",
        "4000",
        "5",
        "cities.csv: row 3: population '5': it has 6 villages, so at least 6 residents are needed",
    ),
    "pilot batch zero": (
        "cities.csv",
        "4000,2",
        "4000,0",
        "cities.csv: row 3: pilot_batch '0': a pilot batch must be a whole number from 1 to 99",
    ),
    "region type a number": (
        "cities.csv",
        "hexi",
        "12.5",
        "cities.csv: row 3: region_type '12.5': must be a word of at most 100 letters, not a number",
    ),
    "setting unknown": (
        "villages.csv",
        "other",
        "farm",
        "villages.csv: row 13: setting 'farm': must be one of village, community, other",
    ),
    "city without counties": (
        "cities.csv",
        "9102,西原市",
        "9103,无县市,Wuxian,100,1,other,,,,\n9102,西原市",
        "cities.csv: row 3: code '9103': has no county in counties.csv; at least one is needed",
    ),
    "county without townships": (
        "counties.csv",
        "910103,山阳县,Shanyang County,9101",
        "910103,山阳县,Shanyang County,9101\n910104,无乡县,,9101",
        "counties.csv: row 4: code '910104': has no township in townships.csv; at least one is needed",
    ),
    "township without villages": (
        "townships.csv",
        "910201100,柳林镇,910201",
        "910201100,柳林镇,910201\n910201101,无村镇,910201",
        "townships.csv: row 8: code '910201101': has no village in villages.csv; at least one is needed",
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "message"), DEFECTS.values(), ids=DEFECTS)
def test_defect(replace, name: str, old: str, new: str, message: str) -> None:
    assert refusal(replace(name, old, new)) == message


def test_row_counts_lines_of_the_file(replace) -> None:
    replace("villages.csv", "910102001002", "\n\n910102001002")
    folder = replace("villages.csv", "910102001200,丙", "91010200120,丙")
    assert refusal(folder).startswith("villages.csv: row 6: code '91010200120'")


def test_later_pilot_batches_are_accepted(replace) -> None:
    folder = replace("cities.csv", "4000,2", "4000,3")
    assert load_province(folder).cities["pilot_batch"].tolist() == [1, 3]


def test_shares_of_the_same_people_are_at_most_all_of_them(tmp_path: Path) -> None:
    county = {"code": 910102, "married": 0.7, "divorced": 0.3, "mining": 0.5, "trade": 0.2}
    write(tmp_path, {"code": 9101, "population": 9}, county, {"code": 910102001001})
    assert read_tables(tmp_path, "mine").covariates["divorced"].tolist() == [0.3]
    write(tmp_path, {"code": 9101, "population": 9}, {**county, "trade": 0.51}, {"code": 910102001001})
    assert refusal(tmp_path) == (
        "counties.csv: row 2: trade '0.51': with agriculture, mining, manufacturing, construction, transport, "
        "real_estate, health it is more than 1 of the same people"
    )


def test_unknown_source(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_province(tmp_path / "nowhere")
    assert str(caught.value) == (
        f"province '{tmp_path}/nowhere': must be a province of China by name or code, tiny, or a folder with "
        f"{', '.join(FILES)}; pyramid list provinces shows all"
    )


def test_a_changed_folder_is_read_again(replace, folder: Path) -> None:
    before = load_province(folder)
    assert load_province(folder) is before
    replace("cities.csv", "4000", "4500")
    os.utime(folder / "cities.csv", ns=(1, 1))
    assert before.population == 12_000
    assert load_province(folder).population == 12_500


def test_a_folder_changed_with_its_times_put_back_is_read_again(replace, folder: Path) -> None:
    assert load_province(folder).population == 12_000
    status = (folder / "cities.csv").stat()
    replace("cities.csv", "4000", "4500")
    os.utime(folder / "cities.csv", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert load_province(folder).population == 12_500
