"""In how many futures each policy is good enough, for each threshold alone and for all together."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import name_rows, percent_ticks
from experiments.report.measure_text import bracketed, wrapped
from experiments.report.robustness.evidence import RobustnessEvidence, Share
from experiments.report.robustness.tables import TOGETHER
from experiments.report.table import Table
from experiments.report.text import Words


def available(evidence: RobustnessEvidence) -> bool:
    """Always: a study has thresholds."""
    return bool(evidence.thresholds)


def draw(evidence: RobustnessEvidence, words: Words) -> Figure:
    """A panel for all together and one for each threshold; bars from zero with Wilson's intervals."""
    names = [TOGETHER, *evidence.thresholds][:4]
    policies = evidence.policies
    figure = theme.new_figure(1.5 + 0.34 * len(policies))
    panels = figure.subplots(1, len(names), sharey=True, squeeze=False)[0]
    for axes, name in zip(panels, names, strict=True):
        for row, policy in enumerate(policies):
            found = evidence.satisficing(policy, name)
            colour = "#0072b2" if name == TOGETHER else "#9ecae1"
            axes.barh(row, found.share, 0.62, color=colour)
            axes.plot([found.low, found.high], [row, row], color=theme.INK, lw=1.2)
        title = words("robustness.together") if name == TOGETHER else evidence.asked(name, words)
        axes.set_title(wrapped(title, words, 96 // len(names)), fontsize=8.5)
        axes.set_xlim(0, 1.02)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        percent_ticks(axes.xaxis, words)
    name_rows(panels[0], [words.scenario(policy) for policy in policies])
    figure.supxlabel(words("robustness.share_of_futures"), fontsize=9)
    return figure


def share_text(found: Share, words: Words) -> str:
    """A share with its interval, in per cent."""
    return bracketed((numbers.plain(100 * value, 0) for value in (found.share, found.low, found.high)), words)


def table(evidence: RobustnessEvidence, words: Words) -> Table:
    """A row a policy: together, each threshold alone, and together under each stress."""
    header = [words("table.policy"), words("robustness.together")]
    header += [evidence.asked(name, words) for name in evidence.thresholds]
    header += [words("robustness.under", stress=words.scenario(name)) for name in evidence.stress_names]
    body = []
    for policy in evidence.policies:
        row = [words.scenario(policy), share_text(evidence.satisficing(policy), words)]
        row += [share_text(evidence.satisficing(policy, name), words) for name in evidence.thresholds]
        row += [share_text(evidence.satisficing(policy, TOGETHER, name), words) for name in evidence.stress_names]
        body.append(row)
    return Table(words("satisficing.table"), header, body)
