"""The table of kinds of dispute holds what is assumed, and what behaviour makes of it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents import dispute_kind as module
from sim.agents.dispute_kind import DEPARTMENTS, KINDS, NO_DEPARTMENT, VIOLENT_SHARE, kinds_of
from sim.behaviour.causes import Causes
from sim.behaviour.kinds import DisputeKinds
from sim.ledger import DISPUTE_KINDS


def test_the_table_of_kinds_holds_what_is_assumed_and_cannot_be_changed() -> None:
    usual, causes = DisputeKinds(), Causes()
    for row, name in zip(KINDS, DISPUTE_KINDS, strict=True):
        kind = module._KINDS[name]
        assert row["share"] == pytest.approx([kind.rural, kind.urban], abs=1e-12)
        assert (row["organisation"], row["agency"]) == (kind.organisation, kind.agency)
        assert row["severity_rank"] == round(5 * getattr(usual, f"severity_{name}"))  # whole, to the last bit
        assert row["department"] == (DEPARTMENTS.index(kind.department) if kind.department else NO_DEPARTMENT)
        assert (row["concerns"], row["court_takes"]) == (kind.concerns, kind.court_takes)
        assert row["also"].tolist() == [DEPARTMENTS.index(other) for other in kind.also]
        assert row["fit"].tolist() == list(module._FIT[name])
        assert row["shared"] == kind.shared
        assert row["members"] == pytest.approx(1 + causes.groups * kind.shared * (causes.group_size - 1), abs=1e-12)
        assert row["violent"] == (VIOLENT_SHARE if name == "family" else 0)
    assert not KINDS.flags.writeable


def test_severities_by_default_are_those_of_whole_ranks() -> None:
    assert KINDS["severity_rank"].tolist() == [1, 2, 2, 2, 3, 2, 3, 3, 3, 3, 2, 2]


def test_kinds_that_are_more_frequent_keep_the_sum() -> None:
    """Land disputes at twice their 0.14 and 0.02: of 1.14 and 1.02 in all. Others are as they were."""
    more, land = kinds_of(DisputeKinds(share_land=2, severity_debt=0.55), Causes()), DISPUTE_KINDS.index("land")
    assert more["share"][land] == pytest.approx([0.28 / 1.14, 0.04 / 1.02], abs=1e-12)
    assert more["share"][0] == pytest.approx([0.26 / 1.14, 0.18 / 1.02], abs=1e-12)
    assert more["share"].sum(axis=0) == pytest.approx([1, 1], abs=1e-12)
    assert more["severity_rank"][DISPUTE_KINDS.index("debt")] == pytest.approx(2.75, abs=1e-12)
    for name in KINDS.dtype.names:
        if name not in ("share", "severity_rank"):
            assert (more[name] == KINDS[name]).all()


def test_the_table_of_kinds_is_one_of_shares() -> None:
    np.testing.assert_allclose(KINDS["share"].sum(axis=0), 1, atol=1e-12)
    assert (KINDS["organisation"] + KINDS["agency"] <= 1).all()
    for name in ("organisation", "agency", "concerns", "fit"):
        assert (KINDS[name] >= 0).all() and (KINDS[name] <= 1).all()
    assert (KINDS["concerns"][KINDS["department"] < 0] == 0).all()
    violent = dict(zip(DISPUTE_KINDS, KINDS["violent"], strict=True))
    assert {name for name, share in violent.items() if share} == {"family"}
    assert violent["family"] == VIOLENT_SHARE


def test_mean_claimants_by_kind() -> None:
    kinds = kinds_of(DisputeKinds(), Causes(groups=2, group_size=15))
    of = dict(zip(DISPUTE_KINDS, kinds["members"].tolist(), strict=True))
    assert of["labour"] == of["housing"] == pytest.approx(1 + 0.1 * 14)
    assert of["land_taking"] == of["environment"] == pytest.approx(1 + 0.3 * 14)
    assert of["administration"] == pytest.approx(1 + 0.06 * 14)
    assert [of[kind] for kind in ("neighbour", "family", "land", "debt", "injury", "medical", "other")] == [1] * 7
    assert kinds_of(DisputeKinds(), Causes(groups=3, group_size=60))["members"].max() == pytest.approx(1 + 0.45 * 59)
    always = kinds_of(DisputeKinds(), SimpleNamespace(groups=100, group_size=15))["members"]  # at most all are shared
    assert set(always.tolist()) == {1.0, 15.0}
