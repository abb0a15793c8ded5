"""The world in which every parameter is tried, and its runs on common random numbers.

Three small counties of three cities: Dunhuang (batch 1), Zhang county (batch 2) and Hezuo (batch 2), some 320,000
residents. Two years; the reform comes after half a year, in every city and with all of its force at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from sim.behaviour import Behaviour
from sim.ledger import Ledger
from sim.model import GovernanceModel, Snapshot, run
from sim.parameters import declarations
from sim.policy import Policy, RollOutLevers
from sim.province import Province
from sim.scenario import Calendar, ProvinceChoice, Scenario
from sim.stress import Stress
from tests.census import ALIKE, MEANS, census, with_covariates
from tests.neutral import NEUTRAL

PROVINCE = ProvinceChoice("gansu", [620122, 621024])
CALENDAR = Calendar(start="2018-01-01", end="2019-12-31", reform="2018-07-01", measures="2018-07-01")
REFORMED = ("2018-07", "2019-12")
"""The months in which figures are read."""

SEEDS = tuple(range(1, 9))
LIMIT = 4.785
"""Mean over standard error of eight paired differences from which they are more than noise: Student's t with seven
degrees of freedom at one in a thousand, one-sided; fixed before any case was run."""

NAMES = {
    declared.name.rpartition(".")[2]: declared.name
    for group in (Policy, Behaviour, Stress)
    for declared in declarations(group)
}
"""Leaf name → name as declared, of every lever, uncertainty and stress."""

GROUP = {declared.name: group for group in (Policy, Behaviour, Stress) for declared in declarations(group)}

PINNED = {
    "patience_again": 0.6,
    "centralised_gap": 0.15,
    "nest_scale": 0.6,
    "constant_bilateral": -0.57,
    "constant_village": -2.14,
    "constant_township": -1.9,
    "constant_county": -2.86,
    "constant_court": -3.67,
    "constant_petition": -3.39,
    "constant_nation": -1.96,
    "petition_against_organisation": 2.05,
    "petition_against_agency": 0.67,
    "weight_success": 2.7,
    "weight_trust": 4.18,
    "weight_travel": 0.65,
    "weight_wait": 0.4,
    "weight_doors": 0.25,
    "weight_fee": 0.5,
    "weight_law": 2.1,
    "weight_failed": 2.34,
    "weight_again": 1.49,
    "weight_fatigue": 0.23,
    "rule_spread": 210,
    "bilateral_success": 0.79,
    "loose_acceptance": 0.79,
    "strict_refusal": 0.89,
    "strict_refusal_nation": 0.85,
    "repeats": 0.54,
    "repeat_higher": 0.21,
    "intercept_mediation": 1.03,
    "intercept_petition": -0.7,
    "nominal_share": 0.89,
    "relapse_rate": 2.1,
    "reactivation": 0.1,
    "satisfaction_service": 0.12,
    "desirability": 0.6,
    "mediation_days": 20,
    "offence_rate": 0.02,
}
"""Values on which the cases stand, of every fitted uncertainty and some others: new defaults must not move them."""

USUAL = replace(NEUTRAL, counties=ALIKE, **PINNED)

AT_ONCE = RollOutLevers(batch_1_start=0, batch_2_start=0, ramp=0)

Changes = Mapping[str, Any]
"""Values by leaf name; what is not named is as usual."""


def scenario(changes: Changes) -> Scenario:
    """The status quo, without money for concessions, and from the reform on the levers given, under the behaviour and
    stress given."""
    before = replace(Policy(), petition=replace(Policy().petition, stability_fund=0))
    after, people, stress = replace(before, roll_out=AT_ONCE), {}, Stress()
    for leaf, value in changes.items():
        if leaf == "places":
            after = replace(after, places=value)
            continue
        name = NAMES[leaf]
        if GROUP[name] is Policy:
            group = name.split(".")[0]
            after = replace(after, **{group: replace(getattr(after, group), **{leaf: value})})
        elif GROUP[name] is Behaviour:
            people[f"behaviour.{name}"] = value
        else:
            stress = replace(stress, **{leaf: value})
    world = Scenario(province=PROVINCE, calendar=CALENDAR, before=before, after=after, behaviour=USUAL, stress=stress)
    return world.vary(people)


def lopsided(province: Province) -> Province:
    """The province with half as much again of everything in the first county as is usual, and half in the second."""
    first, second = PROVINCE.places
    others = dict.fromkeys(province.whole.codes.tolist(), 1.0)
    times = {**others, first: 1.5, second: 0.5}
    return with_covariates(
        province, {name: {code: mean * times[code] for code in times} for name, mean in MEANS.items()}
    )


def opposite_luck(codes: NDArray[np.int64], seed: int, purpose: int) -> NDArray[np.float64]:
    """In place of a county's own luck: of the first above the usual, of the second below it."""
    luck = np.select([codes == code for code in PROVINCE.places], [1.0, -1.0], 0.0)
    return np.repeat(luck[None], 3, axis=0)


@contextmanager
def unlike_counties() -> Iterator[None]:
    """Models made meanwhile have counties that are unlike wherever counties may differ."""
    with census(lopsided), patch("sim.county_profile._county_luck", opposite_luck):
        yield


class Runs:
    """Ledgers by what is changed, one for every seed; what only acts after the reform shares the years before it."""

    def __init__(self, reserved: Sequence[Changes]) -> None:
        """``reserved``: changes that may be asked for and differ in levers and stresses only."""
        self._pool = ThreadPoolExecutor(2)
        self._also = [scenario(changes) for changes in reserved]
        self._warm: dict[int, tuple[GovernanceModel, Snapshot]] = {}
        self._references: dict[str, list[Ledger]] = {}

    def pair(self, given: Changes, changes: Changes) -> tuple[list[Ledger], list[Ledger]]:
        """The reformed months under ``given``, and with ``changes`` on top of it."""
        name = repr(given)
        if name not in self._references:
            self._references[name] = self._reformed(given)
        return self._references[name], self._reformed({**given, **changes})

    def _reformed(self, changes: Changes) -> list[Ledger]:
        return [ledger.window(*REFORMED) for ledger in self.of(changes)]

    def of(self, changes: Changes, seeds: Sequence[int] = SEEDS) -> list[Ledger]:
        """Whole ledgers, in the order of the seeds."""
        world = scenario(changes)
        if world.behaviour != USUAL:
            return list(self._pool.map(lambda seed: run(world, seed), seeds))
        return list(self._pool.map(lambda seed: self._branch(world, seed), seeds))

    def _branch(self, world: Scenario, seed: int) -> Ledger:
        if seed not in self._warm:
            model = GovernanceModel(scenario({}), seed, also=self._also)
            model.run_for(CALENDAR.day("reform"))
            self._warm[seed] = model, model.snapshot()
        model, snapshot = self._warm[seed]
        model.branch(snapshot, world)
        model.run_for(CALENDAR.days - CALENDAR.day("reform"))
        return model.ledger()


def is_more_than_noise(differences: NDArray[np.float64], sign: int) -> bool:
    """Whether paired differences have this sign on average, beyond ``LIMIT`` standard errors."""
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    return bool(sign * differences.mean() > LIMIT * error)


def is_equal_but_for_noise(values: NDArray[np.float64], expected: float) -> bool:
    """Whether values have this mean, to within ``LIMIT`` standard errors; two-sided."""
    error = values.std(ddof=1) / np.sqrt(len(values))
    return bool(abs(values.mean() - expected) <= LIMIT * error + 1e-9 * abs(expected))
