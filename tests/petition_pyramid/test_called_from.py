"""The toolkit called from several threads at once, from asyncio's loop, and from within an application of Hydra's."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import hydra
import pytest
from hydra import version
from hydra.core.global_hydra import GlobalHydra
from hydra.core.utils import JobRuntime

from experiments.configuration import compose, short_forms
from petition_pyramid import scenario, simulate
from sim.errors import InputError
from tests.experiments.conftest import SHORT

ROOT = Path(__file__).parents[2]
POLICIES = ("status_quo", "gansu_2019", "one_stop", "whistle")


def numbers(policy: str, executor: str = "threads") -> list[bytes]:
    """What two runs under a policy leave, to the byte."""
    result = simulate(scenario(*SHORT, f"after={policy}"), "replicates=2", "executor.workers=2", executor=executor)
    return [record.to_bytes() for record in result.records]


@pytest.fixture(scope="module")
def expected() -> dict[str, list[bytes]]:
    """The numbers of every policy, one after the other in the main thread."""
    return {policy: numbers(policy) for policy in POLICIES}


@pytest.fixture
def in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thread stops for a moment in the midst of composing, and lets others come in between."""

    def expanded(overrides: Sequence[str]) -> list[str]:
        time.sleep(0.02)
        return short_forms.expand_all(overrides)

    monkeypatch.setattr(compose, "expand_all", expanded)


@pytest.mark.long
@pytest.mark.parametrize("executor", ["threads", "processes"])
def test_threads_that_simulate_at_once_get_the_same_numbers(expected: dict[str, list[bytes]], executor: str) -> None:
    policies = POLICIES if executor == "threads" else POLICIES[:2]
    barrier = Barrier(len(policies))

    def together(policy: str) -> list[bytes]:
        barrier.wait()
        return numbers(policy, executor)

    with ThreadPoolExecutor(len(policies)) as threads:
        assert list(threads.map(together, policies)) == [expected[policy] for policy in policies]


@pytest.mark.long
def test_threads_that_compose_at_once_get_what_each_asked_for(tmp_path: Path, in_no_hurry: None) -> None:
    """Some with a folder of options of their own, some with an error."""
    folders = []
    for name, hours in (("one", 1.0), ("other", 2.0)):
        (tmp_path / name / "policy").mkdir(parents=True)
        (tmp_path / name / "policy" / "mine.yaml").write_text(
            f"defaults: [status_quo, _self_]\ngrid:\n  reporting_minutes: {hours}\n"
        )
        folders.append(str(tmp_path / name))

    def ask(n: int) -> object:
        kind = n % 4
        if kind == 0:
            return scenario(*SHORT, "after=mine", config_directory=folders[0]).after.grid.reporting_minutes
        if kind == 1:
            return scenario(*SHORT, "after=mine", config_directory=folders[1]).after.grid.reporting_minutes
        if kind == 2:
            return scenario(*SHORT, f"calendar.reform=2018-0{1 + n % 9}-01").calendar.reform
        with pytest.raises(InputError, match="after=mine"):
            scenario(*SHORT, "after=mine")
        return "refused"

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(24)))
    for n, answer in enumerate(answers):
        assert answer == (1.0, 2.0, f"2018-0{1 + n % 9}-01", "refused")[n % 4]


def test_asyncio_simulates_in_its_loop_and_beside_it(expected: dict[str, list[bytes]]) -> None:
    async def both() -> Sequence[list[bytes]]:
        beside = [asyncio.create_task(asyncio.to_thread(numbers, policy)) for policy in POLICIES]
        inside = numbers(POLICIES[0])
        return [inside, *await asyncio.gather(*beside)]

    assert asyncio.run(both()) == [expected[POLICIES[0]], *expected.values()]


def test_nothing_of_hydras_own_state_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An application in the midst of its work finds everything as it left it, also after an error."""
    (tmp_path / "mine.yaml").write_text("x: 1\n")
    monkeypatch.setattr(version.VersionBase.instance(), "version_base", version.getbase())  # Hydra leaves its own there
    with hydra.initialize_config_dir(str(tmp_path), version_base="1.2", job_name="mine"):
        kept = GlobalHydra.instance().hydra
        scenario(*SHORT)
        with pytest.raises(InputError, match="after=nothing"):
            scenario(*SHORT, "after=nothing")
        assert GlobalHydra.instance().hydra is kept
        assert JobRuntime.instance().get("name") == "mine"
        assert str(version.getbase()) == "1.2"
        assert hydra.compose("mine", ["x=2"]) == {"x": 2}
    assert not GlobalHydra.instance().is_initialized()


APPLICATION = """
import json
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from petition_pyramid import scenario, simulate


@hydra.main(version_base="{base}", config_path=".", config_name="mine")
def main(config: DictConfig) -> None:
    result = simulate(scenario(*{short!r}, "after=" + config.policy), "replicates=2", "executor.workers=2")
    told = {{
        "numbers": [record.to_bytes().hex() for record in result.records],
        "application": HydraConfig.get().job.name,
        "composed": hydra.compose("mine", ["policy=x"]).policy,
    }}
    Path(HydraConfig.get().runtime.output_dir, "told.json").write_text(json.dumps(told))


main()
"""


@pytest.mark.long
@pytest.mark.parametrize("base", ["1.1", "1.3"])
def test_an_application_of_hydras_simulates_in_each_job_of_its_multirun(
    expected: dict[str, list[bytes]], base: str, tmp_path: Path
) -> None:
    """Its own name, folder and log file belong to every job, and it may compose again."""
    (tmp_path / "application.py").write_text(APPLICATION.format(base=base, short=SHORT))
    (tmp_path / "mine.yaml").write_text("policy: status_quo\n")
    done = subprocess.run(
        [sys.executable, "application.py", "--multirun", f"policy={','.join(POLICIES[:2])}", "hydra.sweep.dir=out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    for job, policy in enumerate(POLICIES[:2]):
        told = json.loads((tmp_path / "out" / str(job) / "told.json").read_text())
        assert [bytes.fromhex(each) for each in told["numbers"]] == expected[policy]
        assert (told["application"], told["composed"]) == ("application", "x")
        assert (tmp_path / "out" / str(job) / "application.log").exists()
