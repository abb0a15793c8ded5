"""scikit-learn, which comes with an extra."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sim.errors import InputError


def sklearn(module: str) -> Any:
    """A module of scikit-learn; raises ``InputError`` where it is not installed."""
    try:
        return import_module(f"sklearn.{module}")
    except ImportError:
        raise InputError("pyramid calibrate needs an extra: pip install 'petition-pyramid[studies]'") from None
