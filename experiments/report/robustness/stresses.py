"""How each policy fares under each stress, and which group of people fares worst."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.report import theme
from experiments.report.axis import heat_map
from experiments.report.measure_text import factor_of, panel_title, wrapped, written
from experiments.report.robustness.evidence import RobustnessEvidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.statistics.intervals import known_mean


def available(evidence: RobustnessEvidence) -> bool:
    """Needs two stresses (none among them)."""
    return len(evidence.stress_names) > 1 and bool(evidence.measures)


def means_of(evidence: RobustnessEvidence, policy: str, measure: str) -> list[float]:
    """Mean of a measure over the futures of each stress."""
    return [known_mean(evidence.values(policy, measure, stress)) for stress in evidence.stress_names]


def draw(evidence: RobustnessEvidence, words: Words) -> Figure:
    """Heat maps of the first two measures: policies by stresses, means over futures."""
    measures = evidence.measures[:2]
    figure = theme.new_figure(1.6 + 0.42 * len(evidence.policies))
    panels = figure.subplots(1, len(measures), sharey=True, squeeze=False)[0]
    titles = [wrapped(words.title(name), words, 17) for name in evidence.stress_names]
    for axes, measure in zip(panels, measures, strict=True):
        means = np.array([means_of(evidence, policy, measure) for policy in evidence.policies])
        heat_map(axes, factor_of(measure) * means, [[written(mean, measure) for mean in row] for row in means])
        axes.set_title(panel_title(measure, words, 44), fontsize=9)
        axes.set_xticks(range(len(titles)), titles, fontsize=7)
        axes.set_yticks(range(len(evidence.policies)), [words.scenario(policy) for policy in evidence.policies])
    return figure


def table(evidence: RobustnessEvidence, words: Words) -> Table:
    """A row a policy and measure, a column a stress: means over futures."""
    header = [words("table.policy"), words("table.measure")]
    header += [words.scenario(name) for name in evidence.stress_names]
    body = []
    for policy in evidence.policies:
        for measure in evidence.measures:
            cells = [written(mean, measure) for mean in means_of(evidence, policy, measure)]
            body.append([evidence.named(policy, measure, words), words.measure(measure), *cells])
    return Table(words("stresses.title"), header, body)
