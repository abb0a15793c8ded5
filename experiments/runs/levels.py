"""Levels of government that are missing in the places of a study, and what cannot be asked of it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from sim.errors import InputError
from sim.ledger import TIERS, levels_missing
from sim.measures.composition import TARGET
from sim.province import load_province
from sim.province.nation import parts_of_nation
from sim.scenario import ProvinceChoice, Scenario

INSTEAD = {
    "study.target": "leave it out",
    "study.aim": "take settlement or worst_group",
    "": "take petitions_province, petitions_total or durable_resolution",
}
"""What to ask for wherever people live, by the beginning of what was asked."""


def missing_levels(choice: ProvinceChoice) -> tuple[str, ...]:
    """Of ``TIERS``, those on which none of the places chosen has a government."""
    cities = [load_province(*part).cities for part in parts_of_nation(choice.source, choice.codes)]
    tiers = (np.concatenate([each[f"{level}_tier"] for each in cities]) for level in ("city", "county"))
    return levels_missing(*tiers)


def stored_levels(scenarios: Iterable[Scenario]) -> dict[str, Any]:
    """What ``study.yaml`` says of levels that are missing wherever the study is; nothing where each is somewhere."""
    found = [missing_levels(choice) for choice in _choices(scenarios)]
    everywhere = [level for level in TIERS if all(level in missing for missing in found)]
    return {"missing_levels": everywhere} if everywhere else {}


def levels_of(measure: str) -> tuple[str, ...]:
    """Of ``TIERS``, those that a measure (of a group of places: ``measure@group``) speaks of."""
    from sim.measures import MEASURES

    known = MEASURES.get(measure.partition("@")[0])
    return known.levels if known else ()


def check_levels(
    asked: Mapping[str, Sequence[str]], scenarios: Iterable[Scenario], target: Sequence[float] = TARGET
) -> None:
    """Raises ``InputError`` for what speaks of a level of government that the places of some scenario lack.

    ``asked`` gives the levels by the key of the configuration and its value, as they are typed; ``target`` is a ratio
    of all levels, which nobody has asked for unless it is another than usual.
    """
    own = {f"study.target=[{','.join(f'{part:g}' for part in target)}]": TIERS} if tuple(target) != TARGET else {}
    for choice in _choices(scenarios):
        missing = missing_levels(choice)
        for what, levels in {**asked, **own}.items():
            if lacks := [level for level in levels if level in missing]:
                places = f" places=[{','.join(map(str, choice.places))}]" if choice.places else ""
                instead = next(text for beginning, text in INSTEAD.items() if what.startswith(beginning))
                raise InputError(
                    f"{what} speaks of a level of government that province={choice.source}{places} does not have "
                    f"(no {' and no '.join(lacks)} level); {instead}, or take places that have one"
                )


def _choices(scenarios: Iterable[Scenario]) -> list[ProvinceChoice]:
    """The places of some scenarios, each once."""
    found = {(each.province.source, tuple(each.province.places)): each.province for each in scenarios}
    return list(found.values())
