"""The measures that come first when nobody chose any."""

from __future__ import annotations

HEADLINE = (
    "durable_resolution",
    "durable_success",
    "recorded_success",
    "petitions_total",
    "petitions_province",
    "petitions_city",
    "petitions_county",
    "ratio_city_to_province",
    "ratio_county_to_province",
    "unresolved_added",
)
"""Durable settlement first and recorded success beside it; a ratio never without its totals."""
