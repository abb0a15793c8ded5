"""Rules as plain Python, for a debugger, for coverage and for mutation testing (``NUMBA_DISABLE_JIT=1``).

A compiled rule reads the fields of a record as attributes and computes in 64 bits whatever the field's type is. NumPy
does neither, so records and arrays are shown to an uncompiled rule through the two views below; a run then gives the
same bytes as a compiled one, tens of times more slowly.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDE = {"b": np.bool_, "i": np.int64, "u": np.int64, "f": np.float64}
"""What a rule computes in, by NumPy's kind of a stored number. Only records hold unsigned numbers, and small ones."""


class Row:
    """One record, its fields as attributes."""

    __slots__ = ("_record",)

    def __init__(self, record: np.void) -> None:
        object.__setattr__(self, "_record", record)

    def __getattr__(self, name: str) -> Any:
        try:
            return shown(self._record[name])
        except ValueError as error:  # NumPy's word for a field that is not there
            raise AttributeError(*error.args) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self._record[name] = value


class Cells:
    """An array whose entries are read in 64 bits, or as a :class:`Row`."""

    __slots__ = ("_array",)

    def __init__(self, array: NDArray) -> None:
        self._array = array

    def __getitem__(self, at: Any) -> Any:
        return shown(self._array[at])

    def __setitem__(self, at: Any, value: Any) -> None:
        self._array[at] = value._record if isinstance(value, Row) else value

    def __len__(self) -> int:
        return len(self._array)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray:
        return np.array(self._array, dtype, copy=copy)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the array."""
        return self._array.shape


def shown(value: Any) -> Any:
    """A value as a rule sees it: arrays and records through a view, numbers in 64 bits, all else as it is."""
    if isinstance(value, np.ndarray):
        return Cells(value)
    if isinstance(value, np.void):
        return Row(value)
    if isinstance(value, np.generic) and not isinstance(value, np.uint64):  # the words of chance stay what they are
        return WIDE[value.dtype.kind](value)
    if isinstance(value, tuple):
        inner = map(shown, value)
        return type(value)(*inner) if hasattr(value, "_fields") else tuple(inner)
    return value


def uncompiled(function: Callable[..., Any]) -> Any:
    """The function itself in place of its compiled form, called in the same ways."""

    @wraps(function)
    def call(*args: Any) -> Any:
        with np.errstate(all="ignore"):  # as in compiled code: 1 / 0 is infinite
            return function(*map(shown, args))

    call.py_func = call  # type: ignore[attr-defined]
    return call


__all__ = ["Cells", "Row", "shown", "uncompiled"]
