"""The report of a calibration: its tables, figures and words."""

from experiments.report.calibrate.tables import TABLES, StoredCalibration
from experiments.report.kinds import ReportKind

KIND = ReportKind(
    "calibrate", StoredCalibration, TABLES, runs="candidates", facts="figures", is_varied=True, has_change=True
)
