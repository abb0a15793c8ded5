"""Phase 9, at the year's end: governments are surveyed, scored, graded, rewarded, and adjust effort and concealment.

The one phase that sees all cities at once, and the one barrier between them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.government import EXCELLENT, GOOD, QUALIFIED, UNGRADED, Government
from sim.county_profile import ratios
from sim.ledger import CHANNELS, GOVERNMENT_FIGURES, PETITION_LEVELS, event
from sim.phases.compete import prizes_of, worth_of_effort, worth_of_prevention
from sim.phases.survey import survey
from sim.policy import REWARD
from sim.province import Province
from sim.state import State

ROUNDING = 1e-12
"""Relative difference up to which figures of units are equal: a mean by residents of equal shares is off by less."""

_choose = Government.choose


def adjust(state: State, province: Province, behaviour: NDArray, share: float) -> None:
    """Every government moves a share of the way to the effort and concealment that pay under today's assessment.

    The province and the cities that have a government feel the pressure whole, counties what is passed through to them;
    counties compete among each other for grades, and so do cities.
    """
    counties, cities = len(province.counties), len(province.cities)
    prizes, hidden = competition(state, province, behaviour)
    for row in range(counties + cities + 1):
        city = int(province.counties["city"][row]) if row < counties else min(row - counties, cities - 1)
        levers = state.regimes[city][0]
        if row in range(counties, counties + cities) and not province.cities["city_tier"][city]:
            continue  # nobody governs there
        government = state.governments[row]
        pressure = float(levers["pass_through"]) if row < counties else 1.0
        _choose(government, pressure, prizes[row], hidden[row], levers, behaviour[0], share)


def competition(
    state: State, province: Province, behaviour: NDArray
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the competition for grades adds to the worth of work and of hiding, by government; 0 for the province.

    Work pays as far as a better score does, and hiding as far as the score is a register's. Where a veto is in force
    mass incidents count as well, whether they are prevented or not written down.
    """
    levers, governments = state.regimes[0][0], state.governments
    prizes, hidden = np.zeros(len(governments)), np.zeros(len(governments))
    weights = [float(levers[f"weight_{name}"]) for name in ("recorded", "resolution", "satisfaction")]
    of_register = weights[0] / sum(weights) if weights[0] > 0.0 else 0.0
    reward, people = float(levers["reward"]), province.counties["population"].astype(np.float64)
    for rows, unit, excellent, qualified in judged(province, levers):
        units = governments[rows]
        worth = worth_of_effort(
            units["score"],
            bool((units["grade"] != UNGRADED).any()),
            excellent,
            qualified,
            reward,
            float(behaviour[0]["assessment_luck"]),
        )
        spared = np.zeros(len(rows))
        if levers["veto"] > 0.5:
            residents = np.bincount(unit, people, len(governments))[rows]
            spared = worth_of_prevention(units["incidents"], residents, float(behaviour[0]["veto_incidents"]), reward)
        prizes[rows], hidden[rows] = worth + spared, of_register * worth + spared
    return prizes, hidden


def judged(
    province: Province, levers: NDArray
) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64], float, float], ...]:
    """Rows of the governments that compete, counties and then cities; the row that each county belongs to; the quotas
    of excellent and of qualified ones."""
    counties = np.arange(len(province.counties))
    cities = len(counties) + np.flatnonzero(province.cities["city_tier"])
    return (
        (counties, counties, float(levers["excellent_units"]), float(levers["qualified_units"])),
        (cities, len(counties) + province.counties["city"].astype(np.int64), float(levers["excellent_cities"]), 0.0),
    )


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
    level and weighted. Petitions are judged per resident, and beside those of places with people alike if harder places
    are not to be punished for being so.
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
    durable = [*range(event("durable_bilateral"), event("nominal_bilateral"))]
    durable += [event("settled_on_spot"), event("police_durable")]
    raised = counts[:, event("raised")]
    recorded = counts[:, upward].sum(axis=1)
    settled = counts[:, durable].sum(axis=1)
    residents = province.counties["population"].astype(np.float64)
    scores = []
    for unit, is_judged in units_of(province):
        units = len(is_judged)
        grievances = np.maximum(1.0, np.bincount(unit, raised, units))
        people = np.bincount(unit, residents, units)
        petitions = np.bincount(unit, recorded, units) / people
        if levers["difficulty_adjustment"] > 0.5 and is_judged.sum() >= 2 * UNITS_A_NUMBER:
            petitions[is_judged] = residuals(petitions[is_judged], difficulty(province, unit, units)[is_judged])
        real = np.bincount(unit, settled, units) / grievances
        content = np.bincount(unit, surveyed * residents, units) / people
        scores.append(
            float(levers["weight_resolution"]) * _standard(real, is_judged)
            + float(levers["weight_satisfaction"]) * _standard(content, is_judged)
            - float(levers["weight_recorded"]) * _standard(petitions, is_judged)
        )
    return np.concatenate(scores)


DIFFICULTY = ("urban", "schooling", "movers", "agriculture")
"""What is known of a place that petitions depend on, in the order in which it is taken into account."""

UNITS_A_NUMBER = 4
"""Units that are needed for every number that is estimated of them (assumed)."""


def difficulty(province: Province, unit: NDArray[np.int64], units: int) -> NDArray[np.float64]:
    """What is known of each unit's people (``DIFFICULTY``), means by residents, shape (units, covariates)."""
    whole = province.whole
    here = np.searchsorted(whole.codes, province.counties["code"])
    known = {**ratios(whole), "urban": whole.urban / (whole.rural + whole.urban)}
    people = province.counties["population"].astype(np.float64)
    total = np.bincount(unit, people, units)
    columns = [np.bincount(unit, known[name][here] * people, units) / np.maximum(total, 1.0) for name in DIFFICULTY]
    return np.stack(columns, axis=1)


def residuals(values: NDArray[np.float64], covariates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values less what a straight line through them says of units with such covariates, to nine digits of their
    spread; as they are where there are too few units for a line."""
    spread = values.std()
    usable = covariates[:, covariates.std(axis=0) > ROUNDING][:, : max(0, len(values) // UNITS_A_NUMBER - 1)]
    if usable.shape[1] == 0 or spread == 0.0:
        return values
    centred = (usable - usable.mean(axis=0)) / usable.std(axis=0)
    standard = (values - values.mean()) / spread
    return np.round(standard - centred @ np.linalg.lstsq(centred, standard)[0], 9) * spread


def vetoed(
    state: State, province: Province, behaviour: NDArray, first: int, last: int, surveyed: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Counties and then cities that trip a veto indicator: public safety, or the sense of safety.

    Of the five vetoes of the case these two have a mechanism here: recorded mass incidents per resident, and surveyed
    satisfaction. Political security is out of scope, and two are not public.
    """
    recorded = np.split(recorded_incidents(state, province, first, last), [len(province.counties)])
    residents = province.counties["population"].astype(np.float64)
    years = (last - first) / 12
    trips = []
    for (unit, is_judged), incidents in zip(units_of(province), recorded, strict=True):
        units = len(is_judged)
        people = np.bincount(unit, residents, units)
        rate = incidents * 100_000 / people / years
        content = np.bincount(unit, surveyed * residents, units) / people
        is_tripped = (rate > float(behaviour[0]["veto_incidents"])) | (
            content < float(behaviour[0]["veto_satisfaction"])
        )
        trips.append(is_tripped & is_judged)
    return np.concatenate(trips)


def recorded_incidents(state: State, province: Province, first: int, last: int) -> NDArray[np.float64]:
    """Mass incidents of counties and then cities as written down: less what each unit's government conceals."""
    counties = len(province.counties)
    incidents = state.counts[:, first:last, :, event("mass_incident")].sum(axis=(1, 2), dtype=np.int64)
    true = [np.bincount(unit, incidents, len(is_judged)) for unit, is_judged in units_of(province)]
    shown = 1.0 - state.governments["concealment"][: counties + len(province.cities)]
    return np.concatenate(true) * shown


def grades(
    scores: NDArray[np.float64], excellent: float, qualified: float, is_vetoed: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Grades by quota: a rank tournament, in which somebody is always excellent. Ties go to the lower row.

    Who is vetoed is never excellent; the next in rank is instead, unless among the last, who are qualified only.
    """
    order = np.argsort(-scores, kind="stable")
    result = np.full(len(scores), GOOD, np.uint8)
    eligible = order[~is_vetoed[order]]
    result[eligible[: prizes_of(excellent, len(scores))]] = EXCELLENT
    last = prizes_of(qualified, len(scores))
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
    units = state.governments[: counties + cities]
    units["score"], units["is_vetoed"] = scores, is_vetoed
    units["incidents"] = recorded_incidents(state, province, first, last)
    for rows, _, excellent, qualified in judged(province, levers):
        graded = grades(scores[rows], excellent, qualified, is_vetoed[rows])
        units["grade"][rows], units["reward"][rows] = graded, np.array(REWARD)[graded]
    adjust(state, province, behaviour, float(behaviour[0]["effort_adjustment"]))
    names = {"vetoed": "is_vetoed"}
    for column, name in enumerate(GOVERNMENT_FIGURES):
        state.government_years[:, year, column] = units[counties:][names.get(name, name)]
