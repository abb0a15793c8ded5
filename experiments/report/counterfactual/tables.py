"""The study and the tables that the results of a counterfactual hold."""

from __future__ import annotations

from dataclasses import field

from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Count, Label, Number, StoredStudy, StoredTable

_SETTLED = ("self", "grid", "police", "village", "township", "county", "court", "petition")
FATES = ("absent", *_SETTLED, "nominal", "conceded", "gave_up", "open")
"""Fates in the order of ``experiments.studies.counterfactual.fates.Fate``."""


@dataclass(config=LAX, kw_only=True)
class StoredCounterfactual(StoredStudy):
    """What the report of a counterfactual reads."""

    reference: Label = "before"
    acting: dict[Label, Number] = field(default_factory=dict)
    residents: Count = 0


_PAIR = dict.fromkeys(("a", "b"), "|".join(FATES))
_CHANGES = [f"{column}{end}" for column in ("durable", "province") for end in ("", "_low", "_high")]

TABLES = {
    "flows": StoredTable({**_PAIR, "mean": "size"}, key=("a", "b")),
    "county_flows": StoredTable(
        {"place": "count", "a": _PAIR["a"], **dict.fromkeys((*FATES, "fewer"), "size?")},
        key=("place", "a"),
        is_filled=False,
    ),
    "changes": StoredTable(
        {**_PAIR, **{name: "float?" if name.endswith(("_low", "_high")) else "float" for name in _CHANGES}},
        key=("a", "b"),
    ),
    "totals": StoredTable(
        {"seed": "count", **dict.fromkeys(("durable_a", "durable_b", "province_a", "province_b"), "count")},
        key=("seed",),
    ),
    "reasons": StoredTable({"part": "label", "mean": "float?", "low": "float?", "high": "float?"}, key=("part",)),
}
"""``flows``: disputes a replicate by fate under A and B, with intervals (of an ensemble: where the middle 95 % of its
members lie);
``county_flows``: means a replicate by county (its code is the ``place``), small cells merged into ``fewer`` (null where
nothing may be published);
``changes``: what each transition adds to durable settlement and to disputes before the province, with intervals that
are null for one replicate; ``reasons``: why registered petitions changed (``experiments.statistics.decomposition``),
null where there are too few events to tell."""
