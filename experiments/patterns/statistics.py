"""Figures of a run that something may be reported of: each by its name, with how a run shows it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.configuration.words_file import read_words
from experiments.patterns.observed import Observed, over
from experiments.runs.windows import YEAR
from sim.ledger import CHANNELS, PETITION_LEVELS, TIERS
from sim.measures.composition import TARGET, aitchison_distance
from sim.measures.petitions import PYRAMID

WORDS = read_words(Path(__file__).parent / "words.toml")


@dataclass(frozen=True)
class Statistic:
    """One figure of a run.

    Attributes:
        id: the pattern it belongs to, ``P1`` to ``P9`` where it may be fitted, ``H1`` to ``H6`` where it never is.
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


def _after(pattern: str, measure: str, unit: str) -> Statistic:
    return Statistic(pattern, measure, unit, lambda run: run.after(measure))


def _change(pattern: str, measure: str, direction: bool = False) -> Statistic:
    return Statistic(pattern, measure, "change", lambda run: run.change(measure), direction=direction)


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

_FITTED = (
    *(_before("P1", f"first_{forum}_share", "share") for forum in FORUMS),
    Statistic("P2", "city_before", "ratio", lambda run: run.before("ratio_city_to_province"), ("city",)),
    Statistic(
        "P2", "county_before", "ratio",
        lambda run: over(run.before("ratio_county_to_province"), run.before("ratio_city_to_province")), TIERS,
    ),
    *_ratio("after", _year),
    *_ratio("late", Observed.late_pyramid),
    _change("P3", "visits_province"),
    _change("P3", "visits_nation"),
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

REGISTERED = ("registered", "repeat_registered")
SETTLED = ("durable", "nominal")


def _petitions(channels: Iterable[str] = CHANNELS) -> list[str]:
    """Events of registered petitions, of some channels and of all levels."""
    return [f"{what}_{by}_{level}" for what in REGISTERED for by in channels for level in PETITION_LEVELS]


def _channel_share(channel: str) -> Callable[[Observed], float]:
    def share(run: Observed) -> float:
        parts = [float(run.months(_petitions(channels), is_before=True).sum()) for channels in ((channel,), CHANNELS)]
        return over(*parts)

    return share


def _spread_of_months(run: Observed) -> float:
    months = run.months(_petitions(), is_before=True)
    return over(float(months.std(ddof=1)), float(months.mean())) if len(months) >= 12 else math.nan


def _february(run: Observed) -> float:
    """Petitions of February over the mean month of its year, the last before the reform."""
    year = run.months(_petitions(), is_before=True)[-12:]
    whole = len(year) == 12 and run.scenario.calendar.reform[5:7] == "01"
    return over(float(year[1]), float(year.mean())) if whole else math.nan


def _long_run(run: Observed) -> float:
    """Petitions of the fifth year of the reform, of the sixth where it is whole, over those of the first."""
    months = run.months(_petitions(), is_before=False)
    years = [float(months[12 * year : 12 * (year + 1)].sum()) for year in range(len(months) // 12)]
    return over(sum(years[4:6]) / len(years[4:6]), years[0]) - 1 if len(years) >= 5 else math.nan


def _settled_at_base(run: Observed) -> float:
    parts = [
        float(run.months([f"{how}_{forum}" for how in SETTLED for forum in forums], is_before=True).sum())
        for forums in (("village", "township"), ("village", "township", "county"))
    ]
    return over(*parts)


def _not_kept(run: Observed) -> float:
    """Settled in name alone, of what courts have concluded as settled."""
    return 1 - over(run.before("durable_success_court"), run.before("recorded_success_court"))


def _persons_at_the_top(run: Observed) -> float:
    """Persons who come to the nation's office, per 1,000 residents a year."""
    persons = float(run.months([f"{what}_persons_nation" for what in REGISTERED], is_before=True).sum())
    petitions = float(run.months(_petitions(), is_before=True).sum())
    return over(persons, petitions) * run.before("petitions_per_1000")


def _letters_and_visits(run: Observed) -> float:
    """Change of registered petitions by letter and visit, of a month; after the reform of its first year."""
    late, early = (run.months(_petitions(("letter", "visit")), is_before) for is_before in (False, True))
    return over(float(late[:YEAR].mean()), float(early.mean())) - 1


def _new_suits(run: Observed) -> float:
    """Change of suits, the background stream included."""
    background = run.scenario.behaviour.court_background
    return over(run.after("suits") + background, run.before("suits") + background) - 1


def _settled_before_suit(run: Observed) -> float:
    """Recorded as settled before filing, over these and all new suits."""
    settled = run.after("prelitigation") * run.after("prelitigation_success")
    return over(settled, settled + run.after("suits") + run.scenario.behaviour.court_background)


_HELD_OUT = (
    _before("H1", "repeat_share", "share"),
    _before("H1", "sued_before_share", "share"),
    _before("H1", "skip_level_share", "share"),
    Statistic("H1", "online_share", "share", _channel_share("online")),
    Statistic("H1", "letter_share", "share", _channel_share("letter")),
    _before("H1", "top_tenth_share", "share"),
    _before("H1", "returning_share", "share"),
    Statistic("H1", "persons_nation", "1/1000/year", _persons_at_the_top),
    Statistic("H2", "spread_of_months", "ratio", _spread_of_months),
    Statistic("H2", "february", "ratio", _february),
    Statistic("H2", "long_run", "change", _long_run),
    _before("H3", "mediated_family_share", "share"),
    _before("H3", "mediated_neighbour_share", "share"),
    Statistic("H3", "settled_at_base", "share", _settled_at_base),
    _before("H3", "confirmed_share", "share"),
    _before("H3", "cases_per_mediator", "1/year"),
    _before("H3", "mediation_spread", "ratio"),
    _before("H4", "prelitigation_success", "share"),
    Statistic("H4", "not_kept_share", "share", _not_kept),
    _before("H5", "land_disputes", "1/1000/year"),
    _before("H5", "against_agency_share", "share"),
    Statistic("H6", "letters_and_visits", "change", _letters_and_visits),
    Statistic("H6", "new_suits", "change", _new_suits),
    Statistic("H6", "settled_before_suit", "share", _settled_before_suit),
    _after("H6", "accepted_at_county", "1/1000/year"),
    _after("H6", "received_at_county", "1/1000/year"),
)

STATISTICS: dict[str, Statistic] = {each.name: each for each in (*_FITTED, *_HELD_OUT)}
"""Every figure by its name, in the order of their patterns."""

FALL_OF_VISITS = "visits_province"
"""The change that the arithmetic of P2 and P3 rests on."""
