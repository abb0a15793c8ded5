"""What the census says of the people of a county: residents, households and covariates."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.province.making.sources import Row, Sources, number

Figures = dict[str, float]
"""Columns of a row of counties.csv or cities.csv; NaN where unknown."""

SHARES = {
    "movers_within_county": ("movers_within_county", "population"),
    "movers_within_province": ("movers_within_province", "population"),
    "movers_from_other_provinces": ("movers_from_other_provinces", "population"),
    "agriculture": ("workers_agriculture", "workers_long_form"),
    "mining": ("workers_mining", "workers_long_form"),
    "manufacturing": ("workers_manufacturing", "workers_long_form"),
    "construction": ("workers_construction", "workers_long_form"),
    "trade": ("workers_trade", "workers_long_form"),
    "transport": ("workers_transport", "workers_long_form"),
    "real_estate": ("workers_real_estate", "workers_long_form"),
    "health": ("workers_health", "workers_long_form"),
    "married": ("married_15_plus_long_form", "population_15_plus_long_form"),
    "divorced": ("divorced_15_plus_long_form", "population_15_plus_long_form"),
    "cars": ("households_with_car", "households_long_form"),
    "lifts": ("households_with_lift", "households_long_form"),
    "bought_flats": ("households_bought", "households_long_form"),
}
"""Covariates that are one column of the census over another."""

MEANS = {"schooling": "mean_years_of_schooling", "aged_65": "age_65_plus_share"}
"""Covariates that are a column of the census."""

DIGITS = 6
"""Decimals of covariates and household sizes."""


def _number(row: Row, column: str) -> float:
    return number(row, column, "census/county_2020.csv")


def figures_of(rows: Sequence[Row]) -> Figures:
    """Residents, urban share, household size and covariates of the people of one or several rows together."""

    def total(column: str) -> float:
        return math.fsum(_number(row, column) for row in rows)

    def quotient(over: str, under: str, digits: int = DIGITS) -> float:
        below = total(under) if rows else math.nan
        share = total(over) / below if below > 0 else math.nan
        return round(share, digits) if math.isfinite(share) else math.nan

    people = total("population") if rows else math.nan
    found = {
        "population": people,
        "urban_share": quotient("urban_population", "population", 10),
        "household_size": quotient("family_household_population", "family_households"),
    }
    for name, (over, under) in SHARES.items():
        share = quotient(over, under)
        found[name] = min(share, 1.0) if math.isfinite(share) else math.nan
    for name, column in MEANS.items():
        weighed = math.fsum(_number(row, column) * _number(row, "population") for row in rows)
        found[name] = round(weighed / people, DIGITS) if people > 0 and math.isfinite(weighed) else math.nan
    return found


def figures_of_counties(sources: Sources, counties: Sequence[str], villages: dict[str, int]) -> dict[str, Figures]:
    """Figures by county of the codes; ``villages`` counts the village-level units of every county of the country.

    Counties that name the same rows of the census share their residents by their numbers of villages.
    """
    named: dict[str, list[str]] = {}
    for crossed, matched in sources.crosswalk.items():
        named.setdefault(matched["census"], []).append(crossed)
    found = {}
    for code in counties:
        row = sources.crosswalk.get(code)
        census = row["census"] if row else code
        rows = [sources.census[each] for each in census.split("+") if each in sources.census]
        figures = figures_of(rows)
        sharers = named.get(census, [code])
        if len(sharers) > 1 and rows:
            figures["population"] = _shared(code, sharers, round(figures["population"]), villages)
        if row and row["population"] == "rest":
            figures["population"] = math.nan
        if math.isnan(figures["population"]):
            figures["urban_share"] = math.nan
        found[code] = figures
    return found


def _shared(code: str, sharers: Sequence[str], total: int, villages: dict[str, int]) -> float:
    """What one of several counties has of a total, by villages, the last what is left."""
    whole = sum(villages[each] for each in sharers)
    ordered = sorted(sharers)
    parts = [total * villages[each] // whole for each in ordered[:-1]]
    return float([*parts, total - sum(parts)][ordered.index(code)])


def city_figures(sources: Sources, city: str, counties: dict[str, Figures]) -> Figures:
    """Figures of a city: its own row of the census, or nothing where all its counties have theirs and it has none.

    A row of the census that is less than its counties together (a typing error) is left out.
    """
    row = sources.census.get(f"{city}00")
    known = [each["population"] for each in counties.values()]
    is_whole = all(math.isfinite(each) for each in known)
    if row is None or (is_whole and sum(known) != _number(row, "population")):
        return figures_of([])
    figures = figures_of([row])
    return {name: figures[name] for name in ("population", "urban_share", "household_size")}
