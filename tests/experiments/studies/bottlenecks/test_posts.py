"""One post more: exactly one in the pool that is meant, in every place that is meant, and none anywhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.configuration.options import load_policies
from experiments.studies.bottlenecks.plan import pools_of
from experiments.studies.bottlenecks.posts import POOLS, post, posts_of, with_posts
from sim.agents.dispute_kind import MediationKind
from sim.errors import InputError
from sim.ledger import WORK_LEVELS
from sim.model import GovernanceModel
from sim.policy import Policy, StaffLevers
from sim.province import load_province
from sim.scenario import Calendar, ProvinceChoice, Scenario

PLACE = ProvinceChoice("gansu", [620321])
CALENDAR = Calendar(start="2018-01-01", reform="2018-02-01", measures="2018-01-01", end="2018-12-31")


def mediators(base: Policy, after: Policy) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mediators of every pool of a county after the reform, and level and kind of the pool."""
    model = GovernanceModel(Scenario(province=PLACE, calendar=CALENDAR, before=base, after=after), seed=3)
    model.run_for(32)
    return tuple(model.pools.get(name).copy() for name in ("mediators", "level", "kind"))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def base() -> Policy:
    found = load_policies({"gansu_2019": ""}, None, "gansu")["gansu_2019"]
    return replace(found, centre=replace(found.centre, coverage_township=1, coverage_county=1, coverage_city=1))


@pytest.fixture(scope="module")
def usual(base):
    return mediators(base, base)


@pytest.mark.parametrize("name", POOLS)
def test_a_post_more_and_no_other(name, base, usual):
    pool, province = POOLS[name], load_province("gansu", PLACE.codes)
    after = with_posts(base, province, pool, [0])
    now, level, kind = usual
    then, *_ = mediators(base, after)
    more = np.flatnonzero(then != now)
    assert (then[more] - now[more] == 1).all()
    assert (level[more] == WORK_LEVELS.index(pool.work)).all()
    if pool.kind is not None:
        assert (kind[more] == pool.kind).all()
    given = [code for code, groups in after.places.items() if pool.lever in groups.get("staff", {})]
    assert len(more) == len(given)
    assert len(given) > 5 if pool.work in ("village", "township") else len(given) == 1


def test_levers_by_hand():
    own = StaffLevers(mediators_county=8, mediators_village=3)
    county = np.array([290_000])
    assert posts_of(POOLS["county_people"], county, own)[0].tolist() == [3, 2, 1, 0, 2, 0]
    found = post(POOLS["county_judicial"], county, own)
    assert found["mediators_county"] == pytest.approx(8.5)
    # 3, 2, 2 and 2 posts over shares of 0.40, 0.20, 0.15 and 0.25, relative to the largest
    assert [found[f"mix_{kind}"] for kind in ("people", "administrative", "judicial", "professional")] == pytest.approx(
        [7.5 / (2 / 0.15), 10 / (2 / 0.15), 1, 8 / (2 / 0.15)]
    )
    assert post(POOLS["department_clerks"], county, own) == {"department_clerks": pytest.approx(15.5)}
    # of two villages the larger is next: 1,400 people have 3, the fourth comes at 3.5; 700 have 2, the third at 5
    assert post(POOLS["village_committees"], np.array([700, 1400]), own) == {"mediators_village": pytest.approx(3.5)}


def test_a_place_too_small_for_the_range_has_no_post():
    assert post(POOLS["township_people"], np.array([400]), StaffLevers(mediators_township=3)) == {}


def test_pools_by_pattern():
    assert [pool.name for pool in pools_of(["county_*", "petition_handlers"])] == [
        "county_people", "county_judicial", "county_professional", "petition_handlers",
    ]  # fmt: skip
    assert len(pools_of([])) == 13 and {pool.kind for pool in pools_of([])} == {None, *MediationKind}
    with pytest.raises(InputError, match=r"study\.pools: there is no pool 'county_peple'; did you mean county_people"):
        pools_of(["county_peple"])


def test_a_centre_that_is_not_built_has_no_post(base):
    unbuilt = replace(base, centre=replace(base.centre, coverage_county=0))
    after = with_posts(unbuilt, load_province("gansu", PLACE.codes), POOLS["county_people"], [0])
    assert "mediators_county" in after.places["620321"]["staff"]
    assert (mediators(unbuilt, after)[0] == mediators(unbuilt, unbuilt)[0]).all()
