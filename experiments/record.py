"""What is kept of a finished run: its measures over two windows and its monthly event sums."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.windows import windows_of
from sim.ledger import EVENTS, Ledger
from sim.scenario import Calendar


@dataclass(frozen=True)
class RunRecord:
    """A finished run, small enough to keep for ever.

    Attributes:
        after: every measure from the reform to the end of the calendar.
        before: every measure from the first measured day to the day before the reform; may be empty.
        months: first day of each month from the first measured day to the end, ``datetime64[M]``, shape (M,).
        monthly: events summed over places and kinds, int64, shape (M, events), columns as ``events``.
        events: names of the columns of ``monthly``.
    """

    after: Mapping[str, float]
    before: Mapping[str, float]
    months: NDArray[np.datetime64]
    monthly: NDArray[np.int64]
    events: tuple[str, ...] = EVENTS

    def to_bytes(self) -> bytes:
        """The record as a compressed NumPy archive; the same record gives the same bytes."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            after_names=np.array(list(self.after), dtype=np.str_),
            after=np.array(list(self.after.values()), dtype=np.float64),
            before_names=np.array(list(self.before), dtype=np.str_),
            before=np.array(list(self.before.values()), dtype=np.float64),
            months=self.months.astype("datetime64[M]").astype(np.int64),
            monthly=self.monthly.astype(np.int64),
            events=np.array(self.events, dtype=np.str_),
        )
        return buffer.getvalue()

    @staticmethod
    def from_bytes(blob: bytes) -> RunRecord:
        """The record of ``to_bytes``; raises ``ValueError`` for anything else."""
        try:
            with np.load(io.BytesIO(blob), allow_pickle=False) as archive:
                record = RunRecord(
                    after=_named(archive["after_names"], archive["after"]),
                    before=_named(archive["before_names"], archive["before"]),
                    months=archive["months"].astype("datetime64[M]"),
                    monthly=archive["monthly"],
                    events=tuple(archive["events"].tolist()),
                )
            if record.monthly.dtype != np.int64 or record.monthly.shape != (len(record.months), len(EVENTS)):
                raise ValueError(f"monthly has shape {record.monthly.shape} and type {record.monthly.dtype}")
            return record
        except Exception as error:  # a damaged archive fails in many ways: zlib, zip, types, shapes, pickles
            raise ValueError(f"not the record of a run: {error}") from None


def _named(names: NDArray[np.str_], values: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(names.tolist(), values.tolist(), strict=True))


def record_of(ledger: Ledger, calendar: Calendar) -> RunRecord:
    """Measures a ledger of a whole run over the windows of its calendar."""
    from sim.measures import measure_all

    windows = windows_of(calendar)
    measured = ledger.window(calendar.measures[:7], calendar.end[:7])
    values = {
        name: measure_all(ledger.window(first, last), ledger.window(calendar.start[:7], last))
        for name, (first, last) in windows.items()
    }
    return RunRecord(
        after={name: float(value) for name, value in values["after"].items()},
        before={name: float(value) for name, value in values.get("before", {}).items()},
        months=measured.months,
        monthly=measured.counts.sum(axis=(0, 2), dtype=np.int64),
    )
