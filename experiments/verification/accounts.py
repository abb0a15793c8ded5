"""The invariants of every run (``sim/invariants.py``): they hold under strain, and every tampering is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from experiments.verification.check import Check, Finding, exact
from experiments.verification.worlds import CROWDED, NOBODY, POLICY, TINY
from sim.agents.dispute import Stage
from sim.behaviour import Concessions, Police, Prices
from sim.invariants import BrokenInvariant, check
from sim.ledger import WORK_FIGURES, event
from sim.model import GovernanceModel
from sim.policy import CentreLevers
from sim.scenario import Scenario
from sim.state import State
from sim.stress import Stress

SECTION = "invariants"

EVERYWHERE = replace(
    POLICY, centre=replace(CentreLevers(), coverage_township=1, coverage_county=1, coverage_city=1, police_linkage=0.5)
)
GIVING = replace(
    POLICY,
    petition=replace(POLICY.petition, stability_fund=5),
    assessment=replace(POLICY.assessment, weight_recorded=2, pass_through=1),
)
"""Counties that give in to who petitions above them, as far as people's behaviour lets them."""

CALLED = replace(CROWDED.behaviour, police=Police(police_calls=2, police_background=25), late_relapse_returns=1)
STRAINED: tuple[Scenario, ...] = (
    CROWDED,
    replace(CROWDED, after=EVERYWHERE),
    replace(TINY, after=NOBODY),
    replace(CROWDED, stress=Stress(staff_lost=0.5, demand_shock=0.4)),
    replace(TINY, stress=Stress(push_down=0.5, double_counting=1, non_registration=0.3)),
    replace(CROWDED, behaviour=CALLED, after=EVERYWHERE),
    replace(TINY, stress=Stress(lockdown=1, provincial_door_closed=0.5, discouragement=2)),
    replace(
        CROWDED,
        after=GIVING,
        behaviour=replace(
            CROWDED.behaviour,
            constant_petition=-1,
            concessions=Concessions(concession=1, weight_lesson=4),
            prices=Prices(cost_concession=2000),
        ),
    ),
)
"""Worlds in which accounts have to balance all the same."""


def _balances(scenario: Scenario, seed: int) -> int:
    """Months' ends at which something does not hold."""
    model, broken = GovernanceModel(scenario, seed), 0
    for _ in range(len(model.months)):
        model.run_for(30)
        try:
            model.check()
        except BrokenInvariant:
            broken += 1
    return broken


def _first(state: State, stage: Stage) -> int:
    return int(np.flatnonzero(state.disputes["stage"] == stage)[0])


def _lose_a_dispute(state: State) -> None:
    state.disputes["stage"][_first(state, Stage.LATENT)] = Stage.FREE


def _accept_twice(state: State) -> None:
    state.offices["accepted"][0] += 1
    state.offices["in_process"][0] += 1


def _take_two_at_once(state: State) -> None:
    in_process = state.disputes["accepted_on"] >= 0
    row = int(np.flatnonzero((state.disputes["stage"] == Stage.QUEUED) & ~in_process)[0])
    state.disputes["accepted_on"][row] = 0


def _skip_a_queue(state: State) -> None:
    pool = int(np.flatnonzero(state.pools["queued"] > 1)[0])
    state.pools["head"][pool] = state.pools["tail"][pool]


def _forget_a_day(state: State) -> None:
    row = _first(state, Stage.QUEUED)
    state.disputes["queued_on"][row] += 1


def _leave_the_agenda(state: State) -> None:
    row = _first(state, Stage.LATENT)
    state.disputes["bucket"][row] = -1


def _count(name: str, amount: int) -> Callable[[State], None]:
    def tamper(state: State) -> None:
        state.counts[0, 0, 0, event(name)] += amount

    return tamper


def _work_overtime(state: State) -> None:
    state.work[0, 0, 0, WORK_FIGURES.index("busy_days")] += 10**6


def _wait_too_long(state: State) -> None:
    state.work[0, 0, 0, WORK_FIGURES.index("waited_long")] += 10**6


def _hold_one_more(state: State) -> None:
    state.mediators["caseload"][int(np.flatnonzero(state.mediators["slots"] > 0)[0])] += 1


def _link_one_more(state: State) -> None:
    state.causes["failed"][int(np.flatnonzero(state.causes["members"])[0])] += 1


def _forget_a_member(state: State) -> None:
    state.causes["members"][int(np.flatnonzero(state.causes["members"])[0])] -= 1


TAMPERINGS: tuple[Callable[[State], None], ...] = (
    _lose_a_dispute,
    _accept_twice,
    _take_two_at_once,
    _skip_a_queue,
    _forget_a_day,
    _leave_the_agenda,
    _count("raised", 1),
    _count("faded", -(10**6)),
    _count("registered_visit_county", 10**6),
    _count("not_accepted_city", 1),
    _count("petition_closed_late", 1),
    _count("accepted_from_claimant_county", 10**6),
    _count("conceded_persons_nation", 1),
    _count("conceded_city", 1),
    _count("police_nominal", 1),
    _count("police_passed", 10**6),
    _work_overtime,
    _wait_too_long,
    _hold_one_more,
    _link_one_more,
    _forget_a_member,
)
"""Defects, each put into a state in which everything holds."""


def _found(seed: int) -> int:
    """Tamperings that are found."""
    model, found = GovernanceModel(CROWDED, seed), 0
    model.run_for(500)
    model.check()
    for tamper in TAMPERINGS:
        state = model.state.copy()
        tamper(state)
        try:
            check(state, model.province, model.today, model.almanac.open_on)
        except BrokenInvariant:
            found += 1
    return found


def balance(seeds: Sequence[int]) -> Check:
    """Everything holds every month in every world."""
    pieces = tuple(partial(_balances, scenario, seed) for scenario in STRAINED for seed in seeds)

    def judge(results: Sequence[int]) -> list[Finding]:
        en = f"months in {len(STRAINED)} worlds in which an account is off"
        zh = f"{len(STRAINED)}种情景下账目不平的月数"
        return [exact("balance", en, zh, 0, sum(results), len(results))]

    return Check("balance", SECTION, pieces, judge)


def tampering(seeds: Sequence[int]) -> Check:
    """Every tampering is found."""

    def judge(results: Sequence[int]) -> list[Finding]:
        expected = len(TAMPERINGS) * len(results)
        return [exact("tampering", "deliberate defects found", "发现的人为错误", expected, sum(results), len(results))]

    return Check("tampering", SECTION, tuple(partial(_found, seed) for seed in seeds), judge)


def checks(seed: int, seeds: int) -> list[Check]:
    """Both."""
    few = range(seed, seed + seeds)
    return [balance(few), tampering(few)]
