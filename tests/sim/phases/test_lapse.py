"""Grievances that were given up: since when, and until when."""

from __future__ import annotations

from sim.agents.dispute import Stage
from sim.behaviour import Behaviour
from sim.compilation import compiled_once
from sim.phases.claim import CHOOSERS, LEAVERS, act_together
from sim.phases.lapse import give_up, reconsiders
from tests.sim.phases.worlds import first_day, open_disputes


@compiled_once
def _give_up(world, d, today):
    world.choosers[LEAVERS, 0] = d
    give_up(world, world.choosers[LEAVERS], 1, today, 0)


@compiled_once
def _reconsider(world, d, today):
    if reconsiders(world, d, today, 0):
        world.choosers[CHOOSERS, 0] = d
        act_together(world, 1, today, 0)


def test_a_day_that_comes_to_nothing_does_not_begin_another_stage() -> None:
    """Who takes a grievance up again has left it since giving up, however often it was nearly taken up before."""
    world = first_day(Behaviour(reactivation=0.5, grievance_half_life=3650))
    world.villages["reputation"][:] = world.governments["reputation"][:] = 0.0  # no hope, so that nothing is taken up
    number = 40
    open_disputes(world, number, kind=3, stage=Stage.AGGRIEVED, since=5)
    kept = 0
    for d in range(number):
        _give_up(world, d, 20)
        if world.disputes["stage"][d] == Stage.LAPSED:
            assert world.disputes["since"][d] == 20
            due = int(world.disputes["due"][d])
            _reconsider(world, d, due)
            if world.disputes["stage"][d] == Stage.LAPSED:
                kept += 1
                assert world.disputes["due"][d] > due
                assert world.disputes["since"][d] == 20
    assert kept > 0
