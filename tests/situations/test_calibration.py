"""Calibration: figures that no knob moves, patterns that cannot be measured."""

from __future__ import annotations

import math
import sqlite3
from pathlib import Path

import pytest

import petition_pyramid as pp
from experiments.studies.calibrate.secant import Secant
from sim.errors import InputError
from tests.situations.situation import situation
from tests.situations.year import YEAR


@situation(
    "values that are not defined",
    "scikit-learn/scikit-learn#18371",
    "fitted a Gaussian process to values that are all alike; it divided by their spread, 0",
    "a knob that moves no figure stays where it is, and the others are solved for",
)
def test_a_figure_that_never_moves_leaves_its_knob_where_it_is() -> None:
    flat = Secant(((0.0, 0.0), (0.0, 2.0)))
    assert flat.move([0.7, 3.0]) == (0.0, 1.5)
    learned = flat.corrected((0.0, 1.5), (0.0, 3.0))
    assert all(map(math.isfinite, learned.move([0.7, 3.0]))) and learned.move([0.7, 3.0])[0] == 0.0


@situation(
    "values that are not defined",
    "optuna/optuna#2867",
    "a hundred trials ran, every one failed, and asking for the best ended in a ValueError",
    "a figure that has no window to be measured over is named before the first candidate",
)
def test_a_figure_that_cannot_be_measured_is_named(tmp_path: Path) -> None:
    figures = ("first_local_share", "tolerance: 0.3"), ("durable_success", "tolerance: 0.1")
    names = ("grievances", "intercept_mediation")
    knobs = ", ".join(f"{name}: {{figure: {f}, {t}}}" for name, (f, t) in zip(names, figures, strict=True))
    no_window = ("calendar.measures=2018-07-01", f"study.fitted={{{knobs}}}", "replicates=2")
    with pytest.raises(InputError, match="are simulated, first_local_share, durable_success cannot be measured"):
        pp.calibrate(*YEAR, *no_window, results=tmp_path)
    with sqlite3.connect(tmp_path / "journal.sqlite") as journal:
        assert journal.execute("SELECT count(*) FROM runs").fetchone()[0] <= 2 * 4  # the default's, and each knob's
