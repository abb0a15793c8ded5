"""What each policy gives away against the best one in each future."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.report import numbers, theme
from experiments.report.axis import name_rows
from experiments.report.measure_text import change_with_unit, factor_of, in_unit, wrapped
from experiments.report.robustness.evidence import RobustnessEvidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.runs.tables import plain_rows

PANELS_MAX = 3


def available(evidence: RobustnessEvidence) -> bool:
    """Needs a measure that has a better direction."""
    return bool(evidence.ranked)


def draw(evidence: RobustnessEvidence, words: Words) -> Figure:
    """A panel a measure, a row a policy: box of the middle half, line to the middle 90 %, mark at the largest."""
    measures = evidence.ranked[:PANELS_MAX]
    figure = theme.new_figure(1.4 + 0.36 * len(evidence.policies))
    panels = figure.subplots(1, len(measures), sharey=True, squeeze=False)[0]
    for axes, measure in zip(panels, measures, strict=True):
        for row, values in enumerate(evidence.regret(measure).values()):
            known = factor_of(measure) * values[np.isfinite(values)]
            if not len(known):
                continue
            low, lower, middle, upper, high = np.quantile(known, [0.05, 0.25, 0.5, 0.75, 0.95])
            axes.plot([low, high], [row, row], color="#0072b2", lw=1.2)
            axes.barh(row, upper - lower, 0.4, left=lower, color="#9ecae1", ec="#0072b2", lw=1)
            axes.plot([middle, middle], [row - 0.2, row + 0.2], color="#084594", lw=2)
            axes.plot(known.max(), row, "|", color="#cc79a7", ms=9, mew=2)
        axes.set_title(wrapped(in_unit(words.measure(measure), measure, words), words, 30), fontsize=9)
        axes.set_xlim(left=-0.02 * axes.get_xlim()[1])
        theme.ticks(axes.xaxis, 4)
    name_rows(panels[0], [words.scenario(policy) for policy in evidence.policies])
    figure.supxlabel(words("regrets.axis"), fontsize=9)
    return figure


def table(evidence: RobustnessEvidence, words: Words) -> Table:
    """A row a measure and policy."""
    header = [words("table.measure"), words("table.policy"), *(words(f"regrets.{key}") for key in COLUMNS)]
    table_ = evidence.tables["regret"]
    body = []
    for measure in evidence.ranked:
        for row in plain_rows(table_[table_["measure"] == measure]):
            unit = unit_of(measure)
            cells = [numbers.amount(row[key], unit) for key in ("mean", "worst_tenth")]
            cells += [regret_text(row[key], unit, words) for key in ("regret_mean", "regret_90", "regret_largest")]
            cells.append(numbers.amount(row["best_in"], "share", 0))
            body.append([words.measure(measure), evidence.named(str(row["policy"]), measure, words), *cells])
    return Table(words("regrets.title"), header, body)


COLUMNS = ("mean", "worst_tenth", "regret_mean", "regret_90", "regret_largest", "best_in")


def regret_text(value: float | None, unit: str, words: Words) -> str:
    """What is given away: a size, which has no sign."""
    return change_with_unit(numbers.difference(value, unit).lstrip("+"), unit, words)
