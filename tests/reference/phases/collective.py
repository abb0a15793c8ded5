"""Claimants whom one cause has failed act together (ODD 7.11; part of phase 3)."""

from __future__ import annotations

import math

from sim.chance import Purpose
from sim.ledger import PETITION_LEVELS
from tests.reference.cause import Cause
from tests.reference.fixed import ENOUGH
from tests.reference.phases.petition import is_registered
from tests.reference.phases.together import persons_sent


def look_at_causes(model) -> None:
    """What everybody knows today of causes is how they stood last night."""
    disputes = [each for each in model.disputes.values() if each.cause]
    model.causes = [each for each in model.causes if any(it.cause is each for it in disputes)]
    for cause in model.causes:
        cause.is_threat = cause.failed >= ENOUGH
        cause.open = max(1, sum(each.is_open for each in disputes if each.cause is cause))


def gather(model) -> None:
    """Where enough have failed they may act on the first of a month."""
    for cause in model.causes:
        if cause.is_threat and model.date.day == 1:
            may_act(model, cause)


def may_act(model, cause: Cause) -> None:
    """A mass incident or a joint visit to the lowest petition office, booked there as a repeat visit."""
    behaviour, number, county = model.behaviour, cause.failed, cause.village.township.county
    key = cause.village.key_of(cause.ordinal)
    acts, incident, u, _ = model.luck.four(Purpose.JOINT_ACTION, key, model.today)
    if acts >= 1 - math.exp(-behaviour.collective_rate / 12 * number / ENOUGH):
        return

    def tally(event: str, times: int = 1) -> None:
        model.ledger.count(county.row, model.month, cause.kind, event, times)

    if incident < behaviour.incident_share:
        tally("mass_incident")
        return
    level = county.city.petition_levels[0]
    registered = is_registered(county, level, u)
    county.office_at(level).receive(registered)
    persons = persons_sent(model, key, number)
    tally(f"joint_visit_{PETITION_LEVELS[level]}")
    tally("joint_visit_person", persons)
    tally(f"repeat_presented_persons_{PETITION_LEVELS[level]}", persons)
    tally(f"repeat_presented_visit_{PETITION_LEVELS[level]}")
    if registered:
        tally(f"repeat_registered_visit_{PETITION_LEVELS[level]}")
        tally(f"repeat_registered_persons_{PETITION_LEVELS[level]}", persons)
