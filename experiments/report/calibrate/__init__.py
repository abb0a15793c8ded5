"""The report of a calibration: its tables, figures and words."""

from experiments.report.calibrate.tables import TABLES
from experiments.report.kinds import ReportKind

KIND = ReportKind("calibrate", TABLES, runs="trials", facts="targets", is_varied=True, has_change=True)
