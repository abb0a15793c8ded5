"""The report of a counterfactual: its tables, figures and words."""

from experiments.report.counterfactual.tables import TABLES, StoredCounterfactual
from experiments.report.kinds import ReportKind

KIND = ReportKind(
    "counterfactual", StoredCounterfactual, TABLES, runs="totals", facts="changes", is_of_whole_window=True
)
