"""Figures of a run that something may be reported of: each by its name, with how a run shows it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.configuration.words_file import read_words
from experiments.patterns.observed import Observed, over
from sim.ledger import TIERS
from sim.measures.composition import TARGET, aitchison_distance
from sim.measures.petitions import PYRAMID

WORDS = read_words(Path(__file__).parent / "words.toml")


@dataclass(frozen=True)
class Statistic:
    """One figure of a run.

    Attributes:
        id: the pattern it belongs to, ``P1`` to ``P9``.
        name: what files of patterns call it, ``snake_case``.
        unit: ``share``, ``change`` and ``points`` print in per cent, others as they are.
        value: the figure of one replicate; raises ``NotMeasured``.
        levels: of ``sim.ledger.TIERS``, those that it speaks of; without one of them it has no figure.
        direction: its sign alone can be judged, and it is never fitted: the model holds a part of it only.

    What it is and what else to know of it stands in ``words.toml``, by its name.
    """

    id: str
    name: str
    unit: str
    value: Callable[[Observed], float]
    levels: tuple[str, ...] = ()
    direction: bool = False

    @property
    def meaning(self) -> tuple[str, str]:
        """What it is, in English and Chinese."""
        return WORDS[self.name]

    @property
    def note(self) -> tuple[str, str]:
        """What else to know, in English and Chinese; both empty where there is nothing."""
        return WORDS.get(f"{self.name}.note", ("", ""))


def _before(pattern: str, measure: str, unit: str) -> Statistic:
    return Statistic(pattern, measure, unit, lambda run: run.before(measure))


def _change(pattern: str, measure: str, direction: bool = False) -> Statistic:
    return Statistic(pattern, measure, "change", lambda run: run.change(measure), direction=direction)


def _change_of_count(pattern: str, measure: str) -> Statistic:
    return Statistic(pattern, measure, "change", lambda run: run.change_of_count(measure))


def _ratio(name: str, of: Callable[[Observed], Sequence[float]]) -> tuple[Statistic, ...]:
    """City and county for one at the province and the distance to 1 : 2 : 3, of one window."""

    def level(which: int) -> Callable[[Observed], float]:
        def ratio(run: Observed) -> float:
            parts = of(run)
            return over(parts[which], parts[0]) if PYRAMID[which] not in run.missing_levels else math.nan

        return ratio

    def distance(run: Observed) -> float:
        return math.nan if run.missing_levels else float(aitchison_distance(of(run), TARGET))

    return (
        Statistic("P2", f"city_{name}", "ratio", level(1), ("city",)),
        Statistic("P2", f"county_{name}", "ratio", level(2), ("county",)),
        Statistic("P2", f"distance_{name}", "Aitchison distance", distance, TIERS),
    )


def _year(run: Observed) -> tuple[float, ...]:
    return tuple(run.after(f"petitions_{level}") for level in PYRAMID)


def _rate_of_induced_demand(run: Observed) -> float:
    """e-fold growth of requests per share of 1 more that is met; NaN where the share met did not rise."""
    growth = over(run.after("requests"), run.before("requests"))
    risen = run.after("requests_met_share") - run.before("requests_met_share")
    return math.log(growth) / risen if risen > 0 and growth > 0 else math.nan


FORUMS = ("nothing", "bilateral", "local", "government", "court")

_ALL = (
    *(_before("P1", f"first_{forum}_share", "share") for forum in FORUMS),
    Statistic("P2", "city_before", "ratio", lambda run: run.before("ratio_city_to_province"), ("city",)),
    Statistic(
        "P2", "county_before", "ratio",
        lambda run: over(run.before("ratio_county_to_province"), run.before("ratio_city_to_province")), TIERS,
    ),
    *_ratio("after", _year),
    *_ratio("late", Observed.late_pyramid),
    _change_of_count("P3", "visits_province"),
    _change_of_count("P3", "visits_nation"),
    _before("P4", "recorded_success", "share"),
    _before("P4", "durable_success", "share"),
    _before("P5", "petitions_per_1000", "1/1000/year"),
    Statistic(
        "P5", "suits", "1/1000/year", lambda run: run.before("suits") + run.scenario.behaviour.court_background
    ),
    _before("P5", "mediations", "1/1000/year"),
    Statistic("P6", "satisfaction", "share", lambda run: run.after("satisfaction_surveyed")),
    Statistic(
        "P6", "satisfaction_change", "points",
        lambda run: run.after("satisfaction_surveyed") - run.before("satisfaction_surveyed"),
    ),
    _change("P7", "requests"),
    Statistic("P7", "induced_demand", "1", _rate_of_induced_demand),
    _change("P8", "offences", direction=True),
    _change("P8", "mass_incidents", direction=True),
    _before("P9", "prelitigation_days", "days"),
)  # fmt: skip

STATISTICS: dict[str, Statistic] = {each.name: each for each in _ALL}
"""Every figure of the patterns P1 to P9 by its name, in their order."""

FALL_OF_VISITS = "visits_province"
"""The change that the arithmetic of P2 and P3 rests on."""
