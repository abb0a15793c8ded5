"""Claimants of one cause petition together (part of phase 4): one leads, others join and are carried.

Who is carried has no day of his or her own until the leader's try has come to something, and shares its outcome.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.dispute import NEVER, Dispute, Forum, Origin, Stage
from sim.agents.petition_office import REPRESENTATIVES, VISIT
from sim.causes import led_by
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart
from sim.ledger import event
from sim.records import Row
from sim.world import World, leave_pool

FIRST, CHOSE, JOINED = event("first_nothing"), event("chose_nothing"), event("joined")
JOINT_VISIT, JOINT_PERSONS = event("joint_visit_county"), event("joint_visit_person")
PRESENTED_PERSONS, REGISTERED_PERSONS = event("presented_persons_county"), event("registered_persons_county")
REPEATED_PERSONS = event("repeat_presented_persons_county")
REPEAT_REGISTERED_PERSONS = event("repeat_registered_persons_county")

_is_terminated = Dispute.is_terminated

ENOUGH = 5
"""Claimants from whom collective action is counted."""


@compiled
def book_choice(world: World, d: int, forum: int, month: int) -> None:
    """The ledger and the dispute take note of the forum that its claimant chose."""
    dispute = world.disputes[d]
    tally = world.counts[world.villages[dispute.village].county, month, dispute.kind]
    if dispute.stage == Stage.LATENT:  # a grievance taken up again has chosen before
        tally[FIRST + forum] += 1
    tally[CHOSE + forum] += 1
    if forum != Forum.NOTHING:
        dispute.attempts = min(dispute.attempts + 1, 255)
        dispute.forum = forum
        dispute.doors = 0
        dispute.is_review = 0
        dispute.origin = Origin.CLAIMANT


@compiled
def may_join(dispute: Row, today: int) -> bool:
    """Whether a claimant is free to go with another one of the cause, and has been since before today."""
    is_free = dispute.stage in (Stage.LATENT, Stage.AGGRIEVED, Stage.QUEUED)
    since = dispute.opened if dispute.stage == Stage.LATENT else dispute.since
    return is_free and since < today and dispute.accepted_on < 0 and not _is_terminated(dispute)


@compiled_apart
def come_together(world: World, d: int, today: int, month: int) -> None:
    """The claimant of a dispute goes to a petition office in person, and others of the cause join, each by a draw of
    their own. Only one of a cause leads at a time."""
    dispute = world.disputes[d]
    if dispute.cause < 0:
        return
    cause = world.causes[dispute.cause]
    if cause.leader < 0:
        cause.matters = 1
        cause.is_at_source = 0
    elif cause.leader != d:
        return
    m = np.int64(cause.first)
    while m >= 0:
        member = world.disputes[m]
        if m != d and may_join(member, today):
            joins, _, _, _ = chance.quad(world.seed, Purpose.JOIN, member.key, today)
            if joins < world.behaviour[0].join:
                carry(world, m, dispute.forum, today, month)
                world.counts[world.villages[cause.village].county, month, cause.kind, JOINED] += 1
                cause.matters += 1
        m = np.int64(member.next_member)
    if cause.matters > 1:
        cause.leader = d


@compiled
def carry(world: World, m: int, forum: int, today: int, month: int) -> None:
    """A claimant leaves a matter to the one who leads."""
    member = world.disputes[m]
    village = world.villages[member.village]
    if member.stage == Stage.QUEUED:
        leave_pool(world, m, today, month)
    book_choice(world, m, forum, month)
    village.reported += 1
    member.channel = VISIT
    member.repeat_on = NEVER
    enter(world, m, Stage.CARRIED, Phase.SETTLE, NEVER, today)


@compiled
def persons_sent(world: World, key: int, matters: int, today: int) -> np.int64:
    """Who comes of so many claimants: all of them, or five representatives (2005 Regulations, Art. 18)."""
    if matters <= REPRESENTATIVES:
        return np.int64(matters)
    _, kept, _, _ = chance.quad(world.seed, Purpose.JOIN, key, today)
    return np.int64(REPRESENTATIVES if kept < world.behaviour[0].representatives_kept else matters)


@compiled
def count_persons(
    tally: NDArray, presented: int, registered: int, level: int, persons: int, is_registered: bool
) -> None:
    """Books who comes to an office in person, and a joint visit where they are enough."""
    tally[presented + level] += persons
    if is_registered:
        tally[registered + level] += persons
    if persons >= ENOUGH:
        tally[JOINT_VISIT + level] += 1
        tally[JOINT_PERSONS] += persons


@compiled
def next_carried(world: World, m: int) -> np.int64:
    """The first dispute of a cause, from row ``m`` on, whose claimant is carried; -1 for none."""
    found = np.int64(m)
    while found >= 0 and world.disputes[found].stage != Stage.CARRIED:
        found = np.int64(world.disputes[found].next_member)
    return found


@compiled
def release(world: World, d: int) -> np.int64:
    """The claimant of a dispute acts for nobody any more: the cause of those for whom he or she did, -1 for none."""
    c = led_by(world, d)
    if c >= 0:
        world.causes[c].leader = -1
    return c
