"""A model in which levels of government are missing: nothing happens there, and what would goes to the next."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.ledger import EVENTS, GOVERNMENT_FIGURES, WORK_LEVELS, Ledger
from sim.model import GovernanceModel
from tests.reference.worlds import ONE_YEAR, world
from tests.tiers import province_without

WORLD = (
    "petitioners",
    "after.centre.coverage_city=1",
    "after.centre.working_share=1",
    *ONE_YEAR,
    "behaviour.police.police_calls=0",
    "behaviour.police.police_background=0",
)
"""Nobody calls the police, whose costs would differ with what people do."""
SEED = 7


@pytest.fixture(scope="module")
def whole() -> Ledger:
    return _run("tiny")[1]


def _run(source: str) -> tuple[GovernanceModel, Ledger]:
    model = GovernanceModel(world(*WORLD, f"province.source={source}"), SEED)
    model.run_for(365)
    model.check()
    return model, model.ledger()


def _at(ledger: Ledger, level: str, rows: list[int]) -> int:
    """Everything counted at a petition level in some counties."""
    here = [name.endswith(f"_{level}") and ("petition" in name or "visit" in name) for name in EVENTS]
    return int(ledger.counts[rows][..., here].sum())


def test_without_a_city_its_counties_matters_go_to_the_province(whole: Ledger, tmp_path: Path) -> None:
    source = province_without(tmp_path / "direct", city_tier=[9101])
    model, ledger = _run(source)
    assert (ledger.city_tier.tolist(), ledger.county_tier.tolist()) == ([False, True], [True, False])
    direct = [0, 1]
    assert _at(whole, "city", direct) > 50
    assert _at(ledger, "city", direct) == 0
    assert _at(ledger, "province", direct) > 1.3 * _at(whole, "province", direct)
    assert _at(ledger, "city", [2]) == _at(whole, "city", [2]) > 0  # the other city is as it was
    city_work = WORK_LEVELS.index("city")
    assert whole.work[0, :, city_work].sum() > 0
    assert ledger.work[0, :, city_work].sum() == 0
    assert (whole.cost[0] >= ledger.cost[0]).all()  # the first county bears its city's staff and centre
    assert whole.cost[0].sum() > ledger.cost[0].sum()
    np.testing.assert_array_equal(whole.cost[1], ledger.cost[1])
    effort = ledger.government[:, -1, GOVERNMENT_FIGURES.index("effort")]
    assert effort[0] == 0 < effort[1]
    assert model.state.governments["above"].tolist() == [5, 5, 4, 5, 5, -1]


def test_in_a_province_without_cities_nobody_governs_or_is_petitioned_between(tmp_path: Path) -> None:
    source = province_without(tmp_path / "bare", city_tier=[9101, 9102], county_tier=[])
    model, ledger = _run(source)
    assert [_at(ledger, level, [0, 1, 2]) > 0 for level in ("county", "city", "province")] == [True, False, True]
    assert not ledger.government.any()
    assert ledger.missing_levels == ("city",)
    assert model.state.governments["above"].tolist() == [5, 5, 5, 5, 5, -1]
