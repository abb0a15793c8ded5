"""The ledger of a run as a long Parquet table: month × county × kind × event, cells with any event only.

A county is the smallest cell that is ever written, and a count from 1 to 9 is suppressed: its row is there, its count
is null. Sums over kinds, places and months are exact elsewhere (``monthly.parquet``, measures); a single suppressed
cell can be worked out from them, so this is a habit for data on people, not a guarantee. Nobody here is real.
"""

from __future__ import annotations

import numpy as np

from experiments.runs.tables import parquet
from sim.ledger import DISPUTE_KINDS, EVENTS, Ledger

MINIMUM_CELL = 10
"""Smallest count that is published; the file says so in its metadata."""

SUPPRESSED = f"null: a count from 1 to {MINIMUM_CELL - 1}; cells without an event have no row"


def ledger_bytes(ledger: Ledger) -> bytes:
    """Columns ``month``, ``county`` (code), ``kind``, ``event``, ``count`` (null if suppressed), in that order."""
    import pandas as pd

    by_month = np.moveaxis(ledger.counts, 1, 0)
    month, county, kind, event = np.nonzero(by_month)
    counts = pd.Series(by_month[month, county, kind, event], dtype="Int64")
    frame = pd.DataFrame(
        {
            "month": ledger.months.astype("datetime64[ms]")[month],
            "county": ledger.county_codes[county],
            "kind": pd.Series(np.array(DISPUTE_KINDS)[kind], dtype="str"),
            "event": pd.Series(np.array(EVENTS)[event], dtype="str"),
            "count": counts.where(counts >= MINIMUM_CELL),
        }
    )
    about = {"smallest_cell": "county", "minimum_count": str(MINIMUM_CELL), "count": SUPPRESSED}
    return parquet(frame, about)
