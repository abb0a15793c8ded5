"""Provinces as people say them."""

from __future__ import annotations

from pathlib import PurePath

from experiments.report.text import Words
from sim.province.builder import shipped_names
from sim.province.nation import is_nation
from sim.province.titles import names_of


def province_title(source: str, words: Words) -> str:
    """What a province, or the nation, is called; raises ``InputError`` for a source that there is not."""
    return names_of(source)[words.language == "zh"]


def place_text(province: str, places: str, words: Words) -> str:
    """``Gansu``, or with the names of the places that were kept of it ``Gansu (Zhangye)``."""
    return words("province.places", name=province, places=places) if places else province


def told_name(source: str, words: Words) -> str:
    """The name of what comes with the package; of anything else that of its folder."""
    return shipped_name(source, words) or PurePath(source).name or source


def shipped_name(source: str, words: Words) -> str:
    """The same of what comes with the package; empty for anything else, which no report reads from disk."""
    return province_title(source, words) if is_nation(source) or source in shipped_names() else ""
