"""The tables that the results of a counterfactual hold."""

from __future__ import annotations

TABLES = {
    "flows": {"a": "text", "b": "text", "mean": "float"},
    "county_flows": {"place": "int", "a": "text"},
    "changes": {"a": "text", "b": "text", "durable": "float", "province": "float"},
    "totals": {
        "seed": "int",
        "durable_a": "int",
        "durable_b": "int",
        "province_a": "int",
        "province_b": "int",
    },
    "reasons": {"part": "text"},
}
"""Columns that each table has at least. ``flows``: disputes a replicate by fate under A and B, with t intervals;
``county_flows``: means a replicate by county (its code is the ``place``), small cells merged into ``fewer`` (null where
nothing may be published);
``changes``: what each transition adds to durable settlement and to disputes before the province, with intervals that
are null for one replicate; ``reasons``: why registered petitions changed (``experiments.statistics.decomposition``),
null where there are too few events to tell."""
