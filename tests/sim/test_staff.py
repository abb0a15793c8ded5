"""Who works where."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import staff
from sim.agents.centre import CITY, COUNTY, STAFF_MIX, TOWNSHIP, Centre, Pool
from sim.agents.department import Department
from sim.agents.dispute_kind import MEDIATION_KINDS, MediationKind
from sim.agents.grid_worker import GridWorker
from sim.agents.mediator import Mediator
from sim.agents.village import FEATURES, Village
from sim.ledger import WORK_LEVELS
from sim.parameters import declarations, flat
from sim.policy import Policy, StaffLevers
from sim.regime import REGIME


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
    assert_room_for_mixtures(centres, villages, few, many)


def assert_room_for_mixtures(centres, villages, one: StaffLevers, other: StaffLevers) -> None:
    room = staff.room_needed(centres, villages, [one, other])
    for share in np.linspace(
        0, 1, 40, endpoint=False
    ):  # mixed as a regime is on its way: equal ends stay what they are
        values = {name: old + share * (vars(other)[name] - old) for name, old in vars(one).items()}
        needed = staff.staff_of_pools(centres, villages, replace(one, **values), np.ones(len(centres), bool))
        assert (needed <= room).all(), (one, other, share)


STAFF = {
    declared.name: st.floats(declared.low, declared.high) | st.sampled_from([declared.low, declared.default])
    for declared in declarations(StaffLevers)
}


@settings(max_examples=150)
@given(one=st.fixed_dictionaries(STAFF), other=st.fixed_dictionaries(STAFF), size=st.floats(0.05, 4))
def test_there_is_room_on_the_way_between_any_two_mixes(one: dict, other: dict, size: float) -> None:
    centres, villages = np.zeros(3, Centre.record), np.zeros(2, Village.record)
    centres["level"] = (TOWNSHIP, COUNTY, CITY)
    centres["population"] = size * np.array([18_000, 290_000, 1_800_000])
    villages["population"] = size * np.array([1_400, 2_800])
    assert_room_for_mixtures(centres, villages, StaffLevers(**one), StaffLevers(**other))


@pytest.mark.parametrize(
    ("mix", "shares"),
    [
        ({}, [0.4, 0.2, 0.15, 0, 0.25, 0]),
        # 0.4, 0.4, 0, 0, 0.25 of 1.05: twice the administrative, nobody judicial
        ({"mix_administrative": 2, "mix_judicial": 0}, [8 / 21, 8 / 21, 0, 0, 5 / 21, 0]),
        (dict.fromkeys(staff.MIXED.values(), 3), [0.4, 0.2, 0.15, 0, 0.25, 0]),  # ratios alone count
        ({name: 0 for name in staff.MIXED.values() if name != "mix_professional"}, [0, 0, 0, 0, 1, 0]),
        (dict.fromkeys(staff.MIXED.values(), 0), [0.4, 0.2, 0.15, 0, 0.25, 0]),  # nobody is no mix: the usual one
    ],
)
def test_mix_of_a_county_by_hand(mix: dict[str, float], shares: list[float]) -> None:
    np.testing.assert_allclose(staff.mix_of(COUNTY, replace(StaffLevers(), **mix)), shares, atol=1e-12)


def test_the_mix_leaves_the_petition_mediators_of_a_city_to_their_share() -> None:
    mix = staff.mix_of(CITY, replace(StaffLevers(), mix_people=0))
    np.testing.assert_allclose(mix, np.array([0, 0.20, 0.10, 0, 0.25, 0.15]) / 0.7, atol=1e-12)


def test_informal_mediators_join_the_committee_and_enterprises_share_professional_ones(centres, villages) -> None:
    usual = staff.staff_of_pools(centres, villages, LEVERS, np.zeros(3, bool))
    more = replace(LEVERS, informal_mediators=1, enterprise_mediators=3)
    added = staff.staff_of_pools(centres, villages, more, np.zeros(3, bool)) - usual
    county_professional = MEDIATION_KINDS + MediationKind.PROFESSIONAL
    assert dict(enumerate(added.tolist())) == {n: 0 for n in range(20)} | {county_professional: 3, 18: 1, 19: 2}
    assert staff.informal_of(villages, more).tolist() == [1, 2]  # at least one; two where twice as many live


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
    assert pools["free_slots"].tolist() == [6 - 2, 2 - 1, 0]  # of who stays
    staff.employ(pools, mediators, wanted, BEHAVIOUR, 0.0)
    assert (mediators["slots"] == 0).all()
    assert pools["free_slots"].tolist() == [0, 0, 0]


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


def hours(
    full_time: tuple[float, float], part_time: float, formal: list[int], case_pay: float = 0, pay_work: float = 0
) -> tuple[list[int], list[int]]:
    """Minutes of four posts of a village and four of each of two kinds at a county, a fifth post being empty."""
    pools = np.zeros(3, Pool.record)
    pools["level"] = [WORK_LEVELS.index(name) for name in ("village", "county", "county")]
    pools["kind"] = (MediationKind.PEOPLE, MediationKind.PROFESSIONAL, MediationKind.ADMINISTRATIVE)
    pools["regime"], pools["room"], pools["mediators"] = 1, 5, 4
    mediators = np.zeros(15, Mediator.record)
    mediators["post_rank"] = np.tile([0.9, 0.25, 0.5, 1.0, 0.0], 3)
    mediators["slots"] = np.tile([6, 6, 6, 6, 0], 3)
    regime = np.ones(2, REGIME)
    regime["full_time_share_village"][1], regime["full_time_share_centre"][1] = full_time
    regime["case_pay"][1] = case_pay
    caseloads = SimpleNamespace(part_time_hours=part_time, pay_work=pay_work)
    staff.give_hours(pools, mediators, np.array(formal), regime, SimpleNamespace(caseloads=caseloads))
    return mediators["minutes"].tolist(), staff.minutes_of_pools(pools, mediators).tolist()


def test_posts_up_to_the_share_are_full_time_and_officials_are_so_all() -> None:
    minutes, together = hours((0.25, 0.9), 1.51, [4, 4, 4])
    assert minutes == [91, 480, 91, 91, 0, 480, 480, 480, 91, 0, 480, 480, 480, 480, 0]
    assert together == [753, 1531, 1920]


def test_pay_by_the_case_draws_hours_of_part_time_mediators_in_villages() -> None:
    minutes, _ = hours((0.25, 0.25), 2, [4, 4, 4], case_pay=150, pay_work=0.2)
    assert minutes == [156, 480, 156, 156, 0, 120, 480, 120, 120, 0, 480, 480, 480, 480, 0]  # 120 · (1 + 0.2 · 1.5)
    assert hours((0.25, 0.25), 2, [4, 4, 4], case_pay=150)[0][:4] == [120, 480, 120, 120]
    assert hours((0, 0), 7, [4, 4, 4], case_pay=300, pay_work=0.3)[0][:4] == [480] * 4  # a day is no longer


def test_whole_shares_leave_nobody_part_time_but_informal_mediators() -> None:
    assert hours((1, 1), 0.5, [4, 4, 4])[1] == [1920, 1920, 1920]
    minutes, _ = hours((1, 1), 2, [1, 4, 4])
    assert minutes[:5] == [480, 120, 120, 120, 0]


def test_centres_open_below_coverage_and_departments_below_colocation() -> None:
    centres = np.zeros(4, Centre.record)
    centres["level"] = (TOWNSHIP, TOWNSHIP, COUNTY, CITY)
    centres["build_rank"] = (0.25, 0.75, 0.5, 0.5)
    centres["work_rank"] = (0.75, 0.25, 0.25, 0.25)
    departments = np.zeros(2, Department.record)
    departments["station_rank"] = (0.25, 0.75)
    centres["commissar_rank"], centres["judge_rank"] = (0.25, 0.75, 0, 0), (0.75, 0.25, 0, 0)
    regime = {"coverage_township": 0.5, "coverage_county": 1.0, "coverage_city": 0.5, "working_share": 0.5}
    posts = {"commissars": 0.5, "judge_contact_points": 1.0}
    centres["known"] = 0.7
    staff.open_centres(centres, departments, {**regime, **posts, "colocation": 0.5}, known_first=0.2)
    assert centres["known"].tolist() == [0.7, 0.7, 0.2, 0.7]  # what opens is new to people
    staff.open_centres(centres, departments, {**regime, **posts, "colocation": 0.5}, known_first=0.1)
    assert centres["known"][2] == 0.2  # and not anew as long as it works
    assert centres["is_built"].tolist() == [1, 0, 1, 0]
    assert centres["is_working"].tolist() == [0, 0, 1, 0]  # a nameplate, not built, working, not built
    assert departments["is_stationed"].tolist() == [1, 0]
    assert centres["has_commissar"].tolist() == [1, 0, 0, 0]  # of townships alone, built or not
    assert centres["has_judge"].tolist() == [1, 1, 0, 0]


def test_villages_have_what_their_rank_in_the_city_gives_them() -> None:
    villages = np.zeros(4, Village.record)
    villages["population"] = 1_400
    ranks = (0.125, 0.375, 0.625, 0.875)
    for feature in range(len(FEATURES)):
        villages["feature_rank"][:, feature] = np.roll(ranks, feature)
    levers = dict(zip(staff.FEATURE_LEVERS, (0.25, 0.5, 0.0, 1.0, 0.625), strict=True))
    staff.equip_villages(villages, levers, replace(LEVERS, informal_mediators=2))
    assert {name: villages["has"][:, n].tolist() for n, name in enumerate(FEATURES)} == {
        "womens_team": [1, 0, 0, 0],
        "moral_bank": [0, 1, 1, 0],  # the ranks, moved on by one village
        "praise_meetings": [0, 0, 0, 0],
        "first_contact": [1, 1, 1, 1],
        "watched": [1, 1, 0, 0],  # the third village's rank is 0.625 itself
    }
    assert villages["informal_mediators"].tolist() == [2] * 4


def test_features_have_levers_of_the_policy() -> None:
    assert len(staff.FEATURE_LEVERS) == len(FEATURES)
    assert set(staff.FEATURE_LEVERS) <= set(flat(Policy()))


def test_villages_are_divided_into_grids() -> None:
    villages = np.zeros(3, Village.record)
    villages["households"] = (600, 100, 900)
    villages["first_grid_worker"] = (10, 13, 14)  # rows of the province; the city's begin at 10
    workers = np.zeros(6, GridWorker.record)
    workers["lost"], workers["since"] = (5.0, 2.0, 5.0, 3.5, 0.0, 0.0), 0
    staff.divide_grids(villages, workers, GRIDS, 0.0, today=3)
    assert villages["grid_workers"].tolist() == [2, 1, 2]  # at least one, and no more than there is room
    assert workers["households"].tolist() == [300, 300, 0, 100, 450, 450]
    np.testing.assert_allclose(workers["rate"], [8 / 300, 8 / 300, 0, 8 / 100, 8 / 450, 8 / 450], rtol=1e-12)
    np.testing.assert_allclose(workers["lost"], [2, 0, 0, 0.5, 0, 0], atol=1e-12)  # less the three days gone by
    assert (workers["since"] == 3).all()


GRIDS = {"households_per_grid": 300.0, "visits_per_day": 8.0, "hours_per_day": 8.0, "overtime": 0.0, "lockdown": 0.0}


@pytest.mark.parametrize(
    ("change", "alert", "visits"),
    [
        ({}, 0, 8),
        ({"visits_per_day": 12.0}, 0, 12),
        ({"hours_per_day": 4.0}, 0, 4),  # visits are stated for a full day of eight hours
        ({}, 1, 16),  # an alert doubles patrols
        ({"lockdown": 0.75}, 0, 2),
        ({"lockdown": 1.0}, 1, 0),
        ({"hours_per_day": 6.0, "lockdown": 0.5}, 1, 6),
    ],
)
def test_visits_a_day(change: dict[str, float], alert: int, visits: float) -> None:
    villages, workers = np.zeros(1, Village.record), np.zeros(2, GridWorker.record)
    villages["households"], villages["is_alert"] = 500, alert
    staff.divide_grids(villages, workers, GRIDS | change, 0.0, today=0)
    np.testing.assert_allclose(workers["rate"], visits / 250, rtol=1e-12)


@pytest.mark.parametrize(
    ("change", "alert", "short_visits", "whole_visits"),
    [
        ({}, 0, 1, 8),  # an hour each
        ({"visits_per_day": 4.0}, 0, 1, 4),  # two hours tell no more than one
        ({"visits_per_day": 12.0}, 0, 0, 12),  # 40 minutes: half as many again,
        ({"visits_per_day": 12.0}, 0, 1, 8),  # or nothing gained,
        ({"visits_per_day": 12.0}, 0, 0.5, 12 * (2 / 3) ** 0.5),  # or between
        ({"visits_per_day": 12.0, "overtime": 2.0}, 0, 1, 10),  # ten hours of visiting
        ({"visits_per_day": 8.0, "overtime": 2.0}, 0, 1, 8),  # longer than they need be
        ({"visits_per_day": 12.0, "hours_per_day": 4.0}, 0, 1, 4),  # six visits of 40 minutes
        ({"visits_per_day": 40.0}, 0, 0, 32),  # eight hours have time for 32 of a quarter of an hour,
        ({"visits_per_day": 40.0}, 0, 1, 8),
        ({"visits_per_day": 40.0, "overtime": 2.0}, 0, 0, 40),  # and ten for 40
        ({}, 1, 1, 8),  # twice as many in the same hours
        ({}, 1, 0, 16),
        ({"visits_per_day": 12.0, "lockdown": 0.5}, 0, 1, 4),  # half a day is half of it
        ({"visits_per_day": 0.0}, 0, 1, 0),
    ],
)
def test_the_hours_of_a_day_are_divided_among_visits(
    change: dict[str, float], alert: int, short_visits: float, whole_visits: float
) -> None:
    villages, workers = np.zeros(1, Village.record), np.zeros(2, GridWorker.record)
    villages["households"], villages["is_alert"] = 500, alert
    staff.divide_grids(villages, workers, GRIDS | change, short_visits, today=0)
    np.testing.assert_allclose(workers["rate"], whole_visits / 250, rtol=1e-12)
