"""The report of bottlenecks: its tables and words."""

from experiments.report.bottlenecks.stored import TABLES, StoredBottlenecks
from experiments.report.kinds import ReportKind

KIND = ReportKind("bottlenecks", StoredBottlenecks, TABLES, runs="runs", facts="places")
"""What the report of bottlenecks rests on."""
