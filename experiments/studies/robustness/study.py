"""Runs a robustness study: all policies in all futures, scores, results and report, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.configuration.schema import Output
from experiments.configuration.stresses import labelled
from experiments.report.plain_text import interval, number, table
from experiments.report.robustness.tables import TOGETHER
from experiments.results.folder import write_study
from experiments.results.journal import Journal
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.tables import frame_like, rows_of
from experiments.studies.robustness.plan import Robustness, plan
from experiments.studies.robustness.schema import RobustnessConfig
from experiments.studies.robustness.scores import GROUPS, Scores, with_distance
from experiments.studies.study import finish, journal_of, keep, manifest_of, print_document, say_failures, say_where

if TYPE_CHECKING:
    import pandas as pd


def robustness(config: RobustnessConfig, arguments: Sequence[str] = ()) -> int:
    """Runs what is not yet in the journal, keeps results and report, and prints how robust each policy is."""
    study = plan(config, arguments)
    with journal_of(config) as journal:
        scores, failures = _scored(study, journal)
    total = len(study.policies) * len(study.futures) * config.replicates
    counts = {"done": total - len(failures), "failed": len(failures)}
    manifest = manifest_of(config, "robustness", arguments, config.study.name, study.folder, counts)

    def write() -> None:
        scenarios = {policy: study.scenario(policy, study.futures[0]) for policy in study.policies}
        parameters = parameter_rows(scenarios, study.ensemble)
        write_study(study.folder, "robustness", study.as_dict(), manifest, {}, frames_of(scores), parameters)

    pages = keep(study.folder, write, config.language)
    _print(scores, pages)
    return say_failures(failures, total)


def _scored(study: Robustness, journal: Journal) -> tuple[Scores, list[tuple[str, str]]]:
    runs = [[(policy, future, study.runs(policy, future)) for future in study.futures] for policy in study.policies]
    everything = [run for row in runs for _, _, each in row for run in each]
    finish(everything, journal, study.config.executor)
    names = list(dict.fromkeys([*study.measures, "ilr_1", "ilr_2", *GROUPS]))
    shape = (len(study.policies), len(study.futures), study.config.replicates)
    values = {name: np.full(shape, np.nan) for name in names}
    failures = []
    for p, row in enumerate(runs):
        for f, (policy, future, each) in enumerate(row):
            for r, run in enumerate(each):
                record = journal.record(run.key)
                if record is None:
                    where = f"{policy} in {future.name}, {future.stress}, seed {run.seed}"
                    failures.append((where, journal.error(run.key)))
                    continue
                for name in names:
                    values[name][p, f, r] = record.after.get(name, np.nan)
    if len(failures) == len(everything):
        raise first_error([failures[0][1]])
    return Scores(study, with_distance(values, study.config.study.target)), failures


def frames_of(scores: Scores) -> dict[str, pd.DataFrame]:
    """The tables of ``experiments.report.robustness.tables``."""
    import pandas as pd

    study = scores.study
    holds = scores.holds()
    means = {name: scores.mean(name) for name in study.measures}
    outcomes = [
        {
            "policy": policy,
            "future": future.name,
            "stress": future.stress,
            "holds": bool(holds[TOGETHER][p, f]),
            **{name: float(means[name][p, f]) for name in study.measures},
        }
        for p, policy in enumerate(scores.policies)
        for f, future in enumerate(study.futures)
    ]
    found = scores.discovery()
    limits = [
        {
            "factor": limit.factor,
            "low": limit.low,
            "high": limit.high,
            "words": ", ".join(limit.words),
            "quasi_p": limit.quasi_p,
            "smallest": min(values) if (values := _numbers(study, limit.factor)) else None,
            "largest": max(values) if values else None,
        }
        for limit in (found.box.limits if found.box else ())
    ]
    box = found.box
    limit = {"factor": "text", "low": "float", "high": "float", "words": "text", "quasi_p": "float",
             "smallest": "float", "largest": "float"}  # fmt: skip
    steps = [
        {
            "coverage": coverage,
            "density": density,
            "mass": mass,
            "limits": limited,
            "chosen": box is not None and (coverage, density, mass) == (box.coverage, box.density, box.mass),
        }
        for coverage, density, mass, limited in found.trajectory
    ]
    step = {"coverage": "float", "density": "float", "mass": "float", "limits": "int", "chosen": "bool"}
    group = {"policy": "text", "group": "text", "share": "float", "mean": "float"}
    return {
        "futures": pd.DataFrame(
            [{"future": future.name, "stress": future.stress, **future.values} for future in study.futures]
        ),
        "outcomes": pd.DataFrame(outcomes),
        "regret": pd.DataFrame(scores.regret_rows()),
        "satisficing": pd.DataFrame(scores.satisficing_rows()),
        "groups": frame_like(group, scores.group_rows()),
        "chance": pd.DataFrame(scores.chance_rows()),
        "limits": frame_like(limit, limits),
        "trajectory": frame_like(step, steps),
    }


def _numbers(study: Robustness, factor: str) -> list[float]:
    return [future.values[factor] for future in study.futures if factor in future.values]


def _print(scores: Scores, pages: Sequence[Path]) -> None:
    study = scores.study
    if study.config.output is Output.json:
        frames = frames_of(scores)
        found = scores.discovery()
        parts = {
            **study.as_dict(),
            **{name: rows_of(frames[name]) for name in ("regret", "satisficing", "groups", "chance", "limits")},
            "failures_of": study.discover,
            "fails_in": found.failures,
        }
        print_document(study.config.study.name, study.folder, pages, parts)
        return
    print(_satisficing_table(scores))
    print(f"Share of {len(study.futures)} futures in which the thresholds hold, with Wilson's 95 % interval.")
    print()
    rows = [
        [row["measure"], row["policy"], number(row["mean"]), number(row["worst_tenth"]), number(row["regret_mean"]),
         number(row["regret_90"]), number(row["regret_largest"]), f"{100 * row['best_in']:.0f} %"]
        for row in scores.regret_rows()
    ]  # fmt: skip
    print(table(["measure", "policy", "mean", "worst tenth", "regret", "90 %", "largest", "best in"], rows, left=2))
    print()
    print(discovery_text(scores))
    print()
    say_where(study.folder, pages)


def _satisficing_table(scores: Scores) -> str:
    study = scores.study
    rows = scores.satisficing_rows()
    names = [*study.config.study.thresholds, TOGETHER]
    columns = [(name, "all") for name in names] + [(TOGETHER, stress) for stress in study.stresses]
    header = [
        "policy",
        *names,
        *(labelled(stress, bool(study.as_dict()["stresses"][stress])) for stress in study.stresses),
    ]
    lines = []
    for policy in scores.policies:
        cells = []
        for name, stress in columns:
            row = next(r for r in rows if (r["policy"], r["threshold"], r["stress"]) == (policy, name, stress))
            cells.append(f"{100 * row['share']:.0f} % {interval(100 * row['low'], 100 * row['high'])}")
        lines.append([policy, *cells])
    return table(header, lines)


def discovery_text(scores: Scores) -> str:
    """When a policy fails, in one sentence."""
    found = scores.discovery()
    name = scores.study.discover
    if found.box is None:
        return f"{name} fails in {found.note} of {found.futures} futures ({found.failures}): no box is looked for."
    limits = []
    for limit in found.box.limits:
        if limit.words:
            limits.append(f"{limit.factor} is {' or '.join(limit.words)}")
        elif limit.low is not None and limit.high is not None:
            limits.append(f"{number(limit.low)} < {limit.factor} < {number(limit.high)}")
        else:
            limits.append(
                f"{limit.factor} > {number(limit.low)}"
                if limit.low is not None
                else f"{limit.factor} < {number(limit.high)}"
            )
    return (
        f"{name} fails in {found.failures} of {found.futures} futures; {100 * found.box.coverage:.0f} % of these "
        f"failures lie where {' and '.join(limits) or 'nothing in particular holds'}, where it fails in "
        f"{100 * found.box.density:.0f} % of the futures."
    )
