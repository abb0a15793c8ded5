"""The ledger of a run as a long Parquet table: month × county × kind × event, cells with any event only.

A county is the smallest cell that is ever written, and a count from 1 to 9 is suppressed: its row is there, its count
is null. Sums over kinds, places and months are exact elsewhere (``monthly.parquet``, measures); a single suppressed
cell can be worked out from them, so this is a habit for data on people, not a guarantee. Nobody here is real.
"""

from __future__ import annotations

import io

import numpy as np

from sim.ledger import DISPUTE_KINDS, EVENTS, Ledger

MINIMUM_CELL = 10
"""Smallest count that is published; the file says so in its metadata."""

SUPPRESSED = f"null: a count from 1 to {MINIMUM_CELL - 1}; cells without an event have no row"


def ledger_bytes(ledger: Ledger) -> bytes:
    """Columns ``month``, ``county`` (code), ``kind``, ``event``, ``count`` (null if suppressed), in that order."""
    import polars as pl

    by_month = np.moveaxis(ledger.counts, 1, 0)
    month, county, kind, event = np.nonzero(by_month)
    frame = pl.DataFrame(
        {
            "month": pl.Series(ledger.months.astype("datetime64[D]")[month], dtype=pl.Date),
            "county": pl.Series(ledger.county_codes[county], dtype=pl.Int64),
            "kind": pl.Series(kind.astype(np.uint32)).replace_strict(
                list(range(len(DISPUTE_KINDS))), list(DISPUTE_KINDS), return_dtype=pl.String
            ),
            "event": pl.Series(event.astype(np.uint32)).replace_strict(
                list(range(len(EVENTS))), list(EVENTS), return_dtype=pl.String
            ),
            "count": pl.Series(by_month[month, county, kind, event], dtype=pl.Int32),
        }
    ).with_columns(pl.when(pl.col("count") >= MINIMUM_CELL).then(pl.col("count")))
    buffer = io.BytesIO()
    about = {"smallest_cell": "county", "minimum_count": str(MINIMUM_CELL), "count": SUPPRESSED}
    frame.write_parquet(buffer, metadata=about)
    return buffer.getvalue()
