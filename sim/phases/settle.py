"""Phase 7: outcomes fall: durable, nominal, failed, lapsed; and what every end of a dispute has in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agenda import Phase, due_row, enter, take_due
from sim.agents.dispute import NEVER, Dispute, Forum, Opponent, Origin, Stage, draw, draw_aside, draw_quad
from sim.agents.mediator import Mediator
from sim.agents.petition_office import REVIEW_DAYS, VISIT, PetitionOffice, next_level, office_level, office_of
from sim.agents.resident import PATIENCE, TRUST_OF_FORUM
from sim.causes import led_by, matters_of
from sim.chance import Purpose, days
from sim.compilation import compiled
from sim.ledger import event
from sim.phases.cohorts import DURABLE_END, NOMINAL_END, stop_clocks
from sim.phases.grievance import feel, offend
from sim.phases.linked import come_back_to_group, leave_group, link_up
from sim.phases.notice_clock import patience_days
from sim.phases.together import next_carried, release
from sim.records import Row
from sim.world import GroupFigure, World, count_in_groups, free_row, note

RELAPSED, RELAPSED_LATE, RETURNED_LATE = event("relapsed"), event("relapsed_late"), event("returned_late")
AT_SOURCE = event("settled_at_source")
DURABLE, NOMINAL, FAILED = event("durable_bilateral"), event("nominal_bilateral"), event("failed_bilateral")
REFERRED_UP = event("referred_up")
PARTY_REFUSED, WITHDREW, CONFIRMED = event("party_refused"), event("party_withdrew"), event("confirmed")
IN_TIME, LATE = event("petition_closed_in_time"), event("petition_closed_late")
REVIEWED, TERMINATED = event("petition_reviewed"), event("petition_terminated")
DOORS, TRIPS, CLOSED = event("doors"), event("trips"), event("closed_cases")

DURABLE_AFTER = 365
"""A settlement is durable when it has not relapsed within twelve months."""

_feel = Dispute.feel
_is_terminated = Dispute.is_terminated
_left_of_grievance = Dispute.left_of_grievance
_settle_probability = Dispute.settle_probability
_skill = Mediator.skill
_close_office = PetitionOffice.close


@compiled
def close_dispute(world: World, d: int, today: int, month: int, trust: int, forum: int) -> None:
    """A dispute is settled for good, and its row free again."""
    book_settlement(world, d, today, month, trust, forum)
    free_row(world, d)


@compiled
def book_settlement(world: World, d: int, today: int, month: int, trust: int, forum: int) -> None:
    """A dispute is settled durably: the ledger, the parties and the village take note."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    if dispute.stage != Stage.TALKING:
        record_closure(world, dispute, village, month)
        count_in_groups(world, dispute, village, month, GroupFigure.HELPED, 1)
        count_in_groups(world, dispute, village, month, GroupFigure.DAYS, today - dispute.opened)
        count_in_groups(world, dispute, village, month, GroupFigure.TRIPS, trips_of(dispute))
    count_in_groups(world, dispute, village, month, GroupFigure.DURABLE, 1)
    stop_clocks(world, dispute, today, DURABLE_END)
    offend(world, d, today, today)
    leave_group(world, dispute, today)
    note(world, dispute, trust, forum, 1)


@compiled
def record_closure(world: World, dispute: Row, village: Row, month: int) -> None:
    """Books a recorded settlement by a third party: doors and trips."""
    tally = world.counts[village.county, month, dispute.kind]
    tally[CLOSED] += 1
    tally[DOORS] += doors_of(dispute)
    tally[TRIPS] += trips_of(dispute)


@compiled
def doors_of(dispute: Row) -> int:
    """Doors the claimant passed in the last try; a grid worker comes to the claimant's own."""
    return 0 if dispute.stage == Stage.LATENT else max(1, np.int64(dispute.doors))  # type: ignore[return-value]


@compiled
def trips_of(dispute: Row) -> int:
    """Trips the claimant made for the last try: one for each door; who writes does not travel."""
    if dispute.forum < Forum.PETITION_COUNTY or dispute.channel == VISIT:
        return doors_of(dispute)
    return 0


@compiled
def fail(world: World, d: int, today: int, month: int, grievance: float) -> None:
    """A try has failed at the dispute's forum, for its claimant and for all whom he or she carries: each will act
    again."""
    forum = world.disputes[d].forum
    c = release(world, d)
    take_failure(world, d, forum, today, grievance)
    return_later(world, d, today)
    m = next_carried(world, world.causes[c].first) if c >= 0 else np.int64(-1)
    while m >= 0:
        following = next_carried(world, world.disputes[m].next_member)
        take_failure(world, m, forum, today, grievance)
        return_later(world, m, today)
        m = following


@compiled
def take_failure(world: World, d: int, forum: int, today: int, grievance: float) -> None:
    """One more failure at a forum, more grievance, a lesson, and others to act with."""
    dispute = world.disputes[d]
    dispute.forum = forum
    dispute.failures[forum] = min(dispute.failures[forum] + 1, 255)
    feel(world, d, grievance, today)
    if forum != Forum.BILATERAL:
        link_up(world, dispute, today)
    note(world, dispute, TRUST_OF_FORUM[forum], forum, 0)


@compiled
def return_later(world: World, d: int, today: int) -> None:
    """The claimant is aggrieved again and will act after another, shorter patience."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    wait = patience_days(behaviour, dispute.traits[PATIENCE], dispute.severity, behaviour.patience_again)
    dispute.is_review = 0
    dispute.claim_on = today + max(1, wait)
    dispute.repeat_on = NEVER
    enter(world, d, Stage.AGGRIEVED, Phase.CLAIM, dispute.claim_on, today)


@compiled
def return_all_later(world: World, d: int, today: int) -> None:
    """The claimant, and all whom he or she carries, will act again."""
    c = release(world, d)
    return_later(world, d, today)
    m = next_carried(world, world.causes[c].first) if c >= 0 else np.int64(-1)
    while m >= 0:
        following = next_carried(world, world.disputes[m].next_member)
        return_later(world, m, today)
        m = following


@compiled
def settle(world: World, today: int, month: int) -> None:
    """Everything that ends today gets its outcome."""
    due = take_due(world, Phase.SETTLE, today)
    for n in range(due):
        d = due_row(world, n, due)
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
        return
    breaks_after = np.inf
    if behaviour.talk_nominal > 0.0:
        holds, breaks, _, _ = draw_aside(world, d, Purpose.AGREEMENT)
        if holds < behaviour.talk_nominal:
            breaks_after = days_to_relapse(breaks, behaviour.relapse_rate)
    conclude(world, d, today, month, breaks_after)


@compiled
def days_to_relapse(u: float, rate: float) -> float:
    """Days until a settlement that does not hold in truth breaks, given the rate a year; endless at a rate of 0."""
    return chance.exponential(u) / rate * 365.0 if rate > 0.0 else np.inf


@compiled
def conclude(world: World, d: int, today: int, month: int, breaks_after: float) -> None:
    """What was tried ends in a settlement, which breaks after so many days: durable when it holds for twelve months."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    forum = np.int64(dispute.forum)
    if breaks_after <= DURABLE_AFTER:
        tally[NOMINAL + forum - 1] += 1
        leave_group(world, dispute, today)
        if dispute.stage != Stage.TALKING:
            record_closure(world, dispute, village, month)
        stop_clocks(world, dispute, today, NOMINAL_END)
        enter(world, d, Stage.RELAPSING, Phase.SETTLE, today + max(1, int(breaks_after)), today)
        return
    tally[DURABLE + forum - 1] += 1
    book_settlement(world, d, today, month, TRUST_OF_FORUM[forum], forum)
    if today + breaks_after < len(world.month_of_day):
        breaks_on = today + int(breaks_after)
        world.counts[village.county, world.month_of_day[breaks_on], dispute.kind, RELAPSED_LATE] += 1
        if world.behaviour[0].late_relapse_returns > 0.0:
            returns, _, _, _ = draw_aside(world, d, Purpose.RETURN)
            if returns < world.behaviour[0].late_relapse_returns:
                enter(world, d, Stage.HOLDING, Phase.SETTLE, breaks_on, today)
                return
    free_row(world, d)


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
            if forum == Forum.TOWNSHIP and refer_up(world, d, today, tally, behaviour):
                return
            fail(world, d, today, month, behaviour.failure_grievance)
            return
        rate = behaviour.relapse_rate * (1.0 - behaviour.confirmation_cut if is_confirmed else 1.0)
        breaks_after = days_to_relapse(relapse_after, rate)
    if is_confirmed:
        tally[CONFIRMED] += 1
    c = release(world, d)
    if c >= 0 and world.causes[c].is_at_source != 0 and breaks_after > DURABLE_AFTER:
        tally[AT_SOURCE] += world.causes[c].matters
    conclude(world, d, today, month, breaks_after)
    m = next_carried(world, world.causes[c].first) if c >= 0 else np.int64(-1)
    while m >= 0:
        following = next_carried(world, world.disputes[m].next_member)
        world.disputes[m].forum = forum
        conclude(world, m, today, month, breaks_after)
        m = following


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
    m = next_carried(world, world.causes[dispute.cause].first) if led_by(world, d) >= 0 else np.int64(-1)
    while m >= 0:
        take_failure(world, m, forum, today, behaviour.failure_grievance)
        m = next_carried(world, world.disputes[m].next_member)
    dispute.forum = Forum.PETITION_COUNTY + next_level(forum - Forum.PETITION_COUNTY, world.regime[0])
    dispute.is_review = 1
    tally[REVIEWED] += 1
    until = today + 1 + int(u / behaviour.review_share * (REVIEW_DAYS - 1))
    enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, until, today)
    return True


@compiled
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
