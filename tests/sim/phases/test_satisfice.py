"""Who takes the nearest forum that is good enough."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from sim import chance
from sim.agents.dispute import FORUM_COUNT, Forum, key_of
from sim.agents.resident import NOT_OPEN
from sim.chance import Purpose
from sim.phases.satisfice import satisfice
from sim.world import BATCH, World
from tests.sim.phases.worlds import first_day, open_disputes

BETTER_FURTHER = {Forum.NOTHING: 0.0, Forum.BILATERAL: -1.0, Forum.VILLAGE: 0.5, Forum.COUNTY: 2.0, Forum.COURT: 1.0}
"""Worth of forums; all others are not open."""


def taken(world: World, worth: Mapping[Forum, float], number: int = 1) -> list[Forum]:
    """The forums that the claimants of the first disputes take, all of the same worth to them."""
    world.choice[:FORUM_COUNT, :number] = NOT_OPEN
    for forum, value in worth.items():
        world.choice[forum, :number] = value
    chosen = np.full(BATCH, -9)
    satisfice(world, np.arange(BATCH), chosen, number)
    assert (chosen[number:] == -9).all()
    return [Forum(forum) for forum in chosen[:number]]


def world_of(aspiration: float, failed: float = 0.0, spread: float = 0.0, disputes: int = 1) -> World:
    """Disputes of claimants one after the other, with what they aspire to."""
    world = first_day()
    open_disputes(world, disputes, claimant=np.arange(disputes))
    for name, value in (("", aspiration), ("_failed", failed), ("_spread", spread)):
        world.behaviour[f"aspiration{name}"] = value
    return world


@pytest.mark.parametrize(
    ("aspiration", "failed", "failures", "expected"),
    [
        (0.4, 0, {}, Forum.VILLAGE),  # the nearest that is good enough, and not the best
        (0.5, 0, {}, Forum.COUNTY),  # as good as one aspires to is not better
        (-1.5, 0, {}, Forum.BILATERAL),  # what is nearer is not looked past
        (2.0, 0, {}, Forum.NOTHING),
        (-9.0, 0, {Forum.BILATERAL: 1}, Forum.VILLAGE),  # where it failed is looked at no more
        (-9.0, 0, {Forum.VILLAGE: 2}, Forum.COUNTY),  # nor is what is nearer still
        (-9.0, 0, {Forum.BILATERAL: 1, Forum.COUNTY: 1}, Forum.COURT),
        (-9.0, 0, {Forum.COURT: 1}, Forum.NOTHING),  # what is not open is never good enough
        (-9.0, 0, {Forum.PETITION_NATION: 1}, Forum.NOTHING),
        (2.5, -0.6, {Forum.BILATERAL: 1}, Forum.COUNTY),  # settles for less: 1.9
        (2.5, -0.6, {}, Forum.NOTHING),
        (2.5, -0.6, {Forum.BILATERAL: 2, Forum.COUNTY: 1}, Forum.COURT),  # 0.7, failures at all forums count
        (2.5, -0.6, {Forum.COUNTY: 1}, Forum.NOTHING),  # 1.9 is more than the court is worth
        (1.5, 0.6, {Forum.BILATERAL: 1}, Forum.NOTHING),  # asks for more: 2.1
    ],
)
def test_forums_are_looked_at_one_after_the_other(
    aspiration: float, failed: float, failures: Mapping[Forum, int], expected: Forum
) -> None:
    world = world_of(aspiration, failed)
    for forum, number in failures.items():
        world.disputes["failures"][0, forum] = number
    assert taken(world, BETTER_FURTHER) == [expected]


def test_what_people_aspire_to_is_their_own_and_stays() -> None:
    """Aspirations are normal numbers by the claimant's key: whoever aspires to less than what is there takes it."""
    world = world_of(0.3, spread=2.0, disputes=32)
    code = int(world.villages["code"][world.first_village])
    draws = [chance.quad(world.seed, Purpose.ASPIRATION, key_of(code, claimant), 0) for claimant in range(32)]
    normal = [chance.normal(a, b) for a, b, _, _ in draws]
    expected = [Forum.COURT if 0.3 + 2.0 * z < 1.0 else Forum.NOTHING for z in normal]
    assert 10 < expected.count(Forum.COURT) < 30
    assert taken(world, {Forum.COURT: 1.0}, 32) == expected
    world.disputes["entries"][:32] = 7  # another try, another matter
    world.disputes["key"][:32] += 100
    assert taken(world, {Forum.COURT: 1.0}, 32) == expected
