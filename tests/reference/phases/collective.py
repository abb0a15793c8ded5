"""Linked disputants act together (ODD 7.11; part of phase 3)."""

from __future__ import annotations

import math

from sim.chance import Purpose
from sim.ledger import DISPUTE_KINDS, PETITION_LEVELS
from tests.reference.fixed import ENOUGH, REPRESENTATIVES
from tests.reference.phases.petition import is_registered
from tests.reference.places import Township


def gather(model) -> None:
    """Where there are enough of a kind they are a threat and may act."""
    for township in model.townships:
        township.threat = {kind for kind in range(len(DISPUTE_KINDS)) if township.linked[kind] >= ENOUGH}
        for kind in sorted(township.threat):
            may_act(model, township, kind)


def may_act(model, township: Township, kind: int) -> None:
    """A mass incident or a joint visit to the lowest petition office, booked there as a repeat visit."""
    behaviour, number = model.behaviour, township.linked[kind]
    acts, incident, u, _ = model.luck.four(Purpose.JOINT_ACTION, township.code * 16 + kind, model.today)
    if acts >= 1 - math.exp(-behaviour.collective_rate / 365 * number / ENOUGH):
        return

    def tally(event: str, times: int = 1) -> None:
        model.ledger.count(township.county.row, model.month, kind, event, times)

    if incident < behaviour.incident_share:
        tally("mass_incident")
        return
    level = township.city.petition_levels[0]
    registered = is_registered(township.county, level, u)
    township.county.office_at(level).receive(registered)
    tally("joint_visit")
    tally("joint_visit_person", min(number, REPRESENTATIVES))
    tally(f"repeat_presented_visit_{PETITION_LEVELS[level]}")
    if registered:
        tally(f"repeat_registered_visit_{PETITION_LEVELS[level]}")
