"""A calibration, composed and checked: knobs with their figures, what is varied, checks, patterns held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import STATUS_QUO, changes_of, refuse_ensemble
from experiments.configuration.schema import scenario_of
from experiments.configuration.search_space import sample_space
from experiments.patterns.observed import NotMeasured, Observed
from experiments.patterns.pattern import Pattern
from experiments.patterns.reported import has_reports, patterns_of
from experiments.patterns.statistics import STATISTICS
from experiments.runs.absent import stored_absent
from experiments.runs.execute import check_provinces
from experiments.runs.levels import check_levels, levels_of, stored_levels
from experiments.runs.run import digest
from experiments.studies.calibrate.scale import Scale
from experiments.studies.calibrate.schema import FITTED_MAX, CalibrateConfig, FittedChoice, VariedChoice
from experiments.studies.calibrate.target import Check, Knob, Varied
from experiments.studies.study import KeptStudy, check_names
from sim.errors import InputError
from sim.measures import MEASURES
from sim.parameters import Declaration, declarations
from sim.policy import Policy
from sim.province.nation import is_nation
from sim.province.tables import REPORTS
from sim.scenario import ProvinceChoice, Scenario
from sim.vocabulary import suggestion

DIGITS = 6
"""Significant figures of what a member sets: what is written into an ensemble is what was simulated."""

Values = Mapping[str, float | str]
"""What a member sets, by column of the ensemble."""


@dataclass(frozen=True)
class Calibration(KeptStudy[CalibrateConfig]):
    """A calibration, composed. Its figures are those of the knobs, then of the checks, then the predicted ones."""

    knobs: tuple[Knob, ...]
    varied: tuple[Varied, ...]
    checks: tuple[Check, ...]
    predicted: tuple[Pattern, ...]
    has_own_reports: bool = True
    """Whether anything that it is fitted to is reported of the province (or nation) itself."""

    @property
    def base(self) -> Scenario:
        """The scenario in all places, with the default behaviour."""
        return scenario_of(self.config)

    @property
    def training(self) -> Scenario:
        """The scenario in the places in which candidates are solved."""
        places = self.config.study.training_places
        source = self.config.province.source
        return replace(self.base, province=ProvinceChoice(source, list(places))) if places else self.base

    @property
    def seeds(self) -> range:
        """Seeds of every trial."""
        return range(self.config.seed, self.config.seed + self.config.replicates)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the figures."""
        patterns = tuple(each.name for each in self.predicted)
        return (*(each.figure for each in self.knobs), *(each.figure for each in self.checks), *patterns)

    @property
    def columns(self) -> tuple[str, ...]:
        """What a member sets, by name."""
        knobs = (name for each in self.knobs for name in each.moved)
        return (*knobs, *(each.name for each in self.varied))

    def values(self, knobs: Sequence[float], varied: Sequence[float | str]) -> dict[str, float | str]:
        """What a member with these values sets, by column, knobs with what moves along first."""
        found: dict[str, float | str] = {}
        for knob, value in zip(self.knobs, knobs, strict=True):
            moved = value - float(knob.declared.default)
            found[knob.name] = rounded(value)
            for other in knob.along:
                least, most = float(other.low or 0), float(other.high or 0)
                found[other.name] = rounded(min(max(float(other.default) + moved, least), most))
        for each, drawn in zip(self.varied, varied, strict=False):  # none of them where slopes are found
            found[each.name] = drawn if isinstance(drawn, str) else rounded(drawn)
        return found

    def at(self, scenario: Scenario, values: Values) -> Scenario:
        """A scenario with what a member sets."""
        return scenario.vary(changes_of(scenario, tuple(values), tuple(values.values())))

    def figures(self, run: Observed) -> list[float]:
        """Figures of one replicate, in their own units; NaN where not measured."""
        return [_figure(name, run) for name in self.names]

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice, base = self.config.study, self.base.as_dict()
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "fitted": {
                each.name: {
                    "along": [other.name for other in each.along],
                    "figure": each.figure,
                    "low": each.low,
                    "high": each.high,
                    "slack": each.slack,
                    "is_relative": each.is_relative,
                    "is_reported": each.is_reported,
                    "scale": each.scale.name,
                    "step": each.step,
                }
                for each in self.knobs
            },
            "varied": {
                each.name: {"values": list(each.values)}
                if each.values
                else {"low": each.low, "high": each.high, "unit": each.declared.unit, "scale": each.scale.name}
                for each in self.varied
            },
            "checks": {each.figure: {"low": _end(each.low), "high": _end(each.high)} for each in self.checks},
            "held_out": [each.name for each in self.predicted],
            "corners": {name: list(ends) for name, ends in choice.corners.items()},
            "training_places": list(choice.training_places),
            "steps": choice.steps,
            "tries": choice.tries,
            "batch": choice.batch,
            "members": choice.members,
            "candidates": choice.candidates,
            "replicates": self.config.replicates,
            "seeds": list(self.seeds),
            "province": base["province"],
            "has_own_reports": self.has_own_reports,
            "calendar": base["calendar"],
            "stress": base["stress"],
            **stored_levels([self.base]),
            **stored_absent([self.base]),
        }

    @property
    def identity(self) -> Any:
        """What is simulated."""
        return digest(self.base.as_dict())


def rounded(value: float) -> float:
    """A value as an ensemble holds it."""
    return float(f"{value:.{DIGITS}g}")


def plan(config: CalibrateConfig, invocation: Invocation) -> Calibration:
    """Composes and checks a calibration; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    refuse_ensemble(config.ensemble, "a calibration", "it makes one")
    fitting, checking, varying = _given(choice.fitted), _given(choice.checks), _given(choice.varied)
    if not fitting:
        raise InputError("nothing to calibrate: study.fitted is empty")
    if len(fitting) > FITTED_MAX:
        raise InputError(f"study.fitted has {len(fitting)} knobs; at most {FITTED_MAX} are allowed")
    reported = {each.name: each for each in patterns_of(config.province.source)}
    knobs = [_knob(name, chosen, reported) for name, chosen in fitting.items()]
    checks = []
    for name, bounds in checking.items():
        _check_figure(name, "study.checks", reported)
        if bounds.low is None and bounds.high is None:
            raise InputError(f"study.checks.{name} needs low, high or both")
        low, high = (-float("inf") if bounds.low is None else bounds.low), bounds.high
        checks.append(Check(name, low, float("inf") if high is None else high))
    varied = [_varied(name, chosen) for name, chosen in varying.items()]
    moved = {name for each in knobs for name in each.moved}
    for each in varied:
        if each.name in moved:
            raise InputError(f"study.varied: {each.name} is a knob of study.fitted: one or the other")
    _check_once(knobs, checks)
    fitted = [*(each.figure for each in knobs), *(each.figure for each in checks)]
    predicted: list[Pattern] = []
    for name in choice.held_out:
        if name in fitted:
            raise InputError(
                f"study.held_out: {name} is fitted or checked too: a figure is fitted or scored, never both"
            )
        if any(each.name == name for each in predicted):
            raise InputError(f"study.held_out: {name} stands twice")
        predicted.append(_reported(name, "study.held_out", reported))
    is_known = is_nation(config.province.source) or has_reports(reported[each] for each in fitted if each in reported)
    _check_corners(choice.corners, knobs, varied)
    found = Calibration(config, invocation, tuple(knobs), tuple(varied), tuple(checks), tuple(predicted), is_known)
    scenarios = [found.base, found.training]
    check_provinces(scenarios)
    check_levels({f"study: {name}": _levels(name) for name in found.names}, scenarios[:1])
    return found


def _given[T](choices: Mapping[str, T | None]) -> dict[str, T]:
    return {name: chosen for name, chosen in choices.items() if chosen is not None}


def _knob(name: str, chosen: FittedChoice, reported: Mapping[str, Pattern]) -> Knob:
    key = f"study.fitted.{name}"
    declared, is_lever = _declared(name, key)
    along = tuple(_uncertainty(each, key) for each in chosen.along)
    for each in (declared, *along):
        if each.choices:
            raise InputError(f"{key}: {each.name} is a choice; only numbers can be fitted")
    _check_figure(chosen.figure, f"{key}.figure", reported)
    pattern = reported.get(chosen.figure)
    if (chosen.low is None) != (chosen.high is None):
        raise InputError(f"{key} needs both low and high, or neither")
    if chosen.low is None or chosen.high is None:
        if pattern is None:
            raise InputError(f"{key}: {chosen.figure} is not reported: give low and high")
        tolerance = pattern.tolerance if chosen.tolerance is None else chosen.tolerance
        if not tolerance:
            raise InputError(f"{key}.tolerance: {chosen.figure} has none; a figure is fitted within one")
        half = tolerance / 2
        least, most = pattern.low - half, pattern.high + half
        return Knob(
            declared, along, chosen.figure, least, most, half, chosen.scale, chosen.step, True, is_lever=is_lever
        )
    if not chosen.low <= chosen.high:
        raise InputError(f"{key}: low={chosen.low:g} is above high={chosen.high:g}")
    if chosen.scale is Scale.log and chosen.low <= 0:
        raise InputError(f"{key}: low={chosen.low:g} must be above 0 on a logarithmic scale")
    if chosen.tolerance is None:
        raise InputError(f"{key}.tolerance is missing: a figure is fitted within one")
    ends = (chosen.low, chosen.high)
    return Knob(
        declared, along, chosen.figure, *ends, chosen.tolerance, chosen.scale, chosen.step, False, True, is_lever
    )


def _varied(name: str, chosen: VariedChoice) -> Varied:
    key = f"study.varied.{name}"
    declared, is_lever = _declared(name, key)
    if declared.choices:
        wrong = [each for each in chosen.values if each not in declared.choices]
        if wrong or not chosen.values:
            raise InputError(f"{key}.values: must be some of {', '.join(declared.choices)}, not {wrong or 'none'}")
        return Varied(declared, 0.0, 0.0, Scale.plain, tuple(chosen.values), is_lever)
    if chosen.low is None or chosen.high is None or chosen.values:
        raise InputError(f"{key} needs low and high, and no values")
    least, most = float(declared.low or 0), float(declared.high or 0)
    if not least <= chosen.low < chosen.high <= most:
        raise InputError(f"{key}: from {chosen.low:g} to {chosen.high:g} is no part of {declared.allowed}")
    if chosen.scale not in (Scale.plain, Scale.log):
        raise InputError(f"{key}.scale: must be plain or log, not {chosen.scale.name}")
    if chosen.scale is Scale.log and chosen.low <= 0:
        raise InputError(f"{key}: low={chosen.low:g} must be above 0 on a logarithmic scale")
    return Varied(declared, chosen.low, chosen.high, chosen.scale, (), is_lever)


def _declared(column: str, key: str) -> tuple[Declaration, bool]:
    """What a column of members is of, and whether that is a lever of the status quo."""
    is_lever = column.startswith(STATUS_QUO)
    return _lever(column.removeprefix(STATUS_QUO), key) if is_lever else _uncertainty(column, key), is_lever


def _lever(name: str, key: str) -> Declaration:
    """A lever of the status quo: nobody chooses it here, and so its whole range may be looked at."""
    levers = {each.name: each for each in declarations(Policy)}
    if name not in levers:
        raise InputError(f"{key}: there is no lever {name!r}; {suggestion(name, levers)}")
    return levers[name]


def _uncertainty(name: str, key: str) -> Declaration:
    found = sample_space([name])
    if len(found) != 1:
        raise InputError(f"{key}: {name} stands for {len(found)} uncertainties; each is named for itself")
    return found[0]


def _check_once(knobs: Sequence[Knob], checks: Sequence[Check]) -> None:
    seen: set[str] = set()
    for each in knobs:
        for name in (*each.moved, f"the figure {each.figure}"):
            if name in seen:
                raise InputError(f"study.fitted: {name} stands twice; each knob has one figure of its own")
            seen.add(name)
    for check in checks:
        if f"the figure {check.figure}" in seen:
            raise InputError(f"study.checks: {check.figure} is fitted too: one or the other")


def _check_corners(corners: Mapping[str, Any], knobs: Sequence[Knob], varied: Sequence[Varied]) -> None:
    known = [*(name for each in knobs for name in (each.figure, *each.moved))]
    known += [each.name for each in varied if not each.values]
    for name, ends in corners.items():
        if name not in known:
            raise InputError(
                f"study.corners: {name} is no fitted figure and nothing that members set; {suggestion(name, known)}"
            )
        numbers = isinstance(ends, Sequence) and all(isinstance(each, int | float) for each in ends)
        if not numbers or len(ends) != 2:
            raise InputError(f"study.corners.{name}={ends}: must be two numbers")


_FIGURES = dict.fromkeys((*STATISTICS, *MEASURES))


def _check_figure(name: str, key: str, reported: Mapping[str, Pattern]) -> None:
    if name not in STATISTICS and name not in MEASURES:
        raise InputError(f"{key}: there is no pattern or measure {name!r}; {suggestion(name, _FIGURES)}")
    pattern = reported.get(name)
    if pattern is not None and pattern.is_held_out:
        raise InputError(f"{key}: {name} is held out in {REPORTS}: a figure is fitted or scored, never both")
    if pattern is not None and pattern.direction:
        raise InputError(f"{key}: {name} is known by its direction alone: it cannot be fitted")


def _reported(name: str, key: str, reported: Mapping[str, Pattern]) -> Pattern:
    if name not in reported:
        raise InputError(f"{key}: {name} is no reported pattern; {suggestion(name, reported)}")
    return reported[name]


def _levels(name: str) -> tuple[str, ...]:
    return STATISTICS[name].levels if name in STATISTICS else levels_of(name)


def _end(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


def _figure(name: str, run: Observed) -> float:
    try:
        return STATISTICS[name].value(run) if name in STATISTICS else run.before(name)
    except (NotMeasured, ZeroDivisionError, ValueError):
        return float("nan")
