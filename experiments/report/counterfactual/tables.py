"""The tables that the results of a counterfactual hold."""

from __future__ import annotations

TABLES = {
    "flows": {"a": "String", "b": "String", "mean": "Float64"},
    "county_flows": {"place": "Int64", "a": "String"},
    "changes": {"a": "String", "b": "String", "durable": "Float64", "province": "Float64"},
    "totals": {
        "seed": "Int64",
        "durable_a": "Int64",
        "durable_b": "Int64",
        "province_a": "Int64",
        "province_b": "Int64",
    },
    "reasons": {"part": "String", "mean": "Float64"},
}
"""Columns that each table has at least. ``flows``: disputes a replicate by fate under A and B, with t intervals;
``county_flows``: means a replicate by county (its code is the ``place``), small cells merged into ``fewer`` (null where
nothing may be published);
``changes``: what each transition adds to durable settlement and to disputes before the province, with intervals that
are null for one replicate; ``reasons``: why registered petitions changed (``experiments.statistics.decomposition``)."""
