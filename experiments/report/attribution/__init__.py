"""The report of an attribution: its tables and words."""

from experiments.report.attribution.stored import TABLES, StoredAttribution
from experiments.report.kinds import ReportKind

KIND = ReportKind("attribution", StoredAttribution, TABLES, runs="runs", facts="parts")
"""What the report of an attribution rests on."""
