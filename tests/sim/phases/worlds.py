"""One city's day on a small province, to call single phases of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.agenda import empty_agenda
from sim.agents.dispute import NEVER, key_of
from sim.behaviour import Behaviour
from sim.model import GovernanceModel
from sim.scenario import ProvinceChoice, Scenario
from sim.world import World
from tests.neutral import NEUTRAL


def first_day(behaviour: Behaviour | None = None, seed: int = 1, **levers: float) -> World:
    """The first city of the tiny province after its first day, with the behaviour and levers (by leaf name) given."""
    scenario = Scenario(province=ProvinceChoice("tiny"))
    model = GovernanceModel(replace(scenario, behaviour=behaviour or NEUTRAL), seed)
    model.run_for(1)
    world = model._worlds[0]
    for name, value in levers.items():
        world.regime[name] = value
    return world


def open_disputes(world: World, number: int, **values: float) -> None:
    """Makes the first rows disputes of the city's first village, with ordinals of their own and nothing due."""
    rows = world.disputes[:number]
    rows[:] = np.zeros(number, rows.dtype)
    rows["village"], rows["ordinal"] = world.first_village, np.arange(number)
    code = int(world.villages["code"][world.first_village])
    rows["key"] = [key_of(code, ordinal) for ordinal in range(number)]
    rows["repeat_on"] = rows["deadline"] = NEVER
    for name in ("bucket", "pool", "mediator", "accepted_on", "next_in_queue", "before_in_queue", "cause"):
        rows[name] = -1
    for name, value in values.items():
        rows[name] = value
    world.agenda[:] = empty_agenda()
    world.state["used"] = number


def beside_another(world: World, **levers: float) -> World:
    """The same city where some county has a policy of its own, with these levers: what it says is not the city's."""
    regime = world.regime[[0, 0]]
    for name, value in levers.items():
        regime[name][1] = value
    return world._replace(regime=regime)
