"""The report of a comparison: its tables, figures and words."""

from experiments.report.kinds import ReportKind
from experiments.results.checks import MONTHLY, RUNS

KIND = ReportKind(
    "compare",
    {"runs": RUNS, "monthly": MONTHLY},
    runs="frames:runs",
    facts="frames:effects",
    has_change=True,
)
