"""The report: figures and a bilingual page, made from a results folder and nothing else."""

from __future__ import annotations

from experiments.report.write import write_report

__all__ = ["write_report"]
