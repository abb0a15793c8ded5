"""The tables that the results of a calibration hold."""

from __future__ import annotations

TABLES = {
    "targets": {"target": "String", "role": "String", "reported_high": "Float64", "error": "Float64"},
    "waves": {"wave": "Int64", "trials": "Int64", "left": "Float64", "plausible": "Float64"},
    "trials": {"wave": "Int64", "implausibility": "Float64"},
    "members": {"member": "Int64", "implausibility": "Float64"},
    "figures": {"member": "Int64"},
    "emulators": {"wave": "Int64", "target": "String", "error": "Float64", "surprises": "Float64"},
    "identifiability": {"uncertainty": "String", "kept": "Float64"},
}
"""Columns that each table has at least: ``trials`` and ``members`` have one more an uncertainty, ``figures`` one a
target; ``kept`` is the share of the prior's width that the middle 95 % of what is left takes."""
