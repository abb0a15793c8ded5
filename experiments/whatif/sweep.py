"""The sweep behind a static page: a design over the controls, surfaces through it, and their error on other runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.ensemble import ensemble_of
from experiments.design.factors import Factor
from experiments.design.sampling import Design, quantiles
from experiments.report.numbers import is_share
from experiments.runs.execute import run_scenarios
from experiments.runs.levels import levels_of, missing_levels
from experiments.runs.record import RunRecord
from experiments.runs.windows import windows_of
from experiments.whatif.answer import BESIDE, MEASURED, PETITIONS, means, monthly_petitions, months_of
from experiments.whatif.controls import Controls, control_values
from experiments.whatif.schema import WhatIfConfig
from experiments.whatif.surface import Array, Shape, Surface, fit
from sim.errors import InputError
from sim.measures import MEASURES
from sim.measures.composition import aitchison_distance
from sim.scenario import Scenario

HELD_OUT = 4
"""For so many runs of the sweep, one more is held out of the fit, to measure how far the surfaces are off."""

DECIMALS = 4
"""Decimals of the places of runs in the unit cube: the surfaces are fitted to the rounded ones."""

SURFACES = (*PETITIONS, *(name for name in BESIDE if name != "petitions_total"))
"""Measures with a surface of their own; the total and the distance follow from the levels."""

DISTANCE = "distance_to_target"
"""Of the mean petitions, here: a surface of petitions by level is one of their means over replicates."""

LEVELS = PETITIONS[:3]
"""Petitions that make up the ratio."""

COVERED = 0.95
"""Share of the held-out runs whose error is no larger than the one that is shown."""

Errors = dict[str, float | None]
"""Errors of a surface by their kind."""


@dataclass(frozen=True)
class SurfaceSweep:
    """A finished sweep.

    Attributes:
        points: places of the runs in −1 … 1 by control, the base first; shape (n, controls).
        surfaces: of the measures, and one of the months after the reform.
        held_out, truth: places of the held-out runs and what they gave, by measure.
        errors: absolute errors of the held-out runs without a stress (``calm``) and with one (``stressed``), by
            measure: their ``mean``, the largest of 95 % of them (``most``), and where the runs lie (``low``, ``high``).
        missing_levels: on which no place has a government: without them there is no distance.
        kept: answers of the status quo kept (``experiments.whatif.answer``), and months of the measured time.
    """

    points: Array
    surfaces: tuple[Surface, ...]
    held_out: Array
    truth: dict[str, list[float]]
    errors: dict[str, dict[str, Errors]]
    before: dict[str, float | None]
    kept: dict[str, float | None]
    months: list[str]
    monthly: list[float]
    missing_levels: tuple[str, ...] = ()


def run_sweep(config: WhatIfConfig, base: Scenario, controls: Controls, quiet: bool = False) -> SurfaceSweep:
    """Runs the design and the held-out points on the same seeds, with progress on stderr, and fits the surfaces.

    Raises ``InputError`` when a run fails: a surface with a hole would not say so.
    """
    declared = (*controls.levers, *controls.stresses)
    factors = [Factor.declared(each.name, each) for each in declared]
    fresh_size = max(8, config.size // HELD_OUT)
    start = {**control_values(controls.levers, base.after), **control_values(controls.stresses, base.stress)}
    first = np.array([_place(factor, start[factor.key]) for factor in factors])
    calm = len(controls.levers)
    used = _places(factors, quantiles(Design.sobol, len(factors) + 1, config.size, config.seed), first, calm)
    fresh = _places(
        factors, quantiles(Design.latin_hypercube, len(factors) + 1, fresh_size, config.seed + 1), first, calm
    )
    points = np.vstack([first, used])
    scenarios = [base, *(_scenario(place, factors, controls, base) for place in (*used, *fresh))]
    kept = replace(base, after=base.before)
    worlds = [kept, *scenarios]
    ensembles = [ensemble_of(config.ensemble, config.behaviour)] * len(worlds)
    records, errors = run_scenarios(
        worlds, config.replicates, config.seed, config.executor, progress=not quiet, ensembles=ensembles
    )
    if errors:
        raise InputError(f"{len(errors)} runs failed, and a page with holes is none; the first: {errors[0]}")
    reference, fitted, other = records[0], records[1 : 1 + len(points)], records[1 + len(points) :]
    if not quiet:
        print("fitting surfaces through the runs …", file=sys.stderr, flush=True)
    since = months_of(reference[0]).index(windows_of(base.calendar)["after"][0])
    missing = missing_levels(base.province)
    surfaces = tuple(_surfaces(points, fitted, since, missing))
    truth = {name: _column(other, name).tolist() for name in MEASURED}
    if not missing:
        truth[DISTANCE] = _distances([truth[name] for name in LEVELS]).tolist()
    sweep = SurfaceSweep(
        points,
        surfaces,
        fresh,
        truth,
        {},
        _with_distance(means([record.before for record in reference]), missing),
        _with_distance(means([record.after for record in reference]), missing),
        months_of(reference[0]),
        np.mean([monthly_petitions(record) for record in reference], axis=0).tolist(),
        missing,
    )
    is_calm = (fresh[:, calm:] == first[calm:]).all(axis=1)
    groups = {"calm": is_calm, "stressed": ~is_calm}
    return replace(sweep, errors={name: errors_of(sweep, runs) for name, runs in groups.items() if runs.any()})


def interpolated(sweep: SurfaceSweep, where: Array) -> dict[str, Array]:
    """Every shown measure at places in −1 … 1, as the page computes it; months are named by their number."""
    found: dict[str, Array] = {}
    for surface in sweep.surfaces:
        values = surface.at(sweep.points, where)
        found.update({name: values[:, column] for column, name in enumerate(surface.names)})
    found["petitions_total"] = np.sum([found[name] for name in PETITIONS], axis=0)
    if not sweep.missing_levels:
        found[DISTANCE] = _distances([found[name] for name in LEVELS])
    return found


def _distances(levels: Sequence[Any]) -> Array:
    return aitchison_distance(np.column_stack([np.asarray(each, dtype=float) for each in levels]))


def _with_distance(values: dict[str, float | None], missing: Sequence[str]) -> dict[str, float | None]:
    """Means with the distance of the mean petitions in the place of the mean distance, where no level is missing."""
    levels = [values[name] for name in LEVELS]
    if missing or any(each is None for each in levels):
        return values
    distance = float(_distances([[each] for each in levels])[0])
    return values | {DISTANCE: distance if np.isfinite(distance) else None}


def errors_of(sweep: SurfaceSweep, runs: NDArray[np.bool_]) -> dict[str, Errors]:
    """Errors of the surfaces on some of the held-out runs that have a value, by measure; ``None`` where none has."""
    found = interpolated(sweep, sweep.held_out[runs])
    errors: dict[str, Errors] = {}
    for name, values in sweep.truth.items():
        truth = np.array(values, float)[runs]
        known = np.isfinite(truth)
        if not known.any():
            errors[name] = dict.fromkeys(("mean", "most", "low", "high"))
            continue
        truth = truth[known]
        missed = np.abs(found[name][known] - truth)
        low, high = np.quantile(truth, [(1 - COVERED) / 2, (1 + COVERED) / 2])
        errors[name] = {
            "mean": float(missed.mean()),
            "most": float(np.quantile(missed, COVERED)),
            "low": float(low),
            "high": float(high),
        }
    return errors


def _places(factors: Sequence[Factor], rows: NDArray[np.float64], first: Array, calm: int) -> Array:
    """Places of a design; its last column tells the half of them whose stresses, from ``calm`` on, stay as they are.

    A page is mostly looked at without a stress, which in a cube of stresses is a corner.
    """
    places = np.array([[_place(f, f.at(float(q))) for f, q in zip(factors, row, strict=False)] for row in rows])
    places[rows[:, -1] < 0.5, calm:] = first[calm:]
    return places


def _place(factor: Factor, value: Any) -> float:
    """Where a value of a control lies between −1 and 1."""
    if factor.is_interval:
        share = (float(value) - factor.low) / (factor.high - factor.low)
    else:
        names = [_name(each) for each in factor.values]
        share = names.index(_name(value)) / max(1, len(names) - 1)
    return round(2 * share - 1, DECIMALS)


def _name(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _scenario(place: Array, factors: Sequence[Factor], controls: Controls, base: Scenario) -> Scenario:
    values = {factor.key: _value(factor, share) for factor, share in zip(factors, (place + 1) / 2, strict=True)}
    levers = {each.name: values[each.name] for each in controls.levers}
    stresses = {each.name: values[each.name] for each in controls.stresses}
    return controls.scenario(base, base.after, levers, stresses)[0]


def _value(factor: Factor, share: float) -> Any:
    if factor.is_interval:
        return factor.low + float(share) * (factor.high - factor.low)
    return factor.values[round(float(share) * (len(factor.values) - 1))]


def _column(records: Sequence[Sequence[RunRecord]], name: str) -> Array:
    return np.array([np.mean([record.after[name] for record in group]) for group in records])


def _surfaces(
    points: Array, records: Sequence[Sequence[RunRecord]], since: int, missing: Sequence[str]
) -> list[Surface]:
    surfaces = []
    for name in SURFACES:
        values = _column(records, name)
        if np.isnan(values).all() and any(level in missing for level in levels_of(name)):
            continue
        if not np.isfinite(values).all():
            raise InputError(f"{name} has no value in some runs: places so small have no surface; take larger ones")
        surfaces.append(fit([name], shape_of(name), points, values[:, None], exact=0))
    months = np.array([np.mean([monthly_petitions(record)[since:] for record in group], axis=0) for group in records])
    names = [f"month_{number}" for number in range(months.shape[1])]
    return [*surfaces, fit(names, Shape(is_count=True, low=0.0), points, months, exact=0)]


def shape_of(name: str) -> Shape:
    """How a measure is fitted, by its unit: shares stay within 0 and 1, counts and yuan at 0 or above."""
    unit = MEASURES[name].unit
    if is_share(unit):
        return Shape(low=0.0, high=1.0)
    if unit == "petitions/year":
        return Shape(is_count=True, low=0.0)
    return Shape(low=0.0) if unit.startswith("yuan") else Shape()
