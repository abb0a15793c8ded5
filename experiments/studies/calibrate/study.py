"""Runs a calibration: slopes, candidates solved batch by batch and tried in all places, the ensemble, the answer."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.design.sampling import Design, quantiles
from experiments.patterns.held_out import held_out_digest
from experiments.patterns.observed import Observed
from experiments.patterns.reported import patterns_of
from experiments.report.text import Words
from experiments.results.folder import json_bytes
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.run import model_version, runs_of
from experiments.runs.tables import plain_rows
from experiments.statistics.representative import representative_order
from experiments.studies.calibrate.frames import frames_of
from experiments.studies.calibrate.plan import Calibration
from experiments.studies.calibrate.result import Calibrated, Candidate
from experiments.studies.calibrate.secant import Secant, Vector
from experiments.studies.calibrate.solving import Draw, Trial, given_up, judged, on_scales, start
from experiments.studies.calibrate.text import figures_table, full_text
from experiments.studies.study import Contents, JournalRunner, KeptResult
from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import declarations
from sim.province.titles import names_of
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


def run(study: Calibration, runner: JournalRunner) -> CalibrationResult:
    """Solves batch after batch until there are members enough, or all candidates were tried."""
    choice = study.config.study
    default, first = _default(study, runner)
    done: list[Trial] = []
    candidates: list[Candidate] = []
    for batch in _batches(draws(study), choice.batch):
        trials, found = _solved(study, [start(draw, done, first) for draw in batch], runner)
        done += [each for each, candidate in zip(trials, found, strict=True) if candidate.is_member] or trials
        candidates += found
        members = sum(each.is_member for each in candidates)
        runner.say(f"{members} of {len(candidates)} candidates accepted in all places")
        if members >= choice.members:
            break
    accepted = [each for each in candidates if each.is_member][: choice.members]
    return CalibrationResult(Calibrated(study, tuple(candidates), in_order(accepted), default))


def _default(study: Calibration, runner: JournalRunner) -> tuple[Vector, Trial]:
    """Figures of the default behaviour in all places, and where solutions start: from there its knobs are moved until
    they give the middles of their aims, all else being as it is by default."""
    (whole,) = simulated(study, [study.base], runner)
    unseen = [knob.figure for knob, value in zip(study.knobs, whole, strict=False) if not math.isfinite(value)]
    if unseen:
        errors = [runner.error(each) for each in runs_of(study.base, study.seeds)]
        if all(errors):
            raise first_error(errors)
        raise InputError(
            f"study.fitted: in the places and windows that are simulated, {', '.join(unseen)} cannot be measured"
        )
    middle = Draw(-1, (), (), tuple(knob.aim(0.5) for knob in study.knobs))
    knobs = tuple(float(each.declared.default) for each in study.knobs)
    trial = _with_slopes(study, Trial(middle, knobs, Secant(()), ()), runner)
    for _ in range(FIRST_STEPS):
        (found,) = _shifted(study, [trial], runner)
        trial = trial.moved(study, found)
    return tuple(whole), _with_slopes(study, trial, runner)


FIRST_STEPS = 8
"""Moves from the default behaviour to where solutions start."""


def _with_slopes(study: Calibration, trial: Trial, runner: JournalRunner) -> Trial:
    """A trial with slopes by finite differences at its knobs, and with what all places show more of there."""
    training, knobs = study.training, trial.knobs
    here = study.values(*trial.values)
    scenarios = [study.at(study.base, here), study.at(training, here)]
    for k, knob in enumerate(study.knobs):
        values = study.values([*knobs[:k], knob.probed(knobs[k]), *knobs[k + 1 :]], trial.draw.varied)
        scenarios.append(study.at(training, values))
    whole, near, *probes = simulated(study, scenarios, runner)
    at_whole, at_near = on_scales(study, whole), on_scales(study, near)
    least = [CHANCE * knob.slack_on_scale(aim) for knob, aim in zip(study.knobs, trial.draw.aims, strict=True)]
    columns = [
        [
            _slope(value, origin, (knob.probed(knobs[k]) - knobs[k]) / knob.step, 0 if row == k else least[row])
            for row, (value, origin) in enumerate(zip(on_scales(study, probe), at_near, strict=True))
        ]
        for k, (knob, probe) in enumerate(zip(study.knobs, probes, strict=True))
    ]
    slopes = tuple(tuple(row) for row in zip(*columns, strict=True))
    offset = tuple(a - b if math.isfinite(a - b) else 0.0 for a, b in zip(at_whole, at_near, strict=True))
    return Trial(trial.draw, knobs, Secant(slopes), offset)


def _slope(value: float, origin: float, steps: float, least: float) -> float:
    is_seen = steps and math.isfinite(value - origin) and abs(value - origin) >= least
    return (value - origin) / steps if is_seen else 0.0


CHANCE = 0.2
"""Share of a figure's slack that a knob of another one may move it by chance: less than that is taken for none."""


def draws(study: Calibration) -> Iterator[Draw]:
    """All candidates: a Latin hypercube over what is varied and the aims."""
    choice = study.config.study
    dimensions = len(study.varied) + len(study.knobs)
    rows = quantiles(Design.latin_hypercube, dimensions, choice.candidates, study.config.seed).tolist()
    split = len(study.varied)
    for number, row in enumerate(rows):
        varied = tuple(each.at(q) for each, q in zip(study.varied, row[:split], strict=True))
        aims = tuple(knob.aim(q) for knob, q in zip(study.knobs, row[split:], strict=True))
        places = [each.position(q) for each, q in zip(study.varied, row[:split], strict=True)]
        yield Draw(number, (*places, *row[split:]), varied, aims)


def _batches(all_draws: Iterator[Draw], size: int) -> Iterator[list[Draw]]:
    batch: list[Draw] = []
    for draw in all_draws:
        batch.append(draw)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _solved(study: Calibration, trials: Sequence[Trial], runner: JournalRunner) -> tuple[list[Trial], list[Candidate]]:
    """A batch after its moves in the training places and at most ``tries`` runs in all places, of which the best
    counts; what is given up before the first of them has no figures."""
    now, near = _trained(study, trials, runner)
    best = {
        n: (trial, given_up(study, trial, near[n]))
        for n, trial in enumerate(now)
        if trial.is_spent(study, near[n], FAR_IN_TRAINING)
    }
    open_ = {n: trial for n, trial in enumerate(now) if n not in best}
    for attempt in range(study.config.study.tries):
        found = dict(zip(open_, _figures(study, study.base, list(open_.values()), runner), strict=True))
        for n, figures in found.items():
            if attempt == 0:
                open_[n] = open_[n].shifted(on_scales(study, figures), near[n])
            candidate = judged(study, open_[n], figures)
            if n not in best or len(candidate.missed) < len(best[n][1].missed):
                best[n] = open_[n], candidate
            if _is_worth_a_move(study, open_[n], candidate):
                open_[n] = open_[n].moved(study, on_scales(study, figures))
            else:
                del open_[n]
        if not open_:
            break
    return [best[n][0] for n in range(len(now))], [best[n][1] for n in range(len(now))]


HOPELESS = 4
"""Figures that a candidate may miss in all places and be moved once more; one that misses more is given up."""

FAR = 1.5
"""Tolerances by which a figure is missed far enough in all places to say that its knob cannot give it."""

FAR_IN_TRAINING = 3.0
"""The same in the training places, where chance and what all places show more of play a part."""


def _is_worth_a_move(study: Calibration, trial: Trial, candidate: Candidate) -> bool:
    """Whether a candidate that was run in all places may come to meet everything by one more move."""
    knobs, missed = len(study.knobs), candidate.missed
    figures = candidate.figures[: knobs + len(study.checks)]
    return (
        len(missed) <= HOPELESS
        and any(knob.figure in missed for knob in study.knobs)  # nothing is moved for checks alone
        and all(map(math.isfinite, figures))
        and all(check.is_near(value) for check, value in zip(study.checks, figures[knobs:], strict=True))
        and not trial.is_spent(study, on_scales(study, figures), FAR)
    )


def _trained(
    study: Calibration, trials: Sequence[Trial], runner: JournalRunner
) -> tuple[list[Trial], dict[int, Vector]]:
    """A batch moved in the training places until its figures are met there, or one is out of reach, at most ``steps``
    times; and what these are on their scales in the end."""
    now = list(trials)
    near: dict[int, Vector] = {}
    solved: set[int] = set()
    for step in range(study.config.study.steps + 1):
        open_ = [n for n in range(len(now)) if n not in solved]
        for n, found in zip(open_, _shifted(study, [now[n] for n in open_], runner), strict=True):
            near[n] = found
            is_spent = step >= SETTLING and now[n].is_spent(study, found, FAR_IN_TRAINING)
            if is_spent or now[n].is_met(study, found):
                solved.add(n)
            elif step < study.config.study.steps:
                now[n] = now[n].moved(study, found)
        if len(solved) == len(now):
            break
    return now, near


SETTLING = 3
"""Moves after which a figure out of reach stays so: the others are about where they are to be."""


def _shifted(study: Calibration, trials: Sequence[Trial], runner: JournalRunner) -> list[Vector]:
    """The knobs' figures in the training places on their scales, with what all places show more of."""
    return [
        tuple(value + more for value, more in zip(on_scales(study, each), trial.offset, strict=True))
        for each, trial in zip(_figures(study, study.training, trials, runner), trials, strict=True)
    ]


def _figures(study: Calibration, scenario: Scenario, trials: Sequence[Trial], runner: JournalRunner) -> list[Vector]:
    return simulated(study, [study.at(scenario, study.values(*each.values)) for each in trials], runner)


def simulated(study: Calibration, scenarios: Sequence[Scenario], runner: JournalRunner) -> list[Vector]:
    """Figures of scenarios, means over the seeds of each; NaN for a failed run."""
    groups = [runs_of(scenario, study.seeds) for scenario in scenarios]
    runner.finish([each for group in groups for each in group])
    return [_mean(study, [(each, runner.record(each)) for each in group]) for group in groups]


def _mean(study: Calibration, group: Sequence[tuple[Any, Any]]) -> Vector:
    if any(record is None for _, record in group):
        return (math.nan,) * len(study.names)
    rows = [study.figures(Observed(record, each.scenario)) for each, record in group]
    return tuple(math.fsum(column) / len(rows) for column in zip(*rows, strict=True))


def in_order(members: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Members so that every first part of them has about the spread of all: a study may try the first forty alone."""
    points = [np.array(member.place) for member in members]
    return tuple(members[place] for place in representative_order(points)) if members else ()


class CalibrationResult(KeptResult):
    """The ensemble, and what the data can tell."""

    def __init__(self, found: Calibrated) -> None:
        self.study: Calibration = found.plan
        self.found = found
        self.runs = len(found.candidates) * found.plan.config.replicates

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
        """The study, and what the data can tell."""
        return {
            **self.study.as_dict(),
            "accepted": self.found.accepted,
            "tried": len(self.found.candidates),
            "figures": plain_rows(self.frames["figures"]),
            "identifiability": plain_rows(self.frames["identifiability"]),
            "spread": plain_rows(self.frames["spread"]),
        }

    def table(self, language: str) -> str:
        """Figures beside the range over the members."""
        return figures_table(self.frames, Words(language))

    def text(self, language: str) -> str:
        """Figures beside the range over the members, and what the data can tell."""
        return full_text(self.found, self.frames, Words(language))

    def places(self) -> list[tuple[str, str]]:
        """Where the ensemble is."""
        return [("ensemble", str(self.study.folder / "ensemble.csv"))]


ORDER = "every first part represents the whole: greedy energy distance, in prior widths"
"""What the order of the members is, as their provenance says it."""


def ensemble_csv(found: Calibrated) -> bytes:
    """The members as ``experiments.configuration.ensemble`` reads them.

    What the behaviour they were calibrated under has otherwise than the default stands in every row: without it, the
    same values would be those of other people.
    """
    columns = found.plan.columns
    default = {declared.name: declared.default for declared in declarations(Behaviour)}
    own = {declared.name: declared.default for declared in declarations(found.plan.base.behaviour)}
    shared = {name: value for name, value in own.items() if value != default[name] and name not in columns}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["member", *columns, *shared])
    for number, member in enumerate(found.members):
        values = [*(member.values[name] for name in columns), *shared.values()]
        writer.writerow([number, *(each if isinstance(each, str) else f"{each:g}" for each in values)])
    return text.getvalue().encode()


def provenance(found: Calibrated) -> dict[str, Any]:
    """Where the members come from."""
    study = found.plan
    values = study.as_dict()
    english, chinese = names_of(study.config.province.source)
    return {
        "method": "what is varied and the aims drawn first (Latin hypercube), knobs solved for by Broyden's method, "
        "members simulated in all places",
        **{key: value for key, value in values.items() if key != "question"},
        "province": {**values["province"], "name_en": english, "name_zh": chinese},
        "model_version": model_version(),
        "scorecard": held_out_digest(patterns_of(study.config.province.source)),
        "candidates_tried": len(found.candidates),
        "candidates_accepted": found.accepted,
        "members": len(found.members),
        "order": ORDER,
    }
