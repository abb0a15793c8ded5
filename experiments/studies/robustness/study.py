"""Runs a robustness study: all policies in all futures, scores, results and report, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.configuration.stresses import labelled
from experiments.report import numbers
from experiments.report.levels import figure_text, none_of
from experiments.report.measure_text import undefined_notes
from experiments.report.plain_text import table
from experiments.report.robustness.failures import limit_text
from experiments.report.robustness.tables import TOGETHER
from experiments.report.text import Words
from experiments.report.uncosted import is_cost, marked
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.groups import unit_of
from experiments.runs.levels import missing_levels
from experiments.runs.tables import frame_like, plain_rows
from experiments.studies.robustness.discovery import Limit
from experiments.studies.robustness.plan import Robustness
from experiments.studies.robustness.scores import GROUPS, Scores, with_distance
from experiments.studies.study import Contents, JournalRunner, KeptResult

if TYPE_CHECKING:
    import pandas as pd


def run(study: Robustness, runner: JournalRunner) -> RobustnessResult:
    """Carries out the runs that the journal does not have; raises ``InputError`` when every run failed."""
    runs = [[(policy, future, study.runs(policy, future)) for future in study.futures] for policy in study.policies]
    everything = [run for row in runs for _, _, each in row for run in each]
    runner.finish(everything)
    names = list(dict.fromkeys([*study.measures, "ilr_1", "ilr_2", *GROUPS]))
    shape = (len(study.policies), len(study.futures), study.config.replicates)
    values = {name: np.full(shape, np.nan) for name in names}
    failures = []
    for p, row in enumerate(runs):
        for f, (policy, future, each) in enumerate(row):
            for r, run in enumerate(each):
                record = runner.record(run)
                if record is None:
                    where = f"{policy} in {future.name}, {future.stress}, seed {run.seed}"
                    failures.append((where, runner.error(run)))
                    continue
                for name in names:
                    values[name][p, f, r] = record.after.get(name, np.nan)
    if len(failures) == len(everything):
        raise first_error([failures[0][1]])
    return RobustnessResult(Scores(study, with_distance(values, study.config.study.target)), failures, len(everything))


class RobustnessResult(KeptResult):
    """How robust each policy is."""

    def __init__(self, scores: Scores, failures: Sequence[tuple[str, str]], runs: int) -> None:
        self.study: Robustness = scores.study
        self.scores = scores
        self.failures = failures
        self.runs = runs

    def contents(self) -> Contents:
        """The tables of ``experiments.report.robustness.tables``."""
        study = self.study
        scenarios = {policy: study.scenario(policy, study.futures[0]) for policy in study.policies}
        return Contents(frames_of(self.scores), parameter_rows(scenarios, study.ensemble))

    def document(self) -> dict[str, Any]:
        """The study, its scores and when the policy that was asked about fails."""
        frames = frames_of(self.scores)
        if chosen := self.study.config.measures:
            for name in ("regret", "chance"):
                frames[name] = frames[name][frames[name]["measure"].isin(chosen)]
        return {
            **self.study.as_dict(),
            **{name: plain_rows(frames[name]) for name in ("regret", "satisficing", "groups", "chance", "limits")},
            "failures_of": self.study.discover,
            "fails_in": self.scores.discovery().failures,
        }

    @property
    def _measures(self) -> list[str]:
        """Measures that are printed: those asked for, or all of the study."""
        return self.study.config.measures or self.study.measures

    def table(self, language: str) -> str:
        """In which share of futures each policy is good enough."""
        words = Words(language)
        note = words("robustness.console.shares", futures=len(self.study.futures))
        return f"{_satisficing_table(self.scores, self._measures, words)}\n{note}"

    def text(self, language: str) -> str:
        """Satisficing, regret, and when the policy that was asked about fails."""
        words, futures = Words(language), len(self.study.futures)
        missing = missing_levels(self.study.config.province)
        told = [name for name in self._measures if not none_of(name, missing, words)]
        known = [(_measure(m, words), int(np.isfinite(self.scores.mean(m)).sum(axis=1).min())) for m in told]
        parts = [
            self.table(language),
            "",
            _regret_table(self.scores, self._measures, words),
            words("robustness.console.regrets"),
            *undefined_notes(known, futures, words, words("robustness.console.futures")),
            "",
            discovery_text(self.scores, words),
        ]
        return "\n".join(parts)


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
    values = (future.values.get(factor) for future in study.futures)
    return [value for value in values if isinstance(value, float)]


def _measure(name: str, words: Words) -> str:
    return name if words.language == "en" else words.measure(name)


def _policy(name: str, words: Words) -> str:
    return name if words.language == "en" else words.scenario(name)


def _satisficing_table(scores: Scores, measures: Sequence[str], words: Words) -> str:
    """A row a policy: each threshold of some measures, all together, and all together under each stress."""
    study, rows = scores.study, scores.satisficing_rows()
    names = [name for name in study.config.study.thresholds if name in measures]
    columns = [(name, "all") for name in (*names, TOGETHER)] + [(TOGETHER, stress) for stress in study.stresses]
    header = [words("robustness.console.policy"), *(_measure(name, words) for name in names)]
    header.append(TOGETHER if words.language == "en" else words("robustness.together"))
    stressed = study.as_dict()["stresses"]
    header += [
        labelled(stress, bool(stressed[stress]))
        if words.language == "en"
        else Words("zh", frozenset({stress} if stressed[stress] else ())).scenario(stress)
        for stress in study.stresses
    ]
    lines = []
    for policy in scores.policies:
        cells = []
        for name, stress in columns:
            row = next(r for r in rows if (r["policy"], r["threshold"], r["stress"]) == (policy, name, stress))
            cells.append(f"{100 * row['share']:.0f} % {numbers.interval(row['low'], row['high'], 'share')}")
        lines.append([_policy(policy, words), *cells])
    return table(header, lines)


def _regret_table(scores: Scores, measures: Sequence[str], words: Words) -> str:
    rows = []
    for row in scores.regret_rows():
        if row["measure"] not in measures:
            continue
        unit = unit_of(row["measure"])
        missing = missing_levels(scores.study.config.province)
        cells = [figure_text(row[key], row["measure"], unit, missing, words) for key in ("mean", "worst_tenth")]
        cells += [numbers.difference(row[f"regret_{key}"], unit).lstrip("+") for key in ("mean", "90", "largest")]
        policy = _policy(row["policy"], words)
        if is_cost(row["measure"]) and row["policy"] in scores.study.uncosted:
            policy = marked(policy, words)
        names = [_measure(row["measure"], words), policy]
        rows.append([*names, *cells, numbers.percent(row["best_in"], 0)])
    columns = ("measure", "policy", "mean", "worst_tenth", "regret", "high", "largest", "best_in")
    return table([words(f"robustness.console.{name}") for name in columns], rows, left=2)


def discovery_text(scores: Scores, words: Words) -> str:
    """When a policy fails, in one sentence."""
    found = scores.discovery()
    values = {"policy": _policy(scores.study.discover, words), "futures": found.futures, "n": found.failures}
    if found.box is None:
        return words(f"robustness.console.{found.note}", **values)
    limits = [_limit(limit, words) for limit in found.box.limits]
    return words(
        "robustness.console.box",
        limits=words("list.and").join(limits) or words("robustness.console.anywhere"),
        coverage=f"{100 * found.box.coverage:.0f}",
        density=f"{100 * found.box.density:.0f}",
        **values,
    )


def _limit(limit: Limit, words: Words) -> str:
    if words.language == "zh":
        return limit_text({**vars(limit), "words": ", ".join(limit.words)}, words)
    if limit.words:
        return f"{limit.factor} is {' or '.join(limit.words)}"
    if limit.low is not None and limit.high is not None:
        return f"{numbers.amount(limit.low)} < {limit.factor} < {numbers.amount(limit.high)}"
    if limit.low is not None:
        return f"{limit.factor} > {numbers.amount(limit.low)}"
    return f"{limit.factor} < {numbers.amount(limit.high)}"
