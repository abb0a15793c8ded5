"""How much place matters, as measured: ``python -m bench.places [SEEDS [PROVINCES' SEEDS]]`` prints Markdown tables.

A figure of a year differs between places for two reasons: the places are not alike, and a year is a draw. Several years
drawn for the same places (seeds) tell the two apart: the standard deviation within places is chance, that between the
means of places, less what chance leaves in them, is place.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from experiments.configuration.schema import ExecutorChoice
from experiments.runs.execute import Parts, carry_out
from experiments.runs.nation import nation_of, parts_of
from experiments.runs.run import Outcome, Run, runs_of
from petition_pyramid import scenario
from sim.ledger import Ledger
from sim.measures import MEASURES
from sim.model import run_branches
from sim.province import Setting, load_province
from sim.scenario import Scenario

FIGURES = ("durable_resolution", "petitions_per_1000", "recorded_success")
SETTINGS = ("province=gansu", "after=gansu_2019", "calendar.end=2019-12-31")
YEAR = ("2018-01", "2018-12")


class Spread(NamedTuple):
    """Standard deviations of one year's figure: between places as seen, by chance, and of the places themselves."""

    seen: float
    chance: float
    place: float


def spread_of(values: NDArray[np.float64]) -> Spread:
    """Of figures by seed and place, shape (seeds, places)."""
    chance = float(np.sqrt(values.var(axis=0, ddof=1).mean()))
    seen = float(np.sqrt(values.var(axis=1, ddof=1).mean()))
    return Spread(seen, chance, float(np.sqrt(max(0.0, seen**2 - chance**2))))


def county_figures(world: Scenario, seeds: Sequence[int]) -> dict[str, NDArray[np.float64]]:
    """Figures of the year before the reform by seed and county."""
    found: dict[str, list[list[float]]] = {name: [] for name in FIGURES}
    for seed in seeds:
        (ledger,) = run_branches([world], seed, threads=2)
        for name, values in by_row(ledger).items():
            found[name].append(values)
    return {name: np.array(rows) for name, rows in found.items()}


def by_row(ledger: Ledger) -> dict[str, list[float]]:
    """Every figure of every county (of the nation: province) in the year."""
    year = ledger.window(*YEAR)
    rows = [year.of_counties([row]) for row in range(len(year.county_codes))]
    return {name: [MEASURES[name].value(row, row) for row in rows] for name in FIGURES}


def province_figures(world: Scenario, seeds: Sequence[int]) -> dict[str, NDArray[np.float64]]:
    """Figures of the year before the reform by seed and province of the nation."""
    runs, parts = runs_of(world, seeds), Parts()

    def keep(run: Run, outcome: Outcome) -> None:
        if outcome.record is None:
            raise SystemExit(outcome.error)

    carry_out(runs, ExecutorChoice(), keep, parts=parts)
    ledgers = [nation_of(parts.read(part.key) or b"" for part in parts_of(run)) for run in runs]
    rows = [by_row(ledger) for ledger in ledgers]
    return {name: np.array([row[name] for row in rows]) for name in FIGURES}


def worlds() -> dict[str, Scenario]:
    """The world as it is, and the same with one thing less or more that differs between counties."""
    base = scenario(*SETTINGS)
    plain = base.behaviour
    alike = replace(plain.counties, **{name: 0.0 for name in vars(plain.counties)})
    luck = {"spread_grievances": 0.2, "spread_mediation": 0.3, "spread_registration": 0.3}

    def with_people(**changes: object) -> Scenario:
        return replace(base, behaviour=replace(plain, **changes))  # type: ignore[arg-type]

    return {
        "as it is": base,
        "counties alike but for numbers, setting and hours": with_people(counties=alike),
        "hours make no difference, too": with_people(counties=alike, weight_travel=0.0),
        **{
            f"as it is, and {name} {value:g}": with_people(counties=replace(plain.counties, **{name: value}))
            for name, value in luck.items()
        },
    }


def correlations(values: dict[str, NDArray[np.float64]]) -> list[list[str]]:
    """Rank correlations of counties' mean figures with what their rows say."""
    province = load_province("gansu")
    villages, counties = province.villages, province.counties
    people = np.bincount(villages["county"], villages["population"])
    urban = np.bincount(villages["county"], villages["population"] * (villages["setting"] == Setting.COMMUNITY))
    columns = {
        "residents": counties["population"],
        "urban share": urban / people,
        "hours to the county seat": np.bincount(villages["county"], villages["population"] * villages["hours_county"])
        / people,
        "hours to the capital": np.bincount(villages["county"], villages["population"] * villages["hours_province"])
        / people,
        "household size": people / np.bincount(villages["county"], villages["households"]),
        **{name.replace("_", " "): column for name, column in province.whole.covariates.items()},
    }
    return [
        [name, *(f"{spearmanr(column, values[figure].mean(axis=0)).statistic:+.2f}" for figure in FIGURES)]
        for name, column in columns.items()
    ]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(name: str, spread: Spread) -> list[str]:
    factor = 100.0 if MEASURES[name].unit == "share" else 1.0
    return [f"{factor * value:.2f}" for value in spread]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; returns 0."""
    given = sys.argv[1:] if arguments is None else arguments
    seeds = range(int(given[0]) if given else 6)
    header = ["counties of Gansu", "figure", "SD seen", "of chance", "of place"]
    rows = []
    for label, world in worlds().items():
        values = county_figures(world, seeds)
        rows += [[label, name, *_shown(name, spread_of(figures))] for name, figures in values.items()]
        if label == "as it is":
            ranks = correlations(values)
    print(_table(header, rows), _table(["rank correlation with", *FIGURES], ranks), sep="\n\n", flush=True)
    if seeds_of_nation := range(int(given[1]) if len(given) > 1 else 2):
        values = province_figures(scenario("province=china", "after=status_quo"), seeds_of_nation)
        rows = [["31 provinces", name, *_shown(name, spread_of(figures))] for name, figures in values.items()]
        print("", _table(["provinces", *header[1:]], rows), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
