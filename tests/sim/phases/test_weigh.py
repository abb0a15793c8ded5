"""What people expect to wait."""

import pytest

from sim.agents.centre import pool_of_centre
from sim.agents.dispute import MediationKind
from sim.phases.weigh import waited_for
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
