"""How petitions are presented, registered, accepted or turned away (part of phase 4), and repeated (phase 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agenda import Phase, enter, link
from sim.agents.centre import crowd, pool_of_centre
from sim.agents.department import leverage
from sim.agents.dispute import NEVER, Answer, Dispute, Forum, Opponent, Stage, draw, draw_aside, draw_quad
from sim.agents.dispute_kind import NO_DEPARTMENT, MediationKind
from sim.agents.petition_office import (
    CITY_LEVEL,
    COUNTY_LEVEL,
    LETTER,
    NATION_LEVEL,
    ONLINE,
    PROVINCE_LEVEL,
    ROUTING_DAYS,
    VISIT,
    PetitionOffice,
    has_office,
    next_level,
    office_level,
    office_of,
)
from sim.causes import matters_of
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart, origin
from sim.ledger import CHANNELS, ORDINALS, WORK_LEVELS, event
from sim.phases.concede import concede
from sim.phases.grievance import feel
from sim.phases.outcome import fail
from sim.phases.reception import takes_offer
from sim.phases.together import (
    PRESENTED_PERSONS,
    REGISTERED_PERSONS,
    REPEAT_REGISTERED_PERSONS,
    REPEATED_PERSONS,
    come_together,
    count_persons,
    persons_sent,
)
from sim.records import Row
from sim.world import World

PRESENTED, REGISTERED = event("presented_visit_county"), event("registered_visit_county")
REPEATED, REPEAT_REGISTERED = event("repeat_presented_visit_county"), event("repeat_registered_visit_county")
PUSHED_DOWN, REPEAT_PUSHED_DOWN = event("pushed_down_visit_county"), event("repeat_pushed_down_visit_county")
RECORDED_TWICE = event("recorded_twice_visit_county")
REPEAT_RECORDED_TWICE = event("repeat_recorded_twice_visit_county")
PUSHED_DOWN_PERSONS = event("pushed_down_persons_county")
REPEAT_PUSHED_DOWN_PERSONS = event("repeat_pushed_down_persons_county")
PERSONS_TWICE = event("recorded_twice_persons_county")
REPEAT_PERSONS_TWICE = event("repeat_recorded_twice_persons_county")
SKIP_LEVEL, AFTER_SUIT = event("skip_level_county"), event("presented_after_suit_county")
FIRST = event("presented_ordinal_1")
ACCEPTED, NOT_ACCEPTED = event("accepted_county"), event("not_accepted_county")
HANDED_DOWN, RETURNED = event("handed_down_to_county"), event("returned_to_legal_channel")
ANSWERED = event("petition_answered")
CHANNEL_COUNT = len(CHANNELS)
CITY_WORK = WORK_LEVELS.index("city")

_is_eligible = Dispute.is_eligible
_stake = Dispute.stake
_receive = PetitionOffice.receive
_accept = PetitionOffice.accept


@compiled
def known_acceptance(regime: Row, forum: int, is_eligible: bool, today: int, slow: float) -> float:
    """Chance that a petition is accepted, as known to somebody who learns of rules after ``slow`` days."""
    level = forum - Forum.PETITION_COUNTY
    if today - regime.rule_changed_on >= slow:
        return regime.open_door[level] * (1.0 if is_eligible else regime.acceptance_ineligible[level])
    return 1.0 if is_eligible else regime.acceptance_known[level]


@compiled
def channel_of(u: float, is_online: bool, behaviour: Row) -> int:
    """Visit, letter or online."""
    if is_online:
        return VISIT if u < behaviour.visit_share else ONLINE
    return LETTER if u < behaviour.letter_share else VISIT


@compiled
def is_registered(world: World, county: int, level: int, u: float) -> bool:
    """Whether a presented petition is written down; concealment at county and city comes on top.

    The odds of that differ between county registers, whatever the policy.
    """
    share = world.regime[0].registration[level]
    if level == COUNTY_LEVEL:
        odds = world.profiles[county].registration
        share *= odds / (1.0 + share * (odds - 1.0)) * (1.0 - world.governments[county].concealment)
    elif level == CITY_LEVEL:
        share *= 1.0 - world.governments[world.counties + world.city].concealment
    return u < share


@compiled
def present(world: World, d: int, today: int, month: int) -> bool:
    """A petition is presented: registered or not, then accepted or turned away.

    True when it is not, since its claimant takes the mediation that the county's centre offers first.
    """
    behaviour = world.behaviour[0]
    regime = world.regime[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    channel, register, accept, court_type = draw_quad(world, d, Purpose.PRESENT)
    level = dispute.forum - Forum.PETITION_COUNTY
    office = world.offices[office_of(level, village.county, world.city, world.counties, world.cities)]
    dispute.channel = channel_of(channel, dispute.online < regime.online_channel, behaviour)
    if level == COUNTY_LEVEL and dispute.channel == VISIT and takes_offer(world, d, tally):
        return True
    persons = np.int64(0)
    if dispute.channel == VISIT:
        come_together(origin(world), d, today, month)
        persons = persons_sent(world, dispute.key, matters_of(world, d), today)
    cell = level * CHANNEL_COUNT + dispute.channel
    tally[PRESENTED + cell] += 1
    count_history(dispute, level, tally)
    if not _is_eligible(dispute, office_level(dispute.forum, regime)):
        tally[SKIP_LEVEL + level] += 1
    registered = is_registered(world, village.county, level, register)
    pushed_down = registered and is_pushed_down(world, d, level, tally, PUSHED_DOWN)
    _receive(office, registered and not pushed_down)
    count_persons(tally, PRESENTED_PERSONS, REGISTERED_PERSONS, level, persons, registered and not pushed_down)
    is_accepted = False
    if pushed_down:
        tally[PUSHED_DOWN_PERSONS] += persons
        feel(world, d, behaviour.hand_off_grievance, today)
    elif registered:
        tally[REGISTERED + cell] += 1
        count_twice(world, d, level, persons, tally, RECORDED_TWICE, PERSONS_TWICE)
        is_accepted = accept < acceptance_chance(world, dispute, level, tally, behaviour, regime, court_type)
    if not is_accepted:
        tally[NOT_ACCEPTED + level] += 1
        if not concede(world, d, level, today, month):
            fail(world, d, today, month, behaviour.refusal_grievance)
        return False
    tally[ACCEPTED + level] += 1
    _accept(office)
    dispute.accepted_on = today
    dispute.match = world.kinds[dispute.kind].fit[MediationKind.PETITION]
    dispute.answer = Answer.NOT_NEEDED  # the responsible unit itself handles the petition
    if is_answered_from_above(world, d, office_level(dispute.forum, regime) - 1):
        dispute.answer = Answer.GIVEN
        tally[ANSWERED] += 1
    dispute.registered_twice = 0
    pool = handling_pool(world, dispute, village)
    dispute.pool = pool
    works_at = CITY_LEVEL if world.pools[pool].level == CITY_WORK else COUNTY_LEVEL
    for receiving in range(works_at, level):  # every level on the way down has it on its desk
        if has_office(receiving, regime):
            tally[HANDED_DOWN + receiving] += 1
    schedule_repeat(world, d, today, behaviour)
    route = draw(world, d, Purpose.ROUTE)
    until = today + 1 + int(route * 2 * ROUTING_DAYS)
    enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, until, today)
    concede(world, d, level, today, month)
    return False


@compiled
def count_history(dispute: Row, level: int, tally: NDArray) -> None:
    """What a petitioner has behind: a court that did not settle the matter, and petitions about it."""
    if dispute.failures[Forum.COURT] > 0:
        tally[AFTER_SUIT + level] += 1
    tally[FIRST + min(int(dispute.presentations), ORDINALS - 1)] += 1


@compiled
def is_answered_from_above(world: World, d: int, levels: int) -> bool:
    """Whether levels above the county obtain the concerned department's answer to a petition."""
    if world.disputes[d].department == NO_DEPARTMENT:
        return False
    u, _, _, _ = draw_aside(world, d, Purpose.LEVERAGE)
    return u < leverage(world.behaviour[0].answer_leverage, levels)


@compiled
def acceptance_chance(
    world: World, dispute: Row, level: int, tally: NDArray, behaviour: Row, regime: Row, u: float
) -> float:
    """Chance that a registered petition is accepted at a level (0 county … 3 nation)."""
    if not _is_eligible(dispute, office_level(dispute.forum, regime)):
        return regime.acceptance_ineligible[level]
    takes_court = world.kinds[dispute.kind].court_takes != 0
    if dispute.opponent == Opponent.PEER and takes_court and u < behaviour.returned_to_law:
        tally[RETURNED] += 1
        return 0.0
    return 1.0


@compiled
def is_pushed_down(world: World, d: int, level: int, tally: NDArray, event_at_county: int) -> bool:
    """Stress: a petition to province or nation goes into the county's register instead, and nothing is done."""
    regime = world.regime[0]
    if regime.push_down <= 0.0 or level < PROVINCE_LEVEL or not has_office(COUNTY_LEVEL, regime):
        return False
    dispute = world.disputes[d]
    u, _, _, _ = draw_aside(world, d, Purpose.PUSH_DOWN)
    if u >= regime.push_down:
        return False
    tally[event_at_county + dispute.channel] += 1
    return True


@compiled
def count_twice(
    world: World, d: int, level: int, persons: int, tally: NDArray, event_at_county: int, persons_at_county: int
) -> None:
    """Stress: a registered petition is registered again, once or more, at each level below, with all who came."""
    regime = world.regime[0]
    times = regime.double_counting
    if times <= 0.0 or level == COUNTY_LEVEL:
        return
    dispute = world.disputes[d]
    u, _, _, _ = draw_aside(world, d, Purpose.COUNT_TWICE)
    records = int(times + u)
    for below in range(level):
        if has_office(below, regime):
            tally[event_at_county + below * CHANNEL_COUNT + dispute.channel] += records
            tally[persons_at_county + below] += records * persons


@compiled
def handling_pool(world: World, dispute: Row, village: Row) -> int:
    """The pool that works on an accepted petition: the county's, or the city's when the matter is against the county
    government, the city's centre works and no more wait there for each handler (last night) than at the county."""
    at_county = pool_of_centre(world.townships + village.county, MediationKind.PETITION)
    if dispute.opponent == Opponent.COUNTY_GOVERNMENT:
        centre = world.townships + world.counties + world.city
        at_city = pool_of_centre(centre, MediationKind.PETITION)
        is_open = world.centres[centre].is_working != 0 and world.pools[at_city].mediators > 0
        if is_open and crowd(world.pools[at_city]) <= crowd(world.pools[at_county]):
            return at_city
    return at_county


@compiled
def schedule_repeat(world: World, d: int, today: int, behaviour: Row) -> None:
    """Draws the day of the next repeat: a Poisson side stream that grows with what is at stake."""
    dispute = world.disputes[d]
    rate = behaviour.repeats * _stake(dispute) / 30.0
    u, _, _, _ = draw_quad(world, d, Purpose.REPEAT)
    dispute.repeat_on = NEVER
    if rate > 0.0:
        dispute.repeat_on = today + int(min(1e6, np.ceil(chance.exponential(u) / rate)))


@compiled_apart
def present_repeat(world: World, d: int, today: int, month: int) -> None:
    """While a matter is in process its claimant comes again, at the same level or the next; nothing is accepted."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    feel(world, d, 0.0, today)
    higher, register, _, _ = draw_quad(world, d, Purpose.REPEAT)
    level = dispute.forum - Forum.PETITION_COUNTY
    if level < NATION_LEVEL and higher < behaviour.repeat_higher:
        level = next_level(level, world.regime[0])
    cell = level * CHANNEL_COUNT + dispute.channel
    office = world.offices[office_of(level, village.county, world.city, world.counties, world.cities)]
    registered = is_registered(world, village.county, level, register)
    persons = np.int64(0)
    if dispute.channel == VISIT:
        persons = persons_sent(world, dispute.key, matters_of(world, d), today)
    if registered and is_pushed_down(world, d, level, tally, REPEAT_PUSHED_DOWN):
        tally[REPEAT_PUSHED_DOWN_PERSONS] += persons
        registered = False
    _receive(office, registered)
    tally[REPEATED + cell] += 1
    count_history(dispute, level, tally)
    count_persons(tally, REPEATED_PERSONS, REPEAT_REGISTERED_PERSONS, level, persons, registered)
    if registered:
        tally[REPEAT_REGISTERED + cell] += 1
        count_twice(world, d, level, persons, tally, REPEAT_RECORDED_TWICE, REPEAT_PERSONS_TWICE)
    if not concede(world, d, level, today, month):
        schedule_repeat(world, d, today, behaviour)
        link(world, d, today)
