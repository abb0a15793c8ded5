"""Made-up sweeps: a grid, a Sobol sequence with a stress among its factors, pilots and others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from experiments.configuration.command import Invocation
from experiments.design import Design, Factor
from experiments.results.folder import Results, RunRow, runs_frame
from experiments.runs.record import RunRecord
from experiments.studies.sweep.plan import Sweep, SweepPoint
from experiments.studies.sweep.schema import SweepChoice, SweepConfig
from experiments.studies.sweep.study import points_frame
from sim.scenario import Scenario
from sim.stress import Stress
from tests.experiments.report.made_up.kept import CITY, keep, noise

REPLICATES = 6

SPREAD = {"durable_resolution": 0.004, "cost_per_durable": 30.0, "petitions_per_1000": 0.05}
"""Standard deviation of the luck of a seed; others have a hundredth of their size."""

Measured = Callable[[Mapping[str, Any]], dict[str, float]]
"""Measures of a point by the values of its factors, without luck."""


def grid(folder: Path) -> Results:
    """Assessment by recorded petitions, by how often records are audited: the record improves more than the truth."""
    choice = SweepChoice(
        name="assessment_weight",
        question={
            "en": "What does it buy to assess governments by the petitions that are recorded?",
            "zh": "以登记信访数量考核政府能换来什么？",
        },
        reference="status_quo",
        measures=["durable_resolution", "petitions_total", "presented_total", "recorded_success", "durable_success",
                  "concealment", "unresolved_added", "petitions_province"],
    )  # fmt: skip
    factors = (
        Factor("after.assessment.weight_recorded", (0.0, 0.2, 0.4, 0.6, 0.8, 1.0), unit="weight"),
        Factor("after.assessment.audit_rate", (0.0, 0.2, 0.4), unit="share"),
    )

    def measured(values: Mapping[str, Any]) -> dict[str, float]:
        weight, audit = values["after.assessment.weight_recorded"], values["after.assessment.audit_rate"]
        hidden = 0.4 * weight * (1 - 1.8 * audit)
        durable = 0.6 + 0.03 * weight * (0.2 + audit) - 0.04 * hidden
        registered = 16_500 * (1 - 0.6 * hidden)
        return {
            "durable_resolution": durable,
            "durable_success": durable + 0.1,
            "recorded_success": 0.94 + 0.09 * hidden,
            "concealment": hidden,
            "unresolved_added": 80 - 100 * (durable - 0.6),
            "petitions_total": registered,
            "petitions_province": 0.3 * registered,
            "presented_total": 24_000 - 40_000 * (durable - 0.6),
            "ratio_city_to_province": 1.1 - 0.2 * weight,
            "ratio_county_to_province": 0.9 - 0.3 * weight,
            "satisfaction_true": 0.86 + 0.2 * (durable - 0.6),
            "satisfaction_surveyed": 0.93 + 0.03 * hidden,
        }

    return _kept(folder, choice, factors, _all_of(factors), measured, {"after.assessment.weight_recorded": 0.2,
                                                                       "after.assessment.audit_rate": 0.1})  # fmt: skip


def cloud(folder: Path) -> Results:
    """Points all over the ranges of three factors, half of them under a stress; no reference."""
    choice = SweepChoice(
        name="responses",
        design=Design.sobol,
        size=32,
        measures=["durable_resolution", "cost_per_durable", "recorded_success", "durable_success", "petitions_total",
                  "petitions_province"],
    )  # fmt: skip
    factors = (
        Factor("after.centre.coverage_township", low=0.0, high=1.0, unit="share"),
        Factor("after.staff.mediators_township", low=1.0, high=12.0, unit="mediators"),
        Factor("behaviour.patience", low=5.0, high=40.0, unit="days"),
        Factor("stress", ("none", "demand_shock")),
    )
    drawn = np.random.default_rng(3).random((choice.size, len(factors)))
    points = [{f.key: f.at(float(q)) for f, q in zip(factors, row, strict=True)} for row in drawn]

    def measured(values: Mapping[str, Any]) -> dict[str, float]:
        coverage, mediators, patience, stress = values.values()
        lacking = max(0.0, 1 - mediators / 8) ** 2
        shock = 0.05 if stress == "demand_shock" else 0.0
        durable = 0.55 + 0.12 * coverage - 0.1 * coverage * lacking - 0.002 * abs(patience - 20) - shock
        return {
            "durable_resolution": durable,
            "cost_per_durable": (900 + 2200 * coverage + 160 * coverage * mediators) / durable,
            "durable_success": durable + 0.1,
            "recorded_success": 0.96,
            "petitions_total": 40_000 * (1 - durable) * (1 + 4 * shock),
            "petitions_province": 11_000 * (1 - durable) * (1 + 4 * shock),
        }

    return _kept(folder, choice, factors, points, measured)


def pilots(folder: Path) -> Results:
    """Ten cities reform first, because they are ready or because they are keen: comparisons mislead, each its way."""
    choice = SweepChoice(
        name="roll_out",
        question={
            "en": "Ten cities reform first. What does comparing them with the others show, and what is true?",
            "zh": "十个城市先行试点。试点与其他地区的比较说明什么？真实效果又是什么？",
        },
        reference="before",
        groups={"pilots": [6201, 6202], "others": [6204, 6210]},
        measures=["durable_resolution", "durable_success", "petitions_per_1000", "recorded_success", "petitions_total",
                  "petitions_province"],
    )  # fmt: skip
    factors = (
        Factor("before", ("status_quo", "keen_base")),
        Factor("after", ("pilots_alike", "pilots_keen")),
        Factor("after.roll_out.batch_2_start", (0.0, 12.0), unit="months"),
    )

    def measured(values: Mapping[str, Any]) -> dict[str, float]:
        base = 0.05 if values["before"] == "keen_base" else 0.0
        gain = {"pilots": 0.035 if values["after"] == "pilots_keen" else 0.02, "others": 0.02}
        if values["after.roll_out.batch_2_start"] > 0:
            gain["others"] = -0.004  # trade with cities that do better
        if values["after"] == "none":
            gain = dict.fromkeys(gain, 0.0)
        found = {}
        for group, ahead in (("pilots", base), ("others", 0.0)):
            for when, effect in (("", gain[group]), ("before_", 0.0)):
                durable = 0.58 + ahead + effect
                found[f"{when}durable_resolution@{group}"] = durable
                found[f"{when}durable_success@{group}"] = durable + 0.1
                found[f"{when}petitions_per_1000@{group}"] = 5.2 - 14 * (durable - 0.58)
        durable = (found["durable_resolution@pilots"] + found["durable_resolution@others"]) / 2
        total = 130_000 * (1 - 3 * (durable - 0.58))
        found |= {"durable_resolution": durable, "durable_success": durable + 0.1, "recorded_success": 0.965}
        found |= {"petitions_per_1000": 5.2 - 14 * (durable - 0.58), "petitions_total": total}
        return {**found, "petitions_province": 0.3 * total}

    return _kept(folder, choice, factors, _all_of(factors), measured, {"after": "none"})


def _all_of(factors: Sequence[Factor]) -> list[dict[str, Any]]:
    """Every combination of the factors' values."""
    return [
        dict(zip((f.key for f in factors), each, strict=True))
        for each in product(*(factor.values for factor in factors))
    ]


def _kept(
    folder: Path,
    choice: SweepChoice,
    factors: Sequence[Factor],
    points: Sequence[Mapping[str, Any]],
    measured: Measured,
    reference: Mapping[str, Any] | None = None,
) -> Results:
    """Runs of all points and of their references, which have some values of factors in common."""
    named, rows, references = [], [], {}
    for number, values in enumerate(points, 1):
        name = f"p{number:02}"
        others = None if reference is None else {**values, **reference}
        label = "" if others is None else "r" + "-".join(str(value) for value in others.values())
        stress = Stress(demand_shock=0.2) if values.get("stress") == "demand_shock" else Stress()
        named.append(SweepPoint(name, values, Scenario(stress=stress), None if others is None else Scenario(), label))
        for seed in range(REPLICATES):
            rows.append(RunRow(name, name, seed, _record(measured(values), seed, name)))
            if others is not None:
                references[label, seed] = RunRow(label, label, seed, _record(measured(others), seed, label))
    config = SweepConfig(study=choice, replicates=REPLICATES, province=CITY)
    study = Sweep(config, Invocation("sweep"), tuple(factors), tuple(named), 0, None)
    tables = {
        "points": points_frame(study, dict.fromkeys((point.name for point in named), REPLICATES)),
        "runs": runs_frame(rows),
        "reference_runs": runs_frame(list(references.values())),
    }
    return keep(folder, "sweep", study.as_dict(), tables, len(rows) + len(references))


def _record(measures: Mapping[str, float], seed: int, point: str) -> RunRecord:
    """A run: most of its luck is the seed's, some its own."""
    luck = noise(seed, "shared", len(measures)) + 0.25 * noise(seed, point, len(measures))
    found = {}
    for each, (name, value) in zip(luck, measures.items(), strict=True):
        measure = name.removeprefix("before_").partition("@")[0]
        found[name] = value + each * SPREAD.get(measure, 0.01 * abs(value) * (1 if value > 1 else 0.3))
    after = {name: value for name, value in found.items() if not name.startswith("before_")}
    before = {name.removeprefix("before_"): value for name, value in found.items() if name.startswith("before_")}
    return RunRecord(after, before, np.zeros(0, "datetime64[M]"), np.zeros((0, 0), np.int64))
