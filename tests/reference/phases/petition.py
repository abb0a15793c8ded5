"""Petitions: presented, registered, accepted, handed down, repeated (ODD 7.15; parts of phases 3 and 4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim import chance
from sim.agents.dispute import Answer, Forum, Opponent, Stage
from sim.chance import Purpose
from sim.ledger import ORDINALS, PETITION_LEVELS
from tests.reference.centre import Pool
from tests.reference.choice import office_above_township
from tests.reference.dispute import Dispute
from tests.reference.fixed import NEVER, PETITION, ROUTING_DAYS
from tests.reference.offices import closing_days
from tests.reference.phases.concede import concede
from tests.reference.phases.settle import close_petition, fail
from tests.reference.phases.together import come_together, count_persons, persons_who_come

if TYPE_CHECKING:
    from tests.reference.places import County

COUNTY, CITY, PROVINCE, NATION = range(4)


def present(dispute: Dispute) -> bool:
    """A first presentation: registered or not, then accepted or turned away; false where mediation is taken instead."""
    behaviour, regime, level = dispute.model.behaviour, dispute.city.regime, dispute.level
    channel, register, accept, to_law = dispute.draw_four(Purpose.PRESENT)
    dispute.channel = channel_of(dispute, channel)
    if level == COUNTY and dispute.channel == "visit" and takes_mediation(dispute):
        return False
    place = f"{dispute.channel}_{PETITION_LEVELS[level]}"
    is_eligible = dispute.is_eligible(office_above_township(dispute.city, dispute.forum))
    dispute.tally(f"presented_{place}")
    tell_past(dispute, level)
    if not is_eligible:
        dispute.tally(f"skip_level_{PETITION_LEVELS[level]}")
    if dispute.channel == "visit":
        come_together(dispute)
    is_registered = write_down(dispute, level, register, "")
    count_persons(dispute, level, is_registered, "")
    if not is_registered:
        is_accepted = False
    elif not is_eligible:
        is_accepted = accept < regime.acceptance_ineligible[level]
    elif dispute.opponent == Opponent.PEER and dispute.nature["court_takes"] and to_law < behaviour.returned_to_law:
        dispute.tally("returned_to_legal_channel")
        is_accepted = False
    else:
        is_accepted = True
    if is_accepted:
        dispute.tally(f"accepted_{PETITION_LEVELS[level]}")
        take_on(dispute)
        concede(dispute, level)
    else:
        dispute.tally(f"not_accepted_{PETITION_LEVELS[level]}")
        if not concede(dispute, level):
            fail(dispute, behaviour.refusal_grievance)
    return True


def tell_past(dispute: Dispute, level: int) -> None:
    """Who petitions may have failed at court, and may have petitioned before."""
    if dispute.failures[Forum.COURT]:
        dispute.tally(f"presented_after_suit_{PETITION_LEVELS[level]}")
    dispute.tally(f"presented_ordinal_{min(dispute.presentations + 1, ORDINALS)}")


def takes_mediation(dispute: Dispute) -> bool:
    """Whether the county's centre, with petition reception inside, first offers mediation, and it is taken."""
    county = dispute.county
    if not (county.centre.is_working and county.regime.petition_inside) or dispute.failures[Forum.COUNTY]:
        return False
    dispute.tally("mediation_offered")
    u, *_ = dispute.draw_aside(Purpose.OFFER)
    if u >= dispute.model.behaviour.centres.offer_taken:
        return False
    dispute.tally("mediation_taken")
    return True


def channel_of(dispute: Dispute, u: float) -> str:
    """How a petition is brought."""
    behaviour = dispute.model.behaviour
    if dispute.online < dispute.city.regime.online_channel:
        return "visit" if u < behaviour.visit_share else "online"
    return "letter" if u < behaviour.letter_share else "visit"


def write_down(dispute: Dispute, level: int, u: float, repeat: str) -> bool:
    """What registers say of a presentation; true when it stands in the register where it was presented.

    ``repeat`` is the beginning of the events' names: empty, or ``repeat_``.
    """
    place = f"{dispute.channel}_{PETITION_LEVELS[level]}"
    registered = is_registered(dispute.county, level, u)
    is_pushed_down = registered and push_down(dispute, level)
    dispute.county.office_at(level).receive(registered and not is_pushed_down)
    if is_pushed_down:
        dispute.tally(f"{repeat}pushed_down_{dispute.channel}_county")
        dispute.tally(f"{repeat}pushed_down_persons_county", persons_who_come(dispute))
        if not repeat:
            dispute.feel(dispute.model.behaviour.hand_off_grievance)
    elif registered:
        dispute.tally(f"{repeat}registered_{place}")
        record_again(dispute, level, repeat)
    return registered and not is_pushed_down


def is_registered(county: County, level: int, u: float) -> bool:
    """The registered share of a level, as counties' registers differ, less what county and city conceal."""
    share = county.city.regime.registration[level]
    if level == COUNTY:
        odds = share * county.profile.registration
        share = odds / (odds + 1 - share) * (1 - county.government.concealment)
    elif level == CITY:
        share *= 1 - county.city.government.concealment
    return u < share


def push_down(dispute: Dispute, level: int) -> bool:
    """Stress: put into the county's register instead, nothing done."""
    regime = dispute.city.regime
    if level < PROVINCE or COUNTY not in dispute.city.petition_levels:
        return False
    u, *_ = dispute.draw_aside(Purpose.PUSH_DOWN)
    return u < regime.push_down


def record_again(dispute: Dispute, level: int, repeat: str) -> None:
    """Stress: registered again at each level below."""
    u, *_ = dispute.draw_aside(Purpose.COUNT_TWICE)
    if records := int(dispute.city.regime.double_counting + u):
        for below in dispute.city.petition_levels:
            if below < level:
                place, persons = PETITION_LEVELS[below], persons_who_come(dispute)
                dispute.tally(f"{repeat}recorded_twice_{dispute.channel}_{place}", records)
                dispute.tally(f"{repeat}recorded_twice_persons_{place}", records * persons)


def take_on(dispute: Dispute) -> None:
    """An accepted matter is in process: handed down, and routed."""
    model, level = dispute.model, dispute.level
    dispute.county.office_at(level).accept()
    dispute.accepted_on = model.today
    dispute.suit(dispute.nature["fit"][PETITION])
    dispute.answer = Answer.NOT_NEEDED
    if dispute.department is not None and dispute.draw_aside(Purpose.LEVERAGE)[0] < from_above(dispute):
        dispute.answer = Answer.GIVEN
        dispute.tally("petition_answered")
    dispute.registered_twice = False
    dispute.pool = handlers_of(dispute)
    works_at = CITY if dispute.pool.work_level == "city" else COUNTY
    for below in dispute.city.petition_levels:
        if works_at <= below < level:
            dispute.tally(f"handed_down_to_{PETITION_LEVELS[below]}")
    schedule_repeat(dispute)
    routing = 1 + int(dispute.draw(Purpose.ROUTE) * 2 * ROUTING_DAYS)
    dispute.enter(Stage.ON_THE_WAY, model.today + routing)


def from_above(dispute: Dispute) -> float:
    """Chance that at least one of the levels above the lowest one obtains the department's answer."""
    missing = 1.0
    for _ in range(office_above_township(dispute.city, dispute.forum) - 1):
        missing *= 1 - dispute.model.behaviour.answer_leverage
    return 1 - missing


def handlers_of(dispute: Dispute) -> Pool:
    """The county's; against its government the city's, if its centre works and no more wait there for each handler."""
    county, city = dispute.county.centre.pools[PETITION], dispute.city.centre.pools[PETITION]
    is_open = dispute.city.centre.is_working and bool(city.employed)
    is_for_city = dispute.opponent == Opponent.COUNTY_GOVERNMENT and is_open and city.crowd <= county.crowd
    return city if is_for_city else county


def reach_handlers(dispute: Dispute) -> None:
    """Routed and decided: the deadline runs from today."""
    dispute.accepted_on = dispute.model.today
    dispute.deadline = dispute.model.today + closing_days(dispute)
    if dispute.pool.employed:
        dispute.pool.receive(dispute)
        return
    close_petition(dispute)
    dispute.tally(f"failed_{dispute.forum.name.lower()}", 1 + len(dispute.carried))
    fail(dispute, dispute.model.behaviour.failure_grievance)


def schedule_repeat(dispute: Dispute) -> None:
    """Draws the day on which the claimant comes again, sooner the more is at stake."""
    u, *_ = dispute.draw_four(Purpose.REPEAT)
    rate = dispute.model.behaviour.repeats * dispute.stake / 30
    dispute.repeat_on = NEVER
    if rate > 0:
        dispute.repeat_on = dispute.model.today + math.ceil(min(1e6, chance.exponential(u) / rate))


def repeat(dispute: Dispute) -> None:
    """The claimant comes again, to the same office or the next."""
    dispute.feel()
    higher, register, _, _ = dispute.draw_four(Purpose.REPEAT)
    level = dispute.level
    if level < NATION and higher < dispute.model.behaviour.repeat_higher:
        level = next(above for above in dispute.city.petition_levels if above > level)
    dispute.tally(f"repeat_presented_{dispute.channel}_{PETITION_LEVELS[level]}")
    tell_past(dispute, level)
    is_registered = write_down(dispute, level, register, "repeat_")
    count_persons(dispute, level, is_registered, "repeat_")
    if not concede(dispute, level):
        schedule_repeat(dispute)
