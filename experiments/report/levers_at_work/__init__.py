"""The report of levers at work: its tables and words."""

from experiments.report.kinds import ReportKind
from experiments.report.levers_at_work.stored import TABLES, StoredLevers

KIND = ReportKind("levers-at-work", StoredLevers, TABLES, runs="runs", facts="effects")
"""What the report of levers at work rests on."""
