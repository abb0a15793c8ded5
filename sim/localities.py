"""Where a city's places differ in policy: its distinct pairs of policies, and which of its places has which.

What differs comes to the compiled day as a few ``REGIME`` records a city (``World.regime``). The first is the city's
own; villages, centres and pools of mediators hold the row of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.agents.dispute_kind import MEDIATION_KINDS
from sim.enactment import rows_of
from sim.guidance import LEVELS, wider_places
from sim.parameters import vector
from sim.province import Province
from sim.regime import REGIME
from sim.scenario import Scenario
from sim.state import State


@dataclass(frozen=True)
class Localities:
    """The scenario as it applies in a city.

    Attributes:
        scenarios: one for each distinct pair of policies before and after the reform, the city's own first.
        counties, townships: the row of each county's and township's, in the order of the province.
    """

    scenarios: tuple[Scenario, ...]
    counties: NDArray[np.int16]
    townships: NDArray[np.int16]


def localities_of(scenario: Scenario, province: Province, city: int) -> Localities:
    """The localities of a city, a row of ``province.cities``."""
    place = province.cities[city]
    region, code = province.region_types[int(place["region_type"])], str(place["code"])
    named = {*scenario.before.places, *scenario.after.places}
    scenarios: list[Scenario] = []
    by_names: dict[tuple[str, ...], int] = {}
    by_levers: dict[bytes, int] = {}

    def row(code: int) -> int:
        names = tuple(each for each in wider_places(code, region) if each in named)
        if names not in by_names:
            local = scenario.in_place(code, region)
            levers = vector(local.before).tobytes() + vector(local.after).tobytes()
            if levers not in by_levers:
                by_levers[levers] = len(scenarios)
                scenarios.append(local)
            by_names[names] = by_levers[levers]
        return by_names[names]

    row(int(code))
    counties, townships = np.zeros(place["counties"], np.int16), np.zeros(place["townships"], np.int16)
    if any(each.startswith(code) and len(each) > LEVELS["city"] for each in named):
        for rows, table, first in (
            (counties, province.counties, place["first_county"]),
            (townships, province.townships, place["first_township"]),
        ):
            rows[:] = [row(each) for each in table["code"][first : first + len(rows)].tolist()]
    return Localities(tuple(scenarios), counties, townships)


def lay_out(state: State, province: Province, city: int, localities: Localities) -> None:
    """Gives every body of a city the row of its regime.

    What is in force stays in force, and a place must not be under another policy than before: states are laid out anew
    before the reform alone, up to which all branches have the same policies.
    """
    where = rows_of(province, city)
    centres, villages = where.of_centres, where.villages
    first_township = int(province.cities["first_township"][city])
    rows = np.concatenate([localities.townships, localities.counties, [0]]).astype(np.int16)
    old, regimes = state.regimes[city], np.zeros(len(localities.scenarios), REGIME)
    for row in range(len(regimes)):
        regimes[row] = old[state.centres["regime"][centres[np.argmax(rows == row)]]]
    state.regimes[city] = regimes
    state.centres["regime"][centres] = rows
    state.villages["regime"][villages] = localities.townships[province.villages["township"][villages] - first_township]
    *of_centres, of_villages = where.pools
    state.pools["regime"][np.r_[*of_centres]] = np.repeat(rows, MEDIATION_KINDS)
    state.pools["regime"][of_villages] = state.villages["regime"][villages]
