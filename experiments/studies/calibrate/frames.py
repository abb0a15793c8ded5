"""What came of a calibration, as tables."""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.report.calibrate.evidence import DISTANT
from experiments.studies.calibrate.scale import Scale
from experiments.studies.calibrate.solving import distance
from experiments.studies.calibrate.target import Varied

if TYPE_CHECKING:
    import pandas as pd

    from experiments.studies.calibrate.result import Calibrated

PRIOR_WIDTH = 0.95
"""Width of the middle 95 % of a uniform prior on 0 … 1."""


def frames_of(found: Calibrated) -> dict[str, pd.DataFrame]:
    """The tables of ``experiments.report.calibrate.tables``."""
    import pandas as pd

    study = found.plan
    members = found.members
    return {
        "figures": pd.DataFrame([_figure_row(found, k) for k in range(len(study.names))]),
        "candidates": _frame(
            {
                "candidate": [each.number for each in found.candidates],
                "accepted": [int(each.is_member) for each in found.candidates],
                "missed": [len(each.missed) for each in found.candidates],
            },
            {name: [each.figures[k] for each in found.candidates] for k, name in enumerate(study.names)},
        ),
        "members": _frame(
            {"member": list(range(len(members))), "candidate": [each.number for each in members]},
            {name: [_number(found, name, each.values[name]) for each in members] for name in study.columns},
        ),
        "identifiability": pd.DataFrame([row for name in study.columns if (row := _told(found, name))]),
        "spread": pd.DataFrame(_spread(found)),
        "corners": _corners(found),
        "choices": _choices(found),
    }


def _frame(first: dict[str, list[int]], others: dict[str, list[float]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({**first, **others}, dtype="float64").astype(dict.fromkeys(first, "int64"))


def _number(found: Calibrated, name: str, value: float | str) -> float:
    """A value as a number; of a choice, its place among those that are varied."""
    if not isinstance(value, str):
        return value
    (varied,) = (each for each in found.plan.varied if each.name == name)
    return float(varied.values.index(value))


def _figure_row(found: Calibrated, k: int) -> dict[str, Any]:
    """One figure: what is asked of it, what the default gives, the range over the members, and whom it excludes."""
    study = found.plan
    name = study.names[k]
    knobs, checks = len(study.knobs), len(study.checks)
    knob, slack = "", 0.0
    if k < knobs:
        each = study.knobs[k]
        role, knob, slack = ("target" if each.is_reported else "drawn"), each.name, each.slack
        ends = each.low, each.high
        if each.is_reported:
            ends = each.low + each.slack, each.high - each.slack
    elif k < knobs + checks:
        role, ends = "check", (study.checks[k - knobs].low, study.checks[k - knobs].high)
    else:
        pattern = study.predicted[k - knobs - checks]
        role, slack, ends = "held_out", pattern.tolerance, (pattern.low, pattern.high)
    values = [each.figures[k] for each in found.members if math.isfinite(each.figures[k])]
    low, middle, high = np.quantile(values, [0.025, 0.5, 0.975]).tolist() if values else (math.nan,) * 3
    return {
        "figure": name,
        "role": role,
        "knob": knob,
        "reported_low": ends[0] if math.isfinite(ends[0]) else math.nan,
        "reported_high": ends[1] if math.isfinite(ends[1]) else math.nan,
        "slack": slack,
        "default": found.default[k],
        "low": low,
        "median": middle,
        "high": high,
        "excluded": found.excluded[name],
    }


def _told(found: Calibrated, name: str) -> dict[str, Any]:
    """For a number that members set: where they lie within the prior, and the share of its width that they keep."""
    study = found.plan
    varied: Varied | None = next((each for each in study.varied if each.name == name), None)
    if varied is not None and varied.values:
        return {}
    if varied is not None:
        scale, low, high, declared = varied.scale, varied.low, varied.high, varied.declared
    else:
        declared = next(knob.moved[name] for knob in study.knobs if name in knob.moved)
        scale, low, high = Scale.plain, float(declared.low or 0), float(declared.high or 0)
    values = [scale.of(float(member.values[name])) for member in found.members]
    ends = np.quantile(values, [0.025, 0.5, 0.975]).tolist() if values else (math.nan,) * 3
    width = scale.of(high) - scale.of(low)
    return {
        "uncertainty": name,
        "is_fitted": int(varied is None),
        "prior_low": low,
        "prior_high": high,
        "default": float(declared.default),
        **{key: scale.back(end) for key, end in zip(("low", "median", "high"), ends, strict=True)},
        "kept": (ends[2] - ends[0]) / (PRIOR_WIDTH * width) if values and width else 0.0,
    }


def _choices(found: Calibrated) -> pd.DataFrame:
    """A row a value of a choice: candidates that had it, how many were accepted, and what excluded most of them."""
    from experiments.runs.tables import frame_like

    rows = [
        {"choice": each.name, "value": value, "tried": tried, "accepted": accepted,
         "excluded_by": found.excludes_most(each.name, value)}
        for each in found.plan.varied if each.values
        for value, (accepted, tried) in found.shares(each.name).items()
    ]  # fmt: skip
    kinds = {"choice": "text", "value": "text", "tried": "int", "accepted": "int", "excluded_by": "text"}
    return frame_like(kinds, rows)


def _spread(found: Calibrated) -> list[dict[str, Any]]:
    """How far members are from one another in what is varied, in prior widths."""
    split = len(found.plan.varied)
    places = [each.place[:split] for each in found.members]
    apart = [distance(one, other) for one, other in combinations(places, 2)]
    if not apart:
        return [{"quantity": name, "value": math.nan} for name in ("low", "median", "high", "distant")]
    low, median, high = np.quantile(apart, [0.025, 0.5, 0.975]).tolist()
    share = sum(each > DISTANT for each in apart) / len(apart)
    return [
        {"quantity": name, "value": value}
        for name, value in (("low", low), ("median", median), ("high", high), ("distant", share))
    ]


def _corners(found: Calibrated) -> pd.DataFrame:
    """The member nearest to each combination of two values of some columns or figures, and how far it is from it."""
    from experiments.runs.tables import frame_like

    study = found.plan
    chosen = study.config.study.corners
    rows = []
    for number, ends in enumerate(product(*chosen.values()) if chosen else ()):
        corner = [_position(found, name, float(end)) for name, end in zip(chosen, ends, strict=True)]
        far = [distance([_place(found, name, each) for name in chosen], corner) for each in found.members]
        nearest = min(range(len(far)), key=far.__getitem__) if far else -1
        rows.append({"corner": number, "member": nearest, "distance": far[nearest] if far else math.nan})
    return frame_like({"corner": "int", "member": "int", "distance": "float"}, rows)


def _place(found: Calibrated, name: str, member: Any) -> float:
    study = found.plan
    value = member.values[name] if name in study.columns else member.figures[study.names.index(name)]
    return _position(found, name, float(value))


def _position(found: Calibrated, name: str, value: float) -> float:
    """Where a value lies in its prior, 0 to 1 from one end to the other."""
    study = found.plan
    for each in study.varied:
        if each.name == name:
            return _between(each.scale.of(each.low), each.scale.of(value), each.scale.of(each.high))
    for knob in study.knobs:
        if knob.figure == name:
            return _between(knob.scale.of(knob.low), knob.scale.of(value), knob.scale.of(knob.high))
        if declared := knob.moved.get(name):
            return _between(float(declared.low or 0), value, float(declared.high or 0))
    return 0.0


def _between(low: float, value: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.0
