"""The patterns by which the model is judged: one registry, each with what is reported and how a run shows it.

What is reported is a number or a range with its tag (F fact with a source, D derived, A assumed) and source; a
tolerance of ours says how near a mean over replicates must come. A pattern that is only known as a direction, or only
in part born of disputes, is judged by its direction and never fitted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.configuration.schema import MARGIN
from experiments.configuration.words_file import read_words
from experiments.patterns.observed import Average, Observed, over, over_replicates
from experiments.statistics.intervals import Estimate, estimate
from sim.ledger import TIERS
from sim.measures.composition import TARGET, aitchison_distance
from sim.measures.petitions import PYRAMID

CASE = "People's Daily Online 2020-06-11"
MICHELSON = "Michelson's dispute pagoda, shares recalled"
COURTS = "Supreme People's Court 2021"

WORDS = read_words(Path(__file__).parent / "words.toml")

FALL_OF_VISITS = -0.359
"""Reported change of visits to the province, 2019 over 2018."""

HOTLINE = (4.0, 21.43, 0.53, 0.97)
"""Beijing's hotline before and four years later: million requests, and the share resolved."""


@dataclass(frozen=True)
class Pattern:
    """One figure that is reported and simulated.

    Attributes:
        id: the pattern it belongs to, ``P1`` to ``P9``.
        name: what this figure of it is called, ``snake_case``.
        low, high: what is reported, a range or twice the same number.
        unit: ``share``, ``change`` and ``points`` print in per cent, others as they are.
        tag, source: where the reported number comes from.
        value: the figure of one replicate; raises ``NotMeasured``.
        tolerance: how far outside the range a mean may lie and still meet the pattern; ours, assumed.
        direction: judged by its sign alone.
        levels: of ``sim.ledger.TIERS``, those that it speaks of; without one of them it has no figure.

    What it is and what else to know of it stands in ``words.toml``, by its name.
    """

    id: str
    name: str
    low: float
    high: float
    unit: str
    tag: str
    source: str
    value: Callable[[Observed], float]
    tolerance: float = 0.0
    direction: bool = False
    levels: tuple[str, ...] = ()

    @property
    def meaning(self) -> tuple[str, str]:
        """What it is, in English and Chinese."""
        return WORDS[self.name]

    @property
    def note(self) -> tuple[str, str]:
        """What else to know, in English and Chinese; both empty where there is nothing."""
        return WORDS.get(f"{self.name}.note", ("", ""))

    def residual(self, simulated: float) -> float:
        """Simulated less the nearest point of what is reported: 0 within the range."""
        return simulated - min(max(simulated, self.low), self.high)

    def is_met(self, simulated: float) -> bool | None:
        """Whether a mean meets the pattern; ``None`` where there is no number."""
        if not math.isfinite(simulated):
            return None
        if self.direction:
            return simulated * (self.low + self.high) > 0
        return abs(self.residual(simulated)) <= self.tolerance


@dataclass(frozen=True)
class PatternOutcome:
    """A pattern with its simulated figure; ``simulated`` is ``None`` where the runs do not measure it."""

    pattern: Pattern
    simulated: Estimate | None

    @property
    def residual(self) -> float:
        """Of the figure over replicates; NaN without one."""
        return math.nan if self.simulated is None else self.pattern.residual(self.simulated.mean)

    @property
    def miss(self) -> float:
        """Size of the residual as a share of what is reported, or of its tolerance where that is larger."""
        pattern = self.pattern
        return abs(self.residual) / max(abs(pattern.low), abs(pattern.high), pattern.tolerance)

    @property
    def is_met(self) -> bool | None:
        """Of the figure over replicates; ``None`` without one, or for a direction whose interval holds zero."""
        found = self.simulated
        if found is None or (self.pattern.direction and found.low <= 0 <= found.high):
            return None
        return self.pattern.is_met(found.mean)


def pattern_outcomes(runs: Sequence[Observed], average: Average = estimate) -> list[PatternOutcome]:
    """Every pattern beside what some replicates of one scenario give together, with its interval."""
    return [PatternOutcome(pattern, over_replicates(pattern.value, runs, average)) for pattern in PATTERNS]


def _first_choice(forum: str, low: float, high: float, tolerance: float) -> Pattern:
    measure = f"first_{forum}_share"
    return Pattern("P1", measure, low, high, "share", "A", MICHELSON, lambda run: run.before(measure), tolerance)


def _ratio(name: str, of: Callable[[Observed], Sequence[float]]) -> tuple[Pattern, ...]:
    """City and county for one at the province and the distance to 1 : 2 : 3, of one window."""

    def level(which: int) -> Callable[[Observed], float]:
        def ratio(run: Observed) -> float:
            parts = of(run)
            return over(parts[which], parts[0]) if PYRAMID[which] not in run.missing_levels else math.nan

        return ratio

    def distance(run: Observed) -> float:
        return math.nan if run.missing_levels else float(aitchison_distance(of(run), TARGET))

    return (
        Pattern("P2", f"city_{name}", 2, 2, "ratio", "F", CASE, level(1), 0.4, levels=("city",)),
        Pattern("P2", f"county_{name}", 3, 3, "ratio", "F", CASE, level(2), 0.6, levels=("county",)),
        Pattern("P2", f"distance_{name}", 0, 0, "Aitchison distance", "F", CASE, distance, MARGIN, levels=TIERS),
    )


def _year(run: Observed) -> tuple[float, ...]:
    return tuple(run.after(f"petitions_{level}") for level in PYRAMID)


def _rate_of_induced_demand(run: Observed) -> float:
    """e-fold growth of requests per share of 1 more that is met; NaN where the share met did not rise."""
    growth = over(run.after("requests"), run.before("requests"))
    risen = run.after("requests_met_share") - run.before("requests_met_share")
    return math.log(growth) / risen if risen > 0 and growth > 0 else math.nan


PATTERNS: tuple[Pattern, ...] = (
    _first_choice("nothing", 0.33, 0.33, 0.05),
    _first_choice("bilateral", 0.47, 0.47, 0.05),
    _first_choice("local", 0.16, 0.16, 0.03),
    _first_choice("government", 0.02, 0.03, 0.02),
    _first_choice("court", 0.02, 0.02, 0.01),
    Pattern(
        "P2", "city_before", 0, 1, "ratio", "F", CASE,
        lambda run: run.before("ratio_city_to_province"), levels=("city",),
    ),
    Pattern(
        "P2", "county_before", 0, 1, "ratio", "F", CASE,
        lambda run: over(run.before("ratio_county_to_province"), run.before("ratio_city_to_province")), levels=TIERS,
    ),
    *_ratio("after", _year),
    *_ratio("late", Observed.late_pyramid),
    Pattern(
        "P3", "visits_province", FALL_OF_VISITS, FALL_OF_VISITS, "change", "F", CASE,
        lambda run: run.change_of_count("visits_province"), 0.02,
    ),
    Pattern(
        "P3", "visits_nation", -0.631, -0.631, "change", "F", CASE,
        lambda run: run.change_of_count("visits_nation"), 0.04,
    ),
    Pattern(
        "P4", "recorded_success", 0.96, 0.98, "share", "F", "Ministry of Justice 2018",
        lambda run: run.before("recorded_success"),
    ),
    Pattern(
        "P4", "durable_success", 0.65, 0.74, "share", "F", f"{COURTS}: 65.04 %; Gansu courts 2023: 73.7 %",
        lambda run: run.before("durable_success"),
    ),
    Pattern(
        "P5", "petitions_per_1000", 5.3, 5.3, "1/1000/year",
        "D", "some 600,000 a month, January to September 2013, national",
        lambda run: run.before("petitions_per_1000"), 0.5,
    ),
    Pattern(
        "P5", "suits", 9.3, 9.8, "1/1000/year", "D", f"{COURTS}, national 2020 and 2019",
        lambda run: run.before("suits") + run.scenario.behaviour.court_background, 0.5,
    ),
    Pattern(
        "P5", "mediations", 6, 11, "1/1000/year", "D", "Ministry of Justice 2018: 6–7; Qingyang: 11",
        lambda run: run.before("mediations"),
    ),
    Pattern(
        "P6", "satisfaction", 0.9586, 0.9586, "share", "F", CASE, lambda run: run.after("satisfaction_surveyed"), 0.01,
    ),
    Pattern(
        "P6", "satisfaction_change", 0.0281, 0.0302, "points", "F", f"{CASE}: “+3.02 %”, of points or of itself",
        lambda run: run.after("satisfaction_surveyed") - run.before("satisfaction_surveyed"), 0.005,
    ),
    Pattern(
        "P7", "requests", HOTLINE[1] / HOTLINE[0] - 1, HOTLINE[1] / HOTLINE[0] - 1, "change",
        "D", "Beijing's hotline, four years",
        lambda run: run.change("requests"), direction=True,
    ),
    Pattern(
        "P7", "induced_demand", 0, math.log(HOTLINE[1] / HOTLINE[0]) / (HOTLINE[3] - HOTLINE[2]), "1",
        "D", "Beijing's hotline: an upper bound",
        _rate_of_induced_demand,
    ),
    Pattern(
        "P8", "offences", -0.21, -0.21, "change", "F", CASE, lambda run: run.change("offences"), direction=True,
    ),
    Pattern(
        "P8", "mass_incidents", -0.402, -0.402, "change", "F", CASE,
        lambda run: run.change("mass_incidents"), direction=True,
    ),
    Pattern(
        "P9", "prelitigation_days", 23.33, 23.33, "days", "F", COURTS, lambda run: run.before("prelitigation_days"), 5,
    ),
)  # fmt: skip
"""Every figure of the patterns P1 to P9, in their order."""
