"""What the report of levers at work rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.levers_at_work.stored import StoredLevers
from experiments.report.study_evidence import StudyEvidence
from sim.errors import InputError

if TYPE_CHECKING:
    from experiments.results.folder import Results


class LeversEvidence(StudyEvidence[StoredLevers]):
    """Everything the report of levers at work says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` where a lever lacks its claim, a verdict, an effect or a chain."""
        super().__init__(results)
        asked = {
            (base, lever, year)
            for base in self.settings.bases
            for lever in self.settings.levers
            for year in self.settings.years
        }
        for name in ("verdicts", "effects", "links"):
            found = set(self.tables[name][["base", "lever", "year"]].itertuples(index=False, name=None))
            if lacking := asked - found:
                base, lever, year = min(lacking)
                raise InputError(
                    f"{results.path / f'{name}.parquet'} has nothing of {lever} from {base} in year {year}"
                )
        measured = set(self.tables["effects"][["lever", "measure"]].itertuples(index=False, name=None))
        for lever, measure in self.tables["claims"][["lever", "measure"]].itertuples(index=False, name=None):
            if (lever, measure) not in measured:
                raise InputError(f"{results.path / 'effects.parquet'} has no effect of {lever} on {measure}")

    @property
    def last(self) -> int:
        """The last year."""
        return max(self.settings.years)
