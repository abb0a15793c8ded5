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


def uncosted(policy: Policy, other: Policy) -> tuple[str, ...]:
    """Levers without a price in which two policies differ, by group and name, in declared order."""
    first, second = asdict(policy), asdict(other)
    return tuple(
        f"{group}.{name}"
        for group, levers in first.items()
        if isinstance(levers, dict) and group not in ("cities", "roll_out")
        for name, value in levers.items()
        if f"{group}.{name}" not in PRICED and value != second[group][name]
    )
