"""The model reduced to single queues, against theory.

Weights of the choice at zero and constants far apart make everybody either leave it or go to the village mediator,
grid workers notice nobody, and everything brought there is settled for good: every village with one mediator of one
slot is then an M/G/1 queue. Service is the product of complexity (uniform on ½ to 1½) and an exponential number, so
its squared coefficient of variation is 2 · 13/12 − 1 = 7/6, and the Pollaczek–Khinchine formula gives the mean wait:
Wq = ρ E[S] (1 + cv²) / (2 (1 − ρ)). Whole days leave that formula unchanged: a batch a day of a Poisson number of
arrivals adds to the wait exactly what counting service in whole days takes away.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.agents.dispute_kind import KINDS
from sim.behaviour import Behaviour, ServiceOutcomes
from sim.ledger import WORK_FIGURES, WORK_LEVELS
from sim.model import run
from sim.policy import GridLevers, Policy, StaffLevers
from sim.province import Setting, load_province
from sim.scenario import Calendar, ProvinceChoice, Scenario
from tests.neutral import NEUTRAL

SEEDS = range(100)
MEAN_SERVICE = 8.0
SQUARED_VARIATION = 2 * 13 / 12 - 1
Z = 4.0

NO_WEIGHTS = {field.name: 0.0 for field in fields(Behaviour) if field.name.startswith("weight_")}
NOWHERE = {f"constant_{forum}": -8.0 for forum in ("township", "county", "court", "petition")}
BEHAVIOUR = replace(
    NEUTRAL,
    **NO_WEIGHTS,
    **NOWHERE,
    constant_bilateral=-3,
    constant_village=-1,
    constant_nation=-4,
    petition_against_organisation=0,
    petition_against_agency=0,
    grievances=40,
    rate_headroom=1.0,
    services=ServiceOutcomes(service_grievance=0),
    disclosure=0,
    mediation_days_village=MEAN_SERVICE,
    service_shape=1,
    slots_village=1,
    skill_speed=0,
    effort_speed=0,
    party_refuses=0,
    intercept_mediation=4,
    settle_severity=0,
    settle_age=0,
    settle_power=0,
    settle_near=2,
    nominal_share=0.95,
    relapse_rate=0,
    reactivation=0,
)
KEPT = Policy(
    staff=StaffLevers(mediators_village=0.01),  # one in every village
    grid=GridLevers(reporting_minutes=0),
)
SCENARIO = Scenario(
    province=ProvinceChoice("tiny"),
    calendar=Calendar(start="2015-01-01", end="2019-12-31", reform="2016-01-01", measures="2016-01-01"),
    before=KEPT,
    after=KEPT,
    behaviour=BEHAVIOUR,
)


def theory(service: float = MEAN_SERVICE) -> tuple[float, float]:
    """Mean wait of a case in days, and the share of slot-days that are busy, over all villages."""
    scale = BEHAVIOUR.nest_scale
    none_or_talk = (1 + np.exp(BEHAVIOUR.constant_bilateral / scale)) ** scale
    village = np.exp(BEHAVIOUR.constant_village)
    goes = village / (none_or_talk + village)
    villages = load_province("tiny", ()).villages
    protected = (KINDS["share"] * KINDS["violent"][:, None]).sum(axis=0)[
        (villages["setting"] == Setting.COMMUNITY).astype(int)
    ]
    arrivals = villages["population"] * BEHAVIOUR.grievances / 1000 / 365 * (1 - protected) * goes
    load = arrivals * service
    assert load.max() < 0.85
    wait = load * service * (1 + SQUARED_VARIATION) / (2 * (1 - load))
    return float(np.average(wait, weights=arrivals)), float(load.mean())


@pytest.fixture(scope="module")
def measured() -> np.ndarray:
    """Mean wait and busy share of every seed over the years 2016 to 2019, shape (seeds, 2)."""
    rows = []
    for seed in SEEDS:
        work = run(SCENARIO, seed).window("2016-01", "2019-12").work[:, :, WORK_LEVELS.index("village")]
        figures = dict(zip(WORK_FIGURES, work.sum(axis=(0, 1)), strict=True))
        rows.append((figures["wait_days"] / figures["started"], figures["busy_days"] / figures["slot_days"]))
    return np.array(rows)


def test_the_mean_wait_is_that_of_theory(measured):
    expected, _ = theory()
    error = measured[:, 0].std(ddof=1) / np.sqrt(len(measured))
    assert error < 0.06 * expected  # enough replications to see something
    assert abs(measured[:, 0].mean() - expected) < Z * error
    # Service of a fixed length, or a fifth more work, must be rejected, or this test sees nothing.
    assert abs(measured[:, 0].mean() - expected / (1 + SQUARED_VARIATION)) > Z * error
    assert abs(measured[:, 0].mean() - theory(1.2 * MEAN_SERVICE)[0]) > Z * error


def test_mediators_are_busy_for_the_load_they_get(measured):
    _, expected = theory()
    error = measured[:, 1].std(ddof=1) / np.sqrt(len(measured))
    assert error < 0.02 * expected
    assert abs(measured[:, 1].mean() - expected) < Z * error


def test_longer_service_waits_disproportionately_longer():
    """With half the service the same people wait far less than half as long."""
    half = replace(SCENARIO, behaviour=replace(BEHAVIOUR, mediation_days_village=MEAN_SERVICE / 2))
    waits = []
    for scenario in (SCENARIO, half):
        work = run(scenario, 1).work[:, :, WORK_LEVELS.index("village")].sum(axis=(0, 1))
        waits.append(work[WORK_FIGURES.index("wait_days")] / work[WORK_FIGURES.index("started")])
    assert 0 < waits[1] < 0.4 * waits[0]
