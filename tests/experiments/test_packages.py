"""Another package by the name of one of ours is named with its place, wherever it would be imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments import NAMES, check_packages
from tests import processes

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shadow(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with a package of the user's that has the name of one of ours (``sim`` unless said)."""
    package = tmp_path / "user" / getattr(request, "param", "sim")
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    return package


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    return processes.run(command, cwd=folder, env=environment)


def said_of(package: Path) -> str:
    return (
        f"`{package.name}` is found at {package}, not beside petition_pyramid ({ROOT}): "
        "rename that folder or start Python elsewhere"
    )


def test_ours_are_found_side_by_side() -> None:
    check_packages()


@pytest.mark.parametrize("shadow", ["sim", "petition_pyramid"], indirect=True)
def test_a_module_run_beside_it_names_it(shadow: Path) -> None:
    done = run(shadow.parent, "-m", "experiments.cli.main", "list", "policies")
    assert done.stderr.splitlines()[-1] == f"ImportError: {said_of(shadow)}"


@pytest.mark.parametrize(
    ("shadow", "module"),
    [(name, module) for name in NAMES for module in ("petition_pyramid", "experiments") if module != name],
    indirect=["shadow"],
)
def test_a_script_beside_it_names_it(shadow: Path, module: str) -> None:
    (shadow.parent / "script.py").write_text(f"import {module}\n")
    done = run(shadow.parent.parent, str(shadow.parent / "script.py"))
    assert done.stderr.splitlines()[-1] == f"ImportError: {said_of(shadow)}"


def test_a_script_that_is_called_like_it_is_named_itself(tmp_path: Path) -> None:
    (tmp_path / "sim.py").write_text("import petition_pyramid\n")
    last = run(tmp_path, "sim.py").stderr.splitlines()[-1]
    assert f"`sim` is found at {tmp_path / 'sim.py'}" in last and "rename that file" in last


def test_a_folder_without_a_package_in_it_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "sim").mkdir()
    assert run(tmp_path, "-c", "import petition_pyramid, sim.scenario").returncode == 0


STUDY = """
import sys
from experiments.configuration.schema import ExecutorChoice, ExecutorKind
from experiments.runs.execute import run_scenarios
from sim.scenario import ProvinceChoice, Scenario

if __name__ == "__main__":
    sys.path[:0] = sys.argv[3:]
    choice = ExecutorChoice(ExecutorKind(sys.argv[1]), 1, sys.argv[2])
    run_scenarios([Scenario(ProvinceChoice("tiny"))], 1, 0, choice, progress=False)
"""


@pytest.mark.parametrize("executor", ["processes", "dask"])
def test_workers_of_our_own_are_not_started_to_find_it(shadow: Path, executor: str, tmp_path: Path) -> None:
    (tmp_path / "study.py").write_text(STUDY)
    done = run(tmp_path, "study.py", executor, "", str(shadow.parent))
    assert done.stderr.splitlines()[-1] == f"sim.errors.InputError: {said_of(shadow)}"
    assert done.stderr.count("Traceback") == 1


CLUSTER = """
import subprocess, sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as cluster:
        where = cluster.scheduler_address
        command = [sys.executable, "-m", "distributed.cli.dask_worker", where, "--no-dashboard", "--no-nanny"]
        worker = subprocess.Popen(command, cwd=sys.argv[1], stderr=subprocess.DEVNULL)
        study = subprocess.run([sys.executable, "study.py", "dask", where])
        worker.terminate()
        worker.wait()
"""


@pytest.mark.long
@pytest.mark.parametrize("shadow", ["sim", "experiments"], indirect=True)
def test_a_worker_of_a_cluster_that_finds_it_is_told_by_the_study(shadow: Path, tmp_path: Path) -> None:
    (tmp_path / "study.py").write_text(STUDY)
    (tmp_path / "cluster.py").write_text(CLUSTER)
    last = run(tmp_path, "cluster.py", str(shadow.parent)).stderr.splitlines()[-1]
    assert last.startswith("sim.errors.InputError: executor.address=tcp://127.0.0.1:")
    assert f"on its scheduler or workers, `{shadow.name}` is found at {shadow}" in last
