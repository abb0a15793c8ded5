"""Tidy tables of a robustness study."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from experiments.results.folder import Results


def runs(results: Results) -> pd.DataFrame:
    """A row a policy and future: what the future is, then means of the measures over its seeds."""
    futures, outcomes = results.tables["futures"], results.tables["outcomes"]
    return futures.merge(outcomes, on=["future", "stress"], how="right")
