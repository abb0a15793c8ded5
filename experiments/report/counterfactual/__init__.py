"""The report of a counterfactual: its tables, figures and words."""

from experiments.report.counterfactual.tables import TABLES
from experiments.report.kinds import ReportKind

KIND = ReportKind("counterfactual", TABLES, runs="totals", facts="changes")
