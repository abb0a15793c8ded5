"""What becomes of an alert (part of phase 3): its source is found and settled, or it was a false one.

Early warning (``sim.early_warning``) sees that more is reported of a village than is usual. Where that has a cause that
several claimants share, whoever looks for it may find it.
"""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.dispute import NEVER, Forum, Stage, key_of
from sim.agents.grid_worker import GridWorker
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart
from sim.ledger import MONTHLY_FIGURES
from sim.phases.linked import has_failed_beyond_talk
from sim.phases.patrol import NOT_AGAIN
from sim.phases.together import book_choice, carry, may_join
from sim.records import Row
from sim.world import World, begins_month, leave_pool

TRUE, FALSE = (MONTHLY_FIGURES.index(name) for name in ("alert_true", "alert_false"))

KNOWN = 3
"""Claimants of a cause who are known to somebody, from whom an alert has a source."""

_spend = GridWorker.spend


@compiled_apart
def heed_alerts(world: World, today: int, month: int) -> None:
    """On the first of a month the source of each alert is looked for; without one, a grid worker's hours are lost."""
    if not begins_month(world, today, month):
        return
    behaviour = world.behaviour[0]
    for v in range(world.first_village, world.last_village):
        village = world.villages[v]
        if village.is_alert == 0:
            continue
        is_true = False
        for c in range(world.state[0].used_causes):
            cause = world.causes[c]
            if cause.members < KNOWN or cause.village != v or known_members(world, c) < KNOWN:
                continue
            is_true = True
            found, _, _, _ = chance.quad(world.seed, Purpose.SOURCE, key_of(village.code, cause.ordinal), today)
            if found < behaviour.source_found and cause.leader < 0:
                bring_to_centre(world, c, today, month)
        world.monthly[village.county, month, TRUE if is_true else FALSE] += 1.0
        if not is_true:
            worker = world.grid_workers[village.first_grid_worker]
            _spend(worker, behaviour.alert_hours, world.regime[village.regime].hours_per_day)


@compiled
def is_known(dispute: Row) -> bool:
    """Whether anybody but the two sides knows of an open dispute: a grid worker, or a third party that was tried."""
    if dispute.stage in (Stage.LAPSED, Stage.RELAPSING, Stage.HOLDING):
        return False
    return dispute.noticed_at >= 0.5 * NOT_AGAIN or dispute.forum >= Forum.VILLAGE or has_failed_beyond_talk(dispute)


@compiled
def known_members(world: World, c: int) -> int:
    """Open disputes of a cause that are known to anybody."""
    number = 0
    m = np.int64(world.causes[c].first)
    while m >= 0:
        number += is_known(world.disputes[m])
        m = np.int64(world.disputes[m].next_member)
    return number


@compiled
def bring_to_centre(world: World, c: int, today: int, month: int) -> None:
    """All claimants of a cause who are free go to the township's centre today, as one case: that of the first.

    Every department that its kind may concern is asked there (``sim.phases.departments``).
    """
    cause = world.causes[c]
    first = np.int64(-1)
    m = np.int64(cause.first)
    while m >= 0:
        dispute = world.disputes[m]
        if may_join(dispute, today) and (first < 0 or dispute.ordinal < world.disputes[first].ordinal):
            first = m
        m = np.int64(dispute.next_member)
    if first < 0:
        return
    cause.leader = first
    cause.matters = 1
    cause.is_at_source = 1
    m = np.int64(cause.first)
    while m >= 0:
        if m != first and may_join(world.disputes[m], today):
            carry(world, m, Forum.TOWNSHIP, today, month)
            cause.matters += 1
        m = np.int64(world.disputes[m].next_member)
    if world.disputes[first].stage == Stage.QUEUED:
        leave_pool(world, first, today, month)
        world.disputes[first].repeat_on = NEVER  # who waits no longer has no reason to petition meanwhile
    book_choice(world, first, Forum.TOWNSHIP, month)
    world.villages[cause.village].reported += 1
    enter(world, first, Stage.ON_THE_WAY, Phase.INTAKE, today, today)
