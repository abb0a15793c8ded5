"""``pyramid whatif --static FILE``: the page as one file, with a sweep and the surfaces through it inside."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

from experiments.configuration.ensemble import ensemble_of
from experiments.configuration.schema import scenario_of
from experiments.results.folder import disk_errors, write_atomically
from experiments.runs.run import model_version
from experiments.whatif.controls import Controls
from experiments.whatif.page import both, render_page, settings_of
from experiments.whatif.presets import start_of
from experiments.whatif.schema import WhatIfConfig
from experiments.whatif.sweep import COVERED, SurfaceSweep, run_sweep
from sim.errors import InputError
from sim.province import load_province


def write_static(config: WhatIfConfig, target: Path, quiet: bool = False) -> int:
    """Runs the sweep and writes the file, whole or not at all; prints its path and returns the exit code.

    Raises ``InputError`` for a size that a Sobol sequence cannot have, and when the file cannot be written.
    """
    if config.size & (config.size - 1):
        near = 1 << (config.size.bit_length() - 1)
        raise InputError(f"size={config.size} is not allowed: it must be a power of two, such as {near} or {2 * near}")
    base, ensemble = scenario_of(config), ensemble_of(config.ensemble, config.behaviour)
    controls = Controls.of(config.levers, config.stresses, base.before)
    residents = int(load_province(base.province.source, base.province.codes).population)
    sweep = run_sweep(config, base, controls, quiet)
    about = both(
        "static",
        size=f"{config.size:,}",
        replicates=config.replicates,
        seed=config.seed,
        held_out=len(sweep.held_out),
        most=round(20 * COVERED),
    )
    made = both("made", command="pyramid whatif", model=model_version())
    settings = settings_of(
        "static", base, controls, start_of(config), sweep.months, residents, config.language, about, made, ensemble
    )
    settings |= {"seed": config.seed, "replicates": config.replicates, "status_quo": status_quo_name(config)}
    settings["sweep"] = as_dict(sweep)
    with disk_errors(target):
        write_atomically({target: render_page(settings).encode()})
    print(target)
    if not quiet:
        print("the page says how far its interpolation is off on held-out runs", file=sys.stderr)
    return 0


def status_quo_name(config: WhatIfConfig) -> str:
    """The name of the policy after the reform where it is the one before it; else none that a policy has."""
    return start_of(config) if config.after == config.before else ""


def as_dict(sweep: SurfaceSweep) -> dict[str, Any]:
    """The sweep as the page carries it."""
    return {
        "points": sweep.points.tolist(),
        "surfaces": [surface.as_dict() for surface in sweep.surfaces],
        "held_out": sweep.held_out.tolist(),
        "truth": {name: [_plain(value) for value in values] for name, values in sweep.truth.items()},
        "errors": sweep.errors,
        "before": sweep.before,
        "kept": sweep.kept,
        "months": sweep.months,
        "monthly": sweep.monthly,
    }


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None
