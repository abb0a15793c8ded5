"""What both implementations say of every dispute, in the same words."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.dispute import Call, Forum, Opponent, Stage
from sim.agents.dispute import Dispute as KernelDispute
from sim.agents.dispute_kind import MEDIATION_KINDS, NO_DEPARTMENT
from sim.ledger import CHANNELS
from sim.model import GovernanceModel
from sim.phases.patrol import NOT_AGAIN
from tests.reference.dispute import Dispute

View = dict[str, Any]

OF_THE_CALENDAR = (
    "village",
    "ordinal",
    "key",
    "phase",
    "bucket",
    "place",
    "next_in_queue",
    "before_in_queue",
    "next_member",
    "before_member",
)
"""Fields that say where a record stands in the compiled model, and its identity."""

WITH_POOL = (Stage.AWAITING_ANSWER, Stage.QUEUED, Stage.IN_WORK)
WITH_MATCH = (*WITH_POOL, Stage.IN_COURT)


NEVER_NOTICED = 1e9
"""Reading of a grid worker's clock that never comes."""


def _relevant(view: View) -> View:
    """Without what says nothing in its stage: a pool that was left, an answer to an earlier call."""
    stage, in_process = view["stage"], view["accepted_on"] >= 0
    if stage in (Stage.LATENT, Stage.QUEUED):
        del view["since"], view["due"]  # latent ones are looked at when something may happen; who queues has no end
    if stage != Stage.LATENT or view["is_noticed"]:
        del view["noticed_at"]
    elif view["noticed_at"] >= NEVER_NOTICED:
        view["noticed_at"] = NEVER_NOTICED
    if stage != Stage.LATENT:
        del view["is_noticed"]
    if not (stage in WITH_POOL or in_process):
        del view["pool"]
    if stage not in (Stage.QUEUED, Stage.AWAITING_ANSWER):
        del view["queued_on"]
    if stage != Stage.IN_WORK:
        del view["mediator"], view["is_withdrawn"], view["is_confirmed"], view["rushed"]
    if not (stage in WITH_MATCH or in_process):
        del view["match"], view["registered_twice"], view["answer"]
    if stage != Stage.AWAITING_ANSWER:
        del view["call"], view["others_missing"]
    if not in_process:
        del view["deadline"], view["channel"]
    return view


Identity = tuple[int, int]
"""Row of the village and ordinal there."""


def records_of(model: GovernanceModel) -> dict[Identity, bytes]:
    """All dispute records in use, lapsed ones included, as they stand in the compiled model."""
    found = {}
    for city in range(len(model.province.cities)):
        rows = model.state.disputes[model.state.used_disputes_of(city)]
        rows = rows[rows["stage"] != Stage.FREE]
        identities = zip(rows["village"].tolist(), rows["ordinal"].tolist(), strict=True)
        found |= {identity: row.tobytes() for identity, row in zip(identities, rows, strict=True)}
    return found


def view_of_record(model: GovernanceModel, record: bytes) -> View:
    """What a record of the compiled model says."""
    row = np.frombuffer(record, KernelDispute.record)[0]
    view = dict(zip(KernelDispute.fields(), row.tolist(), strict=True))
    for name in OF_THE_CALENDAR:
        del view[name]
    first_mediator = model.state.pools["first_mediator"]
    view["failures"] = tuple(view["failures"].tolist())
    *traits, knows = view["traits"].tolist()
    view["traits"] = (*traits, model.world_scenario.behaviour.rule_spread * knows)
    view["channel"] = CHANNELS[view["channel"]]
    view["is_noticed"] = view["noticed_at"] >= NOT_AGAIN / 2
    view["mediator"] = view["mediator"] - int(first_mediator[view["pool"]]) if view["mediator"] >= 0 else -1
    view["pool"] = place_of_pool(model, view["pool"])
    if view["cause"] >= 0:
        causes = model.state.causes[model.state.disputes_of(int(model.state.villages["city"][row["village"]]))]
        view["cause"] = int(causes["ordinal"][view["cause"]])
    return _relevant(view)


def place_of_pool(model: GovernanceModel, pool: int) -> tuple[int, int]:
    """Code of the place and kind of mediation of a row of pools."""
    centres = model.state.centres
    if pool < 0:
        return -1, -1
    if pool >= len(centres) * MEDIATION_KINDS:
        return int(model.state.villages["code"][pool - len(centres) * MEDIATION_KINDS]), 0
    return int(centres["code"][pool // MEDIATION_KINDS]), pool % MEDIATION_KINDS


def view_of(dispute: Dispute) -> View:
    """What the reference says."""
    return _relevant(_view(dispute))


def _view(dispute: Dispute) -> View:
    traits, circumstances = dispute.claimant.traits, dispute.claimant.circumstances
    return {
        "claimant": dispute.claimant.number,
        "opened": dispute.opened,
        "since": dispute.since,
        "due": dispute.due,
        "claim_on": dispute.claim_on,
        "repeat_on": dispute.repeat_on,
        "pool": (dispute.pool.place.code, dispute.pool.kind) if dispute.pool else (-1, -1),
        "queued_on": dispute.others_due if dispute.stage == Stage.AWAITING_ANSWER else dispute.queued_on,
        "mediator": dispute.mediator.ordinal if dispute.mediator else -1,
        "accepted_on": -1 if dispute.accepted_on is None else dispute.accepted_on,
        "deadline": dispute.deadline,
        "felt_on": dispute.felt_on,
        "noticed_at": dispute.noticed_at,
        "severity": dispute.severity,
        "complexity": dispute.complexity,
        "grievance": dispute.grievance,
        "until_offence": dispute.until_offence,
        "offences": dispute.offences,
        "match": dispute.match,
        "assertiveness": dispute.assertiveness,
        "online": dispute.online,
        "entries": dispute.draws,
        "kind": dispute.kind,
        "cause": dispute.cause.ordinal if dispute.cause else -1,
        "opponent": Opponent(dispute.opponent),
        "department": NO_DEPARTMENT if dispute.department is None else dispute.department,
        "stage": dispute.stage,
        "forum": dispute.forum,
        "channel": dispute.channel,
        "attempts": dispute.attempts,
        "traits": (traits.log_patience, *traits.trust.values(), traits.legal_awareness, traits.slowness),
        "failures": tuple(dispute.failures[forum] for forum in Forum),
        "closed_level": dispute.closed_level,
        "reviews": dispute.reviews,
        "presentations": dispute.presentations,
        "doors": dispute.doors,
        "origin": dispute.origin,
        "others_missing": dispute.others_missing,
        "answer": dispute.answer,
        "call": Call(dispute.call),
        "registered_twice": int(dispute.registered_twice),
        "income": circumstances.income,
        "is_migrant": int(circumstances.is_migrant),
        "is_linked": int(dispute.is_linked),
        "is_review": int(dispute.is_review),
        "is_withdrawn": int(dispute.is_withdrawn),
        "is_confirmed": int(dispute.is_confirmed),
        "rushed": dispute.rushed,
        "is_timed": int("grievance" not in dispute.clocks),
        "reached_on": dispute.clocks.get("intake", -2 if dispute.has_reached_office else -1),
        "is_noticed": dispute.is_noticed,
    }
