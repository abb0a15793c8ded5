"""A made-up robustness study: a reform that does well but where people are impatient and grievances many."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.configuration.command import Invocation
from experiments.results.folder import Results
from experiments.statistics.thresholds import Threshold
from experiments.studies.robustness.plan import Future, Robustness
from experiments.studies.robustness.schema import RobustnessChoice, RobustnessConfig
from experiments.studies.robustness.scores import GROUPS, Scores
from experiments.studies.robustness.study import frames_of
from sim.policy import Acceptance, CentreLevers, Intake, PetitionLevers, Policy
from sim.stress import Stress
from tests.experiments.report.made_up.kept import CITY, keep, noise

GAINS = {"status_quo": 0.0, "gansu_2019": 0.05, "one_stop": 0.015, "grid_first": 0.03, "rule_and_register": -0.004}
"""What each policy adds to durable settlement where nothing is in its way."""

DISTANCES = {"status_quo": 0.75, "gansu_2019": 0.2, "one_stop": 0.7, "grid_first": 0.66, "rule_and_register": 0.16}
"""How far from 1 : 2 : 3 each leaves the ratio."""

STRESSES = {
    "none": Stress(),
    "demand_shock": Stress(demand_shock=0.2),
    "staff_cut": Stress(staff_lost=0.5),
    "lockdown": Stress(lockdown=1),
}
HARM = {"none": 0.0, "demand_shock": 0.02, "staff_cut": 0.08, "lockdown": 0.01}

POLICIES = dict.fromkeys(GAINS, Policy()) | {
    "gansu_2019": Policy(petition=PetitionLevers(acceptance=Acceptance.strict)),
    "one_stop": Policy(centre=CentreLevers(intake=Intake.unified)),
}
"""Of two of them no price says what all they move costs."""

PEOPLE, REPLICATES = 40, 3


def robustness(folder: Path) -> Results:
    """Five policies, forty sets of assumptions about people, with and without three stresses."""
    choice = RobustnessChoice(
        name="whichever_future",
        question={
            "en": "Which policy is good enough in whichever future, and when does the reform fail?",
            "zh": "无论未来如何，哪种政策都足够好？改革在什么情况下会失败？",
        },
        policies=list(GAINS),
        stresses=list(STRESSES),
        futures=PEOPLE,
        thresholds={
            "durable_resolution": Threshold(at_least=0.59),
            "distance_to_target": Threshold(at_most=0.4),
            "worst_group_resolution": Threshold(no_worse_than_reference=True),
        },
        discover="gansu_2019",
        measures=["durable_resolution", "recorded_success", "petitions_total", "cost_per_durable"],
    )
    random = np.random.default_rng(5)
    people = [
        {"patience": 5 + 35 * a, "trust_mean": 0.2 + 0.6 * b, "relapse_rate": 2.5 * c}
        for a, b, c in random.random((PEOPLE, 3))
    ]
    futures = tuple(
        Future(f"f{number:02}", values, stress, tuple(range(number, number + REPLICATES)))
        for stress in STRESSES
        for number, values in enumerate(people, 1)
    )
    config = RobustnessConfig(study=choice, replicates=REPLICATES, province=CITY)
    study = Robustness(config, Invocation("robustness"), POLICIES, STRESSES, futures, None)
    tables = frames_of(Scores(study, _values(study)))
    return keep(folder, "robustness", study.as_dict(), tables, len(GAINS) * len(futures) * REPLICATES)


def _values(study: Robustness) -> dict[str, np.ndarray]:
    """By measure a table of shape (policies, futures, replicates)."""
    durable = np.empty((len(GAINS), len(study.futures), REPLICATES))
    distance = np.empty_like(durable)
    for row, policy in enumerate(GAINS):
        for column, future in enumerate(study.futures):
            people = future.values
            haste = max(0.0, 1 - people["patience"] / 16)
            gain = GAINS[policy] - 0.15 * haste * (policy == "gansu_2019")
            level = 0.6 + 0.1 * people["trust_mean"] - 0.02 * people["relapse_rate"] - HARM[future.stress]
            luck = noise(row, future.name, REPLICATES)
            durable[row, column] = level + gain + 0.004 * noise(0, future.name, REPLICATES) + 0.004 * luck
            distance[row, column] = np.abs(DISTANCES[policy] + 0.3 * haste + 0.03 * luck)
    groups = {name: np.full_like(durable, np.nan) for name in GROUPS}
    for name, gap in {
        "urban": 0.02,
        "rural": -0.03,
        "income_low": -0.045,
        "income_high": 0.05,
        "migrant": -0.04,
    }.items():
        groups[f"resolution_{name}"] = durable + gap * (1 + noise(1, name, durable.shape[1])[:, None] / 5)
    return groups | {
        "durable_resolution": durable,
        "recorded_success": 0.95 + 0.02 * distance + 0.05 * (0.64 - durable),
        "petitions_total": 60_000 * (1 - durable) * (2 - distance),
        "cost_per_durable": 2400 / durable * (1 + 4 * np.abs(list(GAINS.values()))[:, None, None]),
        "distance_to_target": distance,
        "worst_group_resolution": durable - 0.045,
    }
