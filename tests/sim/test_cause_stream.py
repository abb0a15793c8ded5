"""The stream that shared causes make in a year: what members have in common, how many come, and whose luck is whose."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.agents.dispute import Stage
from sim.behaviour import Behaviour, Causes, ServiceOutcomes
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
