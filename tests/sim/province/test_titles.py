"""What provinces are called."""

from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.province.builder import folder_of
from sim.province.titles import names_of


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("gansu", ("Gansu", "甘肃省")),
        ("63", ("Qinghai", "青海省")),
        ("tiny", ("Tiny", "示例省")),
        ("china", ("China", "全国")),
    ],
)
def test_names_come_from_the_province_itself(source, names):
    assert names_of(source) == names


def test_a_folder_goes_by_its_metadata_or_else_by_its_name(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    for file in folder_of("tiny").glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    assert names_of(str(folder)) == ("mine", "mine")
    (folder / "province.yaml").write_text("name_zh: 某省\nname_en: Somewhere\n")
    assert names_of(str(folder)) == ("Somewhere", "某省")
    with pytest.raises(InputError, match="nowhere"):
        names_of("nowhere")
