"""One day, phase by phase: the table of contents of the model.

Phase 9, the year-end assessment, sees all cities at once and stands in ``sim/phases/assess.py``.
"""

from __future__ import annotations

from sim.compilation import compiled, local
from sim.phases.arise import arise
from sim.phases.claim import claim
from sim.phases.intake import intake
from sim.phases.learn import learn
from sim.phases.patrol import patrol
from sim.phases.serve import serve
from sim.phases.settle import settle
from sim.phases.whistle import whistle
from sim.phases.work import work
from sim.world import World


@compiled
def day(world: World, today: int, month: int) -> None:
    """One city's day; ``month`` is the ledger's month."""
    serve(world, today, month)
    arise(world, today, month)
    patrol(world, today, month)
    claim(world, today, month)
    intake(world, today, month)
    whistle(world, today, month)
    work(world, today, month)
    settle(world, today, month)
    learn(world, today, month)


@compiled
def run_days(world: World, first: int, last: int) -> int:
    """Days ``first`` to ``last`` (exclusive) of one city; gives the day reached.

    Stops early, at the start of a day, when the rows for disputes might not last for it: the caller makes room and
    calls again. Room for one day is a hundredth of the city's rows.
    """
    world = local(world)
    state = world.state[0]
    rows = len(world.disputes)
    for today in range(first, last):
        if rows - state.used + state.free < rows // 100 + 64:
            return today
        day(world, today, world.month_of_day[today])
    return last
