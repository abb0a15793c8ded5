"""What was never fitted, as the package ships it: predictions of the shipped set of behaviours, judged against what is
reported today.

Each file of ``scorecard/`` is a document of ``pyramid patterns``, as a command printed it, over the set
(``behaviour=gansu_ensemble replicates=40 output=json``):

| file | command |
|---|---|
| ``gansu.json`` | ``pyramid patterns held_out=true calendar.end=2023-12-31`` |
| ``zhejiang.json`` | ``pyramid patterns held_out=true after=zhejiang_2020 reported=zhejiang`` |
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from experiments.patterns.pattern import PatternOutcome
from experiments.patterns.reported import patterns_of
from experiments.statistics.intervals import Estimate

NAMES = ("gansu", "zhejiang")
"""Of the files, in the order in which they are told: each a province that figures are reported of."""


@dataclass(frozen=True)
class Scorecard:
    """Figures that no fit may use, as one set of runs predicts them.

    Attributes:
        reported: the province that they are reported of.
        simulated: the province that was run.
        model_version: of the model that ran.
        seeds: how many seeds were run.
        ensemble: name and members of the set of behaviours, ``None`` for one behaviour.
        outcomes: every figure beside its prediction.
    """

    reported: str
    simulated: str
    model_version: str
    seeds: int
    ensemble: Mapping[str, Any] | None
    outcomes: tuple[PatternOutcome, ...]

    def judged(self, verdict: bool | None) -> list[PatternOutcome]:
        """Figures that come out as reported, that do not, or (``None``) of which nothing is predicted."""
        return [each for each in self.outcomes if each.is_met is verdict]


def scorecard_document(name: str) -> dict[str, Any]:
    """A file as it is shipped."""
    found: dict[str, Any] = json.loads(
        (files("experiments.patterns") / "scorecard" / f"{name}.json").read_text("utf-8")
    )
    return found


@cache
def scorecards() -> tuple[Scorecard, ...]:
    """All of them."""
    return tuple(map(_scorecard, NAMES))


def _scorecard(name: str) -> Scorecard:
    document = scorecard_document(name)
    patterns = {each.name: each for each in patterns_of(name)}
    people = document["ensemble"]
    return Scorecard(
        reported=name,
        simulated=document["scenario"]["province"]["source"],
        model_version=document["model_version"],
        seeds=len(document["seeds"]),
        ensemble=people,
        outcomes=tuple(
            PatternOutcome(patterns[each["name"]], _estimate(each["simulated"]), people is not None)
            for each in document["patterns"]
        ),
    )


def _estimate(stored: Mapping[str, Any] | None) -> Estimate | None:
    """The inverse of ``Estimate.as_dict``."""
    if stored is None:
        return None
    mean, low, high = (math.nan if stored[end] is None else float(stored[end]) for end in ("mean", "low", "high"))
    return Estimate(mean, low, high, math.nan, math.nan, stored["replicates"])
