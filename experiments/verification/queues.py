"""The model reduced to queues: what arrives by theory, and what is seen while it runs.

A system is a configuration of ``configs/verification``. A replicate is one county of one seed: counties share nothing
here, since every weight of the choice is zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.compose import compose
from experiments.configuration.schema import SimulateConfig, scenario_of, validate
from experiments.configuration.shipped import config_directory
from sim.agents.dispute import Stage
from sim.agents.dispute_kind import KINDS, MediationKind
from sim.ledger import DISPUTE_KINDS, FORUMS, WORK_FIGURES, WORK_LEVELS, event
from sim.model import GovernanceModel
from sim.phases.arise import DAYS_A_YEAR
from sim.province import Setting, load_province
from sim.scenario import Scenario

PLACES = config_directory() / "verification" / "places"
"""24 equal counties of four equal townships of ten villages of 50 residents."""

LOOKS_EVERY = 10
"""Days between two looks at the running model; shorter than anybody's patience, so that nobody acts in between."""

Cases = NDArray[Any]
Figures = dict[str, NDArray[np.float64]]


@cache
def scenario_for(system: str, *overrides: str) -> Scenario:
    """The scenario of a system, with overrides as on the command line."""
    given = [f"verification={system}", f"province.source={PLACES}", *overrides]
    return scenario_of(validate(SimulateConfig, compose("simulate", given)))


@dataclass(frozen=True)
class Choices:
    """Where people go in a reduced model: shares of choices by forum, and the share of tries that come back."""

    shares: dict[str, float]
    returning: float

    def tries(self, forum: str) -> float:
        """Tries at a forum per grievance: whoever fails there or elsewhere chooses again by the same shares."""
        again = self.returning * (1.0 - self.shares["nothing"])
        return self.shares[forum] / (1.0 - again)


def choices_of(scenario: Scenario, returning: float = 0.0) -> Choices:
    """Shares of the nested logit when every weight is zero; ``returning`` is the share of tries that fail.

    Bilateral talks are left out of ``returning``: where they matter nobody else is tried.
    """
    given = scenario.behaviour
    near = [0.0] + [getattr(given, f"constant_{forum}") for forum in FORUMS[1:6]]
    utilities = near + 3 * [given.constant_petition] + [given.constant_petition + given.constant_nation]
    scale = scenario.behaviour.nest_scale
    nests = ((0, 1), (2, 3, 4), (5,), (6, 7, 8, 9))
    inside = [sum(np.exp(utilities[forum] / scale) for forum in nest) for nest in nests]
    total = sum(each**scale for each in inside)
    shares = {
        FORUMS[forum]: float(each**scale / total * np.exp(utilities[forum] / scale) / each)
        for nest, each in zip(nests, inside, strict=True)
        for forum in nest
    }
    return Choices(shares, returning)


def grievances_a_day(scenario: Scenario, residents: int) -> float:
    """Grievances a day that claimants may act on, of so many residents of villages that are no communities."""
    assert (load_province(scenario.province.source).villages["setting"] == Setting.VILLAGE).all()
    protected = float((KINDS["share"][:, 0] * KINDS["violent"]).sum())
    return residents * scenario.behaviour.grievances / 1000.0 / DAYS_A_YEAR * (1.0 - protected)


def as_equal(cases: Cases) -> None:
    """All cases take equally long but for the luck of service: the model draws complexity on ½ to 1½."""
    cases["complexity"] = 1.0


TWO_SORTS = ((0.9, 1.0 - 0.1 * np.sqrt(1.5 / 0.09)), (0.1, 1.0 + 0.9 * np.sqrt(1.5 / 0.09)))
"""Complexities of two sorts of cases, mean 1 and variance 1½: an exponential service of them has cv² = 4."""


def as_two_sorts(cases: Cases) -> None:
    """Nine in ten cases are short and one in ten is long, by the draw of their complexity."""
    drawn = cases["complexity"] - 0.5
    cases["complexity"] = np.where(drawn < TWO_SORTS[0][0], TWO_SORTS[0][1], TWO_SORTS[1][1])


def as_drawn(cases: Cases) -> None:
    """Complexity as the model draws it."""


FIRST_CLASS = 0.25


def as_two_classes(cases: Cases) -> None:
    """A quarter of cases is overdue from the start, by the draw of their complexity, which then is the same for all."""
    cases["deadline"] = np.where(cases["complexity"] - 0.5 < FIRST_CLASS, 0, cases["deadline"])
    cases["complexity"] = 1.0


@dataclass(frozen=True)
class System:
    """A reduced model: its configuration, where it is looked at, and what its cases are made to be.

    ``level`` is a work level of the ledger; ``make`` changes cases between the day they arise and anybody's patience.
    """

    config: str
    level: str = "township"
    make: Callable[[Cases], None] = as_equal
    overrides: tuple[str, ...] = ()

    @property
    def scenario(self) -> Scenario:
        """Its scenario."""
        return scenario_for(self.config, *self.overrides)

    def other(self, *overrides: str) -> System:
        """The same with a deliberate fault."""
        return System(self.config, self.level, self.make, (*self.overrides, *overrides))


def pools_at(model: GovernanceModel, level: str) -> NDArray[np.int64]:
    """Rows of the staffed pools of people's mediators at a level, by county, shape (counties, pools a county)."""
    pools = model.state.pools
    mine = (pools["level"] == WORK_LEVELS.index(level)) & (pools["kind"] == MediationKind.PEOPLE)
    rows = np.flatnonzero(mine & (pools["mediators"] > 0))
    return rows.reshape(len(model.province.counties), -1)


def seen(system: System, seed: int, see: Callable[[GovernanceModel], Figures]) -> tuple[GovernanceModel, Figures]:
    """Runs a system once and looks at it now and then after the warm-up; gives the means of what ``see`` saw."""
    scenario = system.scenario
    model = GovernanceModel(scenario, seed)
    first, last = scenario.calendar.day("measures"), scenario.calendar.days
    total: Figures = {}
    looks = 0
    while model.today < last:
        before = model.today
        model.run_for(min(LOOKS_EVERY, last - before))
        cases = model.state.disputes
        fresh = np.flatnonzero((cases["opened"] >= before) & (cases["stage"] == Stage.LATENT))
        made = cases[fresh]
        system.make(made)
        cases[fresh] = made
        if model.today > first:
            looks += 1
            for name, value in see(model).items():
                total[name] = total.get(name, 0.0) + value
    return model, {name: value / looks for name, value in total.items()}


def observe(system: System, seed: int, exceeds: float = np.inf) -> Figures:
    """What is seen at one level of every county, shapes (counties,).

    From the ledger: ``wait`` (days, mean over cases started), ``left`` (the share of cases that leave the queue) and
    ``utilisation``. From looks at the running model, a
    pool: ``queue``, ``all_busy``, ``blocked`` (all busy, given that nobody waits), ``present`` (waiting and in work).
    Of the cases in work, whose luck of service says nothing about their wait: the mean waits of the overdue
    (``wait_first``) and of the others (``wait_second``), and the share that waited longer than ``exceeds`` days, a
    whole day of wait being taken as spread from half a day less to half a day more.
    """

    def see(model: GovernanceModel) -> Figures:
        pools = pools_at(model, system.level)
        return {**_pools_seen(model, pools), **_waits_seen(model, pools, exceeds)}

    model, found = seen(system, seed, see)
    calendar = system.scenario.calendar
    ledger = model.ledger().window(calendar.measures[:7], calendar.end[:7])
    figures = dict(zip(WORK_FIGURES, ledger.work[:, :, WORK_LEVELS.index(system.level)].sum(axis=1).T, strict=True))
    with np.errstate(invalid="ignore"):
        found["blocked"] /= found.pop("nobody_waits")
        for name, number in (("first", "firsts"), ("second", "seconds")):
            found[f"wait_{name}"] = found.pop(name) / found.pop(number)
        found["exceeds"] = found.pop("longer") / found.pop("working")
    found["wait"] = figures["wait_days"] / figures["started"]
    found["utilisation"] = figures["busy_days"] / figures["slot_days"]
    left = ledger.counts[..., event(f"left_queue_{system.level}")].sum(axis=(1, 2), dtype=np.float64)
    found["left"] = left / (left + figures["started"])
    return found


def _pools_seen(model: GovernanceModel, pools: NDArray[np.int64]) -> Figures:
    """Means over the pools of a county."""
    free, queued = model.state.pools["free_slots"][pools], model.state.pools["queued"][pools]
    mediators = model.state.mediators
    busy = np.bincount(mediators["pool"], mediators["caseload"], len(model.state.pools))[pools]
    figures = {
        "queue": queued,
        "present": queued + busy,
        "all_busy": free == 0,
        "blocked": (free == 0) & (queued == 0),
        "nobody_waits": queued == 0,
    }
    return {name: value.mean(axis=1) for name, value in figures.items()}


def _waits_seen(model: GovernanceModel, pools: NDArray[np.int64], exceeds: float) -> Figures:
    """Sums and numbers over the cases in work of a county."""
    cases = model.state.disputes
    working = cases[(cases["stage"] == Stage.IN_WORK) & np.isin(cases["pool"], pools)]
    county = model.state.pools["county"][working["pool"]]
    waited = (working["since"] - working["queued_on"]).astype(float)
    overdue = working["deadline"] < working["since"]
    longer = np.clip(waited - exceeds + 0.5, 0.0, 1.0)
    weights = {
        "first": waited * overdue,
        "firsts": overdue,
        "second": waited * ~overdue,
        "seconds": ~overdue,
        "longer": longer,
        "working": np.ones(len(waited)),
    }
    return {name: np.bincount(county, value, len(pools)) for name, value in weights.items()}


def observe_first_come(system: System, seed: int) -> Figures:
    """A server without priorities, seen as if it had them: both classes wait alike."""
    found = observe(system, seed)
    return {**found, "wait_first": found["wait_second"]}


def observe_network(system: System, seed: int) -> Figures:
    """Cases present at a county and at its townships (a pool), and their product, in every county."""

    def see(model: GovernanceModel) -> Figures:
        township, county = (_pools_seen(model, pools_at(model, level))["present"] for level in ("township", "county"))
        return {"township": township, "county": county, "product": township * county}

    found = seen(system, seed, see)[1]
    found["together"] = found["product"] - found["township"] * found["county"]
    return found


def observe_courts(system: System, seed: int) -> Figures:
    """Suits waiting at every court."""
    return seen(system, seed, lambda model: {"backlog": model.state.courts["backlog"].copy()})[1]


def observe_talks(system: System, seed: int) -> Figures:
    """Talks going on in every county: their mean, and their variance over the mean."""

    def see(model: GovernanceModel) -> Figures:
        cases = model.state.disputes
        talking = cases["village"][cases["stage"] == Stage.TALKING]
        number = np.bincount(model.state.villages["county"][talking], minlength=len(model.province.counties))
        return {"talks": number.astype(float), "square": number.astype(float) ** 2}

    found = seen(system, seed, see)[1]
    found["dispersion"] = (found["square"] - found["talks"] ** 2) / found["talks"]
    return found


def observe_hours(system: System, seed: int) -> Figures:
    """At one level of every county: cases ended a mediator and day, and the share of them that is durable."""
    calendar = system.scenario.calendar
    model = GovernanceModel(system.scenario, seed)
    model.run_for(calendar.days)
    mediators = model.state.pools["mediators"][pools_at(model, system.level)].sum(axis=1)
    ledger = model.ledger().window(calendar.measures[:7], calendar.end[:7])
    outcomes = [ledger.by_county(f"{outcome}_{system.level}") for outcome in ("durable", "nominal", "failed")]
    ended = np.sum(outcomes, axis=0)
    days = calendar.days - calendar.day("measures")
    return {"ended": ended / mediators / days, "durable": outcomes[0] / ended}


def observe_counties(system: System, seed: int) -> Figures:
    """Grievances of every county: their squared coefficient of variation, less what chance alone makes of it, and each
    over what the county's own luck gives."""
    model = GovernanceModel(system.scenario, seed)
    model.run_for(system.scenario.calendar.days)
    raised = model.ledger().counts[..., event("raised")].sum(axis=(1, 2), dtype=np.float64)
    usual = raised.mean()
    squares = (raised - usual) ** 2 * len(raised) / (len(raised) - 1)
    return {"variation": (squares - usual) / usual**2, "own": raised / usual / model.state.profiles["rate"][:, 0]}


def observe_causes(system: System, seed: int, kind: str) -> Figures:
    """Grievances of a kind by county, month by month: their variance between counties over their mean, and their mean
    over what the rate of grievances gives. Counties are alike and causes stay in a village, so that the first is of
    causes and not of places."""
    model = GovernanceModel(system.scenario, seed)
    model.run_for(system.scenario.calendar.days)
    of_kind = DISPUTE_KINDS.index(kind)
    raised = model.ledger().counts[:, :, of_kind, event("raised")].astype(float)
    counties, usual = len(raised), raised.mean(axis=0)
    squares = ((raised - usual) ** 2).sum(axis=1) * counties / (counties - 1)
    share, years = model.state.kinds["share"][of_kind, 0], system.scenario.calendar.days / DAYS_A_YEAR
    residents = model.province.counties["population"]
    expected = residents * years * system.scenario.behaviour.grievances / 1000.0 * share
    return {"dispersion": squares / usual.sum(), "matters": raised.sum(axis=1) / expected}


def together(observed: Sequence[Figures], name: str) -> NDArray[np.float64]:
    """One figure of all counties of all seeds."""
    return np.concatenate([each[name] for each in observed])
