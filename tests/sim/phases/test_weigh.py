"""What people expect to wait."""

import numpy as np
import pytest

from sim.agents.centre import pool_of_centre
from sim.agents.dispute import key_of
from sim.agents.dispute_kind import MediationKind
from sim.agents.resident import hears_of
from sim.phases.weigh import regard, waited_for
from tests.sim.phases.worlds import first_day


@pytest.mark.parametrize(
    ("people", "administrative", "kind"),
    [
        (2, 3, MediationKind.PEOPLE),
        (0, 3, MediationKind.ADMINISTRATIVE),
        (0, 0, MediationKind.ADMINISTRATIVE),
        (1, 0, MediationKind.PEOPLE),
    ],
)
def test_people_expect_the_wait_of_who_is_there(people: int, administrative: int, kind: MediationKind) -> None:
    world = first_day()
    centre = world.townships + world.first_county
    for one, number in ((MediationKind.PEOPLE, people), (MediationKind.ADMINISTRATIVE, administrative)):
        world.pools["mediators"][pool_of_centre(centre, int(one))] = number
    assert waited_for(world, centre) == pool_of_centre(centre, int(kind))


@pytest.mark.parametrize(
    ("working", "unified", "hears", "expected"),
    [
        (0, 1, 0.1, 0.0),  # a nameplate is to everybody what it is
        (1, 1, 0.1, 2.0),
        (1, 0, 0.38, 2.0),  # of the last who know it
        (1, 1, 0.5, -0.25 * 3),  # a department's four windows, at one of which everybody else would be
        (1, 0, 0.5, 0.0),  # windows are windows
    ],
)
def test_who_knows_a_centre_sees_it(working: int, unified: int, hears: float, expected: float) -> None:
    world = first_day(intake=unified)
    world.centres["is_working"][1], world.centres["known"][1] = working, 0.4
    behaviour = world.behaviour[0]
    behaviour["centre_appeal"], behaviour["weight_doors"], behaviour["doors_windows"] = 2.0, 0.25, 4.0
    village = world.villages[world.first_village]
    heard = np.array([hears_of(world.seed, key_of(village["code"], claimant)) for claimant in range(200)])
    claimant = int(np.abs(heard - hears).argmin())  # who hears of it nearest to then
    assert regard(world, 1, village, claimant, behaviour) == pytest.approx(expected, abs=1e-12)
