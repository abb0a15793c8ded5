"""Flows between fates: how many disputes ended there under one policy and here under the other."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from experiments.runs.ledger_table import MINIMUM_CELL
from experiments.studies.counterfactual.fates import DURABLE, FATES, Followed

LARGEST = 2**26
"""Bytes that a record may unfold to."""


@dataclass(frozen=True)
class Flows:
    """Disputes of two worlds by their fates, of one replicate.

    Attributes:
        counts: by county and fate under A and under B, int64, shape (counties, fates, fates).
        province_a, province_b: of these, how many came before the province under A, and under B, shape (fates, fates).
        counties: codes, shape (counties,).
        totals: events of both worlds' ledgers after the reform, shape (2, events).
    """

    counts: NDArray[np.int64]
    province_a: NDArray[np.int64]
    province_b: NDArray[np.int64]
    counties: NDArray[np.int64]
    totals: NDArray[np.int64] = field(default_factory=lambda: np.zeros((2, 0), np.int64))

    @property
    def table(self) -> NDArray[np.int64]:
        """Over all counties, shape (fates, fates)."""
        return self.counts.sum(axis=0)

    def to_bytes(self) -> bytes:
        """The flows, compressed; the same flows, the same bytes."""
        names = ("counts", "province_a", "province_b", "counties", "totals")
        return zlib.compress(json.dumps({name: getattr(self, name).tolist() for name in names}).encode(), level=6)

    @staticmethod
    def from_bytes(blob: bytes) -> Flows:
        """The flows of ``to_bytes``; raises ``ValueError`` for anything else."""
        try:
            reader = zlib.decompressobj()
            values = json.loads(reader.decompress(blob, LARGEST))
            if not reader.eof:
                raise ValueError("it is cut off, or too large")
            found = {name: np.array(values[name], np.int64) for name in values}
            flows = Flows(**found)
            if flows.counts.shape[1:] != (FATES, FATES) or flows.province_a.shape != (FATES, FATES):
                raise ValueError("another number of fates")
            return flows
        except Exception as error:
            raise ValueError(f"not the flows of a run: {error}") from None


def flows_of(a: Followed, b: Followed, counties: NDArray[np.int64]) -> Flows:
    """Flows between two worlds; a dispute that only one of them has is absent from the other."""
    keys = np.union1d(a.keys, b.keys)
    fates, province = np.zeros((2, len(keys)), np.int64), np.zeros((2, len(keys)), bool)
    county = np.zeros(len(keys), np.int64)
    for world, each in enumerate((a, b)):
        place = np.searchsorted(keys, each.keys)
        fates[world, place] = each.fates
        province[world, place] = each.at_province
        county[place] = each.counties
    cell = (county * FATES + fates[0]) * FATES + fates[1]
    counts = np.bincount(cell, minlength=len(counties) * FATES * FATES).reshape(len(counties), FATES, FATES)
    pair = fates[0] * FATES + fates[1]
    reached = [
        np.bincount(pair[each], minlength=FATES * FATES).reshape(FATES, FATES).astype(np.int64) for each in province
    ]
    return Flows(counts.astype(np.int64), reached[0], reached[1], counties.astype(np.int64))


_IS_DURABLE = np.isin(np.arange(FATES), DURABLE)


def durable_change(flows: NDArray[np.int64]) -> NDArray[np.int64]:
    """What each transition adds to durable settlement, shape (fates, fates): its count, taken off, or nothing.

    Sums exactly to the disputes settled for good under B less those under A.
    """
    sign = _IS_DURABLE[None, :].astype(int) - _IS_DURABLE[:, None].astype(int)
    return sign * flows


def province_change(flows: Flows) -> NDArray[np.int64]:
    """What each transition adds to the disputes that come before the province, shape (fates, fates)."""
    return flows.province_b - flows.province_a


def merged(row: NDArray[np.float64], minimum: float = MINIMUM_CELL) -> tuple[NDArray[np.float64], float]:
    """A row of a county's table with cells below the minimum put together: the row (NaN where merged), and their sum.

    The sum is zero where nothing was merged. Where it would itself be below the minimum, the smallest cell left joins
    it, so that no cell below the minimum can be worked out from the row's total.
    """
    kept = row.astype(float).copy()
    small = (row > 0) & (row < minimum)
    together = float(row[small].sum())
    kept[small] = np.nan
    while 0 < together < minimum:
        left = np.flatnonzero(np.isfinite(kept) & (kept > 0))
        if not len(left):
            return kept, float("nan")  # a whole row below the minimum is not published
        least = left[np.argmin(kept[left])]
        together += float(kept[least])
        kept[least] = np.nan
    return kept, together
