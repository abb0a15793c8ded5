"""The first year of a run: read back as it was kept, and the same for a city whatever posts other cities have."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.studies.bottlenecks.figures import KEPT, read, recorded, year_of
from experiments.studies.bottlenecks.posts import POOLS, with_posts
from experiments.verification.worlds import CROWDED
from sim.ledger import WORK_LEVELS
from sim.model import run_branches
from sim.province import load_province


@pytest.fixture(scope="module")
def years():
    """The crowded tiny province as it is; with a clerk more in a county of every city; and of the first alone."""
    province = load_province("tiny")
    firsts = province.cities["first_county"].tolist()
    afters = [CROWDED.after] + [
        with_posts(CROWDED.after, province, POOLS["department_clerks"], places) for places in (firsts, firsts[:1])
    ]
    scenarios = [replace(CROWDED, after=after) for after in afters]
    return [(year_of(ledger, CROWDED), recorded(ledger, CROWDED)) for ledger in run_branches(scenarios, seed=4)]


def test_what_is_kept_is_read_back(years):
    year, kept = years[0]
    found = read(kept)
    assert found is not None and found.days == year.days == 365
    for name in ("settled", "cost", "work"):
        np.testing.assert_array_equal(getattr(found, name), getattr(year, name))
    assert read(b"nothing of the kind") is None and read(None) is None


def test_cities_share_nothing_within_the_year(years):
    """What makes one run do for all cities: of the first, nothing differs by what the others have."""
    province = load_province("tiny")
    (usual, _), (everywhere, _), (one, _) = years
    assert len(province.cities) > 1
    mine = province.counties["city"] == 0
    assert everywhere.settled[0] == one.settled[0] and everywhere.cost[0] == one.cost[0]
    np.testing.assert_array_equal(everywhere.work[mine], one.work[mine])
    np.testing.assert_array_equal(one.work[~mine], usual.work[~mine])
    np.testing.assert_array_equal(one.settled[1:], usual.settled[1:])
    assert (everywhere.work[~mine] != usual.work[~mine]).any()


def test_a_post_is_there_from_the_first_day(years):
    (usual, _), _, (one, _) = years
    more = (one.work - usual.work)[..., KEPT.index("slot_days")].sum(axis=0)
    expected = np.zeros(len(WORK_LEVELS))
    expected[WORK_LEVELS.index("county")] = 365 * CROWDED.behaviour.slots_centre
    assert more[: WORK_LEVELS.index("court")].tolist() == expected[: WORK_LEVELS.index("court")].tolist()
    assert one.cost[0] - usual.cost[0] == pytest.approx(CROWDED.behaviour.prices.cost_official)
