"""The Dask executor: everything comes out once, with the same bytes, whatever happens to a worker."""

from __future__ import annotations

import os
import signal
import sys

import pytest

import petition_pyramid as pp
from experiments.cli.main import main
from experiments.configuration.schema import ExecutorChoice, ExecutorKind, validate
from experiments.runs.execute import run_scenarios
from experiments.runs.executors import open_executor
from experiments.runs.executors.dask import DaskExecutor, _carry_out, ground
from petition_pyramid import scenario
from sim.errors import InputError
from tests.experiments.stand_ins import CountingBatch

pytestmark = pytest.mark.long

TWO = ExecutorChoice(ExecutorKind.dask, 2)


@pytest.fixture(scope="module")
def executor():
    with open_executor(TWO) as opened:
        yield opened


def test_every_outcome_comes_once_with_its_content(executor):
    batches = [CountingBatch((f"{i}a", f"{i}b")) for i in range(30)]
    outcomes = [outcome for outcome in executor.outcomes(batches) if outcome is not None]
    assert sorted(outcome.key for outcome in outcomes) == sorted(f"{i}{x}" for i in range(30) for x in "ab")
    assert all(outcome.record == outcome.key.encode() for outcome in outcomes)
    assert executor.workers == 2
    assert [outcome for outcome in executor.outcomes([]) if outcome is not None] == []


def test_a_killed_worker_loses_nothing(executor, tmp_path):
    mark = tmp_path / "died"
    batches = [CountingBatch(("a", "fatal", "b"), str(mark)), *(CountingBatch((f"{i}",)) for i in range(8))]
    keys = [outcome.key for outcome in executor.outcomes(batches) if outcome is not None]
    assert sorted(keys) == sorted(["a", "fatal", "b", *map(str, range(8))])
    assert mark.exists()


def test_runs_of_a_long_task_are_told_before_it_ends(executor):
    ahead, done = [], []
    for outcome in executor.outcomes([CountingBatch(tuple("abcde"), pace=0.6)]):
        (ahead if outcome is None else done).append(executor.ahead)
    assert max(ahead) in (2, 3, 4)  # a sign of life a second: at 1.2, perhaps 2.4 seconds of three
    assert ahead == sorted(ahead) and ahead[0] == 0
    assert done == [4, 3, 2, 1, 0]  # a sum that never falls: what is done and what is ahead


def test_an_executor_joins_a_scheduler_that_is_there_and_leaves_it_running(executor):
    address = executor._cluster.scheduler_address
    assert address.startswith("tcp://127.0.0.1:")
    for _ in range(2):
        with open_executor(ExecutorChoice(ExecutorKind.dask, 0, address)) as joined:
            keys = [outcome.key for outcome in joined.outcomes([CountingBatch(("x", "y"))]) if outcome is not None]
            assert keys == ["x", "y"]


def test_a_study_of_which_a_worker_is_killed_has_the_same_bytes():
    scenarios = [scenario("province=tiny", f"behaviour.patience={days}") for days in (10, 15, 20, 25)]
    expected, _ = run_scenarios(scenarios, 2, 0, ExecutorChoice(ExecutorKind.threads, 1), progress=False)
    killed = []
    original = DaskExecutor.outcomes

    def outcomes(self, batches):
        for outcome in original(self, batches):
            if not killed:
                pids = self._client.run(os.getpid)
                killed.append(next(iter(pids.values())))
                os.kill(killed[0], signal.SIGKILL)
            yield outcome

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DaskExecutor, "outcomes", outcomes)
        found, errors = run_scenarios(scenarios, 2, 0, TWO, progress=False)
    assert killed and not errors
    assert [[run.to_bytes() for run in group] for group in found] == [
        [run.to_bytes() for run in group] for group in expected
    ]


def test_a_worker_with_another_model_is_refused():
    with pytest.raises(InputError, match=r"has another model, Python or compiler: .*, not another"):
        _carry_out([CountingBatch(("a",))], ("another", *ground()[1:]))
    assert [outcome.key for outcome in _carry_out([CountingBatch(("a",))], ground())] == ["a"]


def test_without_the_extra_one_message_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["simulate", "province=tiny", "executor=dask"]) == 2
    assert "executor=dask needs an extra: pip install 'petition-pyramid[cluster]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["executor.address=tcp://127.0.0.1:1"], "executor.address=tcp://127.0.0.1:1 goes with executor=dask only"),
        (["executor=dask", "executor.address=somewhere"], "is not an address like tcp://127.0.0.1:8786"),
        (["executor=dask", "executor.address=tcp://127.0.0.1:1"], "no scheduler with workers answers there"),
    ],
)
def test_wrong_addresses_end_with_one_message(overrides, message, capsys, monkeypatch):
    monkeypatch.setattr("experiments.runs.executors.dask.PATIENCE", 1)
    assert main(["simulate", "province=tiny", *overrides]) == 2
    told = capsys.readouterr().err
    assert message in told and "Traceback" not in told


def test_an_address_may_be_given_as_it_is_typed():
    given = validate(ExecutorChoice, {"kind": "dask", "address": "tls://head-node:8786"})
    assert (given.kind, given.address) == (ExecutorKind.dask, "tls://head-node:8786")


def test_a_client_that_is_there_is_used_and_left_open(short):
    distributed = pytest.importorskip("distributed")
    place = scenario(*short)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        found = pp.simulate(place, "replicates=2", executor=client)
        assert client.status == "running" and client.submit(max, 1, 2).result() == 2
    alone = pp.simulate(place, "replicates=2", "executor.workers=1")
    assert [record.to_bytes() for record in found.records] == [record.to_bytes() for record in alone.records]
    with pytest.raises(InputError, match="executor=spark: there is no such executor"):
        pp.simulate(place, executor="spark")
