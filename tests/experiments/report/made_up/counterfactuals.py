"""A made-up counterfactual: flows between fates in four counties, one of them so small that cells are merged."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.configuration.command import Invocation
from experiments.results.folder import Results
from experiments.runs.run import Run
from experiments.studies.counterfactual.fates import FATES, Fate
from experiments.studies.counterfactual.flows import Flows
from experiments.studies.counterfactual.schema import CounterfactualChoice, CounterfactualConfig
from experiments.studies.counterfactual.study import Pairs, frames_of
from sim.policy import Acceptance, Policy
from sim.scenario import Scenario
from tests.experiments.report.conftest import record
from tests.experiments.report.made_up.kept import CITY, keep

COUNTIES = {620702: 0.5, 620721: 0.3, 620724: 0.19, 620725: 0.01}
"""Codes with their share of all disputes."""

SEEDS = range(5)

STAYED = {"self": 9200, "grid": 800, "village": 2100, "township": 1500, "county": 600, "court": 1900, "petition": 700,
          "nominal": 3900, "gave_up": 7600, "open": 1300}  # fmt: skip
"""Disputes that ended at the same place under both policies."""

MOVED = {
    ("gave_up", "township"): 520, ("gave_up", "county"): 310, ("gave_up", "self"): 420, ("gave_up", "village"): 160,
    ("nominal", "township"): 260, ("nominal", "county"): 240, ("nominal", "gave_up"): 190, ("petition", "county"): 230,
    ("petition", "township"): 210, ("petition", "gave_up"): 170, ("court", "county"): 120, ("open", "county"): 90,
    ("village", "township"): 140, ("self", "gave_up"): 330, ("self", "township"): 150, ("township", "gave_up"): 80,
    ("township", "nominal"): 95, ("village", "nominal"): 60, ("county", "open"): 35, ("absent", "grid"): 45,
    ("grid", "absent"): 40, ("gave_up", "court"): 70, ("self", "petition"): 30, ("gave_up", "absent"): 25,
}  # fmt: skip
"""Disputes that ended elsewhere, from the policy before to the one after."""

AT_PROVINCE = {"petition": (0.5, 0.3), "gave_up": (0.06, 0.03), "nominal": (0.05, 0.03), "county": (0.01, 0.01)}
"""Shares that came before the province, by where they ended, under the policy before and the one after."""


def counterfactual(folder: Path) -> Results:
    """Both worlds of five replicates."""
    choice = CounterfactualChoice(
        question={
            "en": "Where do the disputes go that no longer come to the province?",
            "zh": "不再到省的纠纷去了哪里？",
        }
    )
    config = CounterfactualConfig(study=choice, replicates=len(SEEDS), province=CITY)
    study = Pairs(
        config, Invocation("counterfactual"), tuple(Run(Scenario(), seed, "0", Scenario()) for seed in SEEDS), {}
    )
    tables = frames_of({seed: _flows(seed) for seed in SEEDS})
    reform = Policy()
    reform.petition.acceptance = Acceptance.strict
    return keep(folder, "counterfactual", study.as_dict(), tables, len(SEEDS), {"a": Policy(), "b": reform})


def _flows(seed: int) -> Flows:
    random = np.random.default_rng([11, seed])
    means = np.zeros((FATES, FATES))
    for name, count in STAYED.items():
        means[Fate[name.upper()], Fate[name.upper()]] = count
    for (a, b), count in MOVED.items():
        means[Fate[a.upper()], Fate[b.upper()]] = count
    shares = np.zeros((2, FATES))
    for name, each in AT_PROVINCE.items():
        shares[:, Fate[name.upper()]] = each
    counts = random.poisson(np.array(list(COUNTIES.values()))[:, None, None] * means)
    table = counts.sum(axis=0)
    totals = [record(name, seed).monthly[12:].sum(axis=0) for name in ("status_quo", "gansu_2019")]
    return Flows(
        counts,
        random.binomial(table, shares[0][:, None]),
        random.binomial(table, shares[1][None, :]),
        np.array(list(COUNTIES)),
        np.stack(totals),
    )
