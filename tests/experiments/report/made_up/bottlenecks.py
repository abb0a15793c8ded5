"""Made-up bottlenecks: one pool is short in one of two places, one is idle, one is drowned in noise, one is nowhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.configuration.command import Invocation
from experiments.report.bottlenecks.stored import TABLES
from experiments.results.folder import Results
from experiments.runs.tables import frame_like
from experiments.studies.bottlenecks.effects import Rows, rows_of
from experiments.studies.bottlenecks.figures import KEPT, YearOfWork
from experiments.studies.bottlenecks.plan import Bottlenecks, pools_of
from experiments.studies.bottlenecks.schema import BottlenecksChoice, BottlenecksConfig
from sim.ledger import WORK_LEVELS
from sim.policy import Policy
from sim.scenario import ProvinceChoice
from tests.experiments.report.made_up.kept import keep, noise

BASES = {"status_quo": Policy(), "gansu_2019": Policy()}

GAINS = {
    "department_clerks": (0.0, 0.0),
    "petition_handlers": (20.0, 1.0),
    "prelitigation_mediators": (1.0, 30.0),
    "city_people": (0.0, 0.0),
}
"""What a post more settles in the first county, of two, and how much of it is luck, in both."""

SEEDS, WAGE, SLOTS = 6, 72_000.0, 10


def study() -> Bottlenecks:
    """Four pools under two bases that differ in name alone, in two counties of one city."""
    choice = BottlenecksChoice(
        question={"en": "Which pools are short?", "zh": "哪些力量不足？"}, bases=list(BASES), pools=list(GAINS)
    )
    config = BottlenecksConfig(study=choice, replicates=SEEDS, province=ProvinceChoice("gansu", [620302, 620321]))
    return Bottlenecks(config, Invocation("bottlenecks"), BASES, pools_of(choice.pools), None)


def rows(of: Bottlenecks) -> dict[str, Rows]:
    """What the study would store."""
    luck = {seed: 50 * float(noise(1, str(seed), 1)[0]) for seed in of.seeds}
    figures = {run.key: _year(3000 + luck[run.seed]) for runs in of.references.values() for run in runs}
    for (_, name, turn), runs in of.runs.items():
        gain, spread = GAINS[name]
        pool = next(pool for pool in of.pools if pool.name == name)
        own = spread * noise(turn, name, SEEDS)
        for run, mine in zip(runs, own.tolist(), strict=True):
            year = _year(3000 + luck[run.seed] + (gain if turn == 0 else 0) + mine)
            if not pool.is_of_city:
                slots = int(getattr(run.scenario.behaviour, pool.slots))
                year.work[turn, pool.column, 0] += year.days * slots
                year.cost[0] += WAGE
            figures[run.key] = year
    return rows_of(of, figures)


def _year(settled: float) -> YearOfWork:
    """Of each county 300 slots a level; handlers are at work for nearly all of their time, others for a fifth."""
    work = np.zeros((2, len(WORK_LEVELS), len(KEPT)))
    work[...] = (300 * 365, 60 * 365, 200, 400, 365, 0)
    work[:, WORK_LEVELS.index("petition")] = (300 * 365, 294 * 365, 400 * 45, 400, 50 * 365, 240)
    return YearOfWork(365, np.array([settled]), np.array([1e8]), work)


def bottlenecks(folder: Path) -> Results:
    """Their results."""
    found = study()
    made = rows(found)
    tables = {name: frame_like(declared.kinds, made[name]) for name, declared in TABLES.items()}
    runs = SEEDS * len(found.runs) + SEEDS * len(BASES)
    return keep(folder, "bottlenecks", found.as_dict(), tables, runs, BASES)
