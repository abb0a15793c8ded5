"""Phase 9, at the year's end: governments are surveyed, scored, graded, rewarded, and adjust effort and concealment.

The one phase that sees all cities at once, and the one barrier between them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.government import EXCELLENT, GOOD, QUALIFIED, UNGRADED, Government
from sim.ledger import CHANNELS, GOVERNMENT_FIGURES, PETITION_LEVELS, event
from sim.phases.survey import survey
from sim.province import Province
from sim.state import State

REWARD = {UNGRADED: 1.0, EXCELLENT: 1.0, GOOD: 0.6, QUALIFIED: 0.2}
"""One-off rewards in shares of the highest (amounts are not public: assumed); nobody has missed one before a grade."""

ROUNDING = 1e-12
"""Relative difference up to which figures of units are equal: a mean by residents of equal shares is off by less."""

_choose = Government.choose


def adjust(state: State, province: Province, behaviour: NDArray, share: float) -> None:
    """Every government moves a share of the way to the effort and concealment that pay under today's assessment.

    The province and the cities that have a government feel the pressure whole, counties what is passed through to them;
    who missed a reward last time strives the more.
    """
    counties, cities = len(province.counties), len(province.cities)
    for row in range(counties + cities + 1):
        city = int(province.counties["city"][row]) if row < counties else min(row - counties, cities - 1)
        levers = state.regimes[city][0]
        if row in range(counties, counties + cities) and not province.cities["city_tier"][city]:
            continue  # nobody governs there
        government = state.governments[row]
        pressure = float(levers["pass_through"]) if row < counties else 1.0
        missed = 1.0 - REWARD[int(government["grade"])]
        pressure *= 1.0 + float(behaviour[0]["striving"]) * float(levers["reward"]) * missed
        _choose(government, pressure, levers, behaviour[0], share)


def _standard(values: NDArray[np.float64], is_judged: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Standardised among the units that are judged; 0 for others, and for all when all are equal but for rounding."""
    standard, judged = np.zeros(len(values)), values[is_judged]
    if len(judged) and not np.isclose(judged.min(), judged.max(), rtol=ROUNDING, atol=0.0):
        standard[is_judged] = (judged - judged.mean()) / judged.std()
    return standard


def units_of(province: Province) -> tuple[tuple[NDArray[np.int64], NDArray[np.bool_]], ...]:
    """The unit that each county belongs to, itself and its city, and whether a government of each unit is judged.

    Where no government stands on the city's level the province assesses its counties directly.
    """
    counties = np.arange(len(province.counties))
    return (counties, np.ones(len(counties), np.bool_)), (
        province.counties["city"].astype(np.int64),
        province.cities["city_tier"],
    )


def score(
    state: State, province: Province, first: int, last: int, surveyed: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Scores of counties and then cities over the ledger's months ``first`` to ``last`` (exclusive).

    Petitions recorded above the county, as often as they are recorded there (fewer is better), real settlements per
    grievance raised, and surveyed satisfaction (``surveyed``, by county), each standardised among units of the same
    level and weighted. Petitions are judged per grievance raised, so that harder places are not punished for being
    so, or per resident.
    """
    levers = state.regimes[0][0]
    counts = state.counts[:, first:last].sum(axis=(1, 2), dtype=np.int64)
    upward = [
        event(f"{repeat}{record}_{channel}_{level}")
        for record, levels in (("registered", PETITION_LEVELS[1:]), ("recorded_twice", PETITION_LEVELS[1:-1]))
        for repeat in ("", "repeat_")
        for level in levels
        for channel in CHANNELS
    ]
    durable = range(event("durable_bilateral"), event("nominal_bilateral"))
    raised = counts[:, event("raised")]
    recorded = counts[:, upward].sum(axis=1)
    settled = counts[:, durable].sum(axis=1) + counts[:, event("settled_on_spot")]
    residents = province.counties["population"].astype(np.float64)
    scores = []
    for unit, is_judged in units_of(province):
        units = len(is_judged)
        grievances = np.maximum(1.0, np.bincount(unit, raised, units))
        people = np.bincount(unit, residents, units)
        petitions = np.bincount(unit, recorded, units) / (
            grievances if levers["difficulty_adjustment"] > 0.5 else people
        )
        real = np.bincount(unit, settled, units) / grievances
        content = np.bincount(unit, surveyed * residents, units) / people
        scores.append(
            float(levers["weight_resolution"]) * _standard(real, is_judged)
            + float(levers["weight_satisfaction"]) * _standard(content, is_judged)
            - float(levers["weight_recorded"]) * _standard(petitions, is_judged)
        )
    return np.concatenate(scores)


def vetoed(
    state: State, province: Province, behaviour: NDArray, first: int, last: int, surveyed: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Counties and then cities that trip a veto indicator: public safety, or the sense of safety.

    Of the five vetoes of the case these two have a mechanism here: mass incidents per resident, and surveyed
    satisfaction. Political security is out of scope, and two are not public.
    """
    incidents = state.counts[:, first:last, :, event("mass_incident")].sum(axis=(1, 2), dtype=np.int64)
    residents = province.counties["population"].astype(np.float64)
    years = (last - first) / 12
    trips = []
    for unit, is_judged in units_of(province):
        units = len(is_judged)
        people = np.bincount(unit, residents, units)
        rate = np.bincount(unit, incidents, units) * 100_000 / people / years
        content = np.bincount(unit, surveyed * residents, units) / people
        is_tripped = (rate > float(behaviour[0]["veto_incidents"])) | (
            content < float(behaviour[0]["veto_satisfaction"])
        )
        trips.append(is_tripped & is_judged)
    return np.concatenate(trips)


def grades(
    scores: NDArray[np.float64], excellent: float, qualified: float, is_vetoed: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Grades by quota: a rank tournament, in which somebody is always excellent. Ties go to the lower row.

    Who is vetoed is never excellent; the next in rank is instead, unless among the last, who are qualified only.
    """
    order = np.argsort(-scores, kind="stable")
    result = np.full(len(scores), GOOD, np.uint8)
    eligible = order[~is_vetoed[order]]
    result[eligible[: int(excellent * len(scores) + 0.5)]] = EXCELLENT
    last = int(qualified * len(scores) + 0.5)
    if last:
        result[order[-last:]] = QUALIFIED
    return result


def assess(state: State, province: Province, behaviour: NDArray, seed: int, year: int) -> None:
    """The year-end assessment of year number ``year`` of the run, and what it books in the ledger."""
    counties, cities = len(province.counties), len(province.cities)
    first, last = 12 * year, 12 * (year + 1)
    state.trust[:, year] = state.learned / 100.0 / province.counties["population"][:, None]
    state.survey[:, year] = survey(state, province, behaviour, seed, year)
    surveyed = state.survey[:, year, 1]
    levers = state.regimes[0][0]
    scores = score(state, province, first, last, surveyed)
    is_vetoed = vetoed(state, province, behaviour, first, last, surveyed) & (levers["veto"] > 0.5)
    of_counties, of_cities = np.arange(counties), counties + np.flatnonzero(province.cities["city_tier"])
    graded = np.full(counties + cities, UNGRADED)
    for rows, excellent, qualified in (
        (of_counties, float(levers["excellent_units"]), float(levers["qualified_units"])),
        (of_cities, float(levers["excellent_cities"]), 0.0),
    ):
        graded[rows] = grades(scores[rows], excellent, qualified, is_vetoed[rows])
    units = state.governments[: counties + cities]
    units["score"], units["grade"], units["is_vetoed"] = scores, graded, is_vetoed
    for rows in (of_counties, of_cities):
        units["reward"][rows] = [REWARD[int(grade)] for grade in graded[rows]]
    adjust(state, province, behaviour, float(behaviour[0]["effort_adjustment"]))
    names = {"vetoed": "is_vetoed"}
    for column, name in enumerate(GOVERNMENT_FIGURES):
        state.government_years[:, year, column] = units[counties:][names.get(name, name)]
