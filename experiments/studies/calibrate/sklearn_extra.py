"""scikit-learn, which comes with an extra, and its arithmetic on one thread."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

from sim.errors import InputError


def sklearn(module: str) -> Any:
    """A module of scikit-learn; raises ``InputError`` where it is not installed."""
    try:
        return import_module(f"sklearn.{module}")
    except ImportError:
        raise InputError("pyramid calibrate needs an extra: pip install 'petition-pyramid[studies]'") from None


def one_thread() -> AbstractContextManager[Any]:
    """Linear algebra on one thread each: the number of cores must not change the last digit of an emulator."""
    import threadpoolctl  # comes with scikit-learn

    return threadpoolctl.threadpool_limits(1)
