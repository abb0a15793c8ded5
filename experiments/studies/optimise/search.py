"""The search: generations of NSGA-II over the unit cube, and what is better than what."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError

Evaluate = Callable[[NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Of points: objectives (lower is better), shape (n, m), and violations of constraints (met at or below 0), (n, c)."""


@dataclass(frozen=True)
class Archive:
    """Every candidate of a search, in order: points of the unit cube, objectives (lower is better), violations.

    ``generations`` says in which generation each was made, from 1.
    """

    points: NDArray[np.float64]
    objectives: NDArray[np.float64]
    violations: NDArray[np.float64]
    generations: NDArray[np.int64]

    @property
    def is_feasible(self) -> NDArray[np.bool_]:
        """Candidates that meet all constraints, shape (n,)."""
        return (self.violations <= 0).all(axis=1) & np.isfinite(self.objectives).all(axis=1)

    @property
    def front(self) -> NDArray[np.int64]:
        """Feasible candidates that no other feasible one dominates; of equals the first."""
        feasible = np.flatnonzero(self.is_feasible)
        return feasible[non_dominated(self.objectives[feasible])]


def pymoo(module: str) -> Any:
    """A module of pymoo; raises ``InputError`` where it is not installed."""
    from importlib import import_module

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return import_module(f"pymoo.{module}")
    except ImportError:
        raise InputError("pyramid optimise needs an extra: pip install 'petition-pyramid[studies]'") from None


def non_dominated(objectives: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rows that no other row dominates, in order; of rows that are the same, the first."""
    kept = []
    for row, mine in enumerate(objectives):
        others = np.delete(objectives, row, axis=0)
        beaten = ((others <= mine).all(axis=1) & (others < mine).any(axis=1)).any()
        earlier = (objectives[:row] == mine).all(axis=1).any()
        if not beaten and not earlier:
            kept.append(row)
    return np.array(kept, np.int64)


def search(
    evaluate: Evaluate,
    dimensions: int,
    objectives: int,
    constraints: int,
    population: int,
    generations: int,
    seed: int,
    start: NDArray[np.float64] | None = None,
    told: Callable[[int, Archive], None] = lambda generation, archive: None,
) -> Archive:
    """Generations of NSGA-II (simulated binary crossover, polynomial mutation), each one call of ``evaluate``.

    ``start`` are points that the first generation holds besides a Latin hypercube. ``told`` is called after each
    generation. The same seed and figures give the same archive.
    """
    problem = pymoo("core.problem").Problem(
        n_var=dimensions, n_obj=objectives, n_ieq_constr=constraints, xl=np.zeros(dimensions), xu=np.ones(dimensions)
    )
    from scipy.stats import qmc

    first = qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(population)
    if start is not None:
        first[: len(start)] = start
    algorithm = pymoo("algorithms.moo.nsga2").NSGA2(pop_size=population, sampling=first)
    algorithm.setup(problem, termination=("n_gen", generations), seed=seed, verbose=False)
    static, evaluator = pymoo("problems.static").StaticProblem, pymoo("core.evaluator").Evaluator()
    parts: list[tuple[NDArray, NDArray, NDArray, NDArray]] = []
    while algorithm.has_next():
        asked = algorithm.ask()
        points = np.asarray(asked.get("X"), float)
        values, violations = evaluate(points)
        bad = ~np.isfinite(values).all(axis=1)
        values = np.where(bad[:, None], 1e12, values)  # a run that failed is worst in everything
        violations = np.where(bad[:, None], 1e12, violations)
        evaluator.eval(static(problem, F=values, G=violations), asked)
        algorithm.tell(infills=asked)
        parts.append((points, values, violations, np.full(len(points), len(parts) + 1)))
        told(len(parts), _archive(parts))
    return _archive(parts)


def _archive(parts: list[tuple[NDArray, NDArray, NDArray, NDArray]]) -> Archive:
    return Archive(*(np.concatenate([part[which] for part in parts]) for which in range(4)))


def hypervolume(objectives: NDArray[np.float64], reference: NDArray[np.float64]) -> float:
    """Volume that is dominated within the corner ``reference`` (Zitzler & Thiele 1998); 0 for no candidate."""
    inside = objectives[(objectives <= reference).all(axis=1)]
    if not len(inside):
        return 0.0
    return float(pymoo("indicators.hv").HV(ref_point=reference)(inside))


def progress(archive: Archive) -> list[tuple[int, float, int]]:
    """After each generation: its number, the hypervolume of all feasible candidates so far, and how many there are.

    Objectives are scaled to the range of the feasible candidates of the whole search; the corner is 1.1 in each.
    """
    feasible = archive.is_feasible
    if not feasible.any():
        return [(int(g), 0.0, 0) for g in np.unique(archive.generations)]
    low, high = archive.objectives[feasible].min(axis=0), archive.objectives[feasible].max(axis=0)
    scaled = (archive.objectives - low) / np.where(high > low, high - low, 1.0)
    corner = np.full(scaled.shape[1], 1.1)
    found = []
    for generation in np.unique(archive.generations):
        so_far = feasible & (archive.generations <= generation)
        front = scaled[so_far]
        front = front[non_dominated(front)] if len(front) else front
        found.append((int(generation), hypervolume(front, corner), int(so_far.sum())))
    return found


def spread(objectives: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """At most ``most`` rows that are far from one another, the best of every objective among them; in order."""
    if len(objectives) <= most:
        return np.arange(len(objectives))
    low, high = objectives.min(axis=0), objectives.max(axis=0)
    scaled = (objectives - low) / np.where(high > low, high - low, 1.0)
    chosen = list(dict.fromkeys(int(scaled[:, m].argmin()) for m in range(scaled.shape[1])))[:most]
    while len(chosen) < most:
        distance = np.min([((scaled - scaled[c]) ** 2).sum(axis=1) for c in chosen], axis=0)
        chosen.append(int(distance.argmax()))
    return np.array(sorted(chosen))
