"""Phase 7: outcomes: durable, nominal, failed, refused, withdrawn, relapsed (ODD 7.17, 7.18)."""

from __future__ import annotations

import math

from sim import chance
from sim.agents.dispute import Answer, Forum, Opponent, Origin, Stage
from sim.chance import Purpose
from tests.reference.choice import office_above_township
from tests.reference.dispute import PETITIONS, Dispute, Lesson
from tests.reference.fixed import DURABLE_AFTER, NEVER, REVIEW_DAYS, REVIEWS
from tests.reference.phases import police
from tests.reference.phases.arise import fades, fading_day
from tests.reference.resident import BODY_OF_FORUM


def settle(model) -> None:
    """Everything that ends today gets its outcome."""
    for dispute in model.due(Stage.TALKING, Stage.RELAPSING, Stage.HOLDING, Stage.IN_WORK, Stage.IN_COURT):
        if dispute.stage == Stage.TALKING:
            end_talk(dispute)
        elif dispute.stage == Stage.RELAPSING:
            relapse(dispute)
        elif dispute.stage == Stage.HOLDING:
            come_back(dispute)
        elif dispute.stage == Stage.IN_WORK and dispute.mediator is None:
            dispute.tally("party_refused")
            fail(dispute, model.behaviour.failure_grievance)
        else:
            end_work(dispute)


# Talks and broken settlements


def end_talk(dispute: Dispute) -> None:
    """The two sides agree, for good or not, or do not agree."""
    behaviour = dispute.model.behaviour
    success = behaviour.bilateral_success
    if dispute.opponent != Opponent.PEER:
        success *= 1 - behaviour.bilateral_power
    if dispute.draw(Purpose.SETTLE) < success:
        is_nominal, breaks, *_ = dispute.draw_aside(Purpose.AGREEMENT)
        rate = behaviour.relapse_rate if is_nominal < behaviour.talk_nominal else 0
        settle_until(dispute, lasting(breaks, rate))
    else:
        dispute.tally("failed_bilateral")
        fail(dispute, behaviour.failure_grievance)
        police.call_police(dispute)


def relapse(dispute: Dispute) -> None:
    """A nominal settlement breaks."""
    dispute.tally("relapsed")
    fail(dispute, dispute.model.behaviour.failure_grievance)


def come_back(dispute: Dispute) -> None:
    """A durable settlement breaks after all, and its matter comes back; meanwhile it bred no offences."""
    dispute.tally("returned_late")
    dispute.decay()
    fail(dispute, dispute.model.behaviour.failure_grievance)


def lasting(u: float, rate: float) -> float:
    """Days until a settlement that does not hold breaks."""
    return 365 * chance.exponential(u) / rate if rate > 0 else math.inf


def settle_until(dispute: Dispute, breaks_after: float) -> None:
    """A settlement that breaks after so many days: nominal, or durable when that is more than twelve months."""
    model, forum = dispute.model, dispute.forum
    if breaks_after <= DURABLE_AFTER:
        dispute.tally("police_nominal" if forum == Forum.NOTHING else f"nominal_{forum.name.lower()}")
        dispute.leave_group()
        if forum != Forum.BILATERAL:
            record_closure(dispute)
        dispute.stop_clocks("nominal")
        dispute.enter(Stage.RELAPSING, model.today + max(1, int(breaks_after)))
        return
    dispute.tally("police_durable" if forum == Forum.NOTHING else f"durable_{forum.name.lower()}")
    book(dispute, BODY_OF_FORUM.get(forum), forum)
    if model.today + breaks_after >= model.days:
        dispute.end()
        return
    day = model.today + int(breaks_after)
    model.ledger.count(dispute.county.row, model.month_of(day), dispute.kind, "relapsed_late")
    if dispute.draw_aside(Purpose.RETURN)[0] < model.behaviour.late_relapse_returns:
        dispute.enter(Stage.HOLDING, day)
    else:
        dispute.end()


# Third parties


def end_work(dispute: Dispute) -> None:
    """Mediation, petition handling or a suit ends."""
    behaviour, forum = dispute.model.behaviour, dispute.forum
    was_petition = dispute.in_process
    if was_petition:
        close_petition(dispute)
    is_withdrawn, dispute.is_withdrawn = dispute.is_withdrawn, False
    is_confirmed, dispute.is_confirmed = dispute.is_confirmed, False
    if is_withdrawn:
        dispute.tally("party_withdrew")
        for each in (dispute, *dispute.release()):
            return_later(each)
        return
    luck, nominal, breaks, review = dispute.draw_four(Purpose.SETTLE)
    if luck < settle_probability(dispute):
        breaks_after = math.inf
    elif dispute.stage == Stage.IN_COURT or nominal >= nominal_share(dispute):
        dispute.tally(f"failed_{forum.name.lower()}", 1 + len(dispute.carried))
        goes_on = ask_for_review(dispute, review) if was_petition else refer_up(dispute)
        if not goes_on:
            fail(dispute, behaviour.failure_grievance)
        return
    else:
        rate = behaviour.relapse_rate * (1 - behaviour.confirmation_cut if is_confirmed else 1)
        breaks_after = lasting(breaks, rate)
    if is_confirmed:
        dispute.tally("confirmed")
    if forum == Forum.COURT and dispute.stage != Stage.IN_COURT:
        dispute.tally("prelitigation_settled")
    if breaks_after > DURABLE_AFTER and dispute.is_at_source:
        dispute.tally("settled_at_source", 1 + len(dispute.carried))
    for each in (dispute, *dispute.release()):
        each.forum = forum
        settle_until(each, breaks_after)


def settle_probability(dispute: Dispute) -> float:
    """The equation of ODD 7.17."""
    behaviour = dispute.model.behaviour
    in_court = dispute.stage == Stage.IN_COURT
    skill = 0.5 if in_court else dispute.mediator.skill
    if in_court:
        logit = behaviour.intercept_court
    else:
        logit = behaviour.intercept_petition if dispute.is_petition else behaviour.intercept_mediation
    logit += behaviour.settle_skill * (skill - 0.5) + behaviour.settle_match * (dispute.match - 0.5)
    answer = {Answer.NOT_NEEDED: 0.0, Answer.GIVEN: 0.5, Answer.MISSING: -0.5}[dispute.answer]
    logit += behaviour.settle_answer * answer
    logit -= behaviour.settle_severity * (dispute.severity - 0.5)
    logit -= behaviour.settle_age * math.log(1 + dispute.age / 30)
    if dispute.opponent != Opponent.PEER:
        logit -= behaviour.settle_power
    if dispute.forum in (Forum.VILLAGE, Forum.TOWNSHIP):
        logit += behaviour.settle_near
    if not in_court:
        logit -= behaviour.caseloads.settle_rush * dispute.rushed
    return 1 / (1 + math.exp(-logit))


def nominal_share(dispute: Dispute) -> float:
    """Of what is not durable, what is recorded as settled all the same."""
    behaviour = dispute.model.behaviour
    return min(1.0, behaviour.nominal_share + behaviour.nominal_concealment * dispute.county.government.concealment)


# Petitions


def close_petition(dispute: Dispute) -> None:
    """An accepted petition leaves the process; after the last review the matter is terminated."""
    dispute.county.office_at(dispute.level).close()
    is_late = dispute.model.today > dispute.deadline
    dispute.tally("petition_closed_late" if is_late else "petition_closed_in_time")
    dispute.accepted_on, dispute.deadline, dispute.repeat_on = None, NEVER, NEVER
    dispute.closed_level = max(dispute.closed_level, office_above_township(dispute.city, dispute.forum))
    dispute.reviews += 1
    if dispute.reviews > REVIEWS and not dispute.is_terminated:
        dispute.is_terminated = True
        dispute.tally("petition_terminated")


def ask_for_review(dispute: Dispute, u: float) -> bool:
    """The claimant may ask the next level for a review or re-check; true when that happens."""
    model, behaviour, forum = dispute.model, dispute.model.behaviour, dispute.forum
    can_ask = forum in PETITIONS[:2] and not dispute.is_terminated
    if not can_ask or u >= behaviour.review_share:
        return False
    for each in (dispute, *dispute.carried):
        each.forum = forum
        take_failure(each, behaviour.failure_grievance)
    dispute.forum = next(PETITIONS[level] for level in dispute.city.petition_levels if level > dispute.level)
    dispute.is_review = True
    dispute.tally("petition_reviewed")
    asks_in = 1 + int(u / behaviour.review_share * (REVIEW_DAYS - 1))
    dispute.enter(Stage.ON_THE_WAY, model.today + asks_in)
    return True


def refer_up(dispute: Dispute) -> bool:
    """A township may refer what it has failed to settle to a county's centre that works; true when that happens."""
    model, behaviour = dispute.model, dispute.model.behaviour
    u, wait, _, _ = dispute.draw_aside(Purpose.REFER_UP)
    is_possible = dispute.forum == Forum.TOWNSHIP and dispute.county.centre.is_working
    if not is_possible or u >= behaviour.centres.referred_up:
        return False
    take_failure(dispute, behaviour.failure_grievance)
    dispute.tally("referred_up")
    dispute.forum, dispute.origin = Forum.COUNTY, Origin.TOWNSHIP
    dispute.enter(Stage.ON_THE_WAY, model.today + chance.days(behaviour.hand_up_delay, wait))
    return True


# What every end has in common


def close(dispute: Dispute, body: str | None, forum: Forum | None) -> None:
    """Settled for good."""
    book(dispute, body, forum)
    dispute.end()


def book(dispute: Dispute, body: str | None, forum: Forum | None) -> None:
    """Settled durably; trust in a body and the reputation of a forum learn from it."""
    if dispute.forum != Forum.BILATERAL:
        record_closure(dispute)
        dispute.tally_group("helped")
        dispute.tally_group("days", dispute.age)
        dispute.tally_group("trips", trips(dispute))
    dispute.tally_group("durable")
    dispute.stop_clocks("durable")
    dispute.offend(dispute.model.today)
    dispute.leave_group()
    dispute.model.lessons.append(Lesson(dispute.claimant, body, forum, True))


def record_closure(dispute: Dispute) -> None:
    """Books a settlement that a third party, a grid worker or the police record."""
    dispute.tally("closed_cases")
    dispute.tally("doors", doors(dispute))
    dispute.tally("trips", trips(dispute))


def doors(dispute: Dispute) -> int:
    """Doors of the last try; a grid worker and the police come to the claimant's own."""
    return 0 if dispute.forum == Forum.NOTHING else max(1, dispute.doors)


def trips(dispute: Dispute) -> int:
    """One for each door; who writes does not travel."""
    return 0 if dispute.is_petition and dispute.channel != "visit" else doors(dispute)


def fail(dispute: Dispute, grievance: float) -> None:
    """A try has failed; the claimant, and all whom he or she carries, will act again."""
    forum = dispute.forum
    for each in (dispute, *dispute.release()):
        each.forum = forum
        take_failure(each, grievance)
        return_later(each)


def take_failure(dispute: Dispute, grievance: float) -> None:
    """One more failure at the forum, more grievance, a lesson, and others to act with."""
    dispute.failures[dispute.forum] += 1
    dispute.feel(grievance)
    if dispute.forum > Forum.BILATERAL:
        dispute.link_up()
    lesson = Lesson(dispute.claimant, BODY_OF_FORUM.get(dispute.forum), dispute.forum, False)
    dispute.model.lessons.append(lesson)


def return_later(dispute: Dispute) -> None:
    """The claimant acts again after another, shorter patience."""
    model = dispute.model
    patience = dispute.claimant.patience(dispute.severity, model.behaviour.patience_again)
    dispute.is_review = False
    dispute.claim_on = model.today + max(1, patience)
    dispute.enter(Stage.AGGRIEVED, dispute.claim_on)


# Giving up


def give_up(dispute: Dispute) -> None:
    """Left unresolved until it fades or is taken up again."""
    dispute.tally("gave_up" if dispute.attempts else "lumped")
    dispute.tally_group("unresolved")
    dispute.stop_clocks("given_up")
    dispute.leave_group()
    dispute.claim_on = fading_day(dispute.model, dispute.draw(Purpose.FADE))
    await_reactivation(dispute, next_wait(dispute))


def next_wait(dispute: Dispute) -> float:
    """A unit exponential; nothing is drawn where nobody takes anything up again."""
    is_possible = dispute.model.behaviour.reactivation > 0
    return chance.exponential(dispute.draw(Purpose.REACTIVATE)) if is_possible else math.inf


def await_reactivation(dispute: Dispute, exponential: float) -> None:
    """Waits for the next day on which it might be taken up again, if that comes before its fading and the end."""
    model, rate = dispute.model, dispute.model.behaviour.reactivation
    day = model.today + 1 + int(min(1e6, exponential * 365 / rate)) if rate > 0 else NEVER
    if day < min(dispute.claim_on, model.days):
        if dispute.stage != Stage.LAPSED:
            dispute.enter(Stage.LAPSED, day)
        dispute.due = day
    else:
        dispute.offend(dispute.claim_on)
        fades(dispute, dispute.claim_on)


def take_up_again(dispute: Dispute) -> None:
    """What was given up is so no longer."""
    dispute.tally("reactivated")
    dispute.tally_group("unresolved", -1)
    if any(dispute.failures[forum] for forum in Forum if forum > Forum.BILATERAL):
        dispute.link_up()
    dispute.stage = Stage.AGGRIEVED
