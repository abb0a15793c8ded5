"""Calibration: emulators of figures that never move, warnings of libraries, patterns that cannot be measured."""

from __future__ import annotations

import sqlite3
import warnings
from pathlib import Path

import numpy as np
import pytest

import petition_pyramid as pp
from experiments.studies.calibrate.waves import _trained
from sim.errors import InputError
from tests.situations.situation import situation
from tests.situations.year import YEAR


@situation(
    "values that are not defined",
    "scikit-learn/scikit-learn#18371",
    "fitted a Gaussian process to values that are all alike; it divided by their spread, 0",
    "a figure that no uncertainty moves is emulated as it is, with a variance next to nothing",
)
def test_a_figure_that_never_moves_is_emulated() -> None:
    points = np.random.default_rng(1).random((12, 2))
    (emulator,) = _trained([(points, np.full((12, 1), 0.7))], 0)
    mean, variance = emulator.predict(np.array([[0.1, 0.9], [0.5, 0.5]]))
    assert mean == pytest.approx([0.7, 0.7], abs=1e-3) and (variance < 1e-4).all() and np.isfinite(variance).all()


@situation(
    "searches",
    "scikit-learn/scikit-learn#29294",
    "warnings of convergence came through from workers, though they had been turned off",
    "none comes through, however many emulators are trained at once",
)
@situation(
    "machines and libraries",
    "python/cpython#128384",
    "warnings were silenced in several threads at once; filters that were restored were not the caller's",
    "the caller's own filters of warnings are afterwards what they were",
)
def test_emulators_trained_at_once_say_nothing_and_change_no_filter() -> None:
    points = np.random.default_rng(2).random((30, 3))
    figures = np.column_stack([np.sin(9 * points[:, 0]) + k * points[:, 1] for k in range(8)])
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        before = list(warnings.filters)
        assert len(_trained([(points, figures)], 0)) == 8
        assert warnings.filters == before
    assert said == []


@situation(
    "values that are not defined",
    "optuna/optuna#2867",
    "a hundred trials ran, every one failed, and asking for the best ended in a ValueError",
    "a pattern that has no window to be measured over is named before the first trial",
)
def test_a_pattern_that_cannot_be_measured_is_named(tmp_path: Path) -> None:
    targets = "study.targets={first_local_share: {observation: 0.3}, durable_success: {observation: 0.1}}"
    no_window = ("calendar.measures=2018-07-01", "study.uncertainties=[grievances]", targets, "replicates=2")
    with pytest.raises(InputError, match="are simulated, first_local_share, durable_success cannot be measured"):
        pp.calibrate(*YEAR, *no_window, results=tmp_path)
    with sqlite3.connect(tmp_path / "journal.sqlite") as journal:
        assert journal.execute("SELECT count(*) FROM runs").fetchone() == (2,)  # the default behaviour's
