"""The report of a sensitivity analysis: its tables, figures and words."""

from experiments.report.kinds import ReportKind
from experiments.report.sensitivity.tables import TABLES, StoredAnalysis

KIND = ReportKind(
    "sensitivity", StoredAnalysis, TABLES, runs="design", facts="indices", is_varied=True, is_of_whole_window=True
)
