"""What there is on the first day of what had gone before: grievances left unresolved, and standing petitioners."""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.dispute import ORDINAL_BITS, TRAITS, Forum, Stage, key_of, severity_of
from sim.agents.dispute_kind import NO_DEPARTMENT
from sim.agents.resident import PATIENCE, circumstances_of, traits_of
from sim.behaviour import Past
from sim.causes import ALONE
from sim.chance import Purpose
from sim.compilation import compiled
from sim.county_profile import kind_of
from sim.ledger import event
from sim.phases.arise import begin_record, fades_on, opponent_of
from sim.phases.lapse import await_reactivation
from sim.phases.notice_clock import patience_days
from sim.records import Row
from sim.world import World, new_row

OLD, STANDING = event("founded_old"), event("founded_standing")

LAST_ORDINAL = (1 << ORDINAL_BITS) - 1
"""Old grievances and standing petitioners of a village take every other ordinal from here down; candidates count up."""


def rows_of_past(past: Past, residents: int, villages: int) -> int:
    """Rows that are enough for what a city of so many residents and villages has on the first day."""
    number = past.old_grievances + past.standing_petitioners
    return int(number * residents / 1000.0) + 2 * villages if number > 0 else 0


def lowest_office(city_tier: bool, county_tier: bool) -> Forum:
    """Forum of the lowest petition office of a city with governments on these levels."""
    if county_tier:
        return Forum.PETITION_COUNTY
    return Forum.PETITION_CITY if city_tier else Forum.PETITION_PROVINCE


@compiled
def found_past(world: World, lowest: int) -> None:
    """Old grievances and standing petitioners of a city; ``lowest`` is the forum of its lowest petition office."""
    behaviour = world.behaviour[0]
    for v in range(world.first_village, world.last_village):
        village = world.villages[v]
        old, standing, _, _ = chance.quad(world.seed, Purpose.PAST, key_of(village.code, 0), 0)
        thousands = village.population / 1000.0
        for n in range(int(behaviour.old_grievances * thousands + old)):
            leave(world, v, LAST_ORDINAL - 2 * n)
        for n in range(int(behaviour.standing_petitioners * thousands + standing)):
            stand(world, v, LAST_ORDINAL - 2 * n - 1, lowest)


@compiled
def age_of(u: float, behaviour: Row) -> int:
    """Days since a matter of the past arose, at least one: spread evenly over it, of which part has faded since."""
    half_life = behaviour.grievance_half_life
    faded = 1.0 - np.exp2(-365.0 * behaviour.past_years / half_life)
    return max(1, int(-half_life * np.log2(1.0 - u * faded)))


@compiled
def recall(world: World, v: int, ordinal: int, days: int) -> np.int64:
    """Row of a new dispute that has arisen before the first day, drawn as those that arise later."""
    behaviour, seed = world.behaviour[0], world.seed
    village = world.villages[v]
    profile = world.profiles[village.county]
    key = key_of(village.code, ordinal)
    _, which, who, against = chance.quad(seed, Purpose.ARISE, key, 0)
    complexity, concerns, _, agency = chance.quad(seed, Purpose.NATURE, key, 0)
    a, b, c, e = chance.quad(seed, Purpose.SEVERITY, key, 0)
    k = np.int64(kind_of(profile, village.urban, which))
    kind = world.kinds[k]
    d = new_row(world)
    dispute = world.disputes[d]
    begin_record(dispute, 0)
    dispute.cause = ALONE
    dispute.village = v
    dispute.ordinal = ordinal
    dispute.key = key
    dispute.claimant = int(who * village.population)
    dispute.kind = k
    dispute.opponent = opponent_of(kind, behaviour, against, agency)
    dispute.department = kind.department if concerns < kind.concerns else NO_DEPARTMENT
    dispute.severity = severity_of(kind.severity_rank, a, b, c, e)
    dispute.complexity = 0.5 + complexity
    claimant = key_of(village.code, dispute.claimant)
    circumstances = circumstances_of(seed, claimant, behaviour, profile)
    dispute.assertiveness, dispute.is_migrant, dispute.income, dispute.online = circumstances
    traits = traits_of(seed, claimant, behaviour, profile)
    for trait in range(TRAITS):
        dispute.traits[trait] = traits[trait]
    dispute.opened = -days
    dispute.since = -days
    world.counts[village.county, 0, k, OLD if ordinal % 2 == LAST_ORDINAL % 2 else STANDING] += 1
    return d


@compiled
def leave(world: World, v: int, ordinal: int) -> None:
    """A grievance that was left without a try, to fade or to be taken up again like any other."""
    behaviour = world.behaviour[0]
    age, fades, waits, _ = chance.quad(world.seed, Purpose.PAST, key_of(world.villages[v].code, ordinal), 0)
    d = recall(world, v, ordinal, age_of(age, behaviour))
    dispute = world.disputes[d]
    dispute.stage = Stage.LAPSED
    dispute.claim_on = fades_on(0, chance.exponential(fades), behaviour)
    await_reactivation(world, d, chance.exponential(waits), 0)


@compiled
def stand(world: World, v: int, ordinal: int, lowest: int) -> None:
    """A claimant whom the lowest petition office has turned away, and who will act again."""
    behaviour = world.behaviour[0]
    village = world.villages[v]
    age, waits, _, _ = chance.quad(world.seed, Purpose.PAST, key_of(village.code, ordinal), 0)
    days = age_of(age, behaviour)
    d = recall(world, v, ordinal, days)
    dispute = world.disputes[d]
    dispute.forum = lowest
    dispute.attempts = 1
    dispute.failures[lowest] = 1
    dispute.presentations = 1
    dispute.grievance = behaviour.failure_grievance * np.exp2(-days / behaviour.grievance_half_life)
    patience = patience_days(behaviour, dispute.traits[PATIENCE], dispute.severity, behaviour.patience_again)
    dispute.claim_on = int(waits * max(1, patience))
    enter(world, d, Stage.AGGRIEVED, Phase.CLAIM, dispute.claim_on, 0)
    dispute.since = -days
