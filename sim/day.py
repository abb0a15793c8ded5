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
from sim.records import Row
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
def room_for_a_day(rows: int, behaviour: Row) -> int:
    """Rows that the disputes of one day take at most, of a city with ``rows`` of them.

    A hundredth of the rows is more than claimants who share their cause with nobody take. Of λ causes that several
    share, with claimants of mean m and a geometric tail, all claimants together exceed 2 m (λ + 28) on one day in e²⁸
    (Chernoff's bound at half the rate of the tail), and λ m is again below that hundredth.
    """
    single = rows // 100 + 64
    if behaviour.groups <= 0.0:
        return single
    return single + 2 * (rows // 100) + int(56.0 * behaviour.group_size)


@compiled
def run_days(world: World, first: int, last: int) -> int:
    """Days ``first`` to ``last`` (exclusive) of one city; gives the day reached.

    Stops early, at the start of a day, when the rows for disputes might not last for it: the caller makes room and
    calls again.
    """
    world = local(world)
    state = world.state[0]
    rows = len(world.disputes)
    room = room_for_a_day(rows, world.behaviour[0])
    for today in range(first, last):
        if rows - state.used + state.free < room:
            return today
        day(world, today, world.month_of_day[today])
    return last
