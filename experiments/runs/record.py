"""What is kept of a finished run: its measures over two windows or more and its monthly event sums."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.runs.windows import Window, windows_of
from sim.ledger import EVENTS, Ledger
from sim.scenario import Calendar

if TYPE_CHECKING:
    from sim.measures import SummedLedger


@dataclass(frozen=True)
class RunRecord:
    """A finished run, small enough to keep for ever.

    Attributes:
        after: every measure from the reform to the end of the calendar.
        before: every measure from the first measured day to the day before the reform; may be empty.
        months: first day of each month from the first measured day to the end, ``datetime64[M]``, shape (M,).
        monthly: events summed over places and kinds, int64, shape (M, events), columns as ``events``.
        events: names of the columns of ``monthly``.
        years: every measure over further windows by name, ``first_year`` and ``full_year`` (``build.years_beside``).
    """

    after: Mapping[str, float]
    before: Mapping[str, float]
    months: NDArray[np.datetime64]
    monthly: NDArray[np.int64]
    events: tuple[str, ...] = EVENTS
    years: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The record, compressed: a line of JSON with the names, then the numbers; the same record, the same bytes."""
        numbers = (
            np.array([value for part in self.windows.values() for value in part.values()], dtype="<f8"),
            np.column_stack([self.months.astype("datetime64[M]").astype("<i8"), self.monthly.astype("<i8")]),
        )
        names = tuple((name, tuple(part)) for name, part in self.windows.items())
        header = _header(names, tuple(self.events))
        parts = (header, b"\n", *(each.tobytes() for each in numbers))
        return zlib.compress(b"".join(parts), level=1)

    @property
    def windows(self) -> dict[str, Mapping[str, float]]:
        """Measures by window: ``after``, ``before``, then ``years``."""
        return {"after": self.after, "before": self.before, **self.years}

    @staticmethod
    def from_bytes(blob: bytes) -> RunRecord:
        """The record of ``to_bytes``; raises ``ValueError`` for anything else."""
        try:
            reader = zlib.decompressobj()
            header, _, numbers = reader.decompress(blob, LARGEST).partition(b"\n")
            if not reader.eof:
                raise ValueError("it is cut off, or too large")
            windows, events = _read_header(header)
            measures = sum(len(names) for _, names in windows)
            values = iter(np.frombuffer(numbers, "<f8", measures).tolist())
            counts = np.frombuffer(numbers, "<i8", offset=8 * measures).reshape(-1, 1 + len(EVENTS))
            months, monthly = counts[:, 0], counts[:, 1:]
            read = {name: {measure: next(values) for measure in names} for name, names in windows}
            return RunRecord(
                after=read.pop("after"),
                before=read.pop("before"),
                months=months.astype("datetime64[M]"),
                monthly=monthly,
                events=events,
                years=read,
            )
        except Exception as error:  # a damaged record fails in many ways: zlib, JSON, types, shapes
            raise ValueError(f"not the record of a run: {error}") from None


LARGEST = 2**26
"""Bytes that a record may unfold to; one of a hundred years has two million."""


Names = tuple[tuple[str, tuple[str, ...]], ...]
"""Names of the measures by window, in order."""


@lru_cache(maxsize=64)
def _header(windows: Names, events: tuple[str, ...]) -> bytes:
    return json.dumps({**dict(windows), "events": events}).encode()


@lru_cache(maxsize=64)
def _read_header(header: bytes) -> tuple[Names, tuple[str, ...]]:
    """Names of the measures by window and of the events: the same for all runs of a study."""
    names = json.loads(header)
    events = _names(names.pop("events"))
    return tuple((window, _names(measures)) for window, measures in names.items()), events


def _names(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise ValueError("names are not names")
    return tuple(given)


def record_of(
    ledger: Ledger,
    calendar: Calendar,
    before: Mapping[str, float] | None = None,
    years: Mapping[str, Window] | None = None,
) -> RunRecord:
    """Measures a ledger of a whole run over the windows of its calendar, and over some further ``years`` by name.

    ``before`` is what another branch from the same warm-up measured before the reform, which is the same.
    """
    from sim.measures import SummedLedger

    whole = SummedLedger.of(ledger)
    measured = whole.window(calendar.measures[:7], calendar.end[:7])
    windows = windows_of(calendar)
    return RunRecord(
        after=values_of(whole, calendar, windows["after"]),
        before=values_of(whole, calendar, windows.get("before")) if before is None else before,
        months=measured.months,
        monthly=measured.by_months["counts"],
        years={name: values_of(whole, calendar, window) for name, window in (years or {}).items()},
    )


def values_of(
    whole: SummedLedger, calendar: Calendar, window: Window | None, names: Sequence[str] = ()
) -> dict[str, float]:
    """Every measure, or those of some ``names``, over a window; empty without one."""
    from sim.measures import MEASURES, measure_all

    if window is None:
        return {}
    first, last = window
    during, until = whole.window(first, last), whole.window(calendar.start[:7], last)
    return {name: MEASURES[name].value(during, until) for name in names} if names else measure_all(during, until)
