"""Phase 9, at the year's end: governments are scored, graded, rewarded, and adjust effort and concealment.

The one phase that sees all cities at once, and the one barrier between them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.government import EXCELLENT, GOOD, QUALIFIED, Government
from sim.compilation import compiled_once
from sim.ledger import CHANNELS, PETITION_LEVELS, event
from sim.province import Province
from sim.state import State

EXCELLENT_CITIES = 6 / 14
EXCELLENT_UNITS = 38 / 190
QUALIFIED_UNITS = 10 / 190
"""Quotas of the case: 6 of 14 cities and 38 of 190 units excellent, 10 units qualified, the others good."""

REWARD = {EXCELLENT: 1.0, GOOD: 0.6, QUALIFIED: 0.2}
"""One-off rewards in shares of the highest (amounts are not public: assumed)."""

_choose = Government.choose


def adjust(state: State, province: Province, behaviour: NDArray, share: float) -> None:
    """Every government moves a share of the way to the effort and concealment that pay under today's assessment."""
    counties, cities = len(province.counties), len(province.cities)
    for row in range(counties + cities + 1):
        city = int(province.counties["city"][row]) if row < counties else min(row - counties, cities - 1)
        levers = state.regimes[city][0]
        pressure = float(levers["pass_through"]) if row < counties else 1.0
        _choose(state.governments[row], pressure, levers, behaviour[0], share)


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if np.ptp(values) == 0:  # the standard deviation of equal values is rounding noise
        return np.zeros(len(values))
    return (values - values.mean()) / values.std()


def score(state: State, province: Province, first: int, last: int) -> NDArray[np.float64]:
    """Scores of counties and then cities over the ledger's months ``first`` to ``last`` (exclusive).

    Recorded petitions above the county (fewer is better) and real settlements, both per grievance raised so that
    harder places are not punished for being so, each standardised among units of the same level and weighted.
    """
    levers = state.regimes[0][0]
    counts = state.counts[:, first:last].sum(axis=(1, 2), dtype=np.int64)
    upward = [
        event(f"{what}_{channel}_{level}")
        for what in ("registered", "repeat_registered")
        for level in PETITION_LEVELS[1:]
        for channel in CHANNELS
    ]
    durable = range(event("durable_bilateral"), event("nominal_bilateral"))
    raised = counts[:, event("raised")]
    recorded = counts[:, upward].sum(axis=1)
    settled = counts[:, durable].sum(axis=1) + counts[:, event("settled_on_spot")]
    scores = []
    for unit in (np.arange(len(province.counties)), province.counties["city"]):
        units = int(unit.max()) + 1
        grievances = np.maximum(1.0, np.bincount(unit, raised, units))
        petitions = np.bincount(unit, recorded, units) / grievances
        real = np.bincount(unit, settled, units) / grievances
        weighted = float(levers["weight_resolution"]) * _standard(real)
        scores.append(weighted - float(levers["weight_recorded"]) * _standard(petitions))
    return np.concatenate(scores)


def grades(scores: NDArray[np.float64], excellent: float, qualified: float) -> NDArray[np.uint8]:
    """Grades by quota: a rank tournament, in which somebody is always excellent. Ties go to the lower row."""
    order = np.argsort(-scores, kind="stable")
    result = np.full(len(scores), GOOD, np.uint8)
    result[order[: int(excellent * len(scores) + 0.5)]] = EXCELLENT
    last = int(qualified * len(scores) + 0.5)
    if last:
        result[order[-last:]] = QUALIFIED
    return result


def assess(state: State, province: Province, behaviour: NDArray, adjustment: float, year: int) -> None:
    """The year-end assessment of year number ``year`` of the run, and what it books in the ledger."""
    counties, cities = len(province.counties), len(province.cities)
    scores = score(state, province, 12 * year, 12 * (year + 1))
    graded = np.concatenate(
        [
            grades(scores[:counties], EXCELLENT_UNITS, QUALIFIED_UNITS),
            grades(scores[counties:], EXCELLENT_CITIES, 0.0),
        ]
    )
    units = state.governments[: counties + cities]
    units["score"], units["grade"] = scores, graded
    units["reward"] = [REWARD[int(grade)] for grade in graded]
    adjust(state, province, behaviour, adjustment)
    of_cities = state.governments[counties : counties + cities]
    for column, name in enumerate(("effort", "concealment", "score", "grade")):
        state.government_years[:, year, column] = of_cities[name]
    learned = np.zeros((counties, state.trust.shape[2]), np.int64)
    _sum_learned(state.residents, state.villages, learned)
    state.trust[:, year] = learned / 100.0 / province.counties["population"][:, None]


@compiled_once
def _sum_learned(residents, villages, learned):
    """Adds up, by county, what residents have learned, in hundredths."""
    for v in range(len(villages)):
        village = villages[v]
        for r in range(village.first_resident, village.first_resident + village.population):
            for level in range(learned.shape[1]):
                learned[village.county, level] += residents[r].learned[level]
