"""``pyramid simulate``: a scenario or all points of a multirun, some replicates each; measures to stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from experiments.configuration.ensemble import ensemble_note, ensemble_of
from experiments.configuration.multirun import Point
from experiments.configuration.schema import Output, SimulateConfig, scenario_of
from experiments.configuration.stresses import LABEL, acting
from experiments.report.plain_text import interval, number, signed, table
from experiments.runs.execute import run_scenarios
from experiments.runs.groups import AT
from experiments.runs.record import RunRecord
from experiments.runs.run import model_version
from experiments.statistics.headline import HEADLINE
from experiments.statistics.intervals import MeasureSummary, summarise
from sim.scenario import Scenario


def simulate(config: SimulateConfig) -> int:
    """Runs one scenario and prints its measures; returns the exit code (1 when some runs failed)."""
    scenario = scenario_of(config)
    ensemble = ensemble_of(config.ensemble, config.behaviour)
    records, errors = run_scenarios([scenario], config.replicates, config.seed, config.executor, ensembles=[ensemble])
    summaries = summarise(records[0])
    if config.output is Output.json:
        document = {
            **_provenance(config),
            "ensemble": ensemble.as_dict() if ensemble else None,
            "scenario": scenario.as_dict(),
            "scored_as_harm": acting(scenario.stress),
            "measures": measures_document(summaries),
            "failed": errors,
        }
        print(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        print(_table(summaries, config.replicates))
        print(_note(len(records[0]), config.seed) + ensemble_note(ensemble) + harm_note(scenario))
    return told(errors)


def simulate_points(points: Sequence[Point]) -> int:
    """Runs all points of a multirun and prints one row a point; returns the exit code."""
    first: SimulateConfig = points[0].config
    most = max(point.config.replicates for point in points)
    scenarios = [scenario_of(point.config) for point in points]
    ensembles = [ensemble_of(point.config.ensemble, point.config.behaviour) for point in points]
    records, errors = run_scenarios(scenarios, most, first.seed, first.executor, ensembles=ensembles)
    if first.output is Output.json:
        rows = [
            {
                "point": dict(point.swept),
                "scored_as_harm": acting(scenario.stress),
                "measures": measures_document(summarise(group)),
            }
            for point, scenario, group in zip(points, scenarios, records, strict=True)
        ]
        print(json.dumps({**_provenance(first), "points": rows, "failed": errors}, indent=2, ensure_ascii=False))
    else:
        print(_points_table(points, records))
        print(
            _note(most, first.seed) + " Points from best to worst by the first measure; output=json has every measure."
        )
    return told(errors)


def _provenance(config: SimulateConfig) -> dict[str, Any]:
    seeds = list(range(config.seed, config.seed + config.replicates))
    return {"command": "simulate", "model_version": model_version(), "seeds": seeds}


def told(errors: Sequence[str]) -> int:
    """Says on stderr how many runs failed; returns the exit code."""
    if errors:
        print(f"pyramid: {len(errors)} runs failed; the first: {errors[0]}", file=sys.stderr)
    return 1 if errors else 0


def _note(replicates: int, seed: int) -> str:
    if replicates == 1:
        return f"One replicate (seed {seed}): no intervals."
    return (
        f"Means of {replicates} replicates (seeds {seed} to {seed + replicates - 1}) with 95 % t intervals; "
        "the change is paired within a replicate."
    )


def harm_note(scenario: Scenario) -> str:
    """Says so where a stress acts; empty where none does."""
    stresses = acting(scenario.stress)
    named = ", ".join(f"{name} {number(value)}" for name, value in stresses.items())
    return f" Under a {LABEL}: {named}." if stresses else ""


def measures_document(summaries: Sequence[MeasureSummary]) -> dict[str, Any]:
    """Measures as plain values for JSON: unit, better direction, before, after, change."""
    from sim.measures import MEASURES

    document = {}
    for summary in summaries:
        measure = MEASURES.get(summary.name.partition(AT)[0])
        document[summary.name] = {
            "unit": measure.unit if measure else "",
            "better": measure.better if measure else "none",
            "before": summary.before.as_dict(),
            "after": summary.after.as_dict(),
            "change": summary.change.as_dict(),
        }
    return document


def _table(summaries: Sequence[MeasureSummary], replicates: int) -> str:
    from sim.measures import MEASURES

    rows = []
    for summary in summaries:
        if AT in summary.name:
            continue  # of one city alone: in the JSON document
        measure = MEASURES.get(summary.name)
        row = [summary.name, measure.unit if measure else ""]
        for part, show, sign in (
            (summary.before, number, False),
            (summary.after, number, False),
            (summary.change, signed, True),
        ):
            row.append(show(part.mean))
            if replicates > 1:
                row.append(interval(part.low, part.high, sign))
        rows.append(row)
    header = ["measure", "unit"]
    for title in ("before", "after", "change"):
        header += [title, "95 %"] if replicates > 1 else [title]
    return table(header, rows, left=2)


def _points_table(points: Sequence[Point], records: Sequence[Sequence[RunRecord]]) -> str:
    """The table of a sweep: points from best to worst."""
    from experiments.studies.finished_point import FinishedPoint, ranked_table

    measured = {name for group in records for record in group for name in record.after}
    shown = [name for name in HEADLINE if name in measured] or sorted(measured)[:8]
    finished = [
        FinishedPoint(
            point.label,
            point.swept,
            {number: record.after for number, record in enumerate(group)},
            stresses=acting(point.config.stress),
        )
        for point, group in zip(points, records, strict=True)
    ]
    return ranked_table(finished, shown, shown[0])
