"""The report of a comparison: its tables, figures and words."""

from experiments.report.compare.tables import TABLES, StoredComparison
from experiments.report.kinds import ReportKind

KIND = ReportKind("compare", StoredComparison, TABLES, runs="frames:runs", facts="frames:effects", has_change=True)
