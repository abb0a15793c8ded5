"""What a province says of itself."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.province.metadata import Metadata, Source, read_metadata
from sim.province.travel import Travel

WHOLE = """\
name_zh: 新省
name_en: New Province
short_zh: 新
aliases: [Xin, 鑫]
code: 91
capital: 910102
hours_to_nation: 3
codes_of: 2023
census_of: 2020
travel: {rail_speed: 250, detour: [1.1, 1.2, 1.3]}
sources:
- {tables: codes and names, title: a list, licence: MIT}
- {tables: residents, title: a census}
"""


def read(folder: Path, text: str | bytes) -> Metadata:
    (folder / "province.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return read_metadata(folder, "mine")


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    travel = Travel(rail_speed=250.0, detour=(1.1, 1.2, 1.3))
    sources = (Source("codes and names", "a list", "MIT"), Source("residents", "a census"))
    expected = Metadata("新省", "New Province", "新", ("Xin", "鑫"), 91, 910102, 3.0, 2023, 2020, travel, sources)
    assert read(tmp_path, WHOLE) == expected
    assert read(tmp_path, b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()) == expected


def test_without_the_file_a_province_goes_by_its_folder(tmp_path: Path) -> None:
    assert read_metadata(tmp_path, "mine") == Metadata("mine", "mine", "mine")
    assert read_metadata(tmp_path, "mine").hours_to_nation == 8.0


def test_the_short_name_is_the_name_where_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, "name_zh: 新省\n").short_zh == "新省"


DEFECTS = {
    "unknown key": ("captial: 9101", "unknown key 'captial': did you mean capital?"),
    "unknown key of travel": ("travel: {speed: 3}", "unknown key 'travel.speed': did you mean travel.rail_speed?"),
    "unknown key of a source": ("sources: [{tables: a, title: b, year: 1}]", "unknown key 'sources.year': known are"),
    "key twice": ("code: 91\ncode: 92", "line 2: is not YAML: the key 'code' is there twice"),
    "key twice below": ("travel: {access: 1, access: 2}", "line 1: is not YAML: the key 'access' is there twice"),
    "anchor": ("aliases: &a [x]", "line 1: is not YAML: anchors and aliases (& and *) are not taken"),
    "code as a text": ("code: '91'", "code: '91' must be a whole number from 10 to 99"),
    "code of three digits": ("code: 911", "code: 911 must be a whole number from 10 to 99"),
    "capital true": ("capital: true", "capital: True must be a whole number from 1000 to 999999"),
    "two capitals": ("capital: [9101, 9102]", "capital: [9101, 9102] must be a whole number from 1000 to 999999"),
    "name a number": ("name_zh: 7", "name_zh: 7 must be a text of at most 100 letters"),
    "name empty": ("name_zh: ' '", "name_zh: ' ' must be a text of at most 100 letters"),
    "name too long": (f"name_en: {'x' * 101}", f"name_en: {'x' * 101!r} must be a text of at most 100 letters"),
    "aliases a text": ("aliases: Xin", "aliases: 'Xin' must be a list of names"),
    "hours negative": ("hours_to_nation: -1", "hours_to_nation: -1 must be a number from 0 to 200"),
    "hours not a number": ("hours_to_nation: .nan", "hours_to_nation: nan must be a number from 0 to 200"),
    "hours without end": ("hours_to_nation: .inf", "hours_to_nation: inf must be a number from 0 to 200"),
    "speed of nought": ("travel: {rail_speed: 0}", "travel.rail_speed: 0 must be a number from 1 to 400"),
    "one detour": (
        "travel: {detour: 1.2}",
        "travel.detour: 1.2 must be a list of three numbers: plain, hills, mountains",
    ),
    "detour below one": ("travel: {detour: [0.9, 1, 1]}", "travel.detour: 0.9 must be a number from 1 to 5"),
    "travel a number": ("travel: 3", "travel: 3 must hold keys and values"),
    "source without a title": (
        "sources: [{tables: a}]",
        "sources: {'tables': 'a'} must have the texts tables and title",
    ),
    "sources a text": ("sources: census", "sources: must be a list of tables, title and licence"),
    "a list": ("- name_zh", "must hold keys and values, such as name_zh: 甘肃省"),
    "empty": ("", "must hold keys and values, such as name_zh: 甘肃省"),
    "no YAML": ("name_zh: [", "line 1: is not YAML: "),
    "code that runs": (
        "name_zh: !!python/object/apply:os.system [ls]",
        "line 1: is not YAML: could not determine a con",
    ),
    "GBK": ("name_zh: 甘肃省".encode("gbk"), "byte 9 is not UTF-8; save it as UTF-8"),
}


@pytest.mark.parametrize(("text", "message"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_is_refused_by_key_and_value(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path}/province.yaml: {message}")


def test_a_file_that_is_too_large_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"province\.yaml: cannot be read: it has 1,048,577 bytes, at most 1,048,576"):
        read(tmp_path, b"#" * (2**20 + 1))
    (tmp_path / "province.yaml").unlink()
    (tmp_path / "province.yaml").mkdir()
    with pytest.raises(InputError, match=r"province\.yaml: cannot be read: Is a directory"):
        read_metadata(tmp_path, "mine")
