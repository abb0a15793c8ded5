"""Waiting for a mediator or an answer: some leave the queue, some petition meanwhile (parts of phases 3 and 6)."""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agenda import Phase, link
from sim.agents.dispute import NEVER, Dispute, Stage
from sim.agents.petition_office import VISIT, PetitionOffice, next_level, office_of
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart
from sim.ledger import CHANNELS, event
from sim.numerics import exponential_of, logarithm_of
from sim.phases.grievance import feel
from sim.phases.outcome import fail
from sim.phases.petition import NOT_ACCEPTED, PRESENTED, REGISTERED, channel_of, count_history, is_registered
from sim.phases.together import PRESENTED_PERSONS, REGISTERED_PERSONS, count_persons
from sim.records import Row
from sim.world import World, leave_pool

LEFT = event("left_queue_village")
MEANWHILE = event("presented_while_waiting_county")
CHANNEL_COUNT = len(CHANNELS)

LONGEST = 1e6
"""Days beyond which somebody waits for ever."""

_stake = Dispute.stake
_is_terminated = Dispute.is_terminated
_come_again = Dispute.come_again
_receive = PetitionOffice.receive


@compiled
def bear_waiting(world: World, d: int, today: int, behaviour: Row) -> None:
    """A claimant whose case stays in a queue: when, if nobody calls it, will it leave, and when is there a petition?

    Times until one leaves are Weibull: exp(-(w / τ)^k) of the cases are still there after w days, a share
    1 - ``queue_left_90`` after 90. Accepted petitions stay: the office owes an answer.
    """
    dispute = world.disputes[d]
    if dispute.accepted_on >= 0:
        return
    if behaviour.queue_left_90 > 0.0:
        u = chance.uniform(world.seed, Purpose.LEAVE, dispute.key, dispute.entries)
        borne = chance.exponential(u) / -logarithm_of(1.0 - behaviour.queue_left_90)
        days = 90.0 * power_of(borne, 1.0 / behaviour.queue_left_shape)
        dispute.phase = Phase.CLAIM
        dispute.due = today + np.int64(min(LONGEST, max(1.0, np.ceil(days))))
    schedule_petition(world, d, today, behaviour)
    link(world, d, today)


@compiled
def power_of(base: float, exponent: float) -> float:
    """A power of a number that is not negative, with the same digits on every processor."""
    return exponential_of(exponent * logarithm_of(base)) if base > 0.0 else 0.0


@compiled
def schedule_petition(world: World, d: int, today: int, behaviour: Row) -> None:
    """Draws the day of the next petition of somebody who waits and has none in process: a Poisson stream that grows
    with what is at stake. Whose matter is terminated is not listened to any more."""
    dispute = world.disputes[d]
    if dispute.accepted_on >= 0:
        return
    dispute.repeat_on = NEVER
    rate = behaviour.waiting_petitions * _stake(dispute) / 30.0
    if rate > 0.0 and not _is_terminated(dispute):
        u, _, _, _ = chance.quad(world.seed, Purpose.WAITING, dispute.key, today)
        dispute.repeat_on = today + np.int64(min(LONGEST, np.ceil(chance.exponential(u) / rate)))


@compiled_apart
def leave_queue(world: World, d: int, today: int, month: int) -> None:
    """A queued claimant has waited long enough: the try has failed at its forum like any other."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    place = world.pools[dispute.pool]
    leave_pool(world, d, today, month)
    world.counts[world.villages[dispute.village].county, month, dispute.kind, LEFT + place.level] += 1
    fail(world, d, today, month, behaviour.failure_grievance)


@compiled_apart
def petition_meanwhile(world: World, d: int, today: int, month: int) -> None:
    """Who waits petitions at the lowest office there is: written down or not, never accepted, for the matter is in
    hand."""
    behaviour, regime = world.behaviour[0], world.regime[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    feel(world, d, 0.0, today)
    _, channel, register, _ = chance.quad(world.seed, Purpose.WAITING, dispute.key, today)
    level = next_level(-1, regime)
    by = channel_of(channel, dispute.online < regime.online_channel, behaviour)
    cell = level * CHANNEL_COUNT + by
    office = world.offices[office_of(level, village.county, world.city, world.counties, world.cities)]
    registered = is_registered(world, village.county, level, register)
    _receive(office, registered)
    count_history(dispute, level, tally)
    _come_again(dispute)
    tally[MEANWHILE + level] += 1
    tally[PRESENTED + cell] += 1
    if registered:
        tally[REGISTERED + cell] += 1
    if by == VISIT:
        count_persons(tally, PRESENTED_PERSONS, REGISTERED_PERSONS, level, 1, registered)
    tally[NOT_ACCEPTED + level] += 1
    schedule_petition(world, d, today, behaviour)
    link(world, d, today)


@compiled
def stop_petitions(dispute: Row) -> None:
    """Who waits no longer has no reason to petition meanwhile; an accepted petition goes on to repeat."""
    if dispute.accepted_on < 0:
        dispute.repeat_on = NEVER


@compiled
def is_leaving(dispute: Row, today: int) -> bool:
    """Whether a queued claimant's day to leave has come."""
    return dispute.stage == Stage.QUEUED and dispute.due <= today
