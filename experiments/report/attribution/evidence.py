"""What the report of an attribution rests on."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from experiments.report.attribution.shared_out import SharedOut
from experiments.report.attribution.stored import StoredAttribution
from experiments.report.study_evidence import StudyEvidence
from sim.errors import InputError

if TYPE_CHECKING:
    from experiments.results.folder import Results


class AttributionEvidence(StudyEvidence[StoredAttribution]):
    """Everything the report of an attribution says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` where the whole difference, a group or two of them lack a row."""
        super().__init__(results)
        self.found = SharedOut(self.tables)
        groups = self.settings.groups
        asked: dict[str, list[tuple[str, ...]]] = {
            "whole": [()],
            "parts": [(part,) for part in self.settings.parts],
            "together": [*combinations(groups, 2)],
        }
        for name, keys in asked.items():
            rows = getattr(self.found, name)
            for key, year, measure in product(keys, self.settings.years, self.settings.measures):
                if (*key, year, measure) not in rows:
                    what = " and ".join(key) or "the whole difference"
                    file = results.path / f"{name}.parquet"
                    raise InputError(f"{file} has nothing of {what} in {measure}, year {year}")
