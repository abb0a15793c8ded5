"""The reference model: a ``mesa.Model`` whose day is a table of contents (ODD section 3)."""

from __future__ import annotations

from datetime import date, timedelta

import mesa

from sim.agents.dispute import Stage
from sim.province import load_province
from sim.scenario import Scenario
from tests.reference.almanac import Almanac
from tests.reference.cause import Cause
from tests.reference.centre import Pool
from tests.reference.dispute import Dispute, Lesson
from tests.reference.enactment import begin_month
from tests.reference.founding import found
from tests.reference.government import Government
from tests.reference.ledger import Ledger
from tests.reference.luck import Luck
from tests.reference.past import found_past
from tests.reference.phases.arise import arise
from tests.reference.phases.assess import adjust, assess
from tests.reference.phases.claim import claim
from tests.reference.phases.collective import look_at_causes
from tests.reference.phases.intake import intake
from tests.reference.phases.learn import learn
from tests.reference.phases.patrol import patrol
from tests.reference.phases.serve import serve
from tests.reference.phases.settle import settle
from tests.reference.phases.whistle import whistle
from tests.reference.phases.work import work


class ReferenceModel(mesa.Model):
    """A small province of ordinary Mesa agents. ``step()`` is one day of all cities.

    Args:
        scenario: the world to simulate; its province must be small.
        seed: of every draw.

    Attributes:
        today: the day that runs or, between steps, the one to come; 0 is the first.
        disputes: open ones and those that may be taken up again, by (row of village, ordinal).
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        super().__init__(rng=seed)
        self.luck = Luck(seed)
        self.world_scenario = scenario
        self.behaviour = scenario.behaviour
        self.days = scenario.calendar.days
        self.reform_day = scenario.calendar.day("reform")
        self.first_day = date.fromisoformat(scenario.calendar.start)
        self.today = 0
        self.ledger = Ledger(self)
        self.disputes: dict[tuple[int, int], Dispute] = {}
        self.causes: list[Cause] = []  # that several claimants share
        self.pools: list[Pool] = []
        self.entrants: list[Dispute] = []  # will join their queues tonight
        self.lessons: list[Lesson] = []  # of today
        self.province = load_province(scenario.province.source, tuple(scenario.province.places))
        self.almanac = Almanac(self)
        self.cities = found(self, self.province)
        self.government = Government(self, "province")
        found_past(self)

    def step(self) -> None:
        """One day."""
        if self.date.day == 1:
            self.begin_month()
        look_at_causes(self)
        serve(self)
        arise(self)
        patrol(self)
        claim(self)
        intake(self)
        whistle(self)
        work(self)
        settle(self)
        learn(self)
        if self.date.month == 12 and self.date.day == 31:
            assess(self)
        self.today += 1

    def begin_month(self) -> None:
        """The policy of the month comes into force; on the first day and at the reform governments answer to it."""
        for city in self.cities:
            begin_month(self, city)
        if self.today == 0:
            adjust(self, 1.0)
        elif self.today == self.reform_day:
            adjust(self, self.behaviour.effort_adjustment)

    # Time

    @property
    def date(self) -> date:
        """Today."""
        return self.first_day + timedelta(days=self.today)

    def month_of(self, day: int) -> int:
        """Month of the run that a day is in."""
        then = self.first_day + timedelta(days=day)
        return 12 * (then.year - self.first_day.year) + then.month - 1

    @property
    def month(self) -> int:
        """Month of the run."""
        return self.month_of(self.today)

    # Places and disputes

    @property
    def counties(self):
        """Of all cities."""
        return [county for city in self.cities for county in city.counties]

    @property
    def townships(self):
        """Of all cities."""
        return [township for city in self.cities for township in city.townships]

    @property
    def villages(self):
        """Of all cities."""
        return [village for city in self.cities for village in city.villages]

    def due(self, *stages: Stage) -> list[Dispute]:
        """Disputes whose stage, one of these, ends today, in the order of a day."""
        return self.in_order(d for d in self.disputes.values() if d.stage in stages and self.comes(d.due))

    def comes(self, day: int) -> bool:
        """Whether what falls on a day is to be done today: on the day itself, or on the first open one after it."""
        return day <= self.today == self.almanac.open_on(day)

    def in_order(self, disputes) -> list[Dispute]:
        """Disputes by village and ordinal: the order in which a phase serves them."""
        return sorted(disputes, key=lambda dispute: dispute.identity)
