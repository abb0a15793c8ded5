"""What becomes of people in the made-up results: plain functions of durable resolution, the same every time."""

from __future__ import annotations

import numpy as np

from sim.ledger import GROUPS
from sim.measures.equity import GAPS

OFFSETS = {
    "urban": 0.01,
    "rural": -0.03,
    "near": 0.02,
    "far": -0.02,
    "income_low": -0.02,
    "income_middle": 0.0,
    "income_high": 0.03,
    "migrant": -0.05,
    "native": 0.005,
    "against_peer": 0.02,
    "against_organisation": -0.01,
    "against_agency": -0.04,
}
"""Durable resolution of a group less that of all."""

LIFTED = {"grid_first": {"rural": 0.01, "against_agency": -0.02}}
"""What a policy adds to that for some groups."""

COSTS = {"gansu_2019": 71.0, "one_stop": 52.0, "whistle": 51.0, "grid_first": 58.5, "more_mediators": 54.0}
"""Yuan per resident a year; 50 under every other policy."""


PLACES = [
    {"code": 6201, "en": "Lanzhou", "zh": "兰州市", "residents": 4_400_000, "latitude": 36.06, "longitude": 103.83},
    {"code": 6205, "en": "Tianshui", "zh": "天水市", "residents": 3_000_000, "latitude": 34.58, "longitude": 105.72},
    {"code": 6209, "en": "Jiuquan", "zh": "酒泉市", "residents": 1_100_000, "latitude": 39.74, "longitude": 98.51},
    {
        "code": 6229,
        "en": "Linxia",
        "zh": "临夏回族自治州",
        "residents": 2_100_000,
        "latitude": 35.6,
        "longitude": 103.21,
    },
]
"""Places of the made-up results, at their seats."""

CITY_OFFSETS = {6209: 0.02, 6201: 0.01, 6229: -0.03, 6205: 0.0}
"""Durable resolution of a city less that of the province."""

CITY_LIFTED = {"grid_first": {6229: -0.04}, "gansu_2019": {6209: 0.03}}
"""What a policy adds to that in some cities."""


def cities(name: str, durable: float, registered: float, noise: np.ndarray) -> dict[str, float]:
    """Measures of every city; petitions per 1,000 residents are the same in all of them."""
    lifted = CITY_LIFTED.get(name, {})
    found = {}
    for (code, offset), own in zip(CITY_OFFSETS.items(), noise, strict=False):
        found[f"durable_resolution@{code}"] = durable + offset + lifted.get(code, 0) + 0.002 * (own - 1)
        found[f"recorded_success@{code}"] = 0.965
        found[f"petitions_per_1000@{code}"] = registered / 10_000
    return found


def outcomes(name: str, durable: float) -> dict[str, float]:
    """Measures of equity, cost, satisfaction, public order and service halls of one window."""
    lifted = LIFTED.get(name, {})
    groups = {group: durable + OFFSETS[group] + lifted.get(group, 0) for group in GROUPS}
    cost = COSTS.get(name, 50.0)
    whole = name == "gansu_2019"
    return {
        **{f"resolution_{group}": value for group, value in groups.items()},
        **{f"equity_gap_{division}": groups[better] - groups[other] for division, (better, other) in GAPS.items()},
        "worst_group_resolution": min(groups.values()),
        "cost_total": cost * 25_000_000,
        "cost_per_resident": cost,
        "cost_per_durable": 40 * cost / durable,
        "satisfaction_true": 0.5 + 0.5 * durable,
        "satisfaction_surveyed": 0.92,
        "trust_local": 0.01 * (durable - 0.6),
        "trust_middle": 0.02 * (durable - 0.7),
        "trust_higher": 0.01 * (durable - 0.7),
        "trust_court": 0.005 * (durable - 0.6),
        "violence_hidden_share": 0.02 if whole else 0.0,
        "protected_share": 0.98 if whole else 1.0,
        "hidden_by_norms_share": 0.01 if whole else 0.0,
        "offences": 0.3,
        "joint_visits": 2.5,
        "mass_incidents": 0.4 * (1.5 - durable),
        "reporting_hours": 8.0 if whole else 4.0,
        "requests": 320.0 if whole else 250.0,
        "requests_met_share": 0.7 if whole else 0.5,
        "trips_per_request": 1.25 if whole else 2.1,
        "requests_by_call_share": 0.17 if whole else 0.09,
        "requests_online_share": 0.18 if whole else 0.1,
        "requests_waiting": 12.0 if whole else 0.0,
        "minutes_lent": 0.0,
    }
