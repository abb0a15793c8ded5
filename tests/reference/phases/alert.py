"""What becomes of an alert: its source is found, or it was a false one (ODD 7.8; part of phase 3)."""

from __future__ import annotations

from sim.agents.dispute import Forum, Stage
from sim.chance import Purpose
from tests.reference.cause import Cause
from tests.reference.dispute import Dispute
from tests.reference.phases.together import carry, is_free, leave_queue_for_another
from tests.reference.village import Village

KNOWN = 3


def heed_alerts(model) -> None:
    """On the first of a month."""
    if model.date.day != 1:
        return
    for village in model.villages:
        if village.is_alert:
            heed(model, village)


def heed(model, village: Village) -> None:
    """Looks for the causes of which three claimants are known; a false alert costs hours."""
    causes = [cause for cause in model.causes if cause.village is village and known(model, cause) >= KNOWN]
    figure = "alert_true" if causes else "alert_false"
    model.ledger.book_month(village.township.county, figure, 1)
    if not causes:
        village.grid_workers[0].spend(model.behaviour.causes.alert_hours)
    for cause in causes:
        found = model.luck.four(Purpose.SOURCE, village.key_of(cause.ordinal), model.today)[0]
        if found < model.behaviour.causes.source_found and cause.leader is None:
            bring_to_centre(model, cause)


def members(model, cause: Cause) -> list[Dispute]:
    """In order."""
    return model.in_order([each for each in model.disputes.values() if each.cause is cause])


def known(model, cause: Cause) -> int:
    """Open matters that a grid worker or a third party knows of."""

    def is_known(dispute: Dispute) -> bool:
        tried = dispute.forum >= Forum.VILLAGE or any(dispute.failures[forum] for forum in Forum if forum >= 2)
        return dispute.is_noticed or tried

    return sum(is_known(each) for each in members(model, cause) if each.is_open)


def bring_to_centre(model, cause: Cause) -> None:
    """All who are free go to the township as one case, that of the first of them."""
    free = [each for each in members(model, cause) if is_free(each)]
    if not free:
        return
    leader, *others = free
    cause.leader, cause.is_at_source = leader, True
    if leader.stage == Stage.QUEUED:
        leave_queue_for_another(leader)
    leader.choose(Forum.TOWNSHIP)
    leader.village.reported += 1
    leader.enter(Stage.ON_THE_WAY, model.today)
    for other in others:
        carry(leader, other)
        cause.carried.append(other)
