"""Chance: what users of simulation packages met who wanted a run again, tried here."""

from __future__ import annotations

import copy
import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import petition_pyramid as pp
from sim.errors import InputError
from sim.ledger import Ledger
from sim.model import GovernanceModel
from tests.experiments.conftest import SHORT
from tests.situations.situation import situation

ROOT = Path(__file__).parents[2]
ONE_WORKER = "executor.workers=1"
DAYS = 40


@pytest.fixture(scope="module")
def short() -> pp.Scenario:
    """Two years of the tiny province, reformed after the first."""
    return pp.scenario(*SHORT, "after=gansu_2019")


@pytest.fixture(scope="module")
def four(short: pp.Scenario) -> pp.Simulation:
    """Seeds 0 to 3."""
    return pp.simulate(short, "replicates=4", "executor.workers=2")


def ran(scenario: pp.Scenario, days: int = DAYS, seed: int = 1) -> GovernanceModel:
    """A model after some days."""
    model = GovernanceModel(scenario, seed)
    model.run_for(days)
    return model


def same(one: Ledger, other: Ledger) -> bool:
    """Whether two ledgers hold the same events, to the byte."""
    return one.counts.tobytes() == other.counts.tobytes() and one.trust.tobytes() == other.trust.tobytes()


@situation(
    "chance and reproducing",
    "mesa/mesa#2841",
    "one seed and ten iterations of a batch: all ten were the same run",
    "replicates have seeds of their own, told in the table, and differ",
)
@situation(
    "chance and reproducing",
    "gama-platform/gama.old#2184",
    "repeated a batch with the seed not kept and got the same seed each time",
    "every replicate has the next seed",
)
def test_replicates_differ(four: pp.Simulation) -> None:
    frame = four.frame()
    assert list(frame["seed"]) == [0, 1, 2, 3]
    assert frame["presented_total"].nunique() == 4


@situation(
    "chance and reproducing",
    "kingaa/pomp#81",
    "could not get one run of a batch again without the whole batch",
    "a seed alone gives the same bytes as in a batch",
)
def test_one_replicate_alone_is_the_one_of_the_batch(short: pp.Scenario, four: pp.Simulation) -> None:
    alone = pp.simulate(short, "seed=2", ONE_WORKER)
    assert alone.records[0].to_bytes() == four.records[2].to_bytes() != four.records[1].to_bytes()


@situation(
    "chance and reproducing",
    "starsimhub/covasim#373",
    "the same seed, another vaccination: runs differed before it began",
    "policies that begin at the reform leave every month before it as it was",
)
def test_nothing_before_the_reform_depends_on_it(short: pp.Scenario, four: pp.Simulation) -> None:
    other = pp.simulate(short.vary({"after": short.before}), "replicates=4", "executor.workers=2")
    years = [[months[months["month"].astype(str) < "2018"], months[months["month"].astype(str) >= "2018"]]
             for months in (four.monthly(), other.monthly())]  # fmt: skip
    assert len(years[0][0]) == len(years[0][1]) == 4 * 12
    assert years[0][0].drop(columns="world", errors="ignore").equals(years[1][0].drop(columns="world", errors="ignore"))
    assert not years[0][1].equals(years[1][1])


@situation(
    "chance and reproducing",
    "starsimhub/starsim#278",
    "made two simulations, then ran both: they should have been the same",
    "two models that take turns day by day are each what they are alone",
)
def test_two_models_at_once_do_not_share_chance(short: pp.Scenario) -> None:
    one, other = GovernanceModel(short, seed=1), GovernanceModel(short, seed=1)
    for _ in range(DAYS // 2):
        one.run_for(1)
        other.run_for(2)
        one.run_for(1)
    assert same(one.ledger(), other.ledger()) and same(one.ledger(), ran(short).ledger())


@situation(
    "chance and reproducing",
    "starsimhub/fpsim#144",
    "the same interventions in several runs one after the other: they carried state over",
    "a scenario is never changed by a run and gives the same again",
)
@situation(
    "chance and reproducing",
    "NetLogo/NetLogo#105",
    "runs in the foreground began where the one before had left chance and world",
    "what ran before in a process does not matter",
)
def test_what_ran_before_does_not_matter(short: pp.Scenario, four: pp.Simulation) -> None:
    was = copy.deepcopy(short)
    pp.simulate(short.vary({"behaviour.patience": 30}), "seed=9", ONE_WORKER)
    again = pp.simulate(short, "seed=1", ONE_WORKER)
    assert again.records[0].to_bytes() == four.records[1].to_bytes()
    assert short == was


@pytest.mark.long
@situation(
    "chance and reproducing",
    "mesa/mesa#745",
    "agents stood in sets: the same seed gave another result from process to process",
    "the order of Python's sets and dictionaries does not reach the numbers",
)
def test_the_hash_seed_of_python_does_not_matter() -> None:
    script = (
        "import hashlib, petition_pyramid as pp;"
        f"r = pp.simulate(*{SHORT!r}, 'after=gansu_2019', 'executor.workers=1');"
        "print(hashlib.sha256(r.records[0].to_bytes()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1"}
    call = [sys.executable, "-c", script]
    told = subprocess.run(call, env=environment, capture_output=True, text=True, timeout=120).stdout.strip()
    record = pp.simulate(*SHORT, "after=gansu_2019", ONE_WORKER).records[0]
    assert os.environ.get("PYTHONHASHSEED") != "1"
    assert told == hashlib.sha256(record.to_bytes()).hexdigest()


@situation(
    "chance and reproducing",
    "mesa/mesa#2598",
    "seeded the model, and its NumPy numbers came from somewhere else all the same",
    "the generators of Python and NumPy are neither read nor moved on",
)
def test_chance_of_python_and_numpy_is_neither_used_nor_moved(short: pp.Scenario) -> None:
    ledgers = []
    for seed in (1, 2):
        random.seed(seed)
        np.random.seed(seed)
        before = random.getstate(), np.random.get_state()[1].tobytes()
        ledgers.append(ran(short).ledger())
        assert (random.getstate(), np.random.get_state()[1].tobytes()) == before
    assert same(*ledgers)


@situation(
    "chance and reproducing",
    "mesa/mesa#2940",
    "reset the generator to get the run again, and it went on differently",
    "Mesa's generators are for agents of one's own: the province never draws from them",
)
def test_resetting_mesas_generators_changes_nothing(short: pp.Scenario) -> None:
    model = GovernanceModel(short, seed=1)
    model.run_for(DAYS // 2)
    first = model.rng.random()
    model.reset_rng()
    assert model.rng.random() == first
    model.random.seed(99)
    model.run_for(DAYS // 2)
    assert same(model.ledger(), ran(short).ledger())


@situation(
    "chance and reproducing",
    "mesa/mesa#3516",
    "typed a seed into a field, which gave it as text: a traceback of NumPy",
    "a text is refused as a seed, whole numbers of NumPy are taken",
)
def test_a_seed_is_a_whole_number_of_any_kind(short: pp.Scenario) -> None:
    with pytest.raises(InputError, match="seed=100 is not allowed: it must be a whole number from 0 to 2,147,483,647"):
        GovernanceModel(short, seed="100")  # type: ignore[arg-type]
    for seed in (np.int64(1), np.uint8(1), np.arange(3)[1]):
        assert same(ran(short, seed=seed).ledger(), ran(short).ledger())
