"""How candidates are solved: the start from an earlier one near by, Broyden's steps, the check in all places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from experiments.studies.calibrate.plan import Calibration
from experiments.studies.calibrate.result import Candidate
from experiments.studies.calibrate.secant import Secant, Vector
from experiments.studies.calibrate.target import unmet

FARTHEST = 2.5
"""Steps that a knob moves at most at a time."""


@dataclass(frozen=True)
class Draw:
    """A candidate before anything is fitted: what is varied of it, and its aims."""

    number: int
    place: tuple[float, ...]
    varied: tuple[float | str, ...]
    aims: tuple[float, ...]


@dataclass(frozen=True)
class Trial:
    """Where the solution of a draw stands: values of the knobs, and the slopes of their figures on the scales.

    ``offset`` is what the whole province shows more of than the places it is solved in; ``seen`` are the figures of the
    knobs ``left`` by the last move; all on the scales.
    """

    draw: Draw
    knobs: Vector
    secant: Secant
    offset: Vector
    left: Vector = ()
    seen: Vector = ()

    def aims(self, study: Calibration) -> Vector:
        """What the knobs are to give, on the scales."""
        return tuple(knob.scale.of(aim) for knob, aim in zip(study.knobs, self.draw.aims, strict=True))

    def is_met(self, study: Calibration, found: Sequence[float]) -> bool:
        """Whether figures on their scales come within the tolerance of their aims."""
        asked = zip(study.knobs, self.draw.aims, found, strict=True)
        return all(knob.is_met(knob.scale.back(value), aim) for knob, aim, value in asked)

    def is_spent(self, study: Calibration, found: Sequence[float], far: float) -> bool:
        """Whether a figure on its scale is by more than so many tolerances off its aim, and its knob at the end of its
        range on the side where it would help: no further move brings it nearer."""
        for k, (knob, value, aim) in enumerate(zip(study.knobs, self.knobs, self.draw.aims, strict=True)):
            miss = knob.scale.of(aim) - found[k]
            wanted = miss * self.secant.slopes[k][k]
            is_at_end = wanted and knob.clipped(value + math.copysign(knob.step, wanted)) == value
            if is_at_end and abs(miss) > far * knob.slack_on_scale(aim):
                return True
        return False

    def moved(self, study: Calibration, found: Sequence[float]) -> Trial:
        """After a run whose figures are given on their scales (offset and all): what the last move did is learned, and
        the next one made."""
        secant = self.secant
        if self.seen:
            last = [
                (now - then) / knob.step for knob, now, then in zip(study.knobs, self.knobs, self.left, strict=True)
            ]
            secant = secant.corrected(last, [now - then for now, then in zip(found, self.seen, strict=True)])
        misses = [aim - value for aim, value in zip(self.aims(study), found, strict=True)]
        steps = [min(max(step, -FARTHEST), FARTHEST) for step in secant.move(misses)]
        knobs = tuple(
            knob.clipped(value + step * knob.step)
            for knob, value, step in zip(study.knobs, self.knobs, steps, strict=True)
        )
        return replace(self, knobs=knobs, secant=secant, left=self.knobs, seen=tuple(found))

    def shifted(self, whole: Sequence[float], near: Sequence[float]) -> Trial:
        """After a run in all places: what these show more of than the training places, at the same knobs."""
        more = [a - b if math.isfinite(a - b) else 0.0 for a, b in zip(whole, near, strict=True)]
        offset = tuple(old + new for old, new in zip(self.offset, more, strict=True))
        seen = tuple(old + new for old, new in zip(self.seen, more, strict=True)) if self.seen else ()
        return replace(self, offset=offset, seen=seen)

    @property
    def values(self) -> tuple[Vector, tuple[float | str, ...]]:
        """Knobs and what is varied, as ``Calibration.values`` takes them."""
        return self.knobs, self.draw.varied


def start(draw: Draw, done: Sequence[Trial], default: Trial) -> Trial:
    """A trial that starts from the nearest of earlier batches, or from the default behaviour."""
    nearest = min(done, key=lambda each: distance(each.draw.place, draw.place), default=default)
    return replace(nearest, draw=draw, left=(), seen=())


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Root mean square of the differences of two places in the prior, in prior widths."""
    return math.sqrt(math.fsum((a - b) ** 2 for a, b in zip(one, other, strict=True)) / max(1, len(one)))


def on_scales(study: Calibration, figures: Sequence[float]) -> Vector:
    """The knobs' figures on their scales."""
    return tuple(knob.scale.of(value) for knob, value in zip(study.knobs, figures, strict=False))


def judged(study: Calibration, trial: Trial, figures: Sequence[float]) -> Candidate:
    """A trial with its figures in all places."""
    told = tuple(figures)
    missed = unmet(study.knobs, study.checks, told[: len(study.knobs) + len(study.checks)], trial.draw.aims)
    values = study.values(*trial.values)
    return Candidate(trial.draw.number, trial.draw.place, trial.draw.aims, values, told, tuple(missed))


def given_up(study: Calibration, trial: Trial, near: Sequence[float]) -> Candidate:
    """A trial that was not run in all places, with what it misses in the training places; it has no figures."""
    asked = zip(study.knobs, trial.draw.aims, near, strict=True)
    missed = tuple(knob.figure for knob, aim, value in asked if not knob.is_met(knob.scale.back(value), aim))
    unknown = (math.nan,) * len(study.names)
    return Candidate(trial.draw.number, trial.draw.place, trial.draw.aims, study.values(*trial.values), unknown, missed)
