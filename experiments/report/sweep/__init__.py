"""The report of a sweep: its tables, figures and words."""

from experiments.report.kinds import ReportKind
from experiments.report.sweep.tables import TABLES, StoredSweep

KIND = ReportKind("sweep", StoredSweep, TABLES, runs="frames:runs", facts="frames:effects")
