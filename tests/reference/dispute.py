"""A dispute: one grievance of one claimant, where it stands and what was tried (ODD section 2, 7.1)."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import mesa

from sim import chance
from sim.agents.dispute import Answer, Call, Forum, Opponent, Origin, Stage
from sim.agents.dispute_kind import KINDS, MediationKind
from sim.chance import Purpose
from sim.ledger import DISPUTE_KINDS
from tests.reference.fixed import MOST_DOORS, NEVER
from tests.reference.numbers import single
from tests.reference.resident import BODY_OF_FORUM

if TYPE_CHECKING:
    from tests.reference.cause import Cause
    from tests.reference.centre import Mediator, Pool
    from tests.reference.model import ReferenceModel
    from tests.reference.places import City, County, Township
    from tests.reference.resident import Resident
    from tests.reference.village import Village

PETITIONS = (Forum.PETITION_COUNTY, Forum.PETITION_CITY, Forum.PETITION_PROVINCE, Forum.PETITION_NATION)

COMPETENT = {
    Opponent.PEER: 0,
    Opponent.ORGANISATION: 1,
    Opponent.COUNTY_AGENCY: 1,
    Opponent.COUNTY_GOVERNMENT: 2,
}
"""Competent level of the Regulations (Art. 16): 0 township, 1 the level above it, 2 the next."""


class Lesson(NamedTuple):
    """What a claimant, and perhaps the village or county, learns from at the end of the day (7.19)."""

    claimant: Resident
    body: str | None
    """Whose trust learns."""
    forum: Forum | None
    """Whose reputation learns."""
    is_success: bool


class Dispute(mesa.Agent):
    """One grievance; its identity is its village and the ordinal of its candidate there."""

    model: ReferenceModel

    def __init__(self, model: ReferenceModel, village: Village, ordinal: int, claimant: Resident, kind: int) -> None:
        super().__init__(model)
        self.village = village
        self.ordinal = ordinal
        self.claimant = claimant
        self.kind = kind
        self.opponent = Opponent.PEER
        self.department: int | None = None
        self.cause: Cause | None = None  # that others share
        self.severity = 0.0
        self.complexity = 1.0
        self.assertiveness = single(claimant.circumstances.assertiveness)
        self.online = single(claimant.circumstances.online)
        # Where it stands
        self.stage = Stage.LATENT
        self.opened = self.since = self.felt_on = model.today
        self.due = NEVER
        self.claim_on = NEVER  # the claimant's patience ends; of a lapsed dispute: it has faded
        self.clocks = {"grievance": self.opened}  # start of what runs until its first end
        self.has_reached_office = False
        self.noticed_at = math.inf  # reading of the grid worker's clock
        self.is_noticed = False
        self.draws = 0
        # What was tried
        self.forum = Forum.NOTHING
        self.attempts = 0
        self.failures: Counter[Forum] = Counter()
        self.grievance = 0.0
        self.until_offence = 0.0  # hazard left until the next offence; 0 until one has been drawn
        self.offences = 0
        self.doors = 0
        self.origin = Origin.CLAIMANT
        self.is_linked = False
        # With a department, in a queue, with a mediator
        self.call = Call.NONE
        self.answer = Answer.NOT_NEEDED
        self.others_due = self.others_missing = 0  # of departments concerned further
        self.match = 0.0
        self.registered_twice = False
        self.pool: Pool | None = None
        self.queued_on = NEVER
        self.mediator: Mediator | None = None
        self.is_withdrawn = self.is_confirmed = False
        self.rushed = 0.0  # e-folds of hours that hurry takes from the case in work
        # As a petition
        self.channel = "visit"
        self.accepted_on: int | None = None
        self.deadline = NEVER
        self.repeat_on = NEVER
        self.is_review = False
        self.closed_level = 0
        self.reviews = 0
        self.is_terminated = False
        self.presentations = 0
        model.disputes[self.identity] = self

    # Who and where

    @property
    def identity(self) -> tuple[int, int]:
        """What disputes of a day and of a queue are ordered by."""
        return self.village.row, self.ordinal

    @property
    def key(self) -> int:
        """The dispute's key for chance."""
        return self.village.key_of(self.ordinal)

    @property
    def township(self) -> Township:
        """Where the claimant lives."""
        return self.village.township

    @property
    def county(self) -> County:
        """Where the claimant lives."""
        return self.village.township.county

    @property
    def city(self) -> City:
        """Where the claimant lives."""
        return self.village.township.county.city

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return DISPUTE_KINDS[self.kind]

    @property
    def nature(self):
        """The row of the table of kinds."""
        return KINDS[self.kind]

    @property
    def age(self) -> int:
        """Days since it opened."""
        return self.model.today - self.opened

    @property
    def is_petition(self) -> bool:
        """Whether its forum is a petition office."""
        return self.forum in PETITIONS

    @property
    def in_process(self) -> bool:
        """Whether a petition of it has been accepted and not closed yet."""
        return self.accepted_on is not None

    @property
    def level(self) -> int:
        """Of its petition's office: 0 county, 1 city, 2 province, 3 nation."""
        return PETITIONS.index(self.forum)

    # Chance: the dispute counts its own draws

    def draw(self, purpose: Purpose) -> float:
        """The next uniform draw."""
        self.draws += 1
        return self.model.luck.one(purpose, self.key, self.draws)

    def draw_four(self, purpose: Purpose) -> tuple[float, float, float, float]:
        """The next four uniform draws."""
        self.draws += 1
        return self.model.luck.four(purpose, self.key, self.draws)

    def draw_aside(self, purpose: Purpose) -> tuple[float, float, float, float]:
        """Four uniform draws that are not counted."""
        return self.model.luck.four(purpose, self.key, self.draws)

    def draw_service(self, shape: int) -> float:
        """The next Erlang draw of mean 1."""
        self.draws += 1
        return self.model.luck.erlang(Purpose.SERVICE, self.key, self.draws, shape)

    # What happens to it

    def enter(self, stage: Stage, due: int) -> None:
        """Enters a stage that ends on a day."""
        self.stage, self.since, self.due = stage, self.model.today, due

    def suit(self, match: float) -> None:
        """How well the mediation suits that it will have."""
        self.match = single(match)

    def wait_in(self, pool: Pool) -> None:
        """Will stand in a pool's queue from tonight on."""
        self.stage, self.since, self.due, self.pool = Stage.QUEUED, self.model.today, NEVER, pool

    def stop_waiting(self) -> None:
        """No petition any more for the reason that one waits."""
        if not self.in_process:
            self.repeat_on = NEVER

    def is_for_enterprises(self, pool: Pool) -> bool:
        """Whether it is against an organisation and a county's pool is the one that enterprises share."""
        return (
            self.opponent == Opponent.ORGANISATION
            and (pool.kind, pool.work_level) == (MediationKind.PROFESSIONAL, "county")
            and pool.place.regime.enterprise_mediators > 0
        )

    def end(self) -> None:
        """The dispute is over for the model."""
        del self.model.disputes[self.identity]
        self.remove()

    @property
    def stake(self) -> float:
        """What is at stake for the claimant."""
        return self.severity + self.grievance

    def feel(self, added: float = 0.0) -> None:
        """The accumulated grievance decays up to today, and may have led to offences; then something is added to it."""
        self.offend(self.model.today)
        self.decay()
        self.grievance = single(self.grievance + added)

    def decay(self) -> None:
        """The accumulated grievance decays up to today."""
        days = self.model.today - self.felt_on
        self.grievance = single(self.grievance * math.exp2(-days / self.model.behaviour.grievance_half_life))
        self.felt_on = self.model.today

    def offend(self, until: int) -> None:
        """Offences out of the grievance from when it was last felt until a day: a Poisson process of decaying rate."""
        behaviour, half_life = self.model.behaviour, self.model.behaviour.grievance_half_life
        distrust = 1 - self.claimant.trust("middle")
        for_ever = behaviour.offence_rate * distrust * self.grievance * half_life / (365 * math.log(2))
        days = until - self.felt_on
        if for_ever <= 0 or days <= 0:
            return
        hazard = for_ever * (1 - math.exp2(-days / half_life))
        passed = 0.0
        self.until_offence = self.until_offence or self.draw_offence()
        while passed + self.until_offence <= hazard:
            passed += self.until_offence
            day = self.felt_on + int(-half_life * math.log2(1 - passed / for_ever))
            day = max(day, self.model.today)
            if day < self.model.days:
                self.model.ledger.count(self.county.row, self.model.month_of(day), self.kind, "offence")
            self.offences += 1
            self.until_offence = self.draw_offence()
        self.until_offence = single(self.until_offence - (hazard - passed))

    def draw_offence(self) -> float:
        """Hazard until the next offence, by the number of those before."""
        return single(chance.exponential(self.model.luck.one(Purpose.OFFENCE, self.key, self.offences)))

    def is_eligible(self, office: int) -> bool:
        """Art. 16: at most one above the competent level, or above a level that has accepted and closed it."""
        return office <= COMPETENT[self.opponent] + 1 or (self.closed_level > 0 and office <= self.closed_level + 1)

    def empty_hand_off(self) -> None:
        """A door too many: grievance, and a lesson about the body that sent the claimant on."""
        self.pass_door()
        self.hear_nothing()

    def pass_door(self) -> None:
        """The claimant passes one more door."""
        self.doors = min(self.doors + 1, MOST_DOORS)

    def hear_nothing(self) -> None:
        """Grievance and a loss of trust without a try that failed: no reputation learns."""
        self.feel(self.model.behaviour.hand_off_grievance)
        self.model.lessons.append(Lesson(self.claimant, BODY_OF_FORUM[self.forum], None, False))

    # Its clocks (7.21)

    def reach_office(self) -> None:
        """Comes to an office, for the first time or again."""
        if not self.has_reached_office:
            self.has_reached_office = True
            self.clocks["intake"] = self.model.today
            self.tally("reached_office")

    def stop_clocks(self, outcome: str) -> None:
        """Is settled, recorded as settled or given up: what runs stops."""
        for clock, start in self.clocks.items():
            self.model.ledger.book_duration(self.county, clock, start, self.model.today, outcome)
        self.clocks = {}

    # With others of its cause (7.11)

    @property
    def is_open(self) -> bool:
        """Neither settled nor given up."""
        return self.stage not in (Stage.LAPSED, Stage.RELAPSING, Stage.HOLDING)

    @property
    def carried(self) -> list[Dispute]:
        """Matters of others for which its claimant acts."""
        return self.cause.carried if self.cause and self.cause.leader is self else []

    @property
    def is_at_source(self) -> bool:
        """Whether an alert has brought its claimant to the centre for all."""
        return self.cause is not None and self.cause.leader is self and self.cause.is_at_source

    def release(self) -> list[Dispute]:
        """Its claimant acts for nobody any more: the matters for which he or she did."""
        others = self.carried
        if self.cause and self.cause.leader is self:
            self.cause.leader, self.cause.carried = None, []
        return others

    def choose(self, forum: Forum) -> None:
        """A forum is tried, for the first time or again."""
        if self.stage == Stage.LATENT:
            self.tally(f"first_{forum.name.lower()}")
        self.tally(f"chose_{forum.name.lower()}")
        self.forum, self.doors, self.is_review = forum, 0, False
        self.attempts += 1
        self.origin = Origin.CLAIMANT

    def link_up(self) -> None:
        """Joins the others of its cause who have failed, if it is against an organisation or agency."""
        if self.cause and self.opponent != Opponent.PEER and not self.is_linked:
            self.is_linked = True
            self.cause.failed += 1

    def leave_group(self) -> None:
        """Has ended or was given up."""
        if self.is_linked:
            self.is_linked = False
            self.cause.failed -= 1

    # The ledger

    def tally(self, event: str, number: int = 1) -> None:
        """Counts an event today, here and of this kind."""
        self.model.ledger.count(self.county.row, self.model.month, self.kind, event, number)

    def tally_group(self, figure: str, amount: int = 1) -> None:
        """Books a figure for the groups that the claimant is in."""
        for group in self.groups:
            self.model.ledger.groups[self.county.row, self.model.month, group, figure] += amount

    @property
    def groups(self) -> tuple[str, ...]:
        """The claimant's group in each of the five divisions."""
        circumstances = self.claimant.circumstances
        against = {Opponent.PEER: "peer", Opponent.ORGANISATION: "organisation"}.get(self.opponent, "agency")
        return (
            "urban" if self.village.is_urban else "rural",
            "far" if self.village.hours["county"] > 1.0 else "near",
            ("income_low", "income_middle", "income_high")[circumstances.income],
            "migrant" if circumstances.is_migrant else "native",
            f"against_{against}",
        )
