"""Phase 7: outcomes fall: durable, nominal, failed, lapsed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agenda import AHEAD, Phase, due_row, enter, row_of, take_due
from sim.agents.dispute import NEVER, Dispute, Forum, Opponent, Origin, Stage, draw, draw_aside, draw_quad
from sim.agents.mediator import Mediator
from sim.agents.petition_office import REVIEW_DAYS, PetitionOffice, next_level, office_level, office_of
from sim.causes import is_at_source, led_by, matters_of
from sim.chance import Purpose, days
from sim.compilation import compiled, compiled_apart, origin
from sim.ledger import event
from sim.memory import prefetch
from sim.phases.linked import come_back_to_group
from sim.phases.outcome import (
    DURABLE_AFTER,
    conclude,
    conclude_carried,
    days_to_relapse,
    fail,
    fail_carried,
    return_all_later,
    take_failure,
)
from sim.phases.police import police_end_it
from sim.phases.together import release
from sim.records import Row
from sim.world import World

RELAPSED, RETURNED_LATE = event("relapsed"), event("returned_late")
AT_SOURCE = event("settled_at_source")
FAILED = event("failed_bilateral")
REFERRED_UP = event("referred_up")
PARTY_REFUSED, WITHDREW, CONFIRMED = event("party_refused"), event("party_withdrew"), event("confirmed")
PRELITIGATION_SETTLED = event("prelitigation_settled")
IN_TIME, LATE = event("petition_closed_in_time"), event("petition_closed_late")
REVIEWED, TERMINATED = event("petition_reviewed"), event("petition_terminated")

SOON = AHEAD // 2
"""Disputes, their own records here by then, whose claimants are asked for before their turn."""

_feel = Dispute.feel
_is_terminated = Dispute.is_terminated
_left_of_grievance = Dispute.left_of_grievance
_settle_probability = Dispute.settle_probability
_skill = Mediator.skill
_close_office = PetitionOffice.close


@compiled
def settle(world: World, today: int, month: int) -> None:
    """Everything that ends today gets its outcome."""
    due = take_due(world, Phase.SETTLE, today)
    for n in range(due):
        d = due_row(world, n, due)
        if n + SOON < due:
            later = world.disputes[row_of(world.keys[0, n + SOON])]
            prefetch(world.residents, world.villages[later.village].first_resident + later.claimant, 0, 1)
        stage = world.disputes[d].stage
        if stage == Stage.TALKING:
            end_talk(world, d, today, month)
        elif stage in (Stage.RELAPSING, Stage.HOLDING):
            relapse(world, d, today, month)
        else:
            end_work(world, d, today, month)


@compiled
def end_talk(world: World, d: int, today: int, month: int) -> None:
    """Talks between the two sides end."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    chance_of_success = behaviour.bilateral_success
    if dispute.opponent != Opponent.PEER:
        chance_of_success *= 1.0 - behaviour.bilateral_power
    if draw(world, d, Purpose.SETTLE) >= chance_of_success:
        tally[FAILED] += 1
        fail(world, d, today, month, behaviour.failure_grievance)
        police_end_it(world, d, today, month)
        return
    breaks_after = np.inf
    if behaviour.talk_nominal > 0.0:
        holds, breaks, _, _ = draw_aside(world, d, Purpose.AGREEMENT)
        if holds < behaviour.talk_nominal:
            breaks_after = days_to_relapse(breaks, behaviour.relapse_rate)
    conclude(world, d, today, month, breaks_after)


@compiled
def relapse(world: World, d: int, today: int, month: int) -> None:
    """A settlement breaks: a nominal one, or a durable one after all, whose matter was at rest until now."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    tally = world.counts[world.villages[dispute.village].county, month, dispute.kind]
    if dispute.stage == Stage.HOLDING:
        _feel(dispute, 0.0, today, _left_of_grievance(dispute, today, behaviour.grievance_half_life))
        tally[RETURNED_LATE] += 1
    else:
        tally[RELAPSED] += 1
    come_back_to_group(world, dispute, today)
    fail(world, d, today, month, behaviour.failure_grievance)


@compiled
def intercept_of(forum: int, stage: int, behaviour: Row) -> float:
    """Base of the settlement logit: mediation, petition handling or court."""
    if stage == Stage.IN_COURT:
        return behaviour.intercept_court
    return behaviour.intercept_petition if forum >= Forum.PETITION_COUNTY else behaviour.intercept_mediation


@compiled
def end_work(world: World, d: int, today: int, month: int) -> None:
    """Mediation, petition handling or a suit ends: durable, nominal or failed."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    forum = np.int64(dispute.forum)
    is_petition = dispute.accepted_on >= 0
    if is_petition:
        close_petition(world, dispute, village, today, tally)
    if dispute.mediator < 0 and dispute.stage != Stage.IN_COURT:  # the other side refused
        tally[PARTY_REFUSED] += 1  # not mediated, so neither a success nor a failure of mediation
        fail(world, d, today, month, behaviour.failure_grievance)
        return
    is_confirmed = dispute.is_confirmed != 0
    dispute.is_confirmed = 0  # whatever comes of it: the next try is not this one
    if dispute.is_withdrawn != 0:  # by the claimant's own will: no failure, and nothing is learned from it
        dispute.is_withdrawn = 0
        tally[WITHDREW] += 1
        return_all_later(world, d, today)
        return
    skill = 0.5
    if dispute.stage != Stage.IN_COURT:
        mediator = world.mediators[dispute.mediator]
        regime = world.regime[world.pools[mediator.pool].regime]
        skill = _skill(mediator, behaviour.learning_cases, regime.training)
    near = forum in (Forum.VILLAGE, Forum.TOWNSHIP)
    probability = _settle_probability(
        dispute, intercept_of(forum, dispute.stage, behaviour), skill, near, today - dispute.opened, behaviour
    )
    luck, nominal, relapse_after, review = draw_quad(world, d, Purpose.SETTLE)
    breaks_after = np.inf
    if luck >= probability:
        concealment = world.governments[village.county].concealment
        share = min(1.0, behaviour.nominal_share + behaviour.nominal_concealment * concealment)
        if dispute.stage == Stage.IN_COURT or nominal >= share:
            tally[FAILED + forum - 1] += matters_of(world, d)
            if is_petition and ask_for_review(world, d, today, tally, behaviour, review):
                return
            if forum == Forum.TOWNSHIP and refer_up(origin(world), d, today, tally, behaviour):
                return
            fail(world, d, today, month, behaviour.failure_grievance)
            return
        rate = behaviour.relapse_rate * (1.0 - behaviour.confirmation_cut if is_confirmed else 1.0)
        breaks_after = days_to_relapse(relapse_after, rate)
    if is_confirmed:
        tally[CONFIRMED] += 1
    if forum == Forum.COURT and dispute.stage != Stage.IN_COURT:
        tally[PRELITIGATION_SETTLED] += 1
    if breaks_after > DURABLE_AFTER and is_at_source(world, d):
        tally[AT_SOURCE] += matters_of(world, d)
    c = release(world, d)
    conclude(world, d, today, month, breaks_after)
    if c >= 0:
        conclude_carried(origin(world), c, forum, today, month, breaks_after)


@compiled
def close_petition(world: World, dispute: Row, village: Row, today: int, tally: NDArray) -> None:
    """An accepted petition leaves the process: its office, its deadline and its chain of reviews take note."""
    level = dispute.forum - Forum.PETITION_COUNTY
    office = office_of(level, village.county, world.city, world.counties, world.cities)
    _close_office(world.offices[office])
    tally[LATE if today > dispute.deadline else IN_TIME] += 1
    dispute.accepted_on = -1
    dispute.deadline = NEVER
    dispute.repeat_on = NEVER
    dispute.closed_level = max(dispute.closed_level, office_level(dispute.forum, world.regime[0]))
    dispute.reviews += 1
    if _is_terminated(dispute):
        tally[TERMINATED] += 1


@compiled
def ask_for_review(world: World, d: int, today: int, tally: NDArray, behaviour: Row, u: float) -> bool:
    """The claimant may ask the next level for a review or re-check (Art. 34, 35); true when she does."""
    dispute = world.disputes[d]
    if _is_terminated(dispute) or dispute.forum >= Forum.PETITION_PROVINCE or u >= behaviour.review_share:
        return False
    forum = np.int64(dispute.forum)
    take_failure(world, d, forum, today, behaviour.failure_grievance)
    c = led_by(world, d)
    if c >= 0:
        fail_carried(origin(world), c, forum, today, behaviour.failure_grievance)
    dispute.forum = Forum.PETITION_COUNTY + next_level(forum - Forum.PETITION_COUNTY, world.regime[0])
    dispute.is_review = 1
    tally[REVIEWED] += 1
    until = today + 1 + int(u / behaviour.review_share * (REVIEW_DAYS - 1))
    enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, until, today)
    return True


@compiled_apart
def refer_up(world: World, d: int, today: int, tally: NDArray, behaviour: Row) -> bool:
    """A township may refer what it has failed to settle to the county's centre, if that works; true when it does."""
    dispute = world.disputes[d]
    county_centre = world.townships + world.villages[dispute.village].county
    if behaviour.referred_up <= 0.0 or world.centres[county_centre].is_working == 0:
        return False
    refers, wait, _, _ = draw_aside(world, d, Purpose.REFER_UP)
    if refers >= behaviour.referred_up:
        return False
    take_failure(world, d, dispute.forum, today, behaviour.failure_grievance)
    tally[REFERRED_UP] += 1
    dispute.forum = Forum.COUNTY
    dispute.origin = Origin.TOWNSHIP
    until = today + days(behaviour.hand_up_delay, wait)
    enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, until, today)
    return True
