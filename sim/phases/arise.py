"""Phase 1: new disputes arise, as a thinned Poisson stream of every village."""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agenda import NOWHERE, Phase, enter
from sim.agents.dispute import (
    FORUM_COUNT,
    NEVER,
    NO_DEPARTMENT,
    TRAITS,
    Opponent,
    Stage,
    key_of,
    kind_of,
    severity_of,
)
from sim.agents.grid_worker import GridWorker, days_until
from sim.agents.resident import HUNDREDTH, LOCAL, PATIENCE, TRUST, circumstances_of, traits_of, within
from sim.agents.village import FIRST_CONTACT, MORAL_BANK, PRAISE_MEETINGS, Village
from sim.chance import Purpose
from sim.compilation import compiled
from sim.ledger import DISPUTE_KINDS, event
from sim.memory import prefetch
from sim.world import GroupFigure, count_in_groups, free_row, new_row

RAISED, VIOLENT, PROTECTED = event("raised"), event("violent"), event("protected")
BY_NORMS, BY_CONTACT, BY_ALERT = (event(f"prevented_by_{name}") for name in ("norms", "contact", "alert"))
HIDDEN, HIDDEN_VIOLENCE, LUMPED, FADED = (
    event("hidden_by_norms"),
    event("violence_hidden"),
    event("lumped"),
    event("faded"),
)
NEIGHBOUR, FAMILY, HOUSING = (DISPUTE_KINDS.index(name) for name in ("neighbour", "family", "housing"))
LONGEST_PATIENCE = 365
DAYS_A_YEAR = 365.0

_hazard = GridWorker.hazard
_advance = Village.advance


@compiled
def highest_rate(behaviour):
    """Highest possible grievances per resident and day: a property of behaviour, never of policy."""
    return behaviour.grievances * behaviour.rate_headroom / 1000.0 / DAYS_A_YEAR


@compiled
def patience_days(behaviour, log_factor, severity, share):
    """Whole days until a claimant acts: lognormal, shortened by severity."""
    days = share * behaviour.patience * np.exp(log_factor) * (1.5 - severity)
    return int(within(np.floor(days + 0.5), 0.0, LONGEST_PATIENCE))


@compiled
def opponent_of(kind, behaviour, u, v):
    """Whom a grievance of a kind is against."""
    if u < kind.organisation:
        return Opponent.ORGANISATION
    if u < kind.organisation + kind.agency:
        return Opponent.COUNTY_GOVERNMENT if v < behaviour.agency_at_government else Opponent.COUNTY_AGENCY
    return Opponent.PEER


@compiled
def wait_for_notice(world, d, today):
    """Schedules a latent dispute for the day a grid worker may notice it or its claimant acts, whichever is first."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    worker = world.grid_workers[grid_of(village, dispute.claimant)]
    notice = today + days_until(dispute.noticed_at - _hazard(worker, today), worker.rate)
    if notice < dispute.claim_on:
        enter(world, d, Stage.LATENT, Phase.PATROL, notice, today)
    else:
        enter(world, d, Stage.LATENT, Phase.CLAIM, dispute.claim_on, today)


@compiled
def grid_of(village, claimant):
    """Row of the grid worker in whose grid a resident's household is."""
    return village.first_grid_worker + np.int64(claimant) * village.grid_workers // village.population


@compiled
def arise(world, today, month):
    """Every village's candidates of today become disputes with probability rate now / highest rate."""
    behaviour = world.behaviour[0]
    regime = world.regime[0]
    rate = highest_rate(behaviour)
    new = world.keys[0]
    raised = 0
    for v in range(world.first_village, world.last_village):
        village = world.villages[v]
        while village.next_candidate < today + 1:
            d = raise_dispute(world, v, today, month, behaviour, regime.arise_share)
            if d >= 0:
                prefetch(world.residents, village.first_resident + world.disputes[d].claimant)
                new[raised] = d
                raised += 1
            _advance(village, rate, world.seed)
    for n in range(raised):
        set_clocks(world, new[n], today, behaviour)


PREVENTED, UNSPOKEN, SPOKEN = range(3)
"""Whether a grievance does not arise, stays unsaid, or surfaces."""


@compiled
def surfaces(village, kind, real, usual, tally, behaviour):
    """Whether a candidate that would usually be real arises and surfaces, given what the village does.

    Every cause thins the stream: it removes the candidates whose ``real`` lies highest and leaves the others as they
    are. A moral bank keeps part of neighbour and family grievances from arising and another part from being said;
    praise meetings only keep family grievances from being said.
    """
    level = usual
    if village.is_alert != 0:
        level *= 1.0 - behaviour.alert_prevention
        if real >= level:
            tally[BY_ALERT] += 1
            return PREVENTED
    if kind == HOUSING and village.has[FIRST_CONTACT] != 0:
        level *= 1.0 - behaviour.first_contact_prevention
        if real >= level:
            tally[BY_CONTACT] += 1
            return PREVENTED
    if kind in (NEIGHBOUR, FAMILY) and village.has[MORAL_BANK] != 0:
        if real >= level * (1.0 - behaviour.norm_effect * (1.0 - behaviour.norm_hidden)):
            tally[BY_NORMS] += 1
            return PREVENTED
        level *= 1.0 - behaviour.norm_effect
        if real >= level:
            return UNSPOKEN
    if kind == FAMILY and village.has[PRAISE_MEETINGS] != 0 and real >= level * (1.0 - behaviour.norm_effect):
        return UNSPOKEN
    return SPOKEN


@compiled
def fades_on(today, u, behaviour):
    """Day on which an unresolved grievance has faded."""
    return today + int(chance.exponential(u) * behaviour.grievance_half_life / np.log(2.0))


@compiled
def drop_row(world, d):
    """Gives back the row of a grievance that never becomes a case."""
    world.disputes[d].bucket = NOWHERE
    free_row(world, d)


@compiled
def raise_dispute(world, v, today, month, behaviour, arise_share):
    """The village's current candidate, if it is real today: the row of its dispute, -1 when there is none to settle."""
    seed = world.seed
    village = world.villages[v]
    key = key_of(village.code, village.candidates)
    real, which, who, against = chance.quad(seed, Purpose.ARISE, key, 0)
    usual = arise_share * (1.0 + behaviour.service_requests * (0.5 - world.halls[village.county].met))
    if real >= usual:
        return -1
    k = kind_of(world.kinds, village.urban, which)
    kind = world.kinds[k]
    tally = world.counts[village.county, month, k]
    surfacing = surfaces(village, k, real, usual, tally, behaviour)
    if surfacing == PREVENTED:
        return -1
    complexity, concerns, violence, agency = chance.quad(seed, Purpose.NATURE, key, 0)
    a, b, c, e = chance.quad(seed, Purpose.SEVERITY, key, 0)
    tally[RAISED] += 1
    d = new_row(world)
    dispute = world.disputes[d]
    dispute.claimant = int(who * village.population)
    dispute.opponent = opponent_of(kind, behaviour, against, agency)
    resident = key_of(village.code, dispute.claimant)
    assertiveness, is_migrant, income, online = circumstances_of(seed, resident, behaviour)
    dispute.assertiveness = assertiveness
    dispute.is_migrant = is_migrant
    dispute.income = income
    dispute.online = online
    count_in_groups(world, dispute, village, month, GroupFigure.RAISED, 1)
    is_violent = violence < kind.violent
    if is_violent:
        tally[VIOLENT] += 1
    if surfacing == UNSPOKEN:  # left at once, and so is the violence in it
        tally[HIDDEN] += 1
        tally[LUMPED] += 1
        if is_violent:
            tally[HIDDEN_VIOLENCE] += 1
        count_in_groups(world, dispute, village, month, GroupFigure.UNRESOLVED, 1)
        faded = fades_on(today, chance.uniform(seed, Purpose.FADE, key, 0), behaviour)
        if faded < len(world.month_of_day):
            world.counts[village.county, world.month_of_day[faded], k, FADED] += 1
        drop_row(world, d)
        return -1
    if is_violent:  # to protection, never to mediation
        tally[PROTECTED] += 1
        drop_row(world, d)
        return -1
    dispute.village = v
    dispute.ordinal = village.candidates
    dispute.key = key
    dispute.opened = today
    dispute.felt_on = today
    dispute.deadline = NEVER
    dispute.repeat_on = NEVER
    dispute.bucket = NOWHERE
    dispute.pool = -1
    dispute.next_in_queue = -1
    dispute.queued_on = today
    dispute.mediator = -1
    dispute.accepted_on = -1
    dispute.severity = severity_of(kind.severity_rank, a, b, c, e)
    dispute.complexity = 0.5 + complexity
    dispute.grievance = 0.0
    dispute.match = 0.0
    dispute.entries = 0
    dispute.kind = k
    dispute.department = kind.department if concerns < kind.concerns else NO_DEPARTMENT
    dispute.forum = 0
    dispute.channel = 0
    dispute.attempts = 0
    for forum in range(FORUM_COUNT):
        dispute.failures[forum] = 0
    dispute.closed_level = 0
    dispute.reviews = 0
    dispute.terminated = 0
    dispute.doors = 0
    dispute.answer = 0
    dispute.call = 0
    dispute.registered_twice = 0
    dispute.is_linked = 0
    dispute.is_review = 0
    dispute.is_withdrawn = 0
    dispute.is_confirmed = 0
    return d


@compiled
def set_clocks(world, d, today, behaviour):
    """A new dispute's claimant will act when patience ends; a grid worker may notice before."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    traits = traits_of(world.seed, key_of(village.code, dispute.claimant), behaviour)
    for trait in range(TRAITS):
        dispute.traits[trait] = traits[trait]
    dispute.claim_on = today + patience_days(behaviour, traits[PATIENCE], dispute.severity, 1.0)
    learned = HUNDREDTH * world.residents[village.first_resident + dispute.claimant].learned[LOCAL]
    disclosure = behaviour.disclosure * within(traits[TRUST + LOCAL] + learned, 0.0, 1.0)
    if village.has[FIRST_CONTACT] != 0:
        disclosure *= 1.0 + behaviour.first_contact_notice
    exponential = chance.exponential(chance.uniform(world.seed, Purpose.NOTICE, dispute.key, 0))
    worker = world.grid_workers[grid_of(village, dispute.claimant)]
    dispute.noticed_at = _hazard(worker, today) + (exponential / disclosure if disclosure > 0.0 else 1e9)
    wait_for_notice(world, d, today)


@compiled
def stop_clocks(world, today):
    """Before grids change at the start of ``today``: latent disputes keep what their clock has still to run."""
    for d in range(world.state[0].used):
        dispute = world.disputes[d]
        if dispute.stage == Stage.LATENT:
            worker = world.grid_workers[grid_of(world.villages[dispute.village], dispute.claimant)]
            dispute.noticed_at -= _hazard(worker, today - 1)


@compiled
def start_clocks(world, today):
    """After grids have changed, with all their clocks at zero: latent disputes are scheduled anew."""
    for d in range(world.state[0].used):
        if world.disputes[d].stage == Stage.LATENT:
            wait_for_notice(world, d, today - 1)
