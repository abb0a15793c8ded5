"""Runs a sensitivity analysis: figures of every row, indices, results and report, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.schema import scenario_of
from experiments.design.factors import CHANCE
from experiments.report import numbers
from experiments.report.factors import factor_name
from experiments.report.levels import none_of
from experiments.report.measure_text import title_of
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.results.provenance import parameter_rows
from experiments.runs.groups import unit_of
from experiments.runs.levels import missing_levels
from experiments.runs.run import Run, runs_of
from experiments.statistics.intervals import difference
from experiments.studies.sensitivity.morris import morris_effects, trajectories
from experiments.studies.sensitivity.plan import Analysis
from experiments.studies.sensitivity.schema import Method
from experiments.studies.sensitivity.sobol import FEWEST, convergence_of, indices_of, sobol_rows
from experiments.studies.study import Contents, JournalRunner, KeptResult
from sim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 15
"""Factors that the table on stdout shows of each measure; the results have all."""

SOBOL_PARTS: tuple[str, ...] = ("first", "first_low", "first_high", "total", "total_low", "total_high")
"""What a table of Sobol's indices has of a measure and factor."""


def run(study: Analysis, runner: JournalRunner) -> SensitivityResult:
    """Carries out the rows that the journal does not have; those with a failed run are left out of the indices."""
    config, choice, dimensions = study.config, study.config.study, len(study.factors)
    rows = sobol_rows(choice.size, dimensions, config.seed) if choice.method is Method.sobol else None
    walks = trajectories(choice.size, dimensions, config.seed) if rows is None else None
    points, seeds = (rows.points, rows.all_seeds) if rows else (walks.all_points, walks.all_seeds)  # type: ignore[union-attr]
    figures, failed = figures_of(study, points, seeds, runner)
    factors = [*(factor.key for factor in study.factors), CHANCE]
    convergence: list[dict[str, Any]] = []
    if rows:
        found: Any = indices_of(figures, choice.size, config.seed)
        parts = SOBOL_PARTS
        for part, each in convergence_of(figures, choice.size, config.seed):
            convergence += _entries(study, factors, each, parts, {"rows": part})
    else:
        assert walks is not None
        found, parts = morris_effects(walks, figures), ("mu_star", "half", "sigma")
    if max(found.whole) < (FEWEST if rows else 1):
        raise InputError(
            f"nothing to tell: {failed.sum()} of {len(points)} runs failed, and of {choice.size} "
            f"{'rows' if rows else 'trajectories'} at most {max(found.whole)} have a value of a measure in all their "
            f"runs; {f'indices take {FEWEST}' if rows else 'effects take one'}"
        )
    tables = {
        "design": _design(study, _matrices(choice.method, factors, choice.size), points, seeds, figures),
        "indices": _frame(_entries(study, factors, found, parts)),
        "convergence": _frame(convergence) if convergence else _frame(_empty(SOBOL_PARTS)).iloc[:0],
    }
    return SensitivityResult(study, tables, _entries(study, factors, found, parts), failed, found.whole)


class SensitivityResult(KeptResult):
    """The indices of a sensitivity analysis, an entry a measure and factor."""

    def __init__(
        self,
        study: Analysis,
        tables: dict[str, pd.DataFrame],
        entries: Sequence[dict[str, Any]],
        failed: NDArray[np.bool_],
        whole: Sequence[int],
    ) -> None:
        self.study: Analysis = study
        self.tables = tables
        self.entries = entries
        self.whole = whole
        self.runs = len(failed)
        self.failures = [("a row, left out", "see the journal")] * int(failed.sum())

    def contents(self) -> Contents:
        """Design, indices and how they converged."""
        return Contents(self.tables, parameter_rows({"base": scenario_of(self.study.config)}))

    def document(self) -> dict[str, Any]:
        """The study and its indices."""
        asked = self.study.config.measures
        entries = [entry for entry in self.entries if not asked or entry["measure"] in asked]
        return {**self.study.as_dict(), "indices": entries}

    def table(self, language: str) -> str:
        """The factors of each measure, those that matter most first."""
        words, asked = Words(language), self.study.config.measures
        by = "total" if self._is_sobol else "mu_star"
        rows: list[list[str]] = []
        for measure in self.study.measures if not asked else [each for each in self.study.measures if each in asked]:
            mine = [entry for entry in self.entries if entry["measure"] == measure]
            mine.sort(key=lambda entry: -(entry[by] if np.isfinite(entry[by]) else -1.0))
            for place, entry in enumerate(mine[:SHOWN]):
                row = [title_of(measure, words) if place == 0 else "", factor_name(entry["factor"], words)]
                if self._is_sobol:
                    row += [numbers.plain(entry["first"]), numbers.interval(entry["first_low"], entry["first_high"])]
                    row += [numbers.plain(entry["total"]), numbers.interval(entry["total_low"], entry["total_high"])]
                else:
                    size, half, sigma = (_points(entry[key], measure) for key in ("mu_star", "half", "sigma"))
                    row += [size, half if half == numbers.NONE else f"±{half}", sigma]
                rows.append(row)
        parts = (
            ("alone", "range", "with_interactions", "range") if self._is_sobol else ("mean_effect", "range", "sigma")
        )
        header = [words("table.measure"), *(words(f"sensitivity.{key}") for key in ("factor", *parts))]
        return table(header, rows, left=2)

    def text(self, language: str) -> str:
        """The table, how it is read, and which measures have no index."""
        words = Words(language)
        note = words(f"sensitivity.note.{'sobol' if self._is_sobol else 'morris'}")
        return "\n".join([self.table(language), note, *self._undefined(words)])

    @property
    def _is_sobol(self) -> bool:
        return self.study.config.study.method is Method.sobol

    def _undefined(self, words: Words) -> list[str]:
        """Of each measure without an index, or an effect without an interval, why."""
        key, least = ("rows_of_design", FEWEST) if self._is_sobol else ("trajectories", 2)
        size, what = self.study.config.study.size, words(f"sensitivity.{key}")
        return [
            words("sensitivity.undefined", measure=title_of(measure, words), why=why)
            for measure, whole in zip(self.study.measures, self.whole, strict=True)
            if whole < least
            for why in [
                none_of(measure, missing_levels(self.study.config.province), words)
                or words("undefined", known=whole, all=size, what=what, least=least)
            ]
        ]


def _points(effect: float, measure: str) -> str:
    """The size of an effect in the measure's own unit, points for shares."""
    return numbers.difference(effect, unit_of(measure)).lstrip("+")


def figures_of(
    study: Analysis, points: NDArray[np.float64], seeds: NDArray[np.int64], runner: JournalRunner
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Figures at points with a seed each, shape (n, measures): measures, or differences from the reference.

    A run that failed has NaN; which did, shape (n,), is given beside them.
    """
    pairs: list[list[Run]] = []
    for point, seed in zip(points, seeds.tolist(), strict=True):
        pairs.append([runs_of(each, [seed])[0] for each in study.scenarios(study.values(point))])
    runner.finish([run for pair in pairs for run in pair])
    figures, failed = np.full((len(points), len(study.measures)), np.nan), np.ones(len(points), bool)
    for row, pair in enumerate(pairs):
        records = [runner.record(run) for run in pair]
        values = [np.array([record.after.get(name, np.nan) for name in study.measures]) for record in records if record]
        if len(values) == len(pair):
            figures[row] = difference(*values) if len(values) > 1 else values[0]
            failed[row] = False
    return figures, failed


def _matrices(method: Method, factors: Sequence[str], size: int) -> list[str]:
    if method is Method.sobol:
        return [name for name in ("A", "B", *factors) for _ in range(size)]
    return ["trajectory"] * (size * len(factors)) + [CHANCE] * size


def _entries(
    study: Analysis, factors: Sequence[str], found: Any, parts: Sequence[str], more: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    return [
        {
            "measure": measure,
            "factor": factor,
            **(more or {}),
            **{part: float(getattr(found, part)[m, f]) for part in parts},
        }
        for m, measure in enumerate(study.measures)
        for f, factor in enumerate(factors)
    ]


def _empty(parts: Sequence[str]) -> list[dict[str, Any]]:
    return [{"measure": "", "factor": "", "rows": 0, **dict.fromkeys(parts, 0.0)}]


def _frame(entries: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(entries)


def _design(
    study: Analysis,
    matrices: Sequence[str],
    points: NDArray[np.float64],
    seeds: NDArray[np.int64],
    figures: NDArray[np.float64],
) -> pd.DataFrame:
    import pandas as pd

    size = study.config.study.size
    columns: dict[str, Any] = {
        "matrix": list(matrices),
        "row": [index % size for index in range(len(points))],
        "seed": seeds,
    }
    values = [study.values(point) for point in points]
    for factor in study.factors:
        chosen = [each[factor.key] for each in values]
        columns[factor.key] = [float(v) for v in chosen] if factor.is_ordered else [str(v) for v in chosen]
    for column, name in enumerate(study.measures):
        columns[name] = figures[:, column]
    return pd.DataFrame(columns)
