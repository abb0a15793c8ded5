"""Phase 2: grid workers notice latent disputes, settle the small ones and refer others (ODD 7.9)."""

from __future__ import annotations

from sim import chance
from sim.agents.dispute import Forum, Opponent, Stage
from sim.chance import Purpose
from tests.reference.dispute import Dispute
from tests.reference.fixed import BIG
from tests.reference.numbers import rounded
from tests.reference.phases.settle import close


def patrol(model) -> None:
    """Whoever's clock has run off what was drawn is noticed, if the claimant does not act today."""
    latent = [d for d in model.disputes.values() if d.stage == Stage.LATENT and not d.is_noticed]
    for dispute in model.in_order(latent):
        worker = dispute.village.grid_worker_of(dispute.claimant)
        if dispute.claim_on > model.today and worker.hazard() >= dispute.noticed_at:
            notice(dispute)


def notice(dispute: Dispute) -> None:
    """A grid worker learns of it."""
    behaviour, regime, village = dispute.model.behaviour, dispute.village.regime, dispute.village
    worker = village.grid_worker_of(dispute.claimant)
    dispute.is_noticed = True
    dispute.tally("noticed")
    dispute.tally("reporting_minutes", rounded(regime.reporting))
    village.reported += 1
    worker.spend(regime.reporting / 60)
    if dispute.opponent == Opponent.PEER and dispute.severity <= regime.settling_power:
        worker.spend(behaviour.spot_hours)
        u, *_ = dispute.draw_aside(Purpose.SPOT)
        if u < behaviour.spot_success * (1 - dispute.severity):
            dispute.tally("settled_on_spot")
            close(dispute, "local", None)
            return
    refer(dispute)


def refer(dispute: Dispute) -> None:
    """With the claimant's consent to a mediator, at once by the platform, or later on paper, if it is not forgotten."""
    model, behaviour, regime = dispute.model, dispute.model.behaviour, dispute.village.regime
    consents, shared, forgotten, delay = dispute.draw_four(Purpose.REFERRAL)
    if consents >= behaviour.referral_consent:
        return
    if dispute.village.is_alert or shared < regime.information_sharing:
        arrives = model.today
    elif forgotten < behaviour.referral_forgotten:
        dispute.tally("referral_forgotten")
        return
    else:
        arrives = model.today + chance.days(behaviour.referral_delay, delay)
    is_big = dispute.severity > BIG or dispute.opponent != Opponent.PEER
    dispute.forum = Forum.TOWNSHIP if is_big else Forum.VILLAGE
    dispute.attempts += 1
    dispute.tally("referred")
    dispute.tally(f"first_{dispute.forum.name.lower()}")
    dispute.tally(f"chose_{dispute.forum.name.lower()}")
    dispute.enter(Stage.ON_THE_WAY, arrives)
