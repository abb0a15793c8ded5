"""A dispute: one grievance of one claimant against a peer, an organisation or an agency."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from sim import chance
from sim.compilation import compiled, rule
from sim.ledger import DISPUTE_KINDS, FORUMS
from sim.records import RecordAgent


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


class Opponent(IntEnum):
    """Whom the grievance is against; a county government's competent level is the city."""

    PEER = 0
    ORGANISATION = 1
    COUNTY_AGENCY = 2
    COUNTY_GOVERNMENT = 3


class MediationKind(IntEnum):
    """The six kinds of mediation."""

    PEOPLE = 0
    ADMINISTRATIVE = 1
    JUDICIAL = 2
    PRELITIGATION = 3
    PROFESSIONAL = 4
    PETITION = 5


MEDIATION_KINDS = len(MediationKind)

DEPARTMENTS = (
    "labour",
    "land",
    "housing",
    "health",
    "environment",
    "market",
    "agriculture",
    "civil_affairs",
    "traffic",
    "justice",
)
"""County departments a dispute can concern."""

NO_DEPARTMENT = -1

# Shares, opponents and fits are assumed (A); the order of shares follows people's-mediation statistics (neighbour
# about a quarter, family a fifth). Severity is Beta(a, 5 - a), that is the a-th smallest of four uniform numbers.
#   kind: share rural, share urban, opponent (organisation, agency), severity a, department, share that concerns it,
#         court takes it, fit of the six kinds of mediation
_KINDS = {
    "neighbour": (0.26, 0.18, 0.00, 0.00, 1, None, 0.00, True, (0.9, 0.5, 0.6, 0.5, 0.3, 0.4)),
    "family": (0.16, 0.14, 0.00, 0.00, 2, "civil_affairs", 0.10, True, (0.8, 0.4, 0.6, 0.7, 0.6, 0.3)),
    "land": (0.14, 0.02, 0.10, 0.15, 2, "land", 0.40, True, (0.7, 0.8, 0.6, 0.5, 0.5, 0.5)),
    "housing": (0.05, 0.16, 0.50, 0.10, 2, "housing", 0.35, True, (0.6, 0.7, 0.6, 0.6, 0.7, 0.5)),
    "labour": (0.08, 0.12, 0.90, 0.05, 3, "labour", 0.50, True, (0.5, 0.8, 0.6, 0.7, 0.8, 0.6)),
    "debt": (0.09, 0.12, 0.30, 0.00, 2, "market", 0.10, True, (0.6, 0.5, 0.7, 0.8, 0.6, 0.4)),
    "injury": (0.07, 0.07, 0.20, 0.00, 3, "traffic", 0.35, True, (0.6, 0.7, 0.7, 0.8, 0.8, 0.4)),
    "medical": (0.01, 0.02, 0.95, 0.05, 3, "health", 0.60, True, (0.3, 0.5, 0.6, 0.6, 0.9, 0.5)),
    "environment": (0.02, 0.03, 0.60, 0.20, 3, "environment", 0.60, True, (0.4, 0.8, 0.5, 0.5, 0.7, 0.6)),
    "land_taking": (0.03, 0.04, 0.25, 0.75, 3, "land", 0.70, True, (0.3, 0.7, 0.6, 0.4, 0.5, 0.8)),
    "administration": (
        0.03,
        0.04,
        0.00,
        1.00,
        2,
        "civil_affairs",
        0.70,
        False,
        (0.3, 0.8, 0.5, 0.3, 0.3, 0.8),
    ),
    "other": (0.06, 0.06, 0.15, 0.05, 2, "agriculture", 0.15, True, (0.7, 0.6, 0.6, 0.6, 0.5, 0.5)),
}

VIOLENT_SHARE = 0.06
"""Family disputes that involve violence (assumed): routed to protection, never counted as a mediation success."""

KIND_TYPE = np.dtype(
    [
        ("share", np.float64, (2,)),  # rural, urban
        ("cumulative", np.float64, (2,)),  # shares of this and all earlier kinds
        ("organisation", np.float64),  # share of opponents
        ("agency", np.float64),
        ("severity_rank", np.int64),  # Beta(a, 5 - a)
        ("department", np.int64),
        ("concerns", np.float64),  # share that concerns the department
        ("court_takes", np.int64),
        ("violent", np.float64),
        ("fit", np.float64, (MEDIATION_KINDS,)),  # how well each kind of mediation suits, 0–1
    ],
    align=True,
)


def _kind_table() -> np.ndarray:
    table = np.zeros(len(DISPUTE_KINDS), KIND_TYPE)
    for row, name in zip(table, DISPUTE_KINDS, strict=True):
        rural, urban, organisation, agency, rank, department, concerns, court, fit = _KINDS[name]
        row["share"] = (rural, urban)
        row["organisation"], row["agency"], row["severity_rank"] = organisation, agency, rank
        row["department"] = DEPARTMENTS.index(department) if department else NO_DEPARTMENT
        row["concerns"], row["court_takes"], row["fit"] = concerns, court, fit
        row["violent"] = VIOLENT_SHARE if name == "family" else 0.0
    table["share"] /= table["share"].sum(axis=0)
    table["cumulative"] = np.cumsum(table["share"], axis=0)
    table["cumulative"][-1] = 1.0
    table.flags.writeable = False
    return table


KINDS = _kind_table()
"""One row per kind of dispute (``ledger.DISPUTE_KINDS``)."""

ORDINAL_BITS = 22
"""A dispute's key is its village's code and its ordinal there, code · 2^22 + ordinal: below 2^63 for 12-digit codes."""


@compiled
def competent_level(opponent):
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
            ("ordinal", np.int32),  # of its candidate in the village's stream
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
            ("opened", np.int32),  # day
            ("pool", np.int32),
            ("mediator", np.int32),
            ("accepted_on", np.int32),  # day its petition was accepted, -1 when none is in process
            ("claim_on", np.int32),  # day on which the claimant's patience ends
            ("felt_on", np.int32),  # day to which the accumulated grievance has decayed
            ("grievance", np.float32),  # accumulated on the way
            ("severity", np.float32),
            ("noticed_at", np.float32),  # reading of the grid worker's clock at which it is noticed
            ("next_in_queue", np.int32),
            ("queued_on", np.int32),
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
            ("terminated", np.uint8),
            ("doors", np.uint8),
            ("answer", np.uint8),  # Answer of the concerned department
            ("call", np.uint8),  # Call: how the department was asked
            ("registered_twice", np.uint8),
            ("is_linked", np.uint8),  # counted among the linked disputes of its township and kind
            ("is_review", np.uint8),  # its petition asks for a review or re-check
            ("is_withdrawn", np.uint8),  # its claimant will withdraw from mediation
            ("is_confirmed", np.uint8),  # a judge will confirm what is agreed
            ("traits", np.float64, (TRAITS,)),  # the claimant's (``resident.traits_of``), at hand while it is open
        ],
        align=True,
    )

    @rule
    def stake(self):
        """What is at stake for the claimant: severity and accumulated grievance."""
        return np.float64(self.severity) + np.float64(self.grievance)

    @rule
    def feel(self, added, today, half_life):
        """Accumulated grievance decays with its half-life up to today; then something is added to it."""
        since = today - self.felt_on
        if self.grievance > 0.0 and since > 0:
            self.grievance *= np.exp2(-since / half_life)
        self.grievance += added
        self.felt_on = today

    @rule
    def is_eligible(self, level):
        """2005 Regulations, Art. 16: the competent level or one above, or one above a level that has closed it."""
        if level <= competent_level(self.opponent) + 1:
            return True
        return self.closed_level > 0 and level <= self.closed_level + 1

    @rule
    def settle_probability(self, intercept, skill, near, age, behaviour):
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
        return 1.0 / (1.0 + np.exp(-logit))


@compiled
def severity_of(rank, a, b, c, d):
    """The ``rank``-th smallest of four uniform numbers: a Beta(rank, 5 - rank) number."""
    low_1, high_1 = min(a, b), max(a, b)
    low_2, high_2 = min(c, d), max(c, d)
    smallest, largest = min(low_1, low_2), max(high_1, high_2)
    one, other = max(low_1, low_2), min(high_1, high_2)
    if rank <= 1:
        return smallest
    if rank == 2:
        return min(one, other)
    return max(one, other) if rank == 3 else largest


@compiled
def kind_of(kinds, urban, u):
    """The kind of dispute whose share of the unit interval holds ``u``."""
    for kind in range(len(kinds)):
        if u < kinds[kind].cumulative[urban]:
            return kind
    return len(kinds) - 1


@compiled
def key_of(code, ordinal):
    """A dispute's key for chance, the same under every policy and in every selection of places."""
    return code * (1 << ORDINAL_BITS) + ordinal


@compiled
def draw(world, d, purpose):
    """The dispute's next uniform number for ``purpose``; counts its own draws and nothing global."""
    dispute = world.disputes[d]
    dispute.entries += 1
    return chance.uniform(world.seed, purpose, dispute.key, dispute.entries)


@compiled
def draw_aside(world, d, purpose):
    """Four uniform numbers for something that only happens under some policies: it counts no draw, so that the
    draws that follow stay as they are."""
    dispute = world.disputes[d]
    return chance.quad(world.seed, purpose, dispute.key, dispute.entries)


@compiled
def draw_quad(world, d, purpose):
    """The dispute's next four uniform numbers for ``purpose``."""
    dispute = world.disputes[d]
    dispute.entries += 1
    return chance.quad(world.seed, purpose, dispute.key, dispute.entries)
