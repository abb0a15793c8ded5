"""Waves of history matching: simulate, emulate, rule out, draw what is left, and again."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from experiments.studies.calibrate.emulator import Emulator, train
from experiments.studies.calibrate.sklearn_extra import one_thread
from experiments.studies.calibrate.subset import part_of_cube
from experiments.studies.calibrate.targets import Target, implausibility, largest

Simulator = Callable[[int, NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Simulates points of the unit cube, shape (n, d), for a wave by its number: figures (means over seeds) on the targets'
scales, shape (n, k), NaN where a trial failed, and the variance of such a mean by chance, shape (k,)."""

TRAINED_ON = 2
"""Waves whose trials train the emulators, the last and those before it."""


@dataclass(frozen=True)
class Wave:
    """One wave.

    Attributes:
        points: of the unit cube that were simulated, shape (n, d).
        figures: means over seeds on the targets' scales, shape (n, k).
        chance: variance of the mean over seeds of every target, shape (k,).
        share: volume of what was not ruled out when the wave was drawn, over the prior's (1 for the first).
        errors: root mean square of the emulators' standardised leave-one-out errors, shape (k,); near 1 if right.
        surprises: share of leave-one-out errors beyond three standard deviations, shape (k,).
        plausible: share of the wave's own trials that are not ruled out by their simulated figures.
    """

    points: NDArray[np.float64]
    figures: NDArray[np.float64]
    chance: NDArray[np.float64]
    share: float
    errors: NDArray[np.float64]
    surprises: NDArray[np.float64]
    plausible: float


@dataclass(frozen=True)
class Matched:
    """All waves, and what the last emulators do not rule out.

    Attributes:
        waves: in order.
        left: points not ruled out, shape (n, d), spread evenly.
        share: their volume over the prior's.
        threshold: implausibility up to which they are not ruled out (above the cut where it could not be reached).
    """

    waves: tuple[Wave, ...]
    left: NDArray[np.float64]
    share: float
    threshold: float


def match(
    simulate: Simulator,
    targets: Sequence[Target],
    dimensions: int,
    trials: int,
    waves: int,
    cut: float,
    seed: int,
    told: Callable[[int, Wave], None] = lambda number, wave: None,
) -> Matched:
    """History matching over a uniform prior on the unit cube.

    Args:
        simulate: see ``Simulator``.
        targets: what the figures have to meet, k of them.
        dimensions: uncertainties.
        trials: points a wave.
        cut: largest implausibility that is not ruled out (Pukelsheim's three sigma: 3).
        told: called after every wave.
    """
    points = qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(trials)
    share = 1.0
    done: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    finished: list[Wave] = []
    for number in range(waves):
        figures, chance = simulate(number, points)
        emulators = _trained([*done[1 - TRAINED_ON :], (points, figures)], seed + number)
        simulated = largest(implausibility(targets, figures, np.broadcast_to(chance, figures.shape)))
        wave = Wave(
            points,
            figures,
            chance,
            share,
            np.array([np.sqrt(np.mean(each.errors**2)) for each in emulators]),
            np.array([np.mean(np.abs(each.errors) > 3) for each in emulators]),
            float(np.mean(simulated <= cut)),
        )
        done.append((points, figures))
        told(number, wave)
        finished.append(wave)
        best = points[np.argsort(simulated, kind="stable")[: max(10, trials // 5)]]
        part = part_of_cube(score_of(emulators, targets), dimensions, max(trials, 400), cut, seed + 1000 + number, best)
        share = part.share
        points = spread_out(part.points, trials, seed + number)
    return Matched(tuple(finished), part.points, part.share, part.threshold)


def on_scales(
    targets: Sequence[Target], figures: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Means over seeds on the targets' scales, shape (n, k), and the variance of such a mean by chance, shape (k,)."""
    scaled = np.stack([target.scale.of(figures[:, :, k]) for k, target in enumerate(targets)], axis=2)
    seeds = scaled.shape[1]
    means = scaled.mean(axis=1)
    if seeds < 2:
        return means, np.zeros(len(targets))
    variances = scaled.var(axis=1, ddof=1)
    # the median over trials: a few far-off behaviours must not make all of chance look large
    known = [column[np.isfinite(column)] for column in variances.T]
    return means, np.array([np.median(each) if len(each) else 0.0 for each in known]) / seeds


def score_of(
    emulators: Sequence[Emulator], targets: Sequence[Target]
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """The largest implausibility of points under emulators."""

    def score(points: NDArray[np.float64]) -> NDArray[np.float64]:
        with one_thread():
            predicted = [emulator.predict(points) for emulator in emulators]
        means = np.column_stack([mean for mean, _ in predicted])
        variances = np.column_stack([variance for _, variance in predicted])
        return largest(implausibility(targets, means, variances))

    return score


def _trained(runs: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]], seed: int) -> list[Emulator]:
    points = np.vstack([each for each, _ in runs])
    figures = np.vstack([each for _, each in runs])

    def of_column(column: NDArray[np.float64]) -> Emulator:
        known = np.isfinite(column)
        return train(points[known], column[known], seed)

    with warnings.catch_warnings(), one_thread(), ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        warnings.simplefilter("ignore")  # a length at its bound: the dimension has no part in the residuals
        return list(pool.map(of_column, figures.T))


def spread_out(points: NDArray[np.float64], size: int, seed: int) -> NDArray[np.float64]:
    """``size`` of some points that are far from one another: each next one the farthest from those chosen."""
    random = np.random.default_rng(seed)
    if len(points) <= size:
        return points
    chosen = [int(random.integers(len(points)))]
    distance = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < size:
        chosen.append(int(np.argmax(distance)))
        distance = np.minimum(distance, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return points[chosen]
