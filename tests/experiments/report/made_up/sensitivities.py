"""Made-up sensitivity analyses: Sobol indices of a few factors, Morris's effects of many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from experiments.configuration.command import Invocation
from experiments.design import Factor, Variation
from experiments.design.factors import CHANCE
from experiments.results.folder import Results
from experiments.studies.sensitivity.plan import Analysis
from experiments.studies.sensitivity.schema import Method, SensitivityChoice, SensitivityConfig
from experiments.studies.sensitivity.study import SOBOL_PARTS
from sim.scenario import ProvinceChoice, Scenario
from tests.experiments.report.made_up.kept import keep, noise

COUNTY = ProvinceChoice("gansu", [620725])

MEASURES = ("durable_resolution", "recorded_success", "petitions_province", "petitions_total", "distance_to_target",
            "worst_group_resolution", "unresolved_added")  # fmt: skip

TOTALS = {
    "constant_petition": 0.46,
    "weight_trust": 0.24,
    "loose_acceptance": 0.13,
    CHANCE: 0.12,
    "concealment_cost": 0.07,
    "trust_mean": 0.05,
    "slots_petition": 0.03,
    "weight_failed": 0.012,
    "weight_doors": 0.004,
    "grievances": 0.001,
}
"""Total indices of the first measure; the others have them in another order."""

SCREENED = ("bilateral_success", "constant_bilateral", "constant_village", "constant_petition", "weight_trust",
            "weight_success", "loose_acceptance", "strict_refusal_nation", "intercept_mediation", "relapse_rate",
            "nominal_share", "patience", "patience_again", "trust_mean", "trust_gain", "concealment_cost",
            "slots_petition", "weight_failed", "weight_doors", "grievances", "collective_rate", "repeats",
            "migrant_barrier", "first_contact_prevention", "norm_hidden", "confirmation_cut")  # fmt: skip


def sobol(folder: Path) -> Results:
    """Ten factors, chance among them, over 256 rows."""
    choice = SensitivityChoice(
        name="what_matters",
        question={"en": "What does the effect of the reform depend on?", "zh": "改革的效果取决于什么？"},
        size=256,
        reference="before",
        measures=list(MEASURES),
    )
    factors = list(TOTALS)

    def entries(rows: int) -> list[dict[str, Any]]:
        found = []
        for which, measure in enumerate(MEASURES):
            totals = list(TOTALS.values())
            totals = totals[which:] + totals[:which]
            for factor, total in zip(factors, totals, strict=True):
                luck = noise(rows, measure + factor, 2) * (0.5 * total + 0.01) * 4 / rows**0.5
                row: dict[str, Any] = {"measure": measure, "factor": _key(factor), "rows": rows}
                for part, value, half in (
                    ("first", 0.75 * total + luck[0], 3 * (0.05 + total) / rows**0.5),
                    ("total", max(0.0, total + luck[1]), 2 * (0.01 + total) / rows**0.5),
                ):
                    row |= {part: value, f"{part}_low": value - half, f"{part}_high": value + half}
                found.append(row)
        return found

    convergence = [entry for rows in (32, 64, 128, 256) for entry in entries(rows)]
    indices = [{key: value for key, value in entry.items() if key != "rows"} for entry in entries(256)]
    return _kept(folder, choice, factors, indices, pd.DataFrame(convergence), 256 * (len(factors) + 2))


def morris(folder: Path) -> Results:
    """Many factors, half of which do less than another seed."""
    choice = SensitivityChoice(name="screening", method=Method.morris, size=20, measures=list(MEASURES))
    factors = [*SCREENED, CHANCE]
    indices = []
    for which, measure in enumerate(MEASURES):
        size = 0.09 if measure == "durable_resolution" else 0.3
        for place, factor in enumerate(factors):
            effect = size * 0.82 ** ((place + 5 * which) % len(factors)) if factor != CHANCE else size * 0.04
            luck = noise(which, factor, 1)[0]
            row = {"mu_star": effect, "half": effect * (0.25 + 0.1 * abs(luck)), "sigma": effect * (1 + 0.3 * luck)}
            indices.append({"measure": measure, "factor": _key(factor), **row})
            if factor == CHANCE:
                indices[-1]["sigma"] = None
    row = {"measure": "", "factor": "", "rows": 0, **dict.fromkeys(SOBOL_PARTS, 0.0)}
    nothing = pd.DataFrame([row]).iloc[:0]
    return _kept(folder, choice, factors, indices, nothing, 20 * (len(factors) + 1))


def _key(factor: str) -> str:
    return factor if factor == CHANCE else f"behaviour.{factor}"


def _kept(folder: Path, choice: SensitivityChoice, factors: list[str], indices: Any, convergence: Any, runs: int):
    varied = tuple(Factor(_key(factor), low=0.0, high=1.0) for factor in factors if factor != CHANCE)
    variation = Variation(Scenario(province=COUNTY), None)
    study = Analysis(SensitivityConfig(study=choice, province=COUNTY), Invocation("sensitivity"), varied, variation)
    tables = {
        "design": pd.DataFrame({"matrix": ["A"], "row": [0], "seed": [0]}),  # no report reads it
        "indices": pd.DataFrame(indices),
        "convergence": convergence,
    }
    return keep(folder, "sensitivity", study.as_dict(), tables, runs)
