"""Phase 4: village committees, centres, courts and offices take matters in (ODD 7.12 to 7.14)."""

from __future__ import annotations

from sim import chance
from sim.agents.dispute import Answer, Call, Forum, Opponent, Stage
from sim.chance import Purpose
from tests.reference.centre import Centre
from tests.reference.dispute import Dispute
from tests.reference.fixed import MOST_DOORS, PEOPLE, PRELITIGATION
from tests.reference.offices import response_probability
from tests.reference.phases.petition import present, reach_handlers
from tests.reference.phases.settle import fail
from tests.reference.phases.wait import expect_petition


def intake(model) -> None:
    """Every matter that reaches an office today."""
    for dispute in model.due(Stage.ON_THE_WAY):
        dispute.reach_office()
        if dispute.in_process:
            reach_handlers(dispute)
        elif dispute.is_petition:
            present(dispute)
        elif dispute.forum == Forum.COURT:
            go_to_court(dispute)
        elif dispute.forum == Forum.VILLAGE:
            receive_in_village(dispute)
        else:
            receive_at_centre(dispute)


def send_away(dispute: Dispute) -> None:
    """Nobody works where the claimant came."""
    dispute.tally(f"failed_{dispute.forum.name.lower()}")
    fail(dispute, dispute.model.behaviour.failure_grievance)


def receive_in_village(dispute: Dispute) -> None:
    """Taken at once; a concerned department is out of reach."""
    behaviour, village = dispute.model.behaviour, dispute.village
    if not village.pool.employed:
        send_away(dispute)
        return
    dispute.doors = 1
    dispute.registered_twice = False
    dispute.answer = Answer.NOT_NEEDED if dispute.department is None else Answer.MISSING
    match = dispute.nature["fit"][PEOPLE]
    if village.informal_mediators and dispute.opponent == Opponent.PEER:
        match += behaviour.informal_match
    if village.has["womens_teams"] and dispute.kind_name == "family":
        match += behaviour.womens_match
    dispute.suit(min(1.0, match))
    village.pool.receive(dispute)


def centre_of(dispute: Dispute) -> Centre:
    """Who takes a matter in; one against the county government goes to the city's centre where it works."""
    if dispute.forum == Forum.TOWNSHIP:
        return dispute.township.centre
    if dispute.opponent == Opponent.COUNTY_GOVERNMENT and dispute.city.centre.is_working:
        return dispute.city.centre
    return dispute.county.centre


def receive_at_centre(dispute: Dispute) -> None:
    """At separate windows or one register, by a centre or without one."""
    model, behaviour, centre = dispute.model, dispute.model.behaviour, centre_of(dispute)
    regime = centre.place.regime
    triage, duplicate, detection, delay = dispute.draw_four(Purpose.WINDOW)
    pool = centre.best_pool(dispute)
    if dispute.forum == Forum.TOWNSHIP and not (centre.is_built and pool):
        dispute.tally("handed_up")
        dispute.empty_hand_off()
        dispute.forum = Forum.COUNTY
        dispute.enter(Stage.ON_THE_WAY, model.today + chance.days(behaviour.hand_up_delay, delay))
        return
    if pool is None:
        send_away(dispute)
        return
    if triage >= regime.triage_accuracy:
        if centre.is_working and regime.is_unified:
            pool = centre.best_pool(dispute, skipped=pool) or pool
        elif dispute.doors < MOST_DOORS:
            dispute.tally("handed_off")
            dispute.empty_hand_off()
            dispute.enter(Stage.ON_THE_WAY, model.today + chance.days(behaviour.hand_off_delay, delay))
            return
    dispute.pass_door()
    is_duplicate = duplicate < behaviour.duplicate_share
    dispute.registered_twice = is_duplicate and detection >= regime.duplicate_detection
    if is_duplicate:
        dispute.tally("duplicate_recorded" if dispute.registered_twice else "duplicate_merged")
    dispute.suit(dispute.nature["fit"][pool.kind])
    dispute.pool = pool
    if dispute.department is None:
        dispute.answer = Answer.NOT_NEEDED
        pool.receive(dispute)
    else:
        ask_department(dispute, centre)


def ask_department(dispute: Dispute, centre: Centre) -> None:
    """The department concerned answers first: stationed, called by the whistle, or left to itself."""
    model, behaviour, regime = dispute.model, dispute.model.behaviour, dispute.county.regime
    department = dispute.county.departments[dispute.department]
    has_commissar = dispute.forum == Forum.TOWNSHIP and "commissars" in dispute.township.centre.posts
    coordination = behaviour.commissar_coordination if has_commissar else 0.0
    if centre is dispute.city.centre:
        coordination = behaviour.answer_leverage
    u, when, _, _ = dispute.draw_four(Purpose.ANSWER)

    def answers(base: float) -> bool:
        return u < response_probability(base, dispute.county.government.effort, coordination)

    if centre.is_working and department.is_stationed:
        dispute.call, is_given = Call.STATIONED, True
        dispute.tally("answer_stationed")
        days = chance.days(behaviour.stationed_days, when)
    elif centre.is_working:
        dispute.call, is_given = Call.WHISTLE, answers(regime.whistle_response)
        dispute.tally("whistle_called")
        department.take_call()
        days = deadline_or_before(regime.whistle_deadline, is_given, when)
    else:
        is_threat = dispute.cause is not None and dispute.cause.is_threat
        base = behaviour.responsiveness_threat if is_threat else behaviour.responsiveness
        dispute.call, is_given = Call.UNAIDED, answers(base)
        dispute.empty_hand_off()
        days = chance.days(behaviour.unaided_days, when)
    dispute.answer = Answer.GIVEN if is_given else Answer.MISSING
    expect_petition(dispute)
    dispute.enter(Stage.AWAITING_ANSWER, model.today + days)


def deadline_or_before(deadline: float, is_given: bool, when: float) -> int:
    """Days until a called department answers, uniform up to the deadline, or until the deadline is over."""
    return max(1, 1 + int(when * deadline) if is_given else int(deadline))


def go_to_court(dispute: Dispute) -> None:
    """Pre-litigation mediation for a share of first-time matters; all others file a suit."""
    model, behaviour, county = dispute.model, dispute.model.behaviour, dispute.county
    dispute.doors = 1
    dispute.answer = Answer.NOT_NEEDED
    dispute.registered_twice = False
    offer, procedure, _, _ = dispute.draw_four(Purpose.SUIT)
    pool = county.centre.pools[PRELITIGATION]
    is_first = not dispute.failures[Forum.COURT]
    if is_first and offer < behaviour.prelitigation_share and pool.employed:
        dispute.tally("prelitigation_started")
        dispute.suit(dispute.nature["fit"][PRELITIGATION])
        pool.receive(dispute)
        return
    wait = county.court.wait
    county.court.backlog += 1
    county.court.suits += 1
    model.ledger.book_work(county, "court", "wait_days", int(wait))
    model.ledger.book_work(county, "court", "started", 1)
    dispute.tally("suit_filed")
    dispute.suit(0.5)
    half = behaviour.court_days / 2
    length = wait + half + half * dispute.complexity * chance.exponential(procedure)
    dispute.enter(Stage.IN_COURT, model.today + int(length) + 1)
