"""What a province is called."""

from __future__ import annotations

from sim.province.builder import folder_of
from sim.province.metadata import read_metadata
from sim.province.nation import is_nation

NATION = ("China", "全国")


def names_of(source: str) -> tuple[str, str]:
    """English and Chinese name of a province, or of the nation; raises ``InputError`` for an unknown source."""
    if is_nation(source):
        return NATION
    folder = folder_of(source)
    said = read_metadata(folder, folder.name)
    return said.name_en, said.name_zh
