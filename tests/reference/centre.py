"""Centres, pools of mediators with one queue each, and mediators (ODD 7.4, 7.12, 7.16)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from sim import chance
from sim.agents.dispute_kind import KINDS, MediationKind
from sim.chance import Purpose
from tests.reference.fixed import (
    CROWDING,
    FAVOUR,
    FIRST_WAIT,
    GOLDEN,
    MINUTES_A_DAY,
    OFFICIALS,
    PETITION,
    PRELITIGATION,
    SHORTEST_SERVICE,
)
from tests.reference.numbers import rounded, single, within

if TYPE_CHECKING:
    from tests.reference.dispute import Dispute
    from tests.reference.places import City, County, Place, Township
    from tests.reference.village import Village


class Mediator(mesa.Agent):
    """Works on a few cases at once and learns by doing."""

    def __init__(self, model, pool: Pool, ordinal: int) -> None:
        super().__init__(model)
        self.pool = pool
        self.ordinal = ordinal
        self.is_employed = False
        self.cases: list[Dispute] = []
        self.cases_done = 0
        a, b, _, _ = model.luck.four(Purpose.SKILL, pool.place.code * 10 + pool.kind, ordinal)
        behaviour = model.behaviour
        talent = behaviour.skill_mean + behaviour.skill_spread * chance.normal(a, b)
        self.talent = single(within(talent, 0.0, 1.0))

    @property
    def has_free_slot(self) -> bool:
        """Whether another case can be taken."""
        return self.is_employed and len(self.cases) < self.pool.slots

    @property
    def skill(self) -> float:
        """Rises from the talent with the cases done; training makes up for a share of what is missing."""
        left = math.exp2(-self.cases_done / self.model.behaviour.learning_cases)
        left *= 1 - self.pool.place.regime.training
        return 1 - (1 - self.talent) * left

    @property
    def works_full_time(self) -> bool:
        """Officials do, informal mediators never, and of the others the lever's share."""
        pool, regime = self.pool, self.pool.place.regime
        share = regime.full_time_share_village if pool.work_level == "village" else regime.full_time_share_centre
        turn = self.model.luck.one(Purpose.FULL_TIME, pool.place.code * 10 + pool.kind, 0)
        is_among_them = single((turn + self.ordinal * GOLDEN) % 1.0) <= share
        return self.ordinal < pool.formal and (pool.kind in OFFICIALS or is_among_them)

    @property
    def minutes(self) -> int:
        """Of work a day: of a full day or, in some posts, fewer."""
        if not self.is_employed:
            return 0
        if self.works_full_time:
            return MINUTES_A_DAY
        hours, added = self.model.behaviour.caseloads.part_time_hours, 0.0
        if self.pool.work_level == "village":
            added = self.model.behaviour.caseloads.pay_work * self.pool.place.regime.case_pay / 100
        return min(MINUTES_A_DAY, rounded(60 * hours * (1 + added)))

    @property
    def shortage(self) -> float:
        """How many e-folds a case among those in hand lacks of the hours it asks for."""
        left = 1 - self.pool.place.centre.advised if self.pool.work_level in ("township", "county", "city") else 1
        gets = left * self.minutes / 60 * self.pool.mean_days / len(self.cases)
        return max(0.0, -math.log(gets / self.pool.hours_a_case))

    def pace(self) -> float:
        """Length of a service that starts today, of the mean."""
        behaviour, pool = self.model.behaviour, self.pool
        faster = behaviour.skill_speed * (self.skill - 0.5) + behaviour.effort_speed * pool.effort
        pace = max(SHORTEST_SERVICE, 1 - faster) * (1 + pool.reporting)
        return pace / (1 - pool.county.hall.lent) if pool.work_level == "county" else pace


class Pool(mesa.Agent):
    """The mediators of one kind at one place, and their one queue."""

    def __init__(self, model, place: Place | Village, kind: MediationKind, work_level: str, county: County) -> None:
        super().__init__(model)
        self.place = place
        self.kind = kind
        self.work_level = work_level
        self.county = county
        self.mediators: list[Mediator] = []
        self.formal = 0
        """Posts before those of informal mediators."""
        self.queue: list[Dispute] = []
        self.wait = float(FIRST_WAIT)
        """Published mean wait, days."""
        self.waits_today: list[int] = []
        model.pools.append(self)

    @property
    def employed(self) -> list[Mediator]:
        """Who takes cases under today's policy."""
        return [mediator for mediator in self.mediators if mediator.is_employed]

    @property
    def full_time(self) -> int:
        """Of those employed, who works full time."""
        return sum(mediator.works_full_time for mediator in self.employed)

    @property
    def crowd(self) -> float:
        """Cases in the queue for each mediator, as last night stood."""
        return len(self.queue) / len(self.employed) if self.employed else math.inf

    @property
    def slots(self) -> int:
        """Cases that a mediator here has at once."""
        behaviour = self.model.behaviour
        if self.work_level == "village":
            return int(behaviour.slots_village)
        return int(behaviour.slots_petition if self.kind == PETITION else behaviour.slots_centre)

    @property
    def mean_days(self) -> float:
        """Mean length of a service."""
        behaviour = self.model.behaviour
        if self.kind == PETITION:
            return behaviour.petition_days
        return behaviour.mediation_days_village if self.work_level == "village" else behaviour.mediation_days

    @property
    def hours_a_case(self) -> float:
        """That a case of mean length asks for."""
        caseloads = self.model.behaviour.caseloads
        if self.kind == PETITION:
            return caseloads.work_hours_petition
        return caseloads.work_hours_village if self.work_level == "village" else caseloads.work_hours_centre

    @property
    def effort(self) -> float:
        """Of those who work here: their government's, or what of it reaches village and township."""
        if self.work_level == "city":
            return self.county.city.government.effort
        share = self.county.city.regime.pass_through if self.work_level in ("village", "township") else 1.0
        return self.county.government.effort * share

    @property
    def reporting(self) -> float:
        """Reporting on a case, of the hours it takes."""
        return self.place.regime.reporting / 60 / self.hours_a_case

    def employ(self, number: int) -> None:
        """Employs so many, the first ones first; who leaves finishes the cases in hand."""
        while len(self.mediators) < number:
            self.mediators.append(Mediator(self.model, self, len(self.mediators)))
        for mediator in self.mediators:
            mediator.is_employed = mediator.ordinal < number

    def receive(self, dispute: Dispute) -> None:
        """A dispute will stand in the queue from tonight on."""
        dispute.wait_in(self)
        self.model.entrants.append(dispute)

    def call_next(self) -> Dispute:
        """Takes the first overdue case out of the queue, else the first come."""
        today = self.model.today
        following = min(self.queue, key=lambda case: (case.deadline >= today, case.queued_on, case.identity))
        self.queue.remove(following)
        return following

    def free_mediator(self) -> Mediator | None:
        """The employed mediator with the fewest cases and a free slot, the first among equals."""
        free = [mediator for mediator in self.mediators if mediator.has_free_slot]
        return min(free, key=lambda mediator: (len(mediator.cases), mediator.ordinal), default=None)

    def publish_wait(self) -> None:
        """The published wait moves towards what today's starters waited."""
        if self.waits_today:
            kept = math.exp(-len(self.waits_today) / self.model.behaviour.reputation_memory)
            today = sum(self.waits_today) / len(self.waits_today)
            self.wait = kept * self.wait + (1 - kept) * today
            self.waits_today = []


class Centre(mesa.Agent):
    """A governance centre: built or not, working or a nameplate."""

    def __init__(self, model, place: Township | County | City, level: str, county: County) -> None:
        super().__init__(model)
        self.place = place
        self.level = level
        self.county = county
        self.is_built = self.is_working = False
        self.build_rank = self.work_rank = 1.0
        self.known = 0.0
        """Share of residents who know it, while it works."""
        self.advised = 0.0
        """Share of its mediators' time that advice takes this month."""
        self.post_ranks: dict[str, float] = {}
        self.posts: set[str] = set()
        """In townships: whether there is a commissar and a judge's contact point, by lever."""
        self.pools = {kind: Pool(model, place, kind, self._work_level(kind), county) for kind in MediationKind}

    def _work_level(self, kind: MediationKind) -> str:
        if self.level == "county" and kind in (PRELITIGATION, PETITION):
            return "prelitigation" if kind == PRELITIGATION else "petition"
        return self.level

    def spread_word(self) -> None:
        """A month of learning by themselves, by talk, and of forgetting."""
        use = self.model.behaviour.centres
        learn = use.known_by_themselves + use.known_by_talk * self.known
        self.known += (learn * (1 - self.known) - use.known_forgotten * self.known) / 12

    def is_known_to(self, dispute: Dispute) -> bool:
        """Whether the claimant of a dispute is among those who know it."""
        return dispute.claimant.traits.hears <= self.known

    @property
    def waited_for(self) -> Pool:
        """The pool whose published wait people expect: the people's mediators, or the administrative ones."""
        people = self.pools[MediationKind.PEOPLE]
        return people if people.employed else self.pools[MediationKind.ADMINISTRATIVE]

    def best_pool(self, dispute: Dispute, skipped: Pool | None = None) -> Pool | None:
        """Who gets a matter: whose kind suits best, less for a long queue, more for who is asked first."""
        reserved = (PRELITIGATION, PETITION)
        staffed = [pool for kind, pool in self.pools.items() if kind not in reserved and pool.employed]

        def appeal(pool: Pool) -> float:
            fit = KINDS[dispute.kind]["fit"][pool.kind]
            return fit - CROWDING * pool.crowd + FAVOUR * dispute.is_for_enterprises(pool)

        return max((pool for pool in staffed if pool is not skipped), key=appeal, default=None)
