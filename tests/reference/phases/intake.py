"""Phase 4: village committees, centres, courts and offices take matters in (ODD 7.12 to 7.14)."""

from __future__ import annotations

import math

from sim import chance
from sim.agents.dispute import Answer, Call, Forum, Opponent, Origin, Stage
from sim.chance import Purpose
from tests.reference.centre import Centre
from tests.reference.dispute import Dispute
from tests.reference.fixed import MOST_DOORS, PEOPLE, PRELITIGATION
from tests.reference.offices import Department, response_probability
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
            if not present(dispute):
                dispute.forum, dispute.origin = Forum.COUNTY, Origin.PETITION
                receive_at_centre(dispute)
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
    if is_shut(dispute, centre):
        dispute.tally(f"closed_door_{dispute.forum.name.lower()}")
        fail(dispute, model.behaviour.failure_grievance)
        return
    pool = centre.best_pool(dispute)
    if dispute.forum == Forum.TOWNSHIP and not (centre.is_built and pool):
        dispute.tally("handed_up")
        dispute.empty_hand_off()
        dispute.forum, dispute.origin = Forum.COUNTY, Origin.TOWNSHIP
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
    accept(dispute, centre, dispute.origin)
    subjects = subjects_of(dispute)
    if subjects:
        ask_departments(dispute, centre, *subjects)
    else:
        dispute.answer = Answer.NOT_NEEDED
        pool.receive(dispute)


def accept(dispute: Dispute, centre: Centre, origin: Origin) -> None:
    """A working centre takes a matter into work; its claimant comes a number of times."""
    if not centre.is_working:
        return
    dispute.tally(f"accepted_from_{origin.name.lower()}_{centre.level}")
    u, *_ = dispute.draw_aside(Purpose.VISITS)
    visits = math.floor(dispute.model.behaviour.centres.visits_per_matter + u)
    dispute.model.ledger.book_month(centre.county, f"received_{centre.level}", visits)


def is_shut(dispute: Dispute, centre: Centre) -> bool:
    """A nameplate at which nobody is to be found today."""
    u, *_ = dispute.draw_aside(Purpose.CLOSED_DOOR)
    return centre.is_built and not centre.is_working and u < dispute.model.behaviour.centres.closed_door


def subjects_of(dispute: Dispute) -> list[int]:
    """Departments that have to answer: those of the matter's nature, or at a source all that its kind may concern."""
    if dispute.is_at_source:
        return [int(subject) for subject in (dispute.nature["department"], *dispute.nature["also"])]
    return [] if dispute.department is None else [dispute.department, *further_subjects(dispute)]


def ask_departments(dispute: Dispute, centre: Centre, first: int, *others: int) -> None:
    """All departments concerned answer first, or do not; the first is heard alone, the others after the last."""
    model = dispute.model
    u, when, _, _ = dispute.draw_four(Purpose.ANSWER)
    dispute.call, is_given, days = ask(dispute, centre, dispute.county.departments[first], u, when)
    dispute.answer = Answer.GIVEN if is_given else Answer.MISSING
    dispute.others_due, dispute.others_missing = 0, 0
    for position, subject in enumerate(others):
        is_given, others_days = ask_other(dispute, centre, subject, position)
        dispute.others_due = max(dispute.others_due, model.today + others_days)
        dispute.others_missing += not is_given
    expect_petition(dispute)
    dispute.enter(Stage.AWAITING_ANSWER, model.today + days)


def further_subjects(dispute: Dispute) -> list[int]:
    """Departments that the matter concerns beyond the first."""
    share = dispute.model.behaviour.further_departments * float(dispute.nature["further"])
    u = dispute.model.luck.one(Purpose.FURTHER, dispute.key, 0)
    number = 2 if u < share * share else 1 if u < share else 0
    return [int(subject) for subject in dispute.nature["also"]][:number]


def ask_other(dispute: Dispute, centre: Centre, subject: int, position: int) -> tuple[bool, int]:
    """Whether a further department answers, and the days until it has or has missed, called again by the level above
    or not."""
    department, regime = dispute.county.departments[subject], dispute.county.regime
    number = 2 * dispute.draws + position
    u, when, goes_up, again = dispute.model.luck.four(Purpose.OTHER_ANSWER, dispute.key, number)
    call, is_given, days = ask(dispute, centre, department, u, when)
    if call == Call.WHISTLE:
        department.close_call(is_given)
        if is_given:
            dispute.tally("whistle_answered")
        elif goes_up < regime.whistle_escalation:
            dispute.tally("whistle_escalated")
            is_given = again < dispute.model.behaviour.escalation_response
            dispute.tally("escalation_answered", int(is_given))
            days += deadline_or_before(regime.whistle_deadline, is_given, when)
    elif call == Call.UNAIDED:
        dispute.tally("answer_unaided", int(is_given))
    return is_given, days


def ask(dispute: Dispute, centre: Centre, department: Department, u: float, when: float) -> tuple[Call, bool, int]:
    """A department is stationed, called by the whistle, or left to itself: how, whether it answers, after how long."""
    behaviour, regime = dispute.model.behaviour, dispute.county.regime
    has_commissar = dispute.forum == Forum.TOWNSHIP and "commissars" in dispute.township.centre.posts
    coordination = behaviour.commissar_coordination if has_commissar else 0.0
    if centre is dispute.city.centre:
        coordination = behaviour.answer_leverage

    def answers(base: float) -> bool:
        return u < response_probability(base, dispute.county.government.effort, coordination)

    if centre.is_working and department.is_stationed:
        dispute.tally("answer_stationed")
        return Call.STATIONED, True, chance.days(behaviour.stationed_days, when)
    if centre.is_working:
        dispute.tally("whistle_called")
        department.take_call()
        is_given = answers(regime.whistle_response)
        return Call.WHISTLE, is_given, deadline_or_before(regime.whistle_deadline, is_given, when)
    is_threat = dispute.cause is not None and dispute.cause.is_threat
    base = behaviour.responsiveness_threat if is_threat else behaviour.responsiveness
    dispute.empty_hand_off()
    return Call.UNAIDED, answers(base), chance.days(behaviour.unaided_days, when)


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
        accept(dispute, county.centre, Origin.COURT)
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
