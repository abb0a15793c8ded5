"""Which levers have a price: what moves without one is in no figure of cost."""

from __future__ import annotations

from dataclasses import asdict

from sim.policy import Policy

PRICED = frozenset(
    {
        "centre.coverage_township", "centre.coverage_county", "centre.coverage_city", "centre.working_share",
        "centre.commissars", "centre.judge_contact_points",
        "staff.mediators_village", "staff.mediators_township", "staff.mediators_county", "staff.mediators_city",
        "staff.department_clerks", "staff.petition_handlers", "staff.prelitigation_mediators",
        "staff.informal_mediators", "staff.womens_teams", "staff.enterprise_mediators", "staff.training",
        "grid.households_per_grid", "grid.first_contact", "platform.subsystems", "services.service_clerks",
        "norms.moral_bank", "norms.praise_meetings",
    }
)  # fmt: skip
"""Levers that ``sim.enactment.monthly_cost`` turns into yuan, by group and name."""


TIMING = "roll_out."
"""Levers that say when others arrive: what they cost is the others' cost."""


def is_uncosted(lever: str) -> bool:
    """Whether a lever, by group and name, has no price."""
    return lever not in PRICED and not lever.startswith(TIMING)


def uncosted(policy: Policy, other: Policy) -> tuple[str, ...]:
    """Levers without a price in which two policies differ, by group and name, in declared order.

    What single cities have of their own (``Policy.cities``) is left out.
    """
    first, second = asdict(policy), asdict(other)
    del first["cities"]
    return tuple(
        lever
        for group, levers in first.items()
        for name, value in levers.items()
        if is_uncosted(lever := f"{group}.{name}") and value != second[group][name]
    )
