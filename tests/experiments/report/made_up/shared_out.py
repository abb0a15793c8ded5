"""What groups of levers have of a made-up comparison's difference."""

from __future__ import annotations

from typing import Any

GROUPS = ("grid", "centres", "petitions")

SIZES = {
    "durable_resolution": ((0.02, 0.01, 0.0), (0.04, 0.025, 0.002), 0.005),
    "petitions_per_1000": ((-0.05, 0.0, 2.0), (-0.1, 0.1, 2.2), 0.1),
    "ratio_city_to_province": ((0.0, 0.05, 1.2), (0.02, 0.15, 1.1), 0.02),
}
"""By measure: what the groups have in the first year, in the third, and what would be too small to matter."""


def parts() -> dict[str, Any]:
    """As ``study.yaml`` holds it."""
    whole, shared = [], []
    for measure, (*years, smallest) in SIZES.items():
        for year, sizes in zip((1, 3), years, strict=True):
            whole.append({**_row(year, measure, sum(sizes)), "smallest": smallest})
            shared += [{"group": group, **_row(year, measure, size)} for group, size in zip(GROUPS, sizes, strict=True)]
    return {"policy": "gansu_2019", "groups": list(GROUPS), "counties": 10, "whole": whole, "parts": shared}


def _row(year: int, measure: str, size: float) -> dict[str, Any]:
    ends = {"difference": size, "low": size - 0.1 * abs(size), "high": size + 0.1 * abs(size)}
    return {"year": year, "measure": measure, **ends, "pairs": 5, "verdict": "up", "same_sign": 1.0}
