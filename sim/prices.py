"""Which levers have a price, and which a policy moves without one: gaps of the account, told beside every cost.

``sim.costs.monthly_cost`` adds up staff, centres, posts, programmes and subsystems at ``sim.behaviour.Prices``; what
concessions, pay by the case and the police cost is added as it falls due. What no price is known or assumed of costs
nothing there, which is not to say that it is free.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from sim.guidance import REGION_TYPE, level_of
from sim.parameters import declarations, vector
from sim.policy import Policy

PRICED = {
    "cost_centre_township": ("centre.coverage_township", "centre.working_share"),
    "cost_centre_county": ("centre.coverage_county",),
    "cost_centre_city": ("centre.coverage_city",),
    "cost_commissar": ("centre.commissars",),
    "cost_judge_contact_point": ("centre.judge_contact_points",),
    "cost_village_mediator": ("staff.mediators_village",),
    "cost_contract_mediator": (
        "staff.full_time_share_village",
        "staff.full_time_share_centre",
        "staff.mediators_township",
        "staff.mediators_county",
        "staff.mediators_city",
        "staff.mix_people",
        "staff.mix_professional",
    ),
    "cost_judicial_mediator": ("staff.mix_judicial",),
    "cost_official": ("staff.department_clerks", "staff.petition_handlers", "staff.mix_administrative"),
    "cost_prelitigation": ("staff.prelitigation_mediators",),
    "cost_enterprise_mediator": ("staff.enterprise_mediators",),
    "cost_informal_mediator": ("staff.informal_mediators",),
    "cost_training": ("staff.training",),
    "cost_grid_worker": ("grid.households_per_grid", "grid.hours_per_day"),
    "cost_overtime": ("grid.overtime",),
    "cost_womens_team": ("staff.womens_teams",),
    "cost_moral_bank": ("norms.moral_bank",),
    "cost_praise_meetings": ("norms.praise_meetings",),
    "cost_first_contact": ("grid.first_contact",),
    "cost_service_clerk": ("services.service_clerks",),
    "cost_subsystem": ("platform.subsystems",),
    "cost_concession": ("petition.stability_fund",),
    "cost_police_passed": ("centre.police_linkage",),
}
"""Levers by the price (``sim.behaviour.Prices``) of what they add, the first where there are several."""

TIMING = ("roll_out.batch_1_start", "roll_out.batch_2_start", "roll_out.ramp")
"""Levers that say when the others act, and so when these cost."""

MONEY = ("staff.case_pay",)
"""Levers that are themselves what is paid."""

PRICES = (
    {lever: price for price, levers in PRICED.items() for lever in levers}
    | dict.fromkeys(TIMING, "timing")
    | dict.fromkeys(MONEY, "itself")
)
"""The price of every lever that has one; ``timing`` for those of the roll-out, ``itself`` for those that are money."""

UNCOSTED = "uncosted"
"""What a lever without a price is called, and a policy that moves one."""


def price_of(lever: str) -> str:
    """The name of a lever's price, ``timing``, ``itself``, or ``uncosted``."""
    return PRICES.get(lever, UNCOSTED)


def uncosted(reference: Policy, policy: Policy) -> tuple[str, ...]:
    """Levers without a price that a policy sets otherwise than a reference, wherever they do, in the order declared.

    Such a policy's cost leaves something out, and it cannot be called cheaper or dearer than the reference.
    """
    places = sorted({*reference.places, *policy.places})
    moved = np.zeros(len(levers()), bool)
    for one, other in zip(_everywhere(reference, places), _everywhere(policy, places), strict=True):
        moved |= vector(one) != vector(other)
    return tuple(name for name, is_moved in zip(levers(), moved, strict=True) if is_moved and name not in PRICES)


@cache
def levers() -> tuple[str, ...]:
    """Names of all levers, in the order declared."""
    return tuple(each.name for each in declarations(Policy))


def _everywhere(policy: Policy, places: list[str]) -> Iterator[Policy]:
    """The policy as it applies where nothing is overridden, in each region type, and in each place of each."""
    regions = ["", *(place for place in places if level_of(place) == REGION_TYPE)]
    codes = [0, *(int(place) for place in places if level_of(place) != REGION_TYPE)]
    return (policy.in_place(code, region) for code in codes for region in regions)
