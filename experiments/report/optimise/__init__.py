"""The report of an optimisation: its tables, figures and words."""

from experiments.report.kinds import ReportKind
from experiments.report.optimise.tables import TABLES, StoredOptimisation

KIND = ReportKind("optimise", StoredOptimisation, TABLES, runs="archive", facts="measured", is_of_whole_window=True)
