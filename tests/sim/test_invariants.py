"""Invariants: they hold at any day, say what broke, and are looked at at the end of every run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.verification.accounts import TAMPERINGS
from experiments.verification.worlds import CROWDED
from sim.agents.dispute import Stage
from sim.invariants import BrokenInvariant, check
from sim.ledger import WORK_FIGURES, WORK_LEVELS, event
from sim.model import GovernanceModel, run, run_branches
from sim.scenario import Scenario
from sim.stress import Stress

COURT = WORK_LEVELS.index("court")


@pytest.fixture(scope="module")
def crowded() -> GovernanceModel:
    """The tiny province with queues everywhere, after 500 days; tests must not change it."""
    model = GovernanceModel(CROWDED, seed=3)
    model.run_for(500)
    return model


def test_they_hold_and_change_nothing(crowded: GovernanceModel) -> None:
    before = crowded.ledger().counts.tobytes(), crowded.state.disputes.tobytes()
    crowded.check()
    assert (crowded.ledger().counts.tobytes(), crowded.state.disputes.tobytes()) == before


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_every_defect_is_found(crowded: GovernanceModel, tamper) -> None:
    state = crowded.state.copy()
    tamper(state)
    with pytest.raises(BrokenInvariant, match="after 500 days: "):
        check(state, crowded.province, crowded.today, crowded.almanac.open_on)


def test_the_message_names_both_sides(crowded: GovernanceModel) -> None:
    state = crowded.state.copy()
    state.counts[0, 0, 0, event("not_accepted_city")] += 1
    with pytest.raises(BrokenInvariant, match="petitions presented to the city, against accepted and not: "):
        check(state, crowded.province, crowded.today, crowded.almanac.open_on)


def test_runs_and_branches_are_looked_at(tiny: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr("sim.model.check", lambda state, province, today, open_on: looked.append(today))
    run(tiny, seed=1)
    list(run_branches([tiny, replace(tiny, after=tiny.before)], seed=1))
    assert looked == [tiny.calendar.days] * 3


def test_the_queue_over_days_is_the_wait_of_cases(crowded: GovernanceModel) -> None:
    """Little's law as an identity: who started has waited, and so has who left; all others are still waiting."""
    work = crowded.ledger().work.sum(axis=(0, 1))[:COURT]
    figures = dict(zip(WORK_FIGURES, work.T, strict=True))
    cases = crowded.state.disputes
    waiting = cases[cases["stage"] == Stage.QUEUED]
    levels = crowded.state.pools["level"][waiting["pool"]]
    still = np.bincount(levels, crowded.today - waiting["queued_on"], COURT)
    assert figures["queue_days"].sum() > 1000
    assert figures["left_days"].sum() > 0  # of those who join others of their cause
    np.testing.assert_array_equal(figures["queue_days"], figures["wait_days"] + figures["left_days"] + still)


def test_who_has_left_fills_slots_until_the_cases_in_hand_are_done() -> None:
    """Half the staff gone at once, most of them with cases: never more busy than there are slots."""
    scarce = replace(CROWDED, stress=Stress(staff_lost=0.5))
    ledger = run(scarce, seed=3).year(2019)
    slots, busy = (ledger.work[:, :, :COURT, WORK_FIGURES.index(name)] for name in ("slot_days", "busy_days"))
    assert (busy <= slots).all() and busy.sum() > 0
    usual = run(CROWDED, seed=3).year(2019).work[:, :, :COURT, WORK_FIGURES.index("slot_days")]
    assert usual.sum() / 2.5 < slots.sum() < usual.sum() / 1.5
