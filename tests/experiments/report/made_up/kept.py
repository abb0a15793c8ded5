"""What all made-up results of studies have in common: they are written through the store and read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from experiments.report.kinds import open_results
from experiments.results.folder import Results, write_study
from experiments.results.provenance import parameter_rows
from sim.policy import Policy
from sim.scenario import ProvinceChoice, Scenario

CITY = ProvinceChoice("gansu", [6207])


def keep(
    folder: Path,
    kind: str,
    study: Mapping[str, Any],
    tables: Mapping[str, Any],
    runs: int,
    worlds: Mapping[str, Policy] | None = None,
) -> Results:
    """Writes and opens the results of a study of ``runs`` runs; ``worlds`` are its policies after the reform."""
    manifest = {
        "study": study["name"],
        "model_version": "0123abcd",
        "versions": {"numpy": "2.3.0"},
        "runs": {"done": runs, "failed": 0},
    }
    scenarios = {name: Scenario(after=policy) for name, policy in (worlds or {"base": Policy()}).items()}
    write_study(folder, kind, study, manifest, {}, tables, parameter_rows(scenarios))
    return open_results(folder)


def noise(seed: int, key: str, size: int) -> np.ndarray:
    """Luck, shape (size,): the same for a seed and a key every time."""
    return np.random.default_rng([seed, *key.encode()]).standard_normal(size)
