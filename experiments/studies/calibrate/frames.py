"""What came of a calibration, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.studies.calibrate.targets import implausibility, largest

if TYPE_CHECKING:
    import pandas as pd

    from experiments.studies.calibrate.result import Calibrated

PRIOR_WIDTH = 0.95
"""Width of the middle 95 % of a uniform prior on 0 … 1."""


def frames_of(found: Calibrated) -> dict[str, pd.DataFrame]:
    """The tables of ``experiments.report.calibrate.tables``."""
    import pandas as pd

    study = found.plan
    names = [each.name for each in study.uncertainties]
    everything = (*study.targets, *study.held_out)
    members = np.array([member.point for member in found.members]).reshape(-1, len(names))
    figures = np.array([member.figures for member in found.members]).reshape(-1, len(everything))
    trials = [
        {
            "wave": number,
            "implausibility": bounded(worst),
            **study.values(point),
        }
        for number, wave in enumerate(found.matched.waves, 1)
        for point, worst in zip(wave.points, _worst(found, wave), strict=True)
    ]
    return {
        "targets": pd.DataFrame([_target_row(found, k, figures) for k in range(len(everything))]),
        "waves": pd.DataFrame(
            [
                {"wave": n, "trials": len(w.points), "left": w.share, "plausible": w.plausible}
                for n, w in enumerate(found.matched.waves, 1)
            ]
            + [{"wave": len(found.matched.waves) + 1, "trials": 0, "left": found.matched.share, "plausible": 0.0}]
        ),
        "trials": pd.DataFrame(trials),
        "members": _frame(
            {"member": range(len(members)), "implausibility": [m.implausibility for m in found.members]},
            {name: [study.values(point)[name] for point in members] for name in names},
        ),
        "figures": _frame(
            {"member": range(len(figures))}, {t.name: figures[:, k].tolist() for k, t in enumerate(everything)}
        ),
        "emulators": pd.DataFrame(
            [
                {"wave": n, "target": t.name, "error": float(w.errors[k]), "surprises": float(w.surprises[k])}
                for n, w in enumerate(found.matched.waves, 1)
                for k, t in enumerate(found.seen)
            ]
        ),
        "identifiability": identifiability(found),
    }


def _frame(first: dict[str, Any], others: dict[str, list[float]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({**first, **others}, dtype="float64").astype({"member": "int64"})


def bounded(value: float, most: float = 1e6) -> float:
    """A number that a table can hold: what is infinitely implausible is very implausible."""
    return float(min(value, most)) if np.isfinite(value) or value > 0 else most


def _worst(found: Calibrated, wave: Any) -> NDArray[np.float64]:
    return largest(implausibility(found.seen, wave.figures, np.broadcast_to(wave.chance, wave.figures.shape)))


def _target_row(found: Calibrated, k: int, figures: NDArray[np.float64]) -> dict[str, Any]:
    """One target: what is reported, what the default gives, and the range over the members."""
    study = found.plan
    target = (*study.targets, *study.held_out)[k]
    role = "held_out" if k >= len(study.targets) else "limit" if target.is_limit else "target"
    known = figures[np.isfinite(figures[:, k]), k]
    low, middle, high = np.quantile(known, [0.025, 0.5, 0.975]) if len(known) else np.full(3, np.nan)
    judged = found.default[1]
    return {
        "target": target.name,
        "role": role,
        "reported_low": np.nan if np.isinf(target.low) else float(target.low),
        "reported_high": float(target.high),
        "error": float(np.hypot(target.observation, target.discrepancy)),
        "default": float(found.default[0][k]),
        "default_implausibility": float(judged[k]) if k < len(judged) and np.isfinite(judged[k]) else np.nan,
        "low": float(low),
        "median": float(middle),
        "high": float(high),
    }


def identifiability(found: Calibrated) -> pd.DataFrame:
    """For each uncertainty: where the members lie within the prior, and the share of its width that they keep."""
    import pandas as pd

    points = np.array([member.point for member in found.members])
    if not len(points):
        points = found.matched.left
    prior_low, prior_high = found.plan.prior
    quantiles = np.quantile(points, [0.025, 0.5, 0.975], axis=0)
    low, median, high = prior_low + (prior_high - prior_low) * quantiles
    return pd.DataFrame(
        {
            "uncertainty": [each.name for each in found.plan.uncertainties],
            "prior_low": prior_low,
            "prior_high": prior_high,
            "default": [float(each.default) for each in found.plan.uncertainties],
            "low": low,
            "median": median,
            "high": high,
            "kept": (quantiles[2] - quantiles[0]) / PRIOR_WIDTH,
        }
    )
