"""The measures that come first when nobody chose any."""

from __future__ import annotations

from collections.abc import Sequence

HEADLINE = (
    "durable_resolution",
    "durable_reached",
    "durable_total",
    "durable_success",
    "recorded_success",
    "petitions_total",
    "petitions_province",
    "petitions_city",
    "petitions_county",
    "ratio_city_to_province",
    "ratio_county_to_province",
    "unresolved_added",
    "worst_group_resolution",
    "trust_middle",
)
"""Durable settlement first, per grievance, per matter that reached a third party and as a number, with recorded success
beside it; a ratio never without its totals; whoever fares worst last, with trust in the governments that are judged by
all this. Unresolved grievances as a flow: it compares between places and windows, which a stock does not."""


TOTAL = "petitions_total"
"""Stands beside every ratio."""


def welfare(measures: Sequence[str]) -> list[str]:
    """Those of some measures that are better in one direction: a ratio or a count of petitions is not among them."""
    from sim.measures import MEASURES

    return [name for name in measures if name in MEASURES and MEASURES[name].better != "none"]
