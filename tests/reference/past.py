"""What there is on the first day of what had gone before (ODD 7.26)."""

from __future__ import annotations

import math

from sim import chance
from sim.agents.dispute import Forum, Stage
from sim.chance import Purpose
from tests.reference.dispute import PETITIONS, Dispute
from tests.reference.numbers import single
from tests.reference.phases.arise import describe, fading_day, kind_of
from tests.reference.phases.settle import await_reactivation
from tests.reference.village import Village

LAST = 2**22 - 1
"""The last ordinal that a village has."""


def found_past(model) -> None:
    """Old grievances and standing petitioners of every village."""
    past = model.behaviour.past
    for village in model.villages:
        old, standing, _, _ = model.luck.four(Purpose.PAST, village.key_of(0), 0)
        for number in range(int(past.old_grievances * village.population / 1000 + old)):
            leave(model, village, LAST - 2 * number)
        for number in range(int(past.standing_petitioners * village.population / 1000 + standing)):
            stand(model, village, LAST - 2 * number - 1)


def age_of(model, u: float) -> int:
    """Days since it arose: an exponential age of what has not faded yet, within the past; the day before at least."""
    half_life = model.behaviour.grievance_half_life
    oldest = 365 * model.behaviour.past.past_years
    return max(1, int(-half_life * math.log2(1 - u * (1 - math.exp2(-oldest / half_life)))))


def recall(model, village: Village, ordinal: int, days: int) -> Dispute:
    """Drawn like a candidate with this ordinal."""
    _, which, _, _ = model.luck.four(Purpose.ARISE, village.key_of(ordinal), 0)
    candidates, village.candidates = village.candidates, ordinal
    dispute = describe(model, village, kind_of(village, which), 0, None)
    village.candidates = candidates
    dispute.opened = dispute.since = -days
    dispute.clocks["grievance"] = -days
    return dispute


def leave(model, village: Village, ordinal: int) -> None:
    """Left without a try."""
    age, fades, waits, _ = model.luck.four(Purpose.PAST, village.key_of(ordinal), 0)
    days = age_of(model, age)
    dispute = recall(model, village, ordinal, days)
    dispute.tally("founded_old")
    dispute.stage = Stage.LAPSED
    dispute.claim_on = fading_day(model, fades)
    await_reactivation(dispute, chance.exponential(waits))


def stand(model, village: Village, ordinal: int) -> None:
    """Turned away by the lowest office; the patience that is left is uniform."""
    behaviour = model.behaviour
    age, waits, _, _ = model.luck.four(Purpose.PAST, village.key_of(ordinal), 0)
    days = age_of(model, age)
    dispute = recall(model, village, ordinal, days)
    dispute.tally("founded_standing")
    dispute.forum = PETITIONS[min(village.township.county.city.petition_levels)]
    dispute.attempts = dispute.presentations = 1
    dispute.failures[Forum(dispute.forum)] = 1
    dispute.grievance = single(behaviour.failure_grievance * math.exp2(-days / behaviour.grievance_half_life))
    patience = dispute.claimant.patience(dispute.severity, behaviour.patience_again)
    dispute.claim_on = int(waits * max(1, patience))
    dispute.enter(Stage.AGGRIEVED, dispute.claim_on)
    dispute.since = -days
