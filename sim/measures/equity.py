"""Who is served less well: durable resolution, days and trips by group of claimants, gaps, and the worst-off group.

Every grievance is in one group of each of five divisions (``sim.ledger.DIVISIONS``). Gaps are signed: above zero the
group that is usually better off does better, below zero the other one does. No person is scored.
"""

from __future__ import annotations

import math
from functools import partial

from sim.ledger import GROUPS, Ledger
from sim.measures.measure import Measure, share

GROUP = "equity"

GAPS = {
    "urban": ("urban", "rural"),
    "distance": ("near", "far"),
    "income": ("income_high", "income_low"),
    "migrant": ("native", "migrant"),
    "agency": ("against_peer", "against_agency"),
}
"""The two groups that a gap compares, the one usually better off first."""


def group_resolution(ledger: Ledger, group: str) -> float:
    """Durable settlements per grievance raised, of a group (``sim.ledger.GROUPS``)."""
    return share(ledger.group_total(group, "durable"), ledger.group_total(group, "raised"))


def equity_gap(ledger: Ledger, division: str) -> float:
    """Durable resolution of the better-off group of a division (``GAPS``) less that of the other."""
    better, other = GAPS[division]
    return group_resolution(ledger, better) - group_resolution(ledger, other)


def worst_group_resolution(ledger: Ledger) -> float:
    """The lowest durable resolution of any group that raised a grievance; NaN when none did."""
    rates = [group_resolution(ledger, group) for group in GROUPS]
    return min((rate for rate in rates if not math.isnan(rate)), default=math.nan)


def mean_of_helped(ledger: Ledger, group: str, figure: str) -> float:
    """``days`` since they arose or ``trips``, per grievance of a group that a third party settled durably."""
    return share(ledger.group_total(group, figure), ledger.group_total(group, "helped"))


def helped_gap(ledger: Ledger, division: str, figure: str) -> float:
    """What a settlement takes the other group of a division, less what it takes the better-off one."""
    better, other = GAPS[division]
    return mean_of_helped(ledger, other, figure) - mean_of_helped(ledger, better, figure)


_GROUP_NAMES = {
    "urban": "residents of urban communities",
    "rural": "villagers",
    "near": "people within an hour of the county",
    "far": "people more than an hour from the county",
    "income_low": "the poorest third",
    "income_middle": "the middle third by income",
    "income_high": "the richest third",
    "migrant": "people who have moved in",
    "native": "people who have not moved in",
    "against_peer": "claimants against other residents",
    "against_organisation": "claimants against organisations",
    "against_agency": "claimants against agencies",
}


def _gap(division: str) -> Measure:
    better, other = (_GROUP_NAMES[group] for group in GAPS[division])
    return Measure(
        f"equity_gap_{division}",
        partial(equity_gap, division=division),
        "share",
        "down",
        f"durable settlements per grievance of {better} less those of {other}",
        GROUP,
    )


def _helped_gap(division: str, figure: str, english: str) -> Measure:
    better, other = (_GROUP_NAMES[group] for group in GAPS[division])
    return Measure(
        f"{figure}_gap_{division}",
        partial(helped_gap, division=division, figure=figure),
        figure,
        "down",
        f"{english} a durable settlement by a third party of {other} less those of {better}",
        GROUP,
    )


MEASURES: tuple[Measure, ...] = (
    Measure(
        "worst_group_resolution",
        worst_group_resolution,
        "share",
        "up",
        "durable settlements per grievance of the group of claimants that fares worst",
        GROUP,
    ),
    *(
        Measure(
            f"resolution_{group}",
            partial(group_resolution, group=group),
            "share",
            "up",
            f"durable settlements per grievance of {_GROUP_NAMES[group]}",
            GROUP,
        )
        for group in GROUPS
    ),
    *(_gap(division) for division in GAPS),
    *(_helped_gap(division, "days", "days until") for division in GAPS),
    *(_helped_gap(division, "trips", "trips for") for division in GAPS),
)
