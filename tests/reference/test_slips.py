"""A slip in one of the two implementations is noticed: the comparison is no empty one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.reference import choice, county_profile
from tests.reference.centre import Mediator, Pool
from tests.reference.compare import compare
from tests.reference.dispute import Dispute
from tests.reference.phases import arise, petition, settle, together, work
from tests.reference.resident import Resident
from tests.reference.village import Village
from tests.reference.worlds import ONE_YEAR, world

Slip = tuple[Any, str, Callable[[Any], Callable[..., Any]]]
"""Where a rule stands, its name, and what makes a wrong rule of the right one."""


def forget_asymmetry(right):
    """A failure teaches as much as a success."""

    def learn(self, body, is_success):
        asymmetry, self.model.behaviour.trust_asymmetry = self.model.behaviour.trust_asymmetry, 1.0
        right(self, body, is_success)
        self.model.behaviour.trust_asymmetry = asymmetry

    return learn


def last_come_first(right):
    """Queues are served from their end."""

    def call_next(self):
        self.queue.reverse()
        self.queue.sort(key=lambda case: (-case.queued_on, case.identity))
        return self.queue.pop(0)

    return call_next


def overdue_wait(right):
    """Overdue petitions have to wait like all others."""
    return lambda self: self.queue.pop(0)


def first_mediator(right):
    """Not the least busy mediator but the first with a free slot takes a case."""
    return lambda self: next((mediator for mediator in self.mediators if mediator.has_free_slot), None)


SLIPS: dict[str, Slip] = {
    "losses teach as much as successes": (Resident, "learn", forget_asymmetry),
    "queues are served from their end": (Pool, "call_next", last_come_first),
    "overdue petitions wait": (Pool, "call_next", overdue_wait),
    "the first mediator takes all": (Pool, "free_mediator", first_mediator),
    "nobody learns by doing": (Mediator, "skill", lambda right: property(lambda self: self.talent)),
    "an empty hand-off adds no door": (Dispute, "pass_door", lambda right: lambda self: None),
    "all is eligible": (Dispute, "is_eligible", lambda right: lambda self, office: True),
    "nobody is linked": (Dispute, "link_up", lambda right: lambda self: None),
    "nobody joins": (together, "is_free", lambda right: lambda dispute: False),
    "who leads keeps the others": (Dispute, "release", lambda right: lambda self: []),
    "villages never forget": (Village, "remember", lambda right: lambda self, *news: None),
    "waits are never published": (Pool, "publish_wait", lambda right: lambda self: None),
    "no doors are weighed": (choice, "doors", lambda right: lambda dispute, forum: 1),
    "everybody knows the rule": (choice, "acceptance", lambda right: lambda dispute, forum: 1.0),
    "concealment does nothing": (settle, "nominal_share", lambda right: lambda d: d.model.behaviour.nominal_share),
    "no review": (settle, "ask_for_review", lambda right: lambda dispute, u: False),
    "repeats stay at their level": (petition, "NATION", lambda right: 0),
    "organisations refuse like others": (
        work,
        "refusal",
        lambda right: lambda d, _: d.model.behaviour.party_refuses,
    ),
    "norms prevent all": (arise, "HIDDEN", lambda right: "prevented"),
    "nobody offends": (Dispute, "offend", lambda right: lambda self, until: None),
    "counties have no luck of their own": (county_profile, "county_luck", lambda right: lambda model, code: (0, 0, 0)),
    "all that is known of counties is usual": (county_profile, "FARTHEST", lambda right: 1.0),
    "fading is forgotten": (settle, "fades", lambda right: lambda dispute, day: dispute.end()),
}

WORLD = world(
    "policy gansu_2019",
    *ONE_YEAR,
    "before=gansu_2019",
    "before.staff.enterprise_mediators=100",
    "before.norms.moral_bank=1",
    "before.assessment.audit_rate=0",
    "behaviour.grievances=90",
    "behaviour.party_refuses=0.5",
    "behaviour.enterprise_consent=1",
    "behaviour.constant_county=0",
    "behaviour.constant_village=-1",
    "behaviour.hand_off_delay=2",
    "behaviour.constant_petition=-2",
    "behaviour.repeats=2",
    "behaviour.offence_rate=0.5",
    "behaviour.review_share=0.9",
    "behaviour.nominal_share=0.6",
    "behaviour.intercept_petition=-2",
    "behaviour.slots_petition=1",
    "behaviour.petition_days=90",
    "behaviour.causes.groups=3",
    "behaviour.counties.spread_grievances=0.2",
    "behaviour.counties.labour_construction=0.5",
)


@pytest.mark.long
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_noticed(slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, rule, wrong = SLIPS[slip]
    monkeypatch.setattr(where, rule, wrong(getattr(where, rule)))
    comparison = compare(WORLD, seed=1)
    assert comparison.differences


def test_without_a_slip_nothing_is_noticed() -> None:
    assert compare(WORLD, seed=1).differences == []
