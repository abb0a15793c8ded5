"""The tables that the results of a calibration hold."""

from __future__ import annotations

TABLES = {
    "targets": {"target": "text", "role": "text", "reported_high": "float", "error": "float"},
    "waves": {"wave": "int", "trials": "int", "left": "float", "plausible": "float"},
    "trials": {"wave": "int", "implausibility": "float"},
    "members": {"member": "int", "implausibility": "float"},
    "figures": {"member": "int"},
    "emulators": {"wave": "int", "target": "text", "error": "float", "surprises": "float"},
    "identifiability": {"uncertainty": "text", "kept": "float"},
}
"""Columns that each table has at least: ``trials`` and ``members`` have one more an uncertainty, ``figures`` one a
target; ``kept`` is the share of the prior's width that the middle 95 % of what is left takes."""
