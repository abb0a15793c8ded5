"""A dispute: one grievance of one claimant against a peer, an organisation or an agency."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

from sim import chance
from sim.compilation import compiled, rule
from sim.ledger import FORUMS
from sim.records import RecordAgent, Row


class Forum(IntEnum):
    """Where a grievance can be taken, in the order of ``ledger.FORUMS`` (tested)."""

    NOTHING = 0
    BILATERAL = 1
    VILLAGE = 2
    TOWNSHIP = 3
    COUNTY = 4
    COURT = 5
    PETITION_COUNTY = 6
    PETITION_CITY = 7
    PETITION_PROVINCE = 8
    PETITION_NATION = 9


FORUM_COUNT = len(FORUMS)


class Stage(IntEnum):
    """Where a dispute stands."""

    FREE = 0  # the row is not in use
    LATENT = 1  # arisen; its claimant has not acted yet
    AGGRIEVED = 2  # a try failed or was refused; the claimant will act again
    TALKING = 3  # talking with the other side
    ON_THE_WAY = 4  # referred, handed on or being routed towards an office
    AWAITING_ANSWER = 5  # a concerned department has to answer
    QUEUED = 6  # waits for a mediator
    IN_WORK = 7  # a mediator or petition handler works on it
    IN_COURT = 8
    RELAPSING = 9  # recorded as settled, not settled in truth; will relapse
    LAPSED = 10  # given up and unresolved; may be taken up again
    HOLDING = 11  # settled durably; its settlement will break and the matter come back
    CARRIED = 12  # another claimant of its cause acts for it


class Opponent(IntEnum):
    """Whom the grievance is against; a county government's competent level is the city."""

    PEER = 0
    ORGANISATION = 1
    COUNTY_AGENCY = 2
    COUNTY_GOVERNMENT = 3


class Origin(IntEnum):
    """Who brings a matter to a centre, in the order of ``ledger.ORIGINS`` (tested)."""

    CLAIMANT = 0
    TOWNSHIP = 1
    COURT = 2
    PETITION = 3
    POLICE = 4


ORDINAL_BITS = 22
"""A dispute's key is its village's code and its ordinal there, code · 2^22 + ordinal: below 2^63 for 12-digit codes."""

REFUSED_BITS = 8
"""Numbers, 2^8 a county and day, for grievances that refused requests raise; they have the upper half of ordinals."""


@compiled
def competent_level(opponent: int) -> int:
    """Lowest petition level that may decide: 0 township (peers), 1 county, 2 city (county governments)."""
    if opponent == Opponent.PEER:
        return 0
    return 2 if opponent == Opponent.COUNTY_GOVERNMENT else 1


class Answer(IntEnum):
    """Whether the department a dispute concerns has answered."""

    NOT_NEEDED = 0
    MISSING = 1
    GIVEN = 2


class Call(IntEnum):
    """How a concerned department was asked."""

    NONE = 0
    STATIONED = 1
    WHISTLE = 2
    UNAIDED = 3
    ESCALATED = 4  # called once more by the level above


REVIEWS = 2
"""Review and re-check; then the same facts are no longer accepted (2005 Regulations, Art. 34 and 35)."""

NEVER = 2**30
"""A day that does not come."""

TRAITS = 7
"""Numbers that ``resident.traits_of`` gives."""


class Dispute(RecordAgent):
    """One grievance of one claimant: where it stands, what was tried, how long it waits."""

    # Three cache lines: what every phase needs; what offices, mediators and failures need; and what a choice needs.
    record = np.dtype(
        [
            ("village", np.int32),
            (
                "ordinal",
                np.int32,
            ),  # of its candidate in the village's stream, or of the refused request (``refused_ordinal``)
            ("claimant", np.int32),  # within the village
            ("due", np.int32),  # day on which its stage ends, in ``phase``; NEVER while it only queues
            ("repeat_on", np.int32),  # day of the next repeat petition, or NEVER
            ("place", np.int32),  # in its bucket of the agenda
            ("key", np.int64),  # for chance: ``key_of`` its village's code and its ordinal
            ("bucket", np.int16),  # of the agenda in which it stands, -1 for none
            ("entries", np.int16),  # draws taken so far, the ordinal of its next draw
            ("phase", np.uint8),
            ("stage", np.uint8),
            ("kind", np.uint8),
            ("opponent", np.uint8),
            ("forum", np.uint8),
            ("department", np.int8),
            ("income", np.uint8),  # the claimant's income third
            ("is_migrant", np.uint8),
            ("since", np.int32),  # day on which its stage began
            ("opened", np.int16),  # day
            ("others_missing", np.uint8),  # further departments that miss
            ("pool", np.int32),
            ("mediator", np.int32),
            ("accepted_on", np.int32),  # day its petition was accepted, -1 when none is in process
            ("claim_on", np.int32),  # day on which the claimant's patience ends
            ("felt_on", np.int32),  # day to which the accumulated grievance has decayed
            ("grievance", np.float32),  # accumulated on the way
            ("severity", np.float32),
            ("noticed_at", np.float32),  # reading of the grid worker's clock at which it is noticed
            ("next_in_queue", np.int32),
            ("queued_on", np.int32),  # day; while departments are to answer, that by which further ones have
            ("deadline", np.int32),  # day by which its petition has to be closed, or NEVER
            ("complexity", np.float32),
            ("match", np.float32),  # how well the mediation suits
            ("assertiveness", np.float32),  # the claimant's
            ("online", np.float32),  # the claimant's standing in online access, above 1 for none
            ("failures", np.uint8, (FORUM_COUNT,)),
            ("channel", np.uint8),
            ("attempts", np.uint8),
            ("closed_level", np.uint8),  # highest petition level that accepted and closed it, 1 county … 4 nation
            ("reviews", np.uint8),
            ("presentations", np.uint8),  # at petition offices so far, of any level
            ("doors", np.uint8),
            ("answer", np.uint8),  # Answer of the concerned department
            ("call", np.uint8),  # Call: how the department was asked
            ("registered_twice", np.uint8),
            ("is_linked", np.uint8),  # counted among the linked disputes of its cause
            ("is_review", np.uint8),  # its petition asks for a review or re-check
            ("is_withdrawn", np.uint8),  # its claimant will withdraw from mediation
            ("is_confirmed", np.uint8),  # a judge will confirm what is agreed
            ("offences", np.uint8),  # so far
            ("traits", np.float32, (TRAITS,)),  # the claimant's (``resident.traits_of``), at hand while it is open
            ("before_in_queue", np.int32),
            ("until_offence", np.float32),  # hazard that has to run off until the next offence, 0 when not drawn yet
            ("cause", np.int32),  # row of the cause that its claimant shares with others, -1 for none
            ("next_member", np.int32),  # of its cause, -1 for none
            ("before_member", np.int32),
            ("rushed", np.float32),  # ln of the hours that hurry takes from the case in work
            ("reached_on", np.int16),  # day on which it first reached an office (``phases/cohorts.py``)
            ("is_timed", np.uint8),  # it has been settled or given up before
            ("origin", np.uint8),  # Origin: who brings it to a centre
        ],
        align=True,
    )

    @rule
    def stake(self) -> float:
        """What is at stake for the claimant: severity and accumulated grievance."""
        return np.float64(self.severity) + np.float64(self.grievance)

    @rule
    def left_of_grievance(self, until: int, half_life: float) -> float:
        """The share of the grievance, as it was last felt, that is left on a day."""
        if self.grievance <= 0.0 or until <= self.felt_on:
            return 1.0
        return np.exp2(-(until - self.felt_on) / half_life)

    @rule
    def feel(self: Any, added: float, today: int, left: float) -> None:
        """Of accumulated grievance so much is left today; then something is added to it."""
        self.grievance *= left
        self.grievance += added
        self.felt_on = today

    @rule
    def is_terminated(self) -> bool:
        """Whether review and re-check are over: petitions are closed to it (2005 Regulations, Art. 34 and 35)."""
        return self.reviews > REVIEWS

    @rule
    def come_again(self: Any) -> None:
        """The claimant presents the matter to a petition office once more."""
        self.presentations = min(self.presentations + 1, 255)

    @rule
    def is_eligible(self, level: int) -> bool:
        """2005 Regulations, Art. 16: the competent level or one above, or one above a level that has closed it."""
        if level <= competent_level(self.opponent) + 1:
            return True
        return self.closed_level > 0 and level <= self.closed_level + 1

    @rule
    def settle_probability(self, intercept: float, skill: float, near: bool, age: float, behaviour: Row) -> float:
        """Probability that work ends in a durable settlement (the equation of the ODD, submodel Settle)."""
        logit = intercept
        logit += behaviour.settle_skill * (skill - 0.5) + behaviour.settle_match * (self.match - 0.5)
        if self.answer != Answer.NOT_NEEDED:
            logit += behaviour.settle_answer * (0.5 if self.answer == Answer.GIVEN else -0.5)
        logit -= behaviour.settle_severity * (self.severity - 0.5)
        logit -= behaviour.settle_age * np.log(1.0 + age / 30.0)
        if self.opponent != Opponent.PEER:
            logit -= behaviour.settle_power
        if near:
            logit += behaviour.settle_near
        if self.stage != Stage.IN_COURT:
            logit -= behaviour.settle_rush * self.rushed
        return 1.0 / (1.0 + np.exp(-logit))


@compiled
def severity_of(rank: float, a: float, b: float, c: float, d: float) -> float:
    """The ``rank``-th smallest of four uniform numbers, a Beta(rank, 5 - rank) number of mean rank / 5.

    Between two ranks it is that far on the way from the one to the other number, which keeps the mean.
    """
    low_1, high_1 = min(a, b), max(a, b)
    low_2, high_2 = min(c, d), max(c, d)
    one, other = max(low_1, low_2), min(high_1, high_2)
    if rank < 2.0:
        below, above, way = min(low_1, low_2), min(one, other), rank - 1.0
    elif rank < 3.0:
        below, above, way = min(one, other), max(one, other), rank - 2.0
    else:
        below, above, way = max(one, other), max(high_1, high_2), rank - 3.0
    return (1.0 - way) * below + way * above


@compiled
def key_of(code: int, ordinal: int) -> int:
    """A dispute's key for chance, the same under every policy and in every selection of places."""
    return code * (1 << ORDINAL_BITS) + ordinal


@compiled
def refused_ordinal(today: int, nth: int) -> int:
    """Ordinal of the ``nth`` grievance that a county's refused requests raise today, the same under every policy.

    Above those of candidates; after 22 years numbers come round.
    """
    half = 1 << (ORDINAL_BITS - 1)
    return half + ((today << REFUSED_BITS) + nth) % half


@compiled
def draw(world: Any, d: int, purpose: int) -> float:
    """The dispute's next uniform number for ``purpose``; counts its own draws and nothing global."""
    dispute = world.disputes[d]
    dispute.entries += 1
    return chance.uniform(world.seed, purpose, dispute.key, dispute.entries)


@compiled
def draw_aside(world: Any, d: int, purpose: int) -> tuple[float, float, float, float]:
    """Four uniform numbers for something that only happens under some policies: it counts no draw, so that the
    draws that follow stay as they are."""
    dispute = world.disputes[d]
    return chance.quad(world.seed, purpose, dispute.key, dispute.entries)


@compiled
def draw_quad(world: Any, d: int, purpose: int) -> tuple[float, float, float, float]:
    """The dispute's next four uniform numbers for ``purpose``."""
    dispute = world.disputes[d]
    dispute.entries += 1
    return chance.quad(world.seed, purpose, dispute.key, dispute.entries)
