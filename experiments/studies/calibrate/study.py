"""Runs a calibration: waves, candidates in all places, the ensemble with its provenance, the answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.patterns.observed import Observed
from experiments.report.text import Words
from experiments.results.folder import json_bytes
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.run import model_version, runs_of
from experiments.runs.tables import plain_rows
from experiments.statistics.representative import representative_order
from experiments.studies.calibrate.frames import frames_of
from experiments.studies.calibrate.plan import Calibration
from experiments.studies.calibrate.result import Calibrated, Member
from experiments.studies.calibrate.targets import implausibility, largest
from experiments.studies.calibrate.text import figures_table, full_text
from experiments.studies.calibrate.waves import Wave, match, on_scales, spread_out
from experiments.studies.study import Contents, JournalRunner, KeptResult
from sim.errors import InputError
from sim.province.titles import names_of
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

CANDIDATES = 40
"""Candidates simulated at a time in all places."""


def run(study: Calibration, runner: JournalRunner) -> CalibrationResult:
    """Waves, then candidates in all places until there are members enough."""
    k = len(study.targets)
    choice = study.config.study
    default = simulated(study, [study.base], runner)
    means, chance = on_scales(study.targets, default[..., :k])
    judged = implausibility(study.targets, means, np.broadcast_to(chance, means.shape))[0]
    offsets: dict[int, NDArray[np.float64]] = {}

    def offset(wave: int) -> NDArray[np.float64]:
        """What the default behaviour shows less of in a wave's places, on the scales; NaN for what they do not show."""
        if wave not in offsets:
            near = simulated(study, [study.training(wave)], runner)
            offsets[wave] = (means - on_scales(study.targets, near[..., :k])[0])[0]
        return offsets[wave]

    # what is not to be seen in the places of the waves (a city's office in a county) is left to the last stage
    seen = np.flatnonzero([all(np.isfinite(offset(wave)[t]) for wave in range(choice.waves)) for t in range(k)])
    if not len(seen):
        errors = [runner.error(run) for run in runs_of(study.base, study.seeds)]
        if all(errors):
            raise first_error(errors)
        named = ", ".join(target.name for target in study.targets)
        raise InputError(f"study.targets: in the places and windows that are simulated, {named} cannot be measured")

    def simulate(wave: int, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        scenarios = [study.at(study.training(wave), point) for point in points]
        figures, chance = on_scales(study.targets, simulated(study, scenarios, runner)[..., :k])
        return (figures + offset(wave))[:, seen], chance[seen]

    targets = [study.targets[t] for t in seen]
    dimensions = len(study.uncertainties)

    def say(number: int, wave: Wave) -> None:
        plausible = f"{100 * wave.plausible:.0f} % of its trials plausible"
        runner.say(f"wave {number + 1}: {wave.share:.3g} of the prior left, {plausible}")

    matched = match(simulate, targets, dimensions, choice.trials, choice.waves, choice.cut, study.config.seed, say)
    candidates = spread_out(matched.left, min(choice.candidates_max, len(matched.left)), study.config.seed)
    members: list[Member] = []
    tried = 0
    while tried < len(candidates) and len(members) < choice.members:
        some = candidates[tried : tried + CANDIDATES]
        tried += len(some)
        figures = simulated(study, [study.at(study.base, point) for point in some], runner)
        scaled, luck = on_scales(study.targets, figures[..., :k])
        worst = largest(implausibility(study.targets, scaled, np.broadcast_to(luck, scaled.shape)))
        for point, each, value in zip(some, figures, worst, strict=True):
            if value <= choice.cut:
                members.append(Member(point, each.mean(axis=0), float(value)))
        runner.say(f"{len(members)} of {tried} candidates accepted in all places")
    kept = in_order(members[: choice.members])
    known = np.isfinite(default[0]).sum(axis=0).tolist()
    default_figures = default[0].mean(axis=0), judged
    found = Calibrated(study, matched, tuple(targets), kept, len(members), tried, default_figures, known)
    return CalibrationResult(found)


def in_order(members: Sequence[Member]) -> tuple[Member, ...]:
    """Members so that every first part of them has about the spread of all: a study may try the first forty alone."""
    points = [member.point for member in members]
    return tuple(members[place] for place in representative_order(points)) if members else ()


def simulated(study: Calibration, scenarios: Sequence[Scenario], runner: JournalRunner) -> NDArray[np.float64]:
    """Figures of scenarios, all seeds of each, shape (scenarios, seeds, targets + held out); NaN for a failed run."""
    runs = [run for scenario in scenarios for run in runs_of(scenario, study.seeds)]
    runner.finish(runs)
    width = len(study.targets) + len(study.held_out)
    rows = []
    for run in runs:
        record = runner.record(run)
        rows.append(np.full(width, np.nan) if record is None else study.figures(Observed(record, run.scenario)))
    return np.array(rows).reshape(len(scenarios), len(study.seeds), width)


class CalibrationResult(KeptResult):
    """The ensemble, and what the data can tell."""

    def __init__(self, found: Calibrated) -> None:
        self.study: Calibration = found.plan
        self.found = found
        trials = sum(len(wave.points) for wave in found.matched.waves)
        self.runs = (trials + found.tried) * found.plan.config.replicates

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables of ``experiments.report.calibrate.tables``."""
        return frames_of(self.found)

    @property
    def succeeded(self) -> bool:
        """Whether there is a member."""
        return bool(self.found.members)

    def contents(self) -> Contents:
        """The tables of ``experiments.report.calibrate.tables``, and the ensemble with where it comes from."""
        files = {"ensemble.csv": ensemble_csv(self.found), "ensemble.json": json_bytes(provenance(self.found))}
        return Contents(self.frames, parameter_rows({"base": self.study.base}), files=files)

    def document(self) -> dict[str, Any]:
        """The study, its waves, and what the data can tell."""
        return {
            **self.study.as_dict(),
            "waves": plain_rows(self.frames["waves"]),
            "accepted": self.found.accepted,
            "tried": self.found.tried,
            "figures": plain_rows(self.frames["targets"]),
            "identifiability": plain_rows(self.frames["identifiability"]),
        }

    def table(self, language: str) -> str:
        """Targets beside the range over the members."""
        return figures_table(self.frames, Words(language))

    def text(self, language: str) -> str:
        """Targets beside the range over the members, and what the data can tell."""
        return full_text(self.found, self.frames, Words(language))

    def places(self) -> list[tuple[str, str]]:
        """Where the ensemble is."""
        return [("ensemble", str(self.study.folder / "ensemble.csv"))]


ORDER = "every first part represents the whole: greedy energy distance, uncertainties scaled by their range"
"""What the order of the members is, as their provenance says it."""


def ensemble_csv(found: Calibrated) -> bytes:
    """The members as ``experiments.configuration.ensemble`` reads them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["member", "implausibility", *(each.name for each in found.plan.uncertainties)])
    for number, member in enumerate(found.members):
        values = found.plan.values(member.point).values()
        writer.writerow([number, f"{member.implausibility:.3f}", *(f"{value:g}" for value in values)])
    return text.getvalue().encode()


def provenance(found: Calibrated) -> dict[str, Any]:
    """Where the members come from."""
    study = found.plan
    values = study.as_dict()
    english, chinese = names_of(study.config.province.source)
    return {
        "method": "history matching with Gaussian-process emulators; members simulated in all places",
        **{key: value for key, value in values.items() if key != "question"},
        "province": {**values["province"], "name_en": english, "name_zh": chinese},
        "model_version": model_version(),
        "prior_left_by_wave": [wave.share for wave in found.matched.waves] + [found.matched.share],
        "candidates_tried": found.tried,
        "candidates_accepted": found.accepted,
        "members": len(found.members),
        "order": ORDER,
    }
