"""Searches: optimise, calibrate, robustness and when a policy fails."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.linalg  # noqa: F401 – with the linear algebra that it brings
import threadpoolctl
import yaml

import petition_pyramid as pp
from experiments.cli.main import main
from experiments.studies.optimise.schema import Goal
from experiments.studies.optimise.search import Archive, hypervolume, progress, search
from experiments.studies.optimise.study import OptimisationResult
from experiments.studies.robustness.discovery import discover
from petition_pyramid import KeptResults
from sim.errors import InputError
from tests.situations.situation import situation
from tests.situations.year import YEAR

OPTIMISE = (
    "study.levers=[petition.acceptance,centre.coverage_county]",
    "study.objectives={cost_per_resident: low, distance_to_target: low}",
    "study.population=8",
    "study.fresh_replicates=2",
    "study.front_max=3",
    "replicates=1",
)
MORRIS = (
    "study.method=morris",
    "study.uncertainties=[patience,grievances]",
    "study.size=3",
    "study.measures=[petitions_total]",
)
ROBUSTNESS = (
    "study.policies=[status_quo,whistle]",
    "study.uncertainties=[patience,grievances]",
    "study.futures=12",
    "study.thresholds={petitions_total: {at_most: 40}}",
)
CALIBRATE = (
    "study.fitted={grievances: {figure: petitions_per_1000, tolerance: 4}}",
    "study.members=2",
    "study.candidates=4",
    "study.batch=2",
    "study.steps=1",
    "replicates=2",
)


@dataclass(frozen=True)
class Done:
    """Every search once, and what of the caller's was different afterwards."""

    shorter: KeptResults
    optimise: KeptResults
    runs: tuple[int, int, int]
    robustness: KeptResults
    changed: list[str]


def states() -> dict[str, object]:
    """What belongs to whoever calls: generators of random numbers, threads of linear algebra, errors of NumPy."""
    name, keys, *rest = np.random.get_state()
    return {
        "random": random.getstate(),
        "numpy.random": (name, keys.tolist(), *rest),
        "threads": {pool["filepath"]: pool["num_threads"] for pool in threadpoolctl.threadpool_info()},
        "errors": np.geterr(),
    }


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    folder = tmp_path_factory.mktemp("searches")
    before, base = states(), (*YEAR, *OPTIMISE, "study.name=o")
    shorter, first = pp.optimise(*base, "study.generations=1", results=folder), runs_in(folder)
    longer, second = pp.optimise(*base, "study.generations=2", results=folder), runs_in(folder)
    pp.optimise(*base, "study.generations=2", results=folder)
    third = runs_in(folder)
    pp.sensitivity(*YEAR, *MORRIS, results=folder)
    robust = pp.robustness(*YEAR, *ROBUSTNESS, results=folder)
    pp.calibrate(*YEAR, *CALIBRATE, results=folder)
    after = states()
    changed = [name for name, state in before.items() if state != after[name]]
    yield Done(shorter, longer, (first, second, third), robust, changed)


def runs_in(folder: Path) -> int:
    with sqlite3.connect(folder / "journal.sqlite") as journal:
        return int(journal.execute("SELECT count(*) FROM runs").fetchone()[0])


@pytest.mark.long
@situation(
    "searches",
    "anyoptimization/pymoo#413",
    "a call with a seed reset NumPy's global generator: two random draws around it were the same",
    "no search touches a generator of the caller's, of NumPy or of Python",
)
@situation(
    "machines and libraries",
    "joblib/threadpoolctl#205",
    "linear algebra that was held to one thread for a while stayed so for everybody",
    "after a calibration every library has as many threads as before it",
)
def test_searches_leave_the_callers_state_alone(done: Done) -> None:
    assert done.changed == []


@situation(
    "searches",
    "anyoptimization/pymoo#321",
    "one part of the algorithm drew from the global generator, so a seed did not fix what came out",
    "four searches at once, while others draw, give what each gives alone",
)
def test_searches_at_once_give_what_each_gives_alone() -> None:
    def evaluate(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        np.random.random(3)
        return np.column_stack([points[:, 0], 1 - points[:, 0] + points[:, 1] ** 2]), np.full((len(points), 1), -1.0)

    def alone(seed: int) -> list[list[float]]:
        return search(evaluate, 2, 2, 1, 8, 5, seed).points.tolist()

    expected = [alone(seed) for seed in range(4)]
    assert all(each != expected[0] for each in expected[1:])
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(alone, range(4))) == expected


@situation(
    "searches",
    "Project-Platypus/Platypus#223",
    "a hundred evaluations ran, a hundred and one did not",
    "any size and number of generations runs, and each candidate has numbers within its bounds",
)
@pytest.mark.parametrize(("population", "generations"), [(4, 3), (5, 3), (9, 2), (11, 1)])
def test_any_size_of_a_search_runs(population: int, generations: int) -> None:
    def evaluate(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.column_stack([points[:, 0], -points[:, 0]]), points[:, :1] - 0.9

    found = search(evaluate, 1, 2, 1, population, generations, 1)
    assert len(found.points) == population * generations
    assert np.isfinite(found.points).all() and found.points.min() >= 0 and found.points.max() <= 1


@situation(
    "searches",
    "MOEAFramework/MOEAFramework#66",
    "in the second generation a crowding distance was NaN",
    "objectives that never differ leave one point on the front and a hypervolume by hand, 1.1 squared",
)
def test_objectives_that_never_differ() -> None:
    def evaluate(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.full((len(points), 2), 3.0), np.full((len(points), 1), -1.0)

    found = search(evaluate, 2, 2, 1, 6, 3, 1)
    assert found.front.tolist() == [0]
    assert [volume for _, volume, _ in progress(found)] == pytest.approx([1.21] * 3)
    assert hypervolume(np.array([[2.0, 2.0]]), np.array([1.0, 1.0])) == 0


@situation(
    "searches",
    "quaquel/EMAworkbench#453",
    "levers that are words came back as numbers of their place in the list",
    "candidates, the front and the policy files have the words themselves",
)
@situation(
    "searches",
    "Project-Platypus/Platypus#186",
    "4000 solutions of a front were one and the same, or differed in the seventeenth digit",
    "a front has no twins, and levers have three figures: what is the same is simulated once",
)
def test_candidates_have_words_and_figures_and_no_twins(done: Done) -> None:
    archive, front = done.optimise.frame(), done.optimise.tables["front"]
    levers = ["after.petition.acceptance", "after.centre.coverage_county"]
    allowed = set(pp.scenario(*YEAR).after.petition.acceptance.__class__.__members__)
    assert len(allowed) > 1 and set(archive[levers[0]]) <= allowed
    assert all(float(f"{value:.3g}") == value for value in archive[levers[1]])
    assert not front.duplicated(levers).any() and len(front)
    assert not done.optimise.tables["measured"].duplicated(["point", "measure"]).any()
    policies = done.optimise.path / "config" / "policy"
    for point in front.itertuples():
        written = yaml.safe_load((policies / f"{point.point}.yaml").read_text())
        own = pp.scenario(*YEAR, f"after={point.point}", config_directory=str(done.optimise.path / "config"))
        assert own.after.petition.acceptance.name in allowed and isinstance(written, dict)


@situation(
    "searches",
    "optuna/optuna#3255",
    "resumed a study of thirty trials; the next thirty had the same parameters again",
    "more generations begin with those that were run, from the journal, and go on from there",
)
def test_more_generations_go_on(done: Done) -> None:
    shorter, longer = done.shorter.frame(), done.optimise.frame()
    assert longer[:8].equals(shorter) and len(longer) == 16
    first, second, third = done.runs
    assert 8 < first < second == third


@situation(
    "searches",
    "anyoptimization/pymoo#643",
    "the objective changed while it ran, and the result was None: nothing met the constraints",
    "the points that come nearest are given, each said to miss a constraint, with exit code 1",
)
@situation(
    "searches",
    "Project-Platypus/Platypus#32",
    "solutions that violate the constraints stood in the result beside the others",
    "each point says whether it holds on fresh seeds; no other is called feasible",
)
def test_a_search_that_nothing_satisfies_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.studies.keeping.draw", lambda *_: [])
    never = "study.constraints={durable_resolution: {at_least: 2}}"
    kept = (f"results={tmp_path}", "study.name=never", "study.generations=1", never)
    assert main(["optimise", *YEAR, *OPTIMISE, *kept]) == 1
    said = capsys.readouterr().out
    found = pp.open_results(tmp_path / "never" / "latest")
    assert not found.frame()["feasible"].any() and not found.tables["front"]["feasible"].any()
    assert said.startswith("None of the 3 points that came nearest meets every condition on fresh seeds.")
    assert found.answer().policy is None and len(found.tables["front"]) == 3
    assert main(["optimise", *YEAR, *OPTIMISE, *kept, "output=full"]) == 1
    said = capsys.readouterr().out
    assert said.count("misses a constraint") == 3 and "8 candidates, 0 feasible" in said


@situation(
    "searches",
    "optuna/optuna#3738",
    "NaN as a constraint counted for infeasible here and for no violation there",
    "a point without a value on fresh seeds is not feasible and dominates nothing",
)
def test_a_point_without_a_value_is_not_feasible() -> None:
    nan = np.nan
    objectives = np.array([[1.0, 2.0], [nan, 0.0], [2.0, 1.0], [0.0, 0.0]])
    violations = np.array([[-1.0], [-1.0], [nan], [0.5]])
    found = Archive(np.zeros((4, 1)), objectives, violations, np.ones(4, int))
    assert found.is_feasible.tolist() == [True, False, False, False] and found.front.tolist() == [0]

    fresh = {"cost_total": np.array([[1.0, 1.0], [nan, 1.0]]), "durable_resolution": np.array([[0.5, 0.5]] * 2)}
    choice = SimpleNamespace(objectives={"cost_total": Goal.low, "durable_resolution": Goal.high}, constraints={})
    result = OptimisationResult(choice, found, {}, np.array([0, 1]), fresh, {})  # type: ignore[arg-type]
    assert result.feasible.tolist() == [True, False] and result.non_dominated.tolist() == [True, False]


@situation(
    "searches",
    "equinor/ert#3863",
    "a large seed overflowed where another was made of it",
    "seeds that a study would need and that are too large are refused before anything runs",
)
@pytest.mark.parametrize(
    ("kind", "words", "least"),
    [
        ("optimise", (*OPTIMISE, "study.generations=1"), 2147483647 - 1_000_000),
        ("sensitivity", MORRIS, 2147483647 - 4),
        ("sensitivity", ("study.uncertainties=[patience]", "study.size=16"), 2147483647 - 30),
        ("robustness", ROBUSTNESS, 2147483647 // 12),
        ("sweep", ("after=status_quo,whistle", "precision=0.1"), 2147483647 - 98),
        ("compare", ("study.policies=[status_quo,whistle]", "replicates=2"), 2147483647),
    ],
)
def test_seeds_that_become_too_large_are_refused_first(
    kind: str, words: tuple[str, ...], least: int, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"seed=.* is not allowed: it must be a whole number from 0 to 2,147,483,647"):
        getattr(pp, kind)(*YEAR, *words, f"seed={least}", results=tmp_path / "new")
    assert not (tmp_path / "new").exists()


@situation(
    "searches",
    "quaquel/EMAworkbench#33",
    "a box bounded by words ended in a TypeError: unhashable type",
    "the box says which words: a policy that fails under one stress alone fails where it acts",
)
@situation(
    "searches",
    "pleonard212/pix-plot#163",
    "a category with a single value, and the box of it failed",
    "a factor that is the same in all futures bounds nothing",
)
def test_failures_under_one_stress_are_told_in_words() -> None:
    stresses = ["none", "staff_cut", "lockdown"] * 12
    fails = np.array([stress == "staff_cut" for stress in stresses])
    patience = np.random.default_rng(0).random(36)
    found = discover({"same": [1.0] * 36, "patience": patience, "stress": stresses}, fails)
    assert found.box is not None
    assert [(limit.factor, limit.words) for limit in found.box.limits] == [("stress", ("staff_cut",))]
    assert (found.box.coverage, found.box.density, found.box.mass) == pytest.approx((1, 1, 1 / 3))


@situation(
    "searches",
    "quaquel/EMAworkbench#6",
    "where experiments hold NaN, the quantiles of a box became NaN",
    "futures always have numbers; one that gives a policy no value counts as one that fails",
)
def test_every_future_has_numbers_and_counts_once(done: Done) -> None:
    futures, outcomes = (done.robustness.tables[name] for name in ("futures", "outcomes"))
    assert len(futures) == 12 and np.isfinite(futures[["patience", "grievances"]]).all(axis=None)
    assert not outcomes.duplicated(["policy", "future", "stress"]).any() and len(outcomes) == 24
    held = outcomes["petitions_total"].le(40)
    assert outcomes["holds"].tolist() == held.tolist() and 0 < held.sum() < 24
