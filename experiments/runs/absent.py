"""Places for which a policy sets levers and which the province of a scenario does not have: it was made for another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.guidance import LEVELS, level_of
from sim.places import why_unknown
from sim.province import load_province
from sim.province.nation import is_nation, provinces_of_nation
from sim.scenario import ProvinceChoice, Scenario


def absent_places(scenarios: Iterable[Scenario]) -> list[str]:
    """Codes and region types whose levers do nothing in some scenario, in their order.

    Of the nation only the province of a code is looked at.
    """
    asked = {
        (scenario.province.source, scenario.province.codes, place): scenario.province
        for scenario in scenarios
        for policy in (scenario.before, scenario.after)
        for place in policy.places
    }
    return sorted({place for (*_, place), choice in asked.items() if _is_absent(place, choice)})


def stored_absent(scenarios: Iterable[Scenario]) -> dict[str, Any]:
    """What ``study.yaml`` says of them; nothing where there are none."""
    found = absent_places(scenarios)
    return {"absent_places": found} if found else {}


def _is_absent(place: str, choice: ProvinceChoice) -> bool:
    if not is_nation(choice.source):
        return bool(why_unknown(place, load_province(choice.source)))
    return level_of(place) in LEVELS and int(place[:2]) not in {each.code for each in provinces_of_nation(choice.codes)}
