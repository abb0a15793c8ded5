"""A made-up search: dearer points settle more; one is dominated on fresh seeds and one misses a condition."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.command import Invocation
from experiments.design import Factor, Variation
from experiments.results.folder import Results
from experiments.statistics.thresholds import Threshold
from experiments.studies.optimise.plan import Optimisation
from experiments.studies.optimise.schema import Goal, OptimiseChoice, OptimiseConfig
from experiments.studies.optimise.search import Archive, spread
from experiments.studies.optimise.study import OptimisationResult, frames_of, objectives_of, violations_of
from sim.scenario import Scenario
from tests.experiments.report.made_up.kept import CITY, keep

LEVERS = (
    Factor("after.centre.coverage_township", low=0.0, high=1.0, unit="share"),
    Factor("after.centre.working_share", low=0.0, high=1.0, unit="share"),
    Factor("after.centre.intake", ("windows", "unified")),
    Factor("after.centre.whistle_response", low=0.0, high=1.0, unit="probability"),
    Factor("after.staff.mediators_township", low=1.0, high=12.0, unit="mediators"),
    Factor("after.grid.households_per_grid", low=100.0, high=500.0, unit="households"),
    Factor("after.petition.acceptance", ("loose", "strict")),
    Factor("after.petition.registration_county", low=0.0, high=1.0, unit="share"),
)
REFERENCE = np.array([0.3, 0.5, 0.0, 0.35, 0.2, 0.5, 0.0, 0.59])
GENERATIONS, POPULATION, FRESH = 12, 24, 10


def optimisation(folder: Path) -> Results:
    """Twelve generations that come nearer to what is good, and fourteen points measured anew."""
    choice = OptimiseChoice(
        name="cheapest_to_1_2_3",
        question={
            "en": "Which configurations come near 1 : 2 : 3 at what cost, settling no less, with an honest record?",
            "zh": "哪些配置能以怎样的成本接近1 : 2 : 3，同时化解不减少、台账保持真实？",
        },
        objectives={
            "cost_per_resident": Goal.low,
            "durable_resolution": Goal.high,
            "distance_to_target": Goal.low,
        },
        constraints={
            "durable_resolution": Threshold(no_worse_than_reference=True),
            "success_gap": Threshold(no_worse_than_reference=True),
            "distance_to_target": Threshold(at_most=0.28),
        },
        population=POPULATION,
        generations=GENERATIONS,
        fresh_replicates=FRESH,
        front_max=14,
    )
    config = OptimiseConfig(study=choice, province=CITY)
    study = Optimisation(config, Invocation("optimise"), LEVERS, Variation(Scenario(), None), Scenario())
    random = np.random.default_rng(13)
    points = random.random((GENERATIONS * POPULATION, len(LEVERS)))
    generations = np.repeat(np.arange(1, GENERATIONS + 1), POPULATION)
    drift = (generations / GENERATIONS)[:, None] ** 0.5
    points[:, [1, 2, 6, 7]] = 1 - (1 - points[:, [1, 2, 6, 7]]) * (1 - 0.8 * drift)  # what costs little and helps
    searched = _measured(points, 3, 1)
    reference = _measured(REFERENCE[None], 3, 2)
    archive = Archive(
        points,
        objectives_of(study, searched),
        violations_of(study, searched, {name: values[0] for name, values in reference.items()}),
        generations,
    )
    front = archive.front
    front = front[spread(archive.objectives[front], choice.front_max)]
    front = front[np.argsort(archive.objectives[front][:, 0])]
    fresh = _measured(points[front], FRESH, 3)
    found = OptimisationResult(
        study,
        archive,
        {name: values.mean(axis=1) for name, values in searched.items()},
        front,
        fresh,
        {name: values[0] for name, values in _measured(REFERENCE[None], FRESH, 4).items()},
    )
    return keep(folder, "optimise", study.as_dict(), frames_of(found), len(points) * 3)


def _measured(points: NDArray[np.float64], seeds: int, luck: int) -> dict[str, NDArray[np.float64]]:
    """Measures of points, by name, shape (points, seeds)."""
    random = np.random.default_rng([17, luck])
    coverage, working, unified, whistle, mediators, households, strict, registered = points.T
    durable = 0.58 + 0.07 * coverage * working * (0.4 + mediators) + 0.015 * unified + 0.03 * whistle
    durable = durable + 0.03 * (1 - households) - 0.004 * (strict > 0.5)
    cost = 24 + 5 * coverage + 16 * coverage * mediators + 14 * (1 - households) ** 2 + 3 * whistle
    distance = 0.2 + 0.5 * (strict < 0.5) + 0.9 * np.abs(registered - 0.97)
    shared = random.standard_normal((4, 1, seeds))
    own = random.standard_normal((4, len(points), seeds))
    luck_of = 0.7 * shared + 1.2 * own
    durable = durable[:, None] + 0.008 * luck_of[0]
    success = durable + 0.1
    recorded = 0.965 - 0.05 * working[:, None] + 0.001 * luck_of[1] + 0 * durable
    total = 30_000 * (1.5 - durable)
    distance = distance[:, None] + 0.03 * luck_of[2]
    return {
        "cost_per_resident": cost[:, None] * (1 + 0.01 * luck_of[3]),
        "durable_resolution": durable,
        "durable_per_10000": 300 * durable,
        "distance_to_target": distance,
        "success_gap": recorded - success,
        "recorded_success": recorded,
        "durable_success": success,
        "petitions_total": total,
        "petitions_province": total / (2 + 4 * np.exp(-distance)),
        "ratio_city_to_province": 2 - distance,
        "ratio_county_to_province": 3 - 2 * distance,
    }
