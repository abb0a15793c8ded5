"""A petition office: letters and visits at county, city, province and nation.

The provincial and national offices have no shared capacity; they keep one register per city, so that cities stay
independent within a year.
"""

from __future__ import annotations

import numpy as np

from sim.agents.dispute import Forum
from sim.compilation import compiled, rule
from sim.records import RecordAgent, Row

COUNTY_LEVEL, CITY_LEVEL, PROVINCE_LEVEL, NATION_LEVEL = range(4)
"""Petition levels, as in ``ledger.PETITION_LEVELS``."""

VISIT, LETTER, ONLINE = range(3)
"""Channels, as in ``ledger.CHANNELS``."""

ROUTING_DAYS = 15
"""Registered and routed within 15 days (2005 Regulations, Art. 21); acceptance decided within 15 more."""

CLOSING_DAYS = 60
EXTENSION_DAYS = 30
"""Closed within 60 days of acceptance, 30 more if complex (2005 Regulations, Art. 33)."""

REVIEW_DAYS = 30
"""A review or re-check is asked for within 30 days and decided within 30 more (Art. 34 and 35)."""

REPRESENTATIVES = 5
"""A joint visit sends at most five representatives (Art. 18)."""

COMPLEX_FROM = 1.25
"""Complexity from which the extension is granted: a quarter of matters (assumed)."""


class PetitionOffice(RecordAgent):
    """One register: what was presented, registered and accepted, and what is in process."""

    record = np.dtype(
        [
            ("level", np.uint8),  # ledger.PETITION_LEVELS
            ("city", np.int32),
            ("county", np.int32),  # -1 above the county
            ("presented", np.int64),
            ("registered", np.int64),
            ("accepted", np.int64),
            ("in_process", np.int64),
        ],
        align=True,
    )

    @rule
    def receive(self, is_registered: bool) -> None:
        """Somebody presents a petition; it is written down or not."""
        self.presented += 1
        if is_registered:
            self.registered += 1

    @rule
    def accept(self) -> None:
        """A matter is accepted and in process from now on."""
        self.accepted += 1
        self.in_process += 1

    @rule
    def close(self) -> None:
        """A matter in process ends."""
        self.in_process -= 1


@compiled
def office_of(level: int, county: int, city: int, counties: int, cities: int) -> int:
    """Row of the register for a petition level (0 county … 3 nation): counties first, then each level's cities."""
    if level == 0:
        return county
    return counties + (level - 1) * cities + city


@compiled
def has_office(level: int, regime: Row) -> bool:
    """Whether there is an office on a petition level: none where no government stands on the county's or city's."""
    if level == COUNTY_LEVEL:
        return regime.county_tier > 0.5
    return level != CITY_LEVEL or regime.city_tier > 0.5


@compiled
def next_level(level: int, regime: Row) -> int:
    """The petition level of the next office above one (-1 for none yet: gives the lowest there is)."""
    level += 1
    while not has_office(level, regime):
        level += 1
    return level


@compiled
def office_level(forum: int, regime: Row) -> int:
    """Level of a forum's petition office in the chain of acceptance: 1 for the level above townships and so on.

    0 for other forums; -1 for an office that there is not. Levels without one are left out of the chain.
    """
    if forum < Forum.PETITION_COUNTY:
        return 0
    level = forum - Forum.PETITION_COUNTY
    if not has_office(level, regime):
        return -1
    offices = 0
    for each in range(level + 1):
        if has_office(each, regime):
            offices += 1
    return offices


@compiled
def closing_days(complexity: float, is_review: bool) -> int:
    """Days from acceptance within which a petition has to be closed."""
    if is_review:
        return REVIEW_DAYS
    return CLOSING_DAYS + (EXTENSION_DAYS if complexity >= COMPLEX_FROM else 0)
