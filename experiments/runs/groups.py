"""Places that are measured apart: groups of a study (pilots and the others), and a few measures of every place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from experiments.runs.record import RunRecord, record_of, values_of
from experiments.runs.windows import Window, windows_of
from sim.errors import InputError
from sim.ledger import Ledger
from sim.scenario import Calendar

AT = "@"
"""Between a measure and the group it is taken of: ``durable_resolution@pilots``."""

Groups = tuple[tuple[str, tuple[int, ...]], ...]
"""Groups by name, each with the codes of its places."""

PLACE_MEASURES = ("durable_resolution", "recorded_success", "petitions_per_1000")
"""Measures that are taken of every one of ``places_apart``, too: ``durable_resolution@6201``."""


def places_apart(
    city_codes: NDArray[np.int64],
    city_tier: NDArray[np.bool_],
    county_codes: NDArray[np.int64],
    county_city: NDArray[np.integer],
) -> list[int]:
    """Codes of the places that are measured each for itself, in the order of cities; none where there is only one.

    They are the cities where there are several, each with its counties; of one city alone, and where no government
    stands on the level of a city, the counties.

    Args:
        city_codes, city_tier: of the cities, and whether a government stands there, shapes (Y,).
        county_codes, county_city: of the counties, and the rows of their cities, shapes (C,).
    """
    found: list[int] = []
    for row, city in enumerate(city_codes.tolist()):
        whole = len(city_codes) > 1 and bool(city_tier[row])
        found += [city] if whole else county_codes[county_city == row].tolist()
    return found if len(found) > 1 else []


def check_groups(groups: Mapping[str, Sequence[int]]) -> None:
    """Raises ``InputError`` for a group that has no usable name or no place."""
    seen: dict[str, str] = {}
    for name, places in groups.items():
        if (other := seen.setdefault(name.casefold(), name)) != name:  # SQL takes such columns for one
            raise InputError(f"study.groups: {name!r} and {other!r} differ in capitals alone")
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,39}", name):  # a name of digits is a place's code
            raise InputError(f"study.groups: {name!r} is no name: a letter, then letters, digits, _ and - only")
        if not places:
            raise InputError(f"study.groups.{name} is empty; give codes of cities or counties, such as [6201,620502]")


def measure_of(name: str, groups: Mapping[str, Sequence[int]], key: str) -> str:
    """The measure itself of ``measure@group``; raises ``InputError`` for a group that there is not."""
    measure, at, group = name.partition(AT)
    if at and group not in groups:
        known = ", ".join(groups) or "none"
        raise InputError(f"{key}: there is no group {group!r} for {name!r}; study.groups has: {known}")
    return measure


def unit_of(measure: str) -> str:
    """The unit of a measure, also of one that is taken of some places alone (``durable_resolution@pilots``)."""
    from sim.measures import MEASURES

    return MEASURES[measure.partition(AT)[0]].unit


def record_groups(
    ledger: Ledger,
    calendar: Calendar,
    groups: Groups,
    earlier: Mapping[str, float] | None = None,
    years: Mapping[str, Window] | None = None,
) -> RunRecord:
    """The record of a run with every measure of every group, and ``PLACE_MEASURES`` of every place, beside the whole.

    ``earlier`` is what another branch from the same warm-up measured before the reform, places included; ``years`` as
    ``record_of`` takes them.
    """
    from sim.measures import SummedLedger

    whole = record_of(ledger, calendar, earlier, years)
    windows = {**windows_of(calendar), **(years or {})}
    if earlier is not None:
        windows.pop("before", None)
    found = {name: dict(values) for name, values in whole.windows.items()}
    apart = places_apart(ledger.city_codes, ledger.city_tier, ledger.county_codes, ledger.county_city)
    parts = [(name, places, ()) for name, places in groups] + [(str(code), (code,), PLACE_MEASURES) for code in apart]
    for name, places, measures in parts:
        part = SummedLedger.of(ledger.of_counties(group_rows(ledger, places)))
        for name_of_window, window in windows.items():
            values = values_of(part, calendar, window, measures)
            found[name_of_window].update({f"{measure}{AT}{name}": value for measure, value in values.items()})
    return replace(whole, after=found.pop("after"), before=found.pop("before"), years=found)


def check_places(groups: Groups, cities: Sequence[int], counties: Sequence[int]) -> None:
    """Raises ``InputError`` for a place of a group that is not among these."""
    for name, places in groups:
        for place in places:
            if place not in cities and place not in counties:
                raise InputError(f"study.groups.{name}: {place} is no city or county of the province simulated")


def group_rows(ledger: Ledger, places: Sequence[int]) -> np.ndarray:
    """Rows of a ledger that are counties of some places, cities or counties."""
    of_city = ledger.city_codes[ledger.county_city]
    return np.flatnonzero(np.isin(ledger.county_codes, places) | np.isin(of_city, places))
