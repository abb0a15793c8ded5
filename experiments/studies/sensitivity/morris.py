"""Morris's elementary effects, by SALib."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError

LEVELS = 4
"""Levels of the grid that trajectories walk on; a step is two thirds of the cube (Morris 1991)."""


def salib(module: str) -> Any:
    """A module of SALib; raises ``InputError`` where it is not installed."""
    try:
        return import_module(f"SALib.{module}")
    except ImportError:
        raise InputError("method=morris needs an extra: pip install 'petition-pyramid[studies]'") from None


@dataclass(frozen=True)
class Trajectories:
    """Trajectories of one-at-a-time steps, with a seed each, and a last run that changes the seed alone.

    ``points`` has ``dimensions + 1`` rows a trajectory, shape (t (d + 1), d).
    """

    points: NDArray[np.float64]
    dimensions: int
    seed: int

    @property
    def count(self) -> int:
        """Trajectories."""
        return len(self.points) // (self.dimensions + 1)

    @property
    def all_points(self) -> NDArray[np.float64]:
        """Points of all runs: the trajectories, then their first points once more."""
        return np.concatenate([self.points, self.points[:: self.dimensions + 1]])

    @property
    def all_seeds(self) -> NDArray[np.int64]:
        """Seeds of all runs: that of the trajectory, and for the last ones another."""
        first = self.seed + 2 * np.arange(self.count)
        return np.concatenate([np.repeat(first, self.dimensions + 1), first + 1])


def _problem(dimensions: int) -> dict[str, Any]:
    return {"num_vars": dimensions, "names": [str(i) for i in range(dimensions)], "bounds": [[0.0, 1.0]] * dimensions}


def trajectories(count: int, dimensions: int, seed: int) -> Trajectories:
    """Random trajectories over the unit cube; the same seed, the same trajectories."""
    points = salib("sample.morris").sample(_problem(dimensions), count, num_levels=LEVELS, seed=seed)
    return Trajectories(np.asarray(points, float), dimensions, seed)


@dataclass(frozen=True)
class Effects:
    """Elementary effects over the cube, each of shape (measures, d + 1); chance is last.

    Attributes:
        mu_star: mean absolute effect; of chance, the mean absolute difference between two seeds.
        half: half-width of its 95 % bootstrap interval.
        sigma: standard deviation of effects: interactions and curvature (NaN for chance).
        whole: trajectories that have a value of the measure in all their runs, shape (measures,); one of them has
            neither ``half`` nor ``sigma``.
    """

    mu_star: NDArray[np.float64]
    half: NDArray[np.float64]
    sigma: NDArray[np.float64]
    whole: NDArray[np.int64]


def morris_effects(design: Trajectories, figures: NDArray[np.float64]) -> Effects:
    """Effects from the figures at ``all_points``, shape (t (d + 2), measures).

    A run that failed, or gives no value of a measure, drops its trajectory there.
    """
    steps = design.dimensions + 1
    walked = figures[: design.count * steps].reshape(design.count, steps, -1)
    again = figures[design.count * steps :]
    whole = np.isfinite(walked).all(axis=1) & np.isfinite(again)
    mu_star, half, sigma = np.full((3, figures.shape[1], steps), np.nan)
    for measure, known in enumerate(whole.T):
        if not known.any():
            continue
        points = design.points.reshape(design.count, steps, -1)[known].reshape(-1, design.dimensions)
        values = walked[known][:, :, measure]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = salib("analyze.morris").analyze(
                _problem(design.dimensions), points, values.reshape(-1), num_levels=LEVELS, seed=design.seed
            )
        luck = np.abs(again[known][:, measure] - values[:, 0])
        mu_star[measure] = [*found["mu_star"], luck.mean()]
        if len(luck) > 1:
            half[measure] = [*found["mu_star_conf"], 1.96 * luck.std(ddof=1) / np.sqrt(len(luck))]
            sigma[measure, :-1] = found["sigma"]
    return Effects(mu_star, half, sigma, whole.sum(axis=0))
