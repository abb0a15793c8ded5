"""The governance model: a ``mesa.Model`` that builds a province, steps days and shows its agents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import mesa
import numpy as np
from mesa.time import Schedule
from mesa.time.events import EventGenerator
from numpy.typing import NDArray

from sim.agents.centre import Centre, Pool
from sim.agents.court import Court
from sim.agents.department import Department
from sim.agents.dispute import Dispute, Stage
from sim.agents.government import Government
from sim.agents.grid_worker import GridWorker
from sim.agents.mediator import Mediator
from sim.agents.petition_office import PetitionOffice
from sim.agents.resident import Resident
from sim.agents.service_hall import ServiceHall
from sim.agents.village import Village
from sim.almanac import almanac_of, check_rates
from sim.centre_use import book_advice
from sim.cohorts import with_open
from sim.compilation import MODEL_VERSION
from sim.costs import case_pay, monthly_cost, police_cost
from sim.day import run_days
from sim.enactment import enact, rows_of, staff_of_villages
from sim.errors import InputError
from sim.founding import found
from sim.invariants import check
from sim.ledger import MONTHLY_FIGURES, Ledger
from sim.localities import lay_out, localities_of
from sim.parameters import to_record
from sim.past import found_past, lowest_office
from sim.phases.assess import adjust, assess
from sim.policy import Policy
from sim.province import Setting, load_province
from sim.records import RecordAgentSet
from sim.regime import REGIME, era_of, in_force, numbers
from sim.registers import write_down
from sim.scenario import Scenario, check_seed
from sim.state import State, world_of
from sim.world import World

BOOKS = ("counts", "durations", "work", "groups", "monthly", "trust", "survey", "government_years", "cost")
"""Arrays of the state that its ledger reads."""

Progress = Callable[[int, int], None]

_ALERTS, _CASE_PAY = MONTHLY_FIGURES.index("alerts"), MONTHLY_FIGURES.index("case_pay")
_VILLAGES = slice(MONTHLY_FIGURES.index("grid_workers"), MONTHLY_FIGURES.index("concession_yuan"))
_AS_IT_HAPPENS = [MONTHLY_FIGURES.index(name) for name in ("concession_yuan", "case_pay_yuan")]


@dataclass(frozen=True)
class Snapshot:
    """The model at the start of a day: every array and the clock."""

    state: State
    today: int
    seed: int


class GovernanceModel(mesa.Model):
    """A province whose residents fall into dispute, and the bodies that settle what they can.

    ``step()`` is one day; ``run_for(days)`` runs several, in one go while no Python agents take part.

    Args:
        scenario: the world to simulate.
        seed: with the scenario it determines every number.
        threads: threads over cities; results do not depend on it.
        also: further scenarios that may later branch from this model: room is reserved for their staff and grids.

    Raises:
        InputError: when the province cannot be read or the scenario cannot be simulated.
    """

    def __init__(
        self, scenario: Scenario | None = None, seed: int = 0, threads: int = 1, also: Sequence[Scenario] = ()
    ) -> None:
        super().__init__(rng=check_seed(seed))
        self._default_schedule: EventGenerator
        self.seed = int(seed)
        self.threads = threads
        chosen = scenario or Scenario()
        self.province = load_province(chosen.province.source, chosen.province.codes)
        start, end = np.datetime64(chosen.calendar.start), np.datetime64(chosen.calendar.end)
        self.months = np.arange(start.astype("M8[M]"), end.astype("M8[M]") + np.timedelta64(1, "M"))
        self._batches_and_tiers = self.province.cities[["pilot_batch", "city_tier", "county_tier"]].tolist()
        self.almanac = almanac_of(chosen.calendar, chosen.behaviour.timing, self.province.series)
        self._show_scenario(chosen)
        self._month_of_day = self.almanac.month_of_day
        self._first_days = set(np.flatnonzero(np.diff(self._month_of_day, prepend=-1)).tolist())
        self.reform_day = chosen.calendar.day("reform")
        self.behaviour_record = to_record(chosen.behaviour)
        policies = [policy for each in (chosen, *also) for policy in self._policies(each)]
        self._staffs = [policy.staff for policy in policies]
        self._smallest_grid = min(policy.grid.households_per_grid for policy in policies)
        state = found(self.province, chosen.behaviour, self.seed, self._staffs, self._smallest_grid, len(self.months))
        state.regimes = [np.zeros(1, REGIME) for _ in self.province.cities]
        self.today = 0
        self._show(self._lay_out(state))
        past = chosen.behaviour.past
        if past.old_grievances > 0 or past.standing_petitioners > 0:
            for world, (_, *tiers) in zip(self._worlds, self._batches_and_tiers, strict=True):
                found_past(world, lowest_office(*tiers))

    # Time

    def step(self) -> None:
        """One day of the province, then of every Python agent (``agent.step()``, in the order they were added)."""
        self._advance(1)
        self.agents.do("step")

    def run_for(self, duration: float | int, progress: Progress | None = None) -> None:
        """Runs a number of days, in one go while they are whole and no agents, events or steps of one's own matter."""
        days = int(duration)
        has_own_step = type(self).step is not GovernanceModel.step
        if self.agents or len(self._event_list) > 1 or days != duration or has_own_step:
            super().run_for(duration)
            return
        self._default_schedule.stop()
        begun = self.today
        self._advance(days, progress)
        self.steps += self.today - begun
        self.time += float(self.today - begun)
        self._default_schedule = EventGenerator(
            self, self._do_step, Schedule(interval=1.0, start=self.today + 1.0)
        ).start()

    def _advance_time(self, until: float) -> None:
        """Mesa's clock, which ends with the calendar."""
        super()._advance_time(min(until, self._last_day()))

    def _last_day(self) -> int:
        if self.today >= len(self._month_of_day):
            raise InputError(f"the calendar ended on {self.world_scenario.calendar.end}; there is no day to run")
        return len(self._month_of_day)

    def _advance(self, days: int, progress: Progress | None = None) -> None:
        last = min(self.today + days, self._last_day())
        while self.today < last:
            year_end = self._year_end(self.today)
            stop = min(last, year_end)
            self._run_cities(self.today, stop)
            self.today = stop
            if stop == year_end:
                year = int(self._month_of_day[stop - 1]) // 12
                assess(self.state, self.province, self.behaviour_record, self.seed, year)
            if progress:
                progress(self.today, len(self._month_of_day))
        self.running = self.today < len(self._month_of_day)

    def _year_end(self, day: int) -> int:
        december = (int(self._month_of_day[day]) // 12 + 1) * 12
        return int(np.searchsorted(self._month_of_day, december))

    def _run_cities(self, first: int, last: int) -> None:
        """Days ``first`` to ``last`` (exclusive, within one year) of every city, one after the other or on threads."""
        cities = range(len(self.province.cities))
        starts = sorted(day for day in self._first_days if first <= day < last)
        if self.reform_day in starts or (first == 0 and 0 in starts):
            # Governments answer to a new assessment at once, before any city's day begins.
            at = self.reform_day if self.reform_day in starts else 0
            if at > first:
                self._run_cities(first, at)
                self._run_cities(at, last)
                return
            for city in cities:
                self._begin_month(city, at)
            share = 1.0 if at == 0 else self.world_scenario.behaviour.effort_adjustment
            adjust(self.state, self.province, self.behaviour_record, share)
        bounds = sorted({first, *starts, last})
        reached = dict.fromkeys(cities, first)
        while unfinished := [city for city, day in reached.items() if day < last]:
            reached.update(self._run_some(unfinished, reached, bounds))
            if full := [city for city in unfinished if reached[city] < last]:
                self.state.make_room(full)
                listed = [world.listed for world in self._worlds]
                self._show(self.state)
                for world, pools in zip(self._worlds, listed, strict=True):
                    world.listed[:] = pools  # pools that wait to be served today

    def _run_some(self, cities: list[int], reached: dict[int, int], bounds: list[int]) -> Iterator[tuple[int, int]]:
        """Runs cities from the day each has reached; gives each with its new day."""
        if self.threads > 1 and len(cities) > 1:
            order = sorted(cities, key=lambda city: -int(self.province.cities["population"][city]))
            with ThreadPoolExecutor(self.threads) as pool:
                days = list(pool.map(lambda city: self._run_city(city, reached[city], bounds), order))
            return zip(order, days, strict=True)
        return ((city, self._run_city(city, reached[city], bounds)) for city in cities)

    def _run_city(self, city: int, day: int, bounds: list[int]) -> int:
        """Days of one city from ``day`` to the last bound; gives the day reached, earlier when rows run out."""
        for first, last in pairwise(bounds):
            if day >= last:
                continue
            if day == first and first in self._first_days:
                self._begin_month(city, first)
            day = run_days(self._worlds[city], day, last)
            if day < last:
                break
        return day

    def _begin_month(self, city: int, today: int) -> None:
        scenarios = self._localities[city].scenarios
        behaviour = scenarios[0].behaviour
        month = int(self._month_of_day[today])
        since_reform = month - int(self._month_of_day[self.reform_day])
        batch, city_tier, county_tier = self._batches_and_tiers[city]
        era = [era_of(scenario, batch, since_reform) for scenario in scenarios]
        is_new = era != self._eras[city]
        if is_new:
            self._eras[city] = era
            tiers = city_tier, county_tier
            of_each = [numbers(in_force(each, batch, *tiers, since_reform, self.reform_day)) for each in scenarios]
            regime = np.concatenate(of_each).view(REGIME)  # joining records takes NumPy longer than making them
        else:
            regime = self.state.regimes[city]
        enact(self.state, self.province, self._worlds[city], regime, behaviour, today, month)
        rows = rows_of(self.province, city)
        villages, first = self.state.villages[rows.villages], rows.counties.start
        alerts = np.bincount(villages["county"] - first, villages["is_alert"], rows.counties.stop - first)
        self.state.monthly[rows.counties, month, _ALERTS] = alerts
        figures = self.state.monthly[rows.counties, month]
        centres = self.state.centres[rows.of_centres]
        advised = book_advice(figures, centres, behaviour.centres, self.seed, month)
        self.state.centres["advised"][rows.of_centres] = advised
        self.state.monthly[rows.counties, month, _VILLAGES] = staff_of_villages(self.state, self.province, city)
        self.state.monthly[rows.counties, month, _CASE_PAY] = case_pay(self.state, self.province, city)
        if is_new:
            self._costs[city] = monthly_cost(self.state, self.province, city, behaviour)
        self.state.cost[rows.counties, month] = self._costs[city]

    # Copies

    def __getstate__(self) -> dict[str, object]:
        """What a copy or a pickle is made of: cities look at parts of the state, so their views are made anew."""
        return {**self.__dict__, "_worlds": []}

    def __setstate__(self, values: dict[str, object]) -> None:
        """Becomes the copy of a model at the start of a day."""
        self.__dict__.update(values)
        self._show(self.state)

    # Snapshots

    def snapshot(self) -> Snapshot:
        """A copy of the model at the start of today."""
        return Snapshot(self.state.copy(), self.today, self.seed)

    def branch(self, snapshot: Snapshot, scenario: Scenario) -> None:
        """Continues from a snapshot of this model under a scenario with another ``after`` or ``stress``.

        Bit-identical to a full run of that scenario. Arrays and agents looked at before show the branch from now on, or
        a state that nothing moves any more. Raises ``ValueError`` when the scenarios differ in anything
        that acts before the reform date, or when the snapshot is later than it.
        """
        mine = self.world_scenario
        if replace(scenario, after=mine.after, stress=mine.stress) != mine:
            raise ValueError("a branch may differ in after and stress only")
        if snapshot.today > self.reform_day:
            raise ValueError("a branch must start on the reform date or before")
        policies = list(self._policies(scenario))
        grid = min(policy.grid.households_per_grid for policy in policies)
        if grid < self._smallest_grid or any(policy.staff not in self._staffs for policy in policies):
            raise ValueError("no room was reserved for the staff or grids of this branch: name it in `also`")
        self._show_scenario(scenario)
        self.today = snapshot.today
        self.running = True
        self._show(self._lay_out(self.state.becomes(snapshot.state)))

    def _show_scenario(self, scenario: Scenario) -> None:
        """Takes a scenario as the model's own, and as it applies to each city."""
        check_rates(self.almanac, scenario)
        self.world_scenario = scenario
        self._localities = [localities_of(scenario, self.province, city) for city in range(len(self.province.cities))]
        self._eras: list[object] = [None] * len(self._localities)  # of the month last begun
        self._costs: dict[int, NDArray] = {}  # of that era, yuan a month by county

    def _lay_out(self, state: State) -> State:
        """The state with the policy of every body as the scenario has it."""
        for city, localities in enumerate(self._localities):
            lay_out(state, self.province, city, localities)
        return state

    def _policies(self, scenario: Scenario) -> Iterator[Policy]:
        """Every policy that is in force somewhere, before or after the reform."""
        for city in range(len(self.province.cities)):
            for local in localities_of(scenario, self.province, city).scenarios:
                yield local.before
                yield local.after

    def check(self) -> None:
        """Checks that accounts balance and links meet (``sim/invariants.py``); raises ``BrokenInvariant``."""
        check(self.state, self.province, self.today, self.almanac.open_on)

    def ledger(self) -> Ledger:
        """What has been counted so far; months to come are zero."""
        state = self.state
        return self._ledger_of(replace(state, **{name: getattr(state, name).copy() for name in BOOKS}))

    def _last_ledger(self) -> Ledger:
        """The ledger of a model that is done with: nothing is copied."""
        return self._ledger_of(self.state)

    def _ledger_of(self, state: State) -> Ledger:
        province = self.province
        urban = province.villages["setting"] == Setting.COMMUNITY
        residents = province.villages["population"] * urban
        behaviour = self.world_scenario.behaviour
        write_down(state.counts, state.monthly, self.months, behaviour.registers, self.almanac.registers)
        as_it_happens = state.monthly[..., _AS_IT_HAPPENS].sum(axis=-1)
        as_it_happens = as_it_happens + police_cost(state.counts, state.monthly, behaviour.prices)
        return Ledger(
            months=self.months.copy(),
            county_codes=province.counties["code"].copy(),
            county_city=province.counties["city"].copy(),
            city_codes=province.cities["code"].copy(),
            city_tier=province.cities["city_tier"].copy(),
            county_tier=province.cities["county_tier"].copy(),
            county_population=province.counties["population"].copy(),
            county_urban_population=np.bincount(province.villages["county"], residents, len(province.counties)).astype(
                np.int64
            ),
            counts=state.counts,
            durations=with_open(state, self.today, self._month_of_day),
            work=state.work,
            groups=state.groups,
            monthly=state.monthly,
            trust=state.trust,
            survey=state.survey,
            government=state.government_years,
            cost=state.cost + as_it_happens,
        )

    # Agents

    def _world(self, city: int) -> World:
        return world_of(self.state, self.province, city, self.seed, self.behaviour_record, self.almanac)

    def _show(self, state: State) -> None:
        self.state = state
        self._worlds = [self._world(city) for city in range(len(self.province.cities))]

    def _population(self, kind: type, records: NDArray, rows: NDArray | None = None) -> RecordAgentSet:
        return RecordAgentSet(kind, self, records, rows)

    @property
    def residents(self) -> RecordAgentSet:
        """Everybody, village after village."""
        return self._population(Resident, self.state.residents)

    @property
    def disputes(self) -> RecordAgentSet:
        """Open disputes of all cities."""
        cities = range(len(self.province.cities))
        return self._population(
            Dispute, self.state.disputes, np.concatenate([self.disputes_of(c).rows for c in cities])
        )

    def disputes_of(self, city: int) -> RecordAgentSet:
        """Open disputes of one city (row of ``province.cities``); what was given up or has been settled is not open."""
        rows = self.state.used_disputes_of(city)
        stages = self.state.disputes["stage"][rows]
        is_open = ~np.isin(stages, (Stage.FREE, Stage.LAPSED, Stage.HOLDING))
        return self._population(Dispute, self.state.disputes, rows.start + np.flatnonzero(is_open))

    @property
    def villages(self) -> RecordAgentSet:
        """Villages and communities."""
        return self._population(Village, self.state.villages)

    @property
    def grid_workers(self) -> RecordAgentSet:
        """Grid workers who have a grid today."""
        records = self.state.grid_workers
        return self._population(GridWorker, records, np.flatnonzero(records["households"] > 0))

    @property
    def mediators(self) -> RecordAgentSet:
        """Mediators employed today or finishing their cases."""
        records = self.state.mediators
        return self._population(Mediator, records, np.flatnonzero((records["slots"] > 0) | (records["caseload"] > 0)))

    @property
    def centres(self) -> RecordAgentSet:
        """Places of centres, built or not: townships, then counties, then cities."""
        return self._population(Centre, self.state.centres)

    @property
    def pools(self) -> RecordAgentSet:
        """Pools of mediators with their queues."""
        return self._population(Pool, self.state.pools)

    @property
    def departments(self) -> RecordAgentSet:
        """County departments."""
        return self._population(Department, self.state.departments)

    @property
    def courts(self) -> RecordAgentSet:
        """County courts."""
        return self._population(Court, self.state.courts)

    @property
    def petition_offices(self) -> RecordAgentSet:
        """Registers: counties, then per city those of city, province and nation."""
        return self._population(PetitionOffice, self.state.offices)

    @property
    def service_halls(self) -> RecordAgentSet:
        """One service hall a county."""
        return self._population(ServiceHall, self.state.halls)

    @property
    def governments(self) -> RecordAgentSet:
        """Counties, then cities, then the province."""
        return self._population(Government, self.state.governments)


def run(scenario: Scenario, seed: int, threads: int = 1, progress: Progress | None = None) -> Ledger:
    """Simulates a scenario's whole calendar; gives its ledger."""
    model = GovernanceModel(scenario, seed, threads)
    model.run_for(scenario.calendar.days, progress)
    model.check()
    return model._last_ledger()


def run_branches(
    scenarios: Sequence[Scenario], seed: int, threads: int = 1, progress: Progress | None = None
) -> Iterator[Ledger]:
    """Simulates scenarios that share everything before the reform: those years once, then every branch.

    Yields the ledgers in order, each the same to the byte as ``run`` gives.
    """
    first, *others = scenarios
    if not others:
        yield run(first, seed, threads, progress)
        return
    calendar = first.calendar
    tail = calendar.days - calendar.day("reform")
    total = calendar.day("reform") + len(scenarios) * tail
    model = GovernanceModel(first, seed, threads, also=others)
    done = calendar.day("reform")
    if done:
        model.run_for(done, (lambda day, _: progress(day, total)) if progress else None)
    snapshot = model.snapshot()
    for scenario in scenarios:
        model.branch(snapshot, scenario)
        model.run_for(tail)
        model.check()
        done += tail
        if progress:
            progress(done, total)
        yield model.ledger()


__all__ = ["MODEL_VERSION", "GovernanceModel", "Snapshot", "run", "run_branches"]
