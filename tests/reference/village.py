"""A village: where residents live, its stream of grievances, its memory of settlements (ODD 7.7, 7.8, 7.19)."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING

import mesa

from sim import chance
from sim.agents.dispute import Forum
from sim.chance import Purpose
from tests.reference.centre import Pool
from tests.reference.fixed import (
    DAYS_A_YEAR,
    FIRST_MONTHS,
    FIRST_REPUTATION,
    FULL_DAY,
    MEMORY_MONTHS,
    PEOPLE,
    SHORTEST_VISIT,
    VILLAGE_FEATURES,
    WHOLE_VISIT,
)
from tests.reference.grid_worker import GridWorker
from tests.reference.numbers import rounded, single
from tests.reference.resident import Resident

if TYPE_CHECKING:
    from tests.reference.places import Township

NEAR = (Forum.BILATERAL, Forum.VILLAGE, Forum.TOWNSHIP)
"""Forums whose news stays in the village."""

HOURS_TO = {
    Forum.TOWNSHIP: "township",
    Forum.COUNTY: "county",
    Forum.COURT: "county",
    Forum.PETITION_COUNTY: "county",
    Forum.PETITION_CITY: "city",
    Forum.PETITION_PROVINCE: "province",
    Forum.PETITION_NATION: "nation",
}


class Village(mesa.Agent):
    """A village or community."""

    def __init__(self, model, row: int, record, township: Township) -> None:
        super().__init__(model)
        self.row = row
        self.code = int(record["code"])
        self.township = township
        self.is_urban = bool(record["setting"] == 1)
        self.population = int(record["population"])
        self.households = int(record["households"])
        self.hours = {name: float(record[f"hours_{name}"]) for name in dict.fromkeys(HOURS_TO.values())}
        self.residents = [Resident(model, self, number) for number in range(self.population)]
        self.pool = Pool(model, self, PEOPLE, "village", township.county)
        self.grid_workers: list[GridWorker] = []
        self.reputation = {forum: single(FIRST_REPUTATION[forum]) for forum in NEAR}
        self.lesson = 0.0
        self.bought: list[bool] = []
        """What petitioning above the county has come to today."""
        self.informal_mediators = 0
        self.ranks = dict.fromkeys(VILLAGE_FEATURES, 1.0)
        self.has = dict.fromkeys(VILLAGE_FEATURES, False)
        # The stream of candidates
        self.candidates = 0
        self.next_candidate = 0.0
        self.await_next_candidate()
        # Early warning
        self.reported = 0
        self.usual = self.excess = 0.0
        self.is_alert = False

    @property
    def regime(self) -> SimpleNamespace:
        """The policy in force in its township."""
        return self.township.regime

    def key_of(self, number: int) -> int:
        """Key for chance of a resident, or of a candidate dispute, of this village."""
        return self.code * 2**22 + number

    @property
    def highest_rate(self) -> float:
        """Most causes a day that the village may have under any policy."""
        behaviour = self.model.behaviour
        rate = behaviour.grievances * behaviour.rate_headroom / 1000 / DAYS_A_YEAR
        return self.population * (rate * self.township.county.profile.rate[self.is_urban])

    def await_next_candidate(self, claimants: int = 1) -> None:
        """Draws the time until the next candidate of the Poisson stream; its ordinal is the count of claimants of all
        candidates before it, the last of which had so many."""
        u = self.model.luck.one(Purpose.GAP, self.key_of(self.candidates), 0)
        self.next_candidate += chance.exponential(u) / self.highest_rate
        self.candidates += claimants

    def grid_worker_of(self, resident: Resident) -> GridWorker:
        """In whose grid a resident's household is."""
        return self.grid_workers[resident.number * len(self.grid_workers) // self.population]

    @property
    def minutes_a_day(self) -> float:
        """Of a grid worker, overtime included."""
        return 60 * (self.regime.hours_per_day + self.regime.overtime)

    @property
    def visits_a_day(self) -> tuple[float, float]:
        """Of a grid worker with nothing else to do, and how much of what an hour's visit would each discloses."""
        regime = self.regime
        asked = regime.visits_per_day * regime.hours_per_day / FULL_DAY * (1 + self.is_alert)
        number = min(asked, self.minutes_a_day / SHORTEST_VISIT)
        length = self.minutes_a_day / number if number else WHOLE_VISIT
        return number, min(1.0, length / WHOLE_VISIT) ** self.model.behaviour.short_visits

    def divide_grids(self) -> None:
        """Divides the households into grids; the days that workers still owe stay owed."""
        regime, today = self.regime, self.model.today
        owed = [max(0.0, worker.lost - (today - worker.since)) for worker in self.grid_workers]
        for worker in self.grid_workers:
            worker.remove()
        number = max(1, rounded(self.households / regime.households_per_grid))
        number_a_day, disclosing = self.visits_a_day
        visits = number_a_day * (1 - regime.lockdown) * disclosing
        self.grid_workers = [GridWorker(self.model, self, visits / (self.households / number)) for _ in range(number)]
        for worker, days in zip(self.grid_workers, owed, strict=False):
            worker.lost = days

    def watch(self) -> bool:
        """Takes in last month's count; sets this month's alert and tells whether it has changed (7.8)."""
        behaviour, month, was_alert = self.model.behaviour, self.model.month, self.is_alert
        rise = behaviour.warning_rise
        reference = self.usual * (rise - 1) / math.log(rise)
        excess = max(0.0, self.excess + self.reported - reference) if month > FIRST_MONTHS else 0.0
        is_high = excess >= behaviour.warning_threshold
        self.is_alert = is_high and self.has["early_warning"]
        self.excess = 0.0 if is_high else single(excess)
        known = min(month - 1, MEMORY_MONTHS)
        self.usual = single((known * self.usual + self.reported) / (known + 1))
        self.reported = 0
        return self.is_alert != was_alert

    def remember(self, forum: Forum, settled: int, tried: int) -> None:
        """A decaying average of real settlements among tries takes in a day."""
        kept = math.exp(-tried / self.model.behaviour.reputation_memory)
        self.reputation[forum] = single(kept * self.reputation[forum] + (1 - kept) * (settled / tried))

    def learn_of_petitions(self) -> None:
        """The same average of petitions above the county that have bought something."""
        if self.bought:
            kept = math.exp(-len(self.bought) / self.model.behaviour.reputation_memory)
            self.lesson = single(kept * self.lesson + (1 - kept) * (sum(self.bought) / len(self.bought)))
            self.bought.clear()
