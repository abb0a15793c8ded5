"""The report of a comparison: its tables, figures and words."""

from experiments.report.compare.words_answer import ANSWER
from experiments.report.compare.words_figures import FIGURES
from experiments.report.compare.words_outcomes import OUTCOMES
from experiments.report.kinds import ReportKind
from experiments.results.checks import MONTHLY, RUNS

KIND = ReportKind("compare", {"runs": RUNS, "monthly": MONTHLY}, {**ANSWER, **FIGURES, **OUTCOMES})
