"""How far a policy is built: when everything that arrives city by city is there, and which whole years show it.

What is built follows the roll-out of ``sim.regime``: levers of centres, staff, grid, platform, services and norms build
up over the ramp from the start of a city's batch; the rules among them come with the start; petition rules and
assessment apply at once. A place counts with its residents, and only where the policy moves such a lever there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

from experiments.runs.windows import YEAR, Window, months_of, windows_of
from sim.localities import localities_of
from sim.parameters import vector
from sim.policy import Policy
from sim.province import load_province
from sim.province.nation import parts_of_nation
from sim.regime import IS_RAMPED, IS_SWITCHED, roll_out_share
from sim.scenario import Calendar, Scenario

YEARS = ("first_year", "full_year")
"""Whole years after the reform that runs of a longer calendar measure apart: the first, and one of the full build."""


@dataclass(frozen=True)
class Build:
    """How far a policy is built under a calendar.

    Attributes:
        full: the first month from which everything is there; that of the reform where nothing takes time.
        share: what is there in an average month of the window after the reform, of what is built in the end.
        years: whole years that the calendar has: ``first_year``, the first twelve months after the reform, and
            ``full_year``, its last twelve, if everything is there in all of them.
        end: the nearest end of a calendar that has both.
    """

    full: str
    share: float
    years: Mapping[str, Window]
    end: str

    @property
    def is_unfinished(self) -> bool:
        """Whether the window after the reform shows a policy that is not built, and no year that does."""
        return self.share < 1 and "full_year" not in self.years


def build_of(scenario: Scenario, moves_all: bool = False) -> Build:
    """The build of a scenario's policy; with ``moves_all`` that of a policy which moves every lever at its pace."""
    calendar = scenario.calendar
    reform = np.datetime64(calendar.reform[:7], "M")
    first, last = (np.datetime64(month, "M") for month in windows_of(calendar)["after"])
    built = _built(scenario, moves_all)
    months = next(month for month in count() if all(share(month) >= 1 for share, _ in built))
    window = range(int((first - reform).astype(int)), int((last - reform).astype(int)) + 1)
    residents = sum(weight for _, weight in built)
    there = sum(weight * share(month) for share, weight in built for month in window)
    full = reform + np.timedelta64(months, "M")
    year = int(str(full)[:4]) + (not str(full).endswith("-01"))
    return Build(
        full=str(full),
        share=there / (residents * len(window)) if built else 1.0,
        years=years_of(calendar, str(full)),
        end=f"{year}-12-31",
    )


def years_beside(scenario: Scenario) -> dict[str, Window]:
    """The first year and that of the full build, as far as a calendar has them, if ``after`` is longer than a year."""
    if months_of(windows_of(scenario.calendar)["after"]) <= YEAR:
        return {}
    return dict(build_of(scenario).years)


def stored_build(scenarios: Iterable[Scenario], moves_all: bool = False) -> dict[str, Any]:
    """What a study keeps, as ``build``, of the policies that its windows show unfinished; empty without any.

    ``first`` and ``last`` month of the windows, the month of the ``full`` build of all, the least and the greatest
    share that is there in them (``low``, ``high``), and the ``end`` of a calendar that shows the full build.
    """
    distinct = {tuple(map(id, (each.province, each.calendar, each.before, each.after))): each for each in scenarios}
    builds = [(windows_of(each.calendar)["after"], build_of(each, moves_all)) for each in distinct.values()]
    found = [(window, build) for window, build in builds if build.is_unfinished]
    if not found:
        return {}
    told = {
        "first": min(first for (first, _), _ in found),
        "last": max(last for (_, last), _ in found),
        "full": max(build.full for _, build in found),
        "low": min(build.share for _, build in found),
        "high": max(build.share for _, build in found),
        "end": max(build.end for _, build in found),
    }
    return {"build": told}


def years_of(calendar: Calendar, full: str = "") -> dict[str, Window]:
    """The whole years ``first_year`` and ``full_year`` that a calendar has, everything being there from ``full`` on."""
    reform, measures, end = (np.datetime64(day[:7], "M") for day in (calendar.reform, calendar.measures, calendar.end))
    rest = np.timedelta64(YEAR - 1, "M")
    last = end - rest
    years = {}
    if measures <= reform <= last:
        years["first_year"] = (str(reform), str(reform + rest))
    if max(np.datetime64(full or str(reform), "M"), reform, measures) <= last:
        years["full_year"] = (str(last), str(end))
    return years


def _built(scenario: Scenario, moves_all: bool) -> list[tuple[Any, int]]:
    """Where something is built: the share that is there by month after the reform, and the residents of townships."""
    provinces = [load_province(*part) for part in parts_of_nation(scenario.province.source, scenario.province.codes)]
    built = []
    for province, row, city in ((each, *found) for each in provinces for found in enumerate(each.cities)):
        localities = localities_of(scenario, province, row)
        townships = province.townships["population"][city["first_township"] :][: city["townships"]]
        residents = np.bincount(localities.townships, townships, len(localities.scenarios)).astype(np.int64)
        for local, number in zip(localities.scenarios, residents.tolist(), strict=True):
            ramped, switched = (True, True) if moves_all else _moved(local.before, local.after)
            if number and (ramped or switched):
                built.append((_share_of(local.after, int(city["pilot_batch"]), ramped), number))
    return built


def _share_of(policy: Policy, batch: int, is_ramped: bool) -> Any:
    def share(month: int) -> float:
        there = roll_out_share(policy, batch, month)
        return there if is_ramped else float(there > 0)

    return share


def _moved(before: Policy, after: Policy) -> tuple[bool, bool]:
    """Whether a policy moves a lever that builds up, and one that comes with the start."""
    changed = vector(before) != vector(after)
    return bool(changed[IS_RAMPED].any()), bool(changed[IS_SWITCHED].any())
