"""The report of a robustness study: its tables, figures and words."""

from experiments.report.kinds import ReportKind
from experiments.report.robustness.tables import TABLES, StoredRobustness

KIND = ReportKind(
    "robustness", StoredRobustness, TABLES, runs="frames:runs", facts="chance", is_varied=True, is_of_whole_window=True
)
