"""What the report of bottlenecks rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.bottlenecks.stored import StoredBottlenecks
from experiments.report.study_evidence import StudyEvidence
from sim.errors import InputError

if TYPE_CHECKING:
    from experiments.results.folder import Results


class BottlenecksEvidence(StudyEvidence[StoredBottlenecks]):
    """Everything the report of bottlenecks says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` where a pool lacks its row."""
        super().__init__(results)
        asked = {(base, pool) for base in self.settings.bases for pool in self.settings.pools}
        if lacking := asked - set(self.tables["pools"][["base", "pool"]].itertuples(index=False, name=None)):
            base, pool = min(lacking)
            raise InputError(f"{results.path / 'pools.parquet'} has nothing of {pool} under {base}")
