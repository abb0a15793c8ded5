"""Hand-made sweeps."""

from __future__ import annotations

import pandas as pd
import pytest

from experiments.report.sweep.evidence import SweepEvidence
from experiments.results.folder import Results


@pytest.fixture
def made(tmp_path):
    """Evidence out of hand-made tables: points by factor values, measures by point and seed."""

    def evidence(factors, points, runs, references=(), stressed=(), columns=None, **settings) -> SweepEvidence:
        names = [f"p{number}" for number in range(1, len(points) + 1)]
        table = pd.DataFrame(
            {
                "point": names,
                "reference_id": [f"r{name}" if references else "" for name in names],
                "is_stressed": [name in stressed for name in names],
                **{key: [point[column] for point in points] for column, key in enumerate(factors)},
                **(columns or {}),
            }
        )

        def frame(rows, prefix):
            return pd.DataFrame(
                [
                    {"scenario": prefix + names[point], "scenario_id": "x", "seed": seed, "status": "done", **values}
                    for (point, seed), values in rows.items()
                ]
            )

        study = {
            "name": "trial",
            "factors": {key: {} for key in factors},
            "reference": "status_quo" if references else None,
            "design": "grid",
            "rank_by": "durable_resolution",
            "measures": ["durable_resolution"],
            "replicates": 2,
            "calendar": {"start": "2015-01-01", "end": "2019-12-31", "reform": "2019-01-01", "measures": "2018-01-01"},
            **settings,
        }
        empty = frame({(0, 0): {"durable_resolution": 0.0}}, "").iloc[:0]
        tables = {
            "points": table,
            "runs": frame(runs, ""),
            "reference_runs": frame(references, "r") if references else empty,
        }
        return SweepEvidence(Results(tmp_path, study, {}, *[pd.DataFrame()] * 2, [], kind="sweep", tables=tables))

    return evidence
