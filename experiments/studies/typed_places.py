"""Levers by place as they are typed: they must act, their file is kept, and rows for places left out are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from experiments.report.text import Words
from experiments.runs.execute import check_known
from sim.guidance import REGION_TYPE, level_of
from sim.province import load_province
from sim.province.nation import is_nation
from sim.scenario import ProvinceChoice, Scenario

_LEVER = re.compile(r"\+*((?:before|after)\.places\.([^.=]+))")


def check_typed_places(arguments: Sequence[str], scenario: Scenario) -> None:
    """A policy of another province may name places that are not there; what is typed here must act here.

    Of the nation, which has the region types of all provinces, codes alone are looked at.
    """
    for found in filter(None, map(_LEVER.match, arguments)):
        source = scenario.province.source  # not before: what has no levers, as verify, has no province either
        if not (is_nation(source) and level_of(found[2]) == REGION_TYPE):
            check_known(found[1], found[2], source)


def typed_files(arguments: Sequence[str]) -> dict[str, str]:
    """The text of the files with levers by place that were typed, by where results keep it among the options."""
    return {f"policy/{slot}.places.csv": path.read_text("utf-8-sig") for slot, path in _files(arguments)}


def _files(arguments: Sequence[str]) -> Iterator[tuple[str, Path]]:
    for argument in arguments:
        found = re.fullmatch(r"(before|after)\.places=(['\"]?)(.+)\2", argument)
        if found and (path := Path(found[3]).expanduser()).is_file():
            yield found[1], path


def left_out_notes(arguments: Sequence[str], scenario: Scenario, words: Words) -> list[str]:
    """How many rows of a typed file concern places of the province that are not simulated: a sentence a file."""
    notes = []
    for slot, path in _files(arguments):
        places = getattr(scenario, slot).places.items()
        rows = [place for place, groups in places for levers in groups.values() for _ in levers]
        if left_out := sum(not _is_simulated(place, scenario.province) for place in rows):
            notes.append(words("places.left_out", file=path.name, n=left_out, rows=len(rows)))
    return notes


def _is_simulated(place: str, choice: ProvinceChoice) -> bool:
    """Whether a place is, lies in or has in it one that is simulated."""
    if not choice.places:
        return True
    if level_of(place) == REGION_TYPE:
        province = load_province(choice.source, choice.codes)
        return place in {province.region_types[row] for row in province.cities["region_type"]}
    return any(place.startswith(str(code)) or str(code).startswith(place) for code in choice.codes)
