"""Phase 8: parties and their village learn from what ended today; waits are published for tomorrow."""

from __future__ import annotations

import numpy as np

from sim.agenda import AHEAD
from sim.agents.centre import Pool
from sim.agents.dispute import FORUM_COUNT, Forum
from sim.agents.resident import Resident
from sim.agents.village import LESSON, NEAR_FORUMS, PETITIONING, remember
from sim.compilation import compiled
from sim.memory import prefetch
from sim.records import Row
from sim.world import World

SETTLED, TRIED = range(2)

_learn = Resident.learn
_publish_wait = Pool.publish_wait


@compiled
def learn(world: World, today: int, month: int) -> None:
    """Trust, reputations and published waits take in the day; until now everybody acted on yesterday's."""
    state = world.state[0]
    behaviour = world.behaviour[0]
    for n in range(state.outcomes):
        if n + AHEAD < state.outcomes:
            later = world.outcomes[n + AHEAD]
            prefetch(world.residents, world.villages[later.village].first_resident + later.claimant, 0, 1)
        outcome = world.outcomes[n]
        village = world.villages[outcome.village]
        if outcome.trust >= 0:
            resident = world.residents[village.first_resident + outcome.claimant]
            before = np.int64(resident.learned[outcome.trust])
            _learn(
                resident,
                outcome.trust,
                outcome.baseline,
                outcome.is_success != 0,
                behaviour.trust_gain,
                behaviour.trust_asymmetry,
            )
            world.learned[village.county, outcome.trust] += resident.learned[outcome.trust] - before
        if outcome.forum > Forum.NOTHING:
            if outcome.forum < NEAR_FORUMS:
                news = world.near_news[outcome.village, outcome.forum]
            elif outcome.forum == PETITIONING:
                news = world.near_news[outcome.village, LESSON]
            else:
                news = world.far_news[village.county, outcome.forum]
            news[SETTLED] += outcome.is_success
            news[TRIED] += 1
    spread_news(world, state, behaviour.reputation_memory)
    for n in range(state.listed):
        place = world.pools[world.listed[n]]
        place.is_listed = 0
        _publish_wait(place, behaviour.reputation_memory)
    state.outcomes = 0
    state.listed = 0


@compiled
def spread_news(world: World, state: Row, memory: float) -> None:
    """Villages and, for forums further away, counties remember what was settled among what was tried today; villages
    also what petitioning above the county has bought."""
    for n in range(state.outcomes):
        outcome = world.outcomes[n]
        if Forum.NOTHING < outcome.forum < NEAR_FORUMS:
            news = world.near_news[outcome.village, outcome.forum]
            if news[TRIED] > 0:
                village = world.villages[outcome.village]
                old = village.reputation[outcome.forum]
                village.reputation[outcome.forum] = remember(old, news[SETTLED], news[TRIED], memory)
                news[:] = 0
        elif outcome.forum == PETITIONING:
            news = world.near_news[outcome.village, LESSON]
            if news[TRIED] > 0:
                village = world.villages[outcome.village]
                village.lesson = remember(village.lesson, news[SETTLED], news[TRIED], memory)
                news[:] = 0
    for county in range(world.first_county, world.last_county):
        government = world.governments[county]
        for forum in range(NEAR_FORUMS, FORUM_COUNT):
            news = world.far_news[county, forum]
            if news[TRIED] > 0:
                old = government.reputation[forum]
                government.reputation[forum] = remember(old, news[SETTLED], news[TRIED], memory)
                news[:] = 0
