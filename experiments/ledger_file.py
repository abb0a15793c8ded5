"""The ledger of a run as a long Parquet table: month × county × kind × event, non-zero cells only.

A county is the smallest cell that is ever written.
"""

from __future__ import annotations

import io

import numpy as np

from sim.ledger import DISPUTE_KINDS, EVENTS, Ledger


def ledger_bytes(ledger: Ledger) -> bytes:
    """Columns ``month``, ``county`` (code), ``kind``, ``event``, ``count``; sorted in that order."""
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
    )
    buffer = io.BytesIO()
    frame.write_parquet(buffer, metadata={"smallest_cell": "county"})
    return buffer.getvalue()
