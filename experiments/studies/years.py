"""Studies of single years after the reform: their seeds, their runs, and the figures that are kept of these."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from experiments.configuration.ensemble import Ensemble, ensemble_of
from experiments.configuration.schema import YearsConfig, scenario_of
from experiments.runs.absent import stored_absent
from experiments.runs.build import stored_build
from experiments.runs.levels import stored_levels
from experiments.runs.run import Batch, Run, batches, digest, runs_of
from experiments.runs.windows import window_of
from experiments.runs.year_figures import YearFigures, read, recorded
from experiments.studies.study import JournalRunner, KeptStudy
from sim.errors import InputError
from sim.scenario import Scenario
from sim.stress import Stress


@dataclass(frozen=True)
class YearsStudy[Config: YearsConfig](KeptStudy[Config], ABC):
    """A study of years after the reform, with the first ``members`` of a set of behaviours (1 without one)."""

    ensemble: Ensemble | None
    members: int

    @property
    @abstractmethod
    def worlds(self) -> list[Scenario]:
        """The scenarios that the study is about."""

    @property
    def years(self) -> list[int]:
        """Years after the reform."""
        years: list[int] = self.config.study.years
        return years

    @property
    def seeds(self) -> list[int]:
        """Seeds of an arm; of a set of behaviours as many of each member, whose they are modulo its size."""
        first, often = self.config.seed, self.config.replicates
        if self.ensemble is None:
            return [*range(first, first + often)]
        whole = len(self.ensemble)
        return [member + whole * (first + again) for again in range(often) for member in range(self.members)]

    def member(self, seed: int) -> int:
        """The member of a seed; 0 without a set of behaviours."""
        return seed % len(self.ensemble) if self.ensemble else 0

    @property
    def kept_years(self) -> list[int]:
        """Years whose figures are kept of a run; 0 is the year before the reform."""
        return self.years

    def runs_of_years(self, scenario: Scenario, fixed: Mapping[str, float] | None = None) -> list[Run]:
        """The runs of an arm, in the order of ``seeds``; ``fixed`` are values by key, whatever its members set."""
        runs = runs_of(scenario, self.seeds, self.ensemble)
        if fixed:
            runs = [found for run in runs for found in runs_of(run.scenario.vary(fixed), [run.seed])]
        return [replace(run, scenario_id=digest(["years", run.scenario_id, self.kept_years])[:24]) for run in runs]

    def stored(self) -> dict[str, Any]:
        """What ``study.yaml`` holds of every such study."""
        base = scenario_of(self.config)
        plain = base.as_dict()
        people = self.ensemble and {**self.ensemble.as_dict(), "members": self.members}
        return {
            "years": self.years,
            "replicates": self.config.replicates,
            "seeds": self.seeds[:1000],
            "province": plain["province"],
            "calendar": plain["calendar"],
            **({"ensemble": people} if people else {}),
            **stored_build(self.worlds),
            **stored_levels([base]),
            **stored_absent(self.worlds),
        }


def check_years(config: YearsConfig, why_no_stress: str) -> None:
    """Raises ``InputError`` for years that are none or that the calendar does not reach, and for a stress."""
    years = config.study.years
    if not years or len(set(years)) < len(years):
        raise InputError(f"study.years=[{','.join(map(str, years))}] must name one or more, each once")
    if config.stress != Stress():
        raise InputError(f"stress=… has no part here: {why_no_stress}")
    last = window_of(config.calendar, max(years))[1]
    if last > config.calendar.end[:7]:
        raise InputError(
            f"study.years: year {max(years)} after calendar.reform={config.calendar.reform} ends in {last}, "
            f"and calendar.end is {config.calendar.end}"
        )


def people_of(config: YearsConfig) -> tuple[Ensemble | None, int]:
    """The set of behaviours of a configuration, and how many of its members are tried (1 without one)."""
    ensemble = ensemble_of(config.ensemble, config.behaviour)
    return ensemble, min(config.study.members or len(ensemble), len(ensemble)) if ensemble else 1


def finish(runner: JournalRunner, runs: Iterable[Run], years: Sequence[int]) -> dict[str, dict[int, YearFigures]]:
    """Carries out what the journal lacks; the figures of finished runs by key and year."""
    journal, make = runner.journal, partial(recorded, years=tuple(years))
    everything = {run.key: run for run in runs}

    def group(missing: Sequence[Run], workers: int) -> list[Batch]:
        return batches(missing, workers, record=make)

    runner.finish([*everything.values()], read=lambda key: read(journal.content(key)), group=group)
    return {key: found for key in everything if (found := read(journal.content(key))) is not None}
