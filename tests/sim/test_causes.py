"""Causes that several claimants share: how many they are, the table, and the stream that they make."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim import chance
from sim.agents.dispute import Stage
from sim.agents.dispute_kind import KINDS, kinds_of
from sim.behaviour import Behaviour, Causes, DisputeKinds, ServiceOutcomes
from sim.causes import claimants
from sim.chance import Purpose
from sim.day import room_for_a_day
from sim.ledger import DISPUTE_KINDS, event
from sim.model import GovernanceModel, run
from sim.scenario import Calendar, ProvinceChoice, Scenario
from tests.census import ALIKE

SERVED = ServiceOutcomes(service_grievance=0)
MANY = Behaviour(grievances=90, rate_headroom=1.5, services=SERVED, counties=ALIKE, causes=Causes(groups=3))
SCENARIO = Scenario(
    province=ProvinceChoice("gansu", [620122]),
    calendar=Calendar(start="2018-01-01", reform="2018-07-01", measures="2018-01-01", end="2018-12-31"),
    behaviour=MANY,
)
Z = 4.5


def test_who_shares_a_cause_are_two_and_a_geometric_number_more() -> None:
    """Mean 5: each further one with probability 3/4, as the number falls below 1 − (3/4)^k."""
    assert claimants(0.2, 0.99, 0.2, 5.0) == 1
    assert claimants(0.19, 0.0, 0.2, 5.0) == 2
    for further in range(1, 8):
        edge = 1 - 0.75**further
        assert claimants(0.0, edge - 1e-9, 0.2, 5.0) == 1 + further
        assert claimants(0.0, edge + 1e-9, 0.2, 5.0) == 2 + further


@pytest.mark.parametrize("mean", [5.0, 15.0, 60.0])
def test_they_are_as_many_as_is_said_and_never_more_than_23_times(mean: float) -> None:
    numbers = np.array(
        [claimants(0.0, chance.quad(3, int(Purpose.CAUSE), who, 0)[1], 1.0, mean) for who in range(20_000)]
    )
    spread = math.sqrt((mean - 2) * (mean - 1))
    assert abs(numbers.mean() - mean) < Z * spread / math.sqrt(len(numbers))
    assert abs(numbers.std() / spread - 1) < 0.06
    largest = (2**32 - 0.5) * 2.0**-32  # of ``quad``
    assert claimants(0.0, largest, 1.0, mean) == 2 + int(33 * math.log(2) / -math.log(1 - 1 / (mean - 1))) < 23 * mean


def test_mean_claimants_by_kind() -> None:
    kinds = kinds_of(DisputeKinds(), Causes(groups=2, group_size=15))
    of = dict(zip(DISPUTE_KINDS, kinds["members"].tolist(), strict=True))
    assert of["labour"] == of["housing"] == pytest.approx(1 + 0.1 * 14)
    assert of["land_taking"] == of["environment"] == pytest.approx(1 + 0.3 * 14)
    assert of["administration"] == pytest.approx(1 + 0.06 * 14)
    assert [of[kind] for kind in ("neighbour", "family", "land", "debt", "injury", "medical", "other")] == [1] * 7
    assert kinds_of(DisputeKinds(), Causes(groups=3, group_size=60))["members"].max() == pytest.approx(1 + 0.45 * 59)


def test_what_is_violent_or_hidden_is_nobody_elses() -> None:
    """Family disputes go to protection or are hidden by norms one by one; nothing of a cause is lost on the way."""
    for kind in ("neighbour", "family"):
        assert KINDS["shared"][DISPUTE_KINDS.index(kind)] == 0
    assert not (KINDS["shared"] * KINDS["violent"]).any()


@pytest.fixture(scope="module")
def model() -> GovernanceModel:
    """A year with many causes that several share; tests must not change it."""
    model = GovernanceModel(SCENARIO, seed=4)
    model.run_for(SCENARIO.calendar.days)
    return model


def shared(model: GovernanceModel) -> list[np.ndarray]:
    """Disputes of every cause that stands in the first city, by cause."""
    disputes = model.state.disputes[model.state.used_disputes_of(0)]
    disputes = disputes[(disputes["stage"] != Stage.FREE) & (disputes["cause"] >= 0)]
    return [np.sort(disputes[disputes["cause"] == cause], order="ordinal") for cause in np.unique(disputes["cause"])]


def test_members_have_in_common_what_a_cause_is(model: GovernanceModel) -> None:
    found = shared(model)
    assert len(found) > 20
    for members in found:
        for name in ("village", "kind", "opponent", "department", "opened"):
            assert len(set(members[name].tolist())) == 1, name
        assert len(set(members["ordinal"].tolist())) == len(members)
        cause = model.state.causes[members["cause"][0]]
        assert (cause["village"], cause["kind"]) == (members["village"][0], members["kind"][0])
        assert cause["members"] == len(members)
        assert cause["ordinal"] <= members["ordinal"][0]
    apart = [len(set(members["claimant"].tolist())) / len(members) for members in found]
    assert np.mean(apart) > 0.9


def test_severity_is_the_first_ones_for_the_share_that_is_said(model: GovernanceModel) -> None:
    alike = others = 0
    for members in shared(model):
        first = model.state.causes[members["cause"][0]]["ordinal"]
        if members["ordinal"][0] == first:
            alike += int((members["severity"][1:] == members["severity"][0]).sum())
            others += len(members) - 1
    assert others > 100
    assert abs(alike / others - 0.7) < Z * math.sqrt(0.21 / others) + 0.1  # whose stand is not independent of it


def test_the_ledger_counts_causes_and_their_members(model: GovernanceModel) -> None:
    ledger = model.ledger()
    causes, members = ledger.total("causes"), ledger.total("cause_members")
    assert causes > 30 and members / causes > 5
    alone = [DISPUTE_KINDS.index(kind) for kind in ("neighbour", "family", "debt")]
    assert ledger.counts[:, :, alone][..., [event("causes"), event("cause_members")]].sum() == 0
    assert members < ledger.total("raised")


def test_ordinals_are_taken_whether_or_not_a_candidate_is_real() -> None:
    """A demand shock makes more candidates real and moves no other one's ordinal, key or size."""
    calm, shaken = (
        GovernanceModel(replace(SCENARIO, stress=replace(SCENARIO.stress, demand_shock=shock)), seed=4)
        for shock in (0, 0.4)
    )
    for each in (calm, shaken):
        each.run_for(SCENARIO.calendar.day("reform") + 60)
    assert calm.state.villages["candidates"].tolist() == shaken.state.villages["candidates"].tolist()
    ours, theirs = (
        {int(dispute["key"]) for dispute in each.state.disputes if dispute["stage"] == Stage.LATENT}
        for each in (calm, shaken)
    )
    assert len(ours - theirs) == 0 < len(theirs - ours)


@pytest.mark.parametrize("rows", [1500, 4000])
def test_rows_that_run_out_change_nothing(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    whole = run(SCENARIO, seed=4)
    monkeypatch.setattr("sim.founding.ROWS_PER_RESIDENT", 0.0)
    monkeypatch.setattr("sim.founding.SPARE_ROWS", rows)
    assert run(SCENARIO, seed=4).counts.tobytes() == whole.counts.tobytes()


def test_room_for_a_day() -> None:
    """A hundredth and 64; where several share causes three hundredths, and 56 times as many as share one."""
    assert room_for_a_day.py_func(10_000, SimpleNamespace(groups=0, group_size=15)) == 100 + 64
    assert room_for_a_day.py_func(10_000, SimpleNamespace(groups=1, group_size=15)) == 300 + 64 + 840
