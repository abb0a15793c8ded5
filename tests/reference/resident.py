"""A resident: traits and circumstances are functions of the key (ODD 7.2); only learned trust changes (7.19)."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import mesa

from sim import chance
from sim.agents.dispute import Forum
from sim.chance import Purpose
from tests.reference.fixed import HUNDREDTH, LONGEST_PATIENCE
from tests.reference.numbers import rounded, single, within

if TYPE_CHECKING:
    from tests.reference.village import Village

LOCAL, MIDDLE, HIGHER, COURT = "local", "middle", "higher", "court"

BODY_OF_FORUM = {
    Forum.NOTHING: LOCAL,  # where the police come
    Forum.VILLAGE: LOCAL,
    Forum.TOWNSHIP: LOCAL,
    Forum.COUNTY: MIDDLE,
    Forum.COURT: COURT,
    Forum.PETITION_COUNTY: MIDDLE,
    Forum.PETITION_CITY: MIDDLE,
    Forum.PETITION_PROVINCE: HIGHER,
    Forum.PETITION_NATION: HIGHER,
}
"""Whom trust is in that a forum rests on; bilateral talk rests on none."""


class Traits(NamedTuple):
    """What never changes about a resident."""

    log_patience: float
    trust: dict[str, float]
    legal_awareness: float
    slowness: float
    """Days until a changed rule becomes known."""
    hears: float
    """Share of residents who hear of something new before this one."""


class Circumstances(NamedTuple):
    """What a resident lives in."""

    assertiveness: float
    is_migrant: bool
    income: int
    online: float
    """Standing in online access: below 1 there is some."""


class Resident(mesa.Agent):
    """A person living in a village."""

    def __init__(self, model, village: Village, number: int) -> None:
        super().__init__(model)
        self.village = village
        self.number = number
        self.learned = dict.fromkeys((LOCAL, MIDDLE, HIGHER, COURT), 0)
        """Learned change in trust, in hundredths."""

    @property
    def key(self) -> int:
        """The resident's key for chance."""
        return self.village.key_of(self.number)

    @cached_property
    def traits(self) -> Traits:
        """Drawn by key: patience, baseline trust, legal awareness, slowness to learn of rules."""
        behaviour = self.model.behaviour
        a, b, is_central, law = self.model.luck.four(Purpose.TRAITS, self.key, 0)
        more_law, knows, court, hears = self.model.luck.four(Purpose.TRAITS, self.key, 1)
        radius = math.sqrt(-2.0 * math.log(a))  # Box and Muller: one pair of draws gives both normals
        z_patience, z_trust = radius * math.cos(2.0 * math.pi * b), radius * math.sin(2.0 * math.pi * b)
        base = within(behaviour.trust_mean + behaviour.trust_spread * z_trust, 0.02, 0.98)
        gap = behaviour.centralised_gap if is_central < behaviour.centralised_share else 0.0
        return Traits(
            log_patience=single(behaviour.patience_spread * z_patience),
            trust={
                LOCAL: single(within(base - 0.5 * gap, 0.0, 1.0)),
                MIDDLE: single(within(base - 0.2 * gap, 0.0, 1.0)),
                HIGHER: single(within(base + 0.5 * gap, 0.0, 1.0)),
                COURT: single(within(0.5 * (base + court), 0.0, 1.0)),
            },
            legal_awareness=single(
                within(0.5 * (law + more_law) + self.village.township.county.profile.legal, 0.0, 1.0)
            ),
            slowness=behaviour.rule_spread * single(chance.exponential(knows)),
            hears=hears,
        )

    @cached_property
    def circumstances(self) -> Circumstances:
        """Drawn by key: assertiveness, migration, income, online access."""
        behaviour, profile = self.model.behaviour, self.village.township.county.profile
        a, migrates, income, online = self.model.luck.four(Purpose.CIRCUMSTANCES, self.key, 0)
        return Circumstances(
            assertiveness=behaviour.assertiveness * math.sqrt(12.0) * (a - 0.5),
            is_migrant=migrates < profile.migrant_share,
            income=int(3.0 * income),
            online=online / profile.online_share if profile.online_share > 0 else 2.0,
        )

    @cached_property
    def aspiration(self) -> float:
        """Drawn by key: what a forum must be worth to be good enough, before anything has failed (ODD 7.32)."""
        given = self.model.behaviour.satisficing
        a, b, _, _ = self.model.luck.four(Purpose.ASPIRATION, self.key, 0)
        return given.aspiration + given.aspiration_spread * math.sqrt(-2.0 * math.log(a)) * math.cos(2.0 * math.pi * b)

    def trust(self, body: str) -> float:
        """Trust today: the baseline plus what was learned."""
        return within(self.traits.trust[body] + HUNDREDTH * self.learned[body], 0.0, 1.0)

    def learn(self, body: str, is_success: bool) -> None:
        """Rescorla and Wagner: a success closes part of the way to 1, a failure takes a larger part away."""
        behaviour = self.model.behaviour
        trust = self.trust(body)
        if is_success:
            changed = trust + behaviour.trust_gain * (1.0 - trust)
        else:
            changed = trust - min(1.0, behaviour.trust_gain * behaviour.trust_asymmetry) * trust
        hundredths = rounded(100.0 * (changed - self.traits.trust[body]))
        self.learned[body] = int(within(hundredths, -100, 100))

    def patience(self, severity: float, share: float = 1.0) -> int:
        """Whole days until the resident acts on a grievance."""
        behaviour = self.model.behaviour
        days = share * behaviour.patience * math.exp(self.traits.log_patience) * (1.5 - severity)
        return int(within(rounded(days), 0, LONGEST_PATIENCE))
