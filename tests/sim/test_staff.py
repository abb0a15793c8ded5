"""Who works where."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim import staff
from sim.agents.centre import CITY, COUNTY, STAFF_MIX, TOWNSHIP, Centre, Pool
from sim.agents.department import Department
from sim.agents.dispute import MediationKind
from sim.agents.grid_worker import GridWorker
from sim.agents.mediator import Mediator
from sim.agents.village import Village
from sim.ledger import WORK_LEVELS
from sim.policy import StaffLevers


@pytest.mark.parametrize(
    ("mean", "population", "heads"),
    [(3, 18_000, 3), (3, 36_000, 6), (3, 27_000, 5), (3, 26_999, 4), (3, 100, 1), (0, 90_000, 0), (0.1, 18_000, 1)],
)
def test_heads_grow_with_residents(mean: float, population: int, heads: int) -> None:
    assert staff._heads(mean, np.array([population]), 18_000).tolist() == [heads]


def test_heads_are_split_by_largest_remainders() -> None:
    # 10 heads of a county: 4, 2, 1.5, 0, 2.5, 0; the first of two equal remainders gets the one left.
    # 3 of a township: 2.01, 0.99; 7 of a city: 2.1, 1.4, 0.7, 0, 1.75, 1.05.
    assert staff._split(np.array([10]), STAFF_MIX[COUNTY]).tolist() == [[4, 2, 2, 0, 2, 0]]
    assert staff._split(np.array([3, 0, 1]), STAFF_MIX[TOWNSHIP]).tolist() == [
        [2, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0],
    ]
    assert staff._split(np.array([7]), STAFF_MIX[CITY]).tolist() == [[2, 1, 1, 0, 2, 1]]


@pytest.mark.parametrize("level", [TOWNSHIP, COUNTY, CITY])
def test_splits_keep_every_head_and_stay_within_one(level: int) -> None:
    heads = np.arange(300)
    split = staff._split(heads, STAFF_MIX[level])
    np.testing.assert_array_equal(split.sum(axis=1), heads)
    assert (np.abs(split - heads[:, None] * STAFF_MIX[level]) < 1).all()


@pytest.fixture
def centres() -> np.ndarray:
    records = np.zeros(3, Centre.record)
    records["level"] = (TOWNSHIP, COUNTY, CITY)
    records["population"] = (18_000, 290_000, 1_800_000)
    return records


@pytest.fixture
def villages() -> np.ndarray:
    records = np.zeros(2, Village.record)
    records["population"] = (1_400, 2_800)
    return records


LEVERS = StaffLevers(
    mediators_village=2,
    mediators_township=3,
    mediators_county=10,
    mediators_city=7,
    department_clerks=5,
    petition_handlers=20,
    prelitigation_mediators=4,
)


def test_staff_of_places_of_reference_size(centres, villages) -> None:
    built = staff.staff_of_pools(centres, villages, LEVERS, np.ones(3, bool))
    assert built.tolist() == [2, 1, 0, 0, 0, 0, 4, 2 + 5, 2, 4, 2, 20, 2, 1, 1, 0, 2, 1, 2, 4]


def test_without_a_centre_clerks_handlers_and_prelitigation_mediators_remain(centres, villages) -> None:
    nothing = staff.staff_of_pools(centres, villages, LEVERS, np.zeros(3, bool))
    assert nothing.tolist() == [0] * 6 + [0, 5, 0, 4, 0, 20] + [0] * 6 + [2, 4]


def test_there_is_room_for_every_mixture_of_policies(centres, villages) -> None:
    few, many = StaffLevers(), LEVERS
    centres["population"] = (23_456, 345_678, 2_345_678)
    room = staff.room_needed(
        centres, villages, StaffLevers(**{name: max(vars(few)[name], vars(many)[name]) for name in vars(few)})
    )
    for share in np.linspace(0, 1, 41):
        values = {name: (1 - share) * vars(few)[name] + share * vars(many)[name] for name in vars(few)}
        mixture = replace(few, **values)
        assert (staff.staff_of_pools(centres, villages, mixture, np.ones(3, bool)) <= room).all()


BEHAVIOUR = SimpleNamespace(slots_village=2.0, slots_centre=6.0, slots_petition=12.0)


def test_who_leaves_finishes_the_cases_in_hand() -> None:
    pools = np.zeros(3, Pool.record)
    pools["level"] = [WORK_LEVELS.index(name) for name in ("township", "village", "petition")]
    pools["kind"] = (MediationKind.PEOPLE, MediationKind.PEOPLE, MediationKind.PETITION)
    pools["room"] = (3, 2, 1)
    mediators = np.zeros(6, Mediator.record)
    mediators["caseload"] = (2, 1, 4, 1, 2, 5)
    wanted = np.array([3, 2, 1])
    staff.employ(pools, mediators, wanted, BEHAVIOUR, 1.0)
    assert mediators["slots"].tolist() == [6, 6, 6, 2, 2, 12]
    assert pools["free_slots"].tolist() == [18 - 7, 4 - 3, 12 - 5]
    assert staff.slots_of_pools(pools, mediators).tolist() == [18, 4, 12]
    staff.employ(pools, mediators, wanted, BEHAVIOUR, 0.5)  # 1.5, 1 and 0.5, rounded with 0, .618 and .236
    assert pools["mediators"].tolist() == [1, 1, 0]
    assert mediators["slots"].tolist() == [6, 0, 0, 2, 0, 0]
    assert mediators["caseload"].tolist() == [2, 1, 4, 1, 2, 5]
    assert pools["free_slots"].tolist() == [6 - 7, 2 - 3, 0 - 5]  # nobody new until a case ends
    staff.employ(pools, mediators, wanted, BEHAVIOUR, 0.0)
    assert (mediators["slots"] == 0).all()
    assert pools["free_slots"].tolist() == [-7, -3, -5]


def test_half_of_many_single_mediators_is_half_of_them() -> None:
    pools = np.zeros(1000, Pool.record)
    pools["room"] = 1
    staff.employ(pools, np.zeros(1000, Mediator.record), np.ones(1000, np.int64), BEHAVIOUR, 0.5)
    assert abs(int(pools["mediators"].sum()) - 500) <= 2


def test_nobody_is_employed_beyond_the_room() -> None:
    pools = np.zeros(1, Pool.record)
    pools["level"], pools["room"] = WORK_LEVELS.index("county"), 2
    mediators = np.zeros(2, Mediator.record)
    staff.employ(pools, mediators, np.array([5]), BEHAVIOUR, 1.0)
    assert (pools["mediators"][0], pools["free_slots"][0]) == (2, 12)


def test_centres_open_below_coverage_and_departments_below_colocation() -> None:
    centres = np.zeros(4, Centre.record)
    centres["level"] = (TOWNSHIP, TOWNSHIP, COUNTY, CITY)
    centres["build_rank"] = (0.25, 0.75, 0.5, 0.5)
    centres["work_rank"] = (0.75, 0.25, 0.25, 0.25)
    departments = np.zeros(2, Department.record)
    departments["station_rank"] = (0.25, 0.75)
    regime = {"coverage_township": 0.5, "coverage_county": 1.0, "coverage_city": 0.5, "working_share": 0.5}
    staff.open_centres(centres, departments, {**regime, "colocation": 0.5})
    assert centres["is_built"].tolist() == [1, 0, 1, 0]
    assert centres["is_working"].tolist() == [0, 0, 1, 0]  # a nameplate, not built, working, not built
    assert departments["is_stationed"].tolist() == [1, 0]


def test_villages_are_divided_into_grids() -> None:
    villages = np.zeros(3, Village.record)
    villages["households"] = (600, 100, 900)
    villages["first_grid_worker"] = (10, 13, 14)  # rows of the province; the city's begin at 10
    workers = np.zeros(6, GridWorker.record)
    workers["lost"], workers["since"] = (5.0, 2.0, 5.0, 3.5, 0.0, 0.0), 0
    staff.divide_grids(villages, workers, {"households_per_grid": 300.0, "visits_per_day": 8.0}, today=3)
    assert villages["grid_workers"].tolist() == [2, 1, 2]  # at least one, and no more than there is room
    assert workers["households"].tolist() == [300, 300, 0, 100, 450, 450]
    np.testing.assert_allclose(workers["rate"], [8 / 300, 8 / 300, 0, 8 / 100, 8 / 450, 8 / 450], rtol=1e-12)
    np.testing.assert_allclose(workers["lost"], [2, 0, 0, 0.5, 0, 0], atol=1e-12)  # less the three days gone by
    assert (workers["since"] == 3).all()
